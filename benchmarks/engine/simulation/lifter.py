"""A simulated lifter: the body with its true strength, the head that feels it, and habits between the two.

Strength is the natural logarithm of the load that moves once. A load costs reps by Berger's exponential, 2.62 % each,
as in the engine: the simulator asks whether a coach finds a strength that moves, not whether that exponential is right.
How strength grows with sets and effort is assumed, in the direction that papers give: more with more sets, by less each
time (Schoenfeld 2017, Pelland 2024), and more near failure (Robinson 2024, Refalo 2023). Reserve is felt about as well
as Halperin 2022 and Refalo 2023 found. The other constants were chosen so that engine 1.1 errs here as it did in an
earlier simulation. All are frozen, so that one engine can be compared with the next.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from benchmarks.engine.simulation.record import Ask, Coach, Felt, SimulatedMovement
from training.progression import Done, ExercisePlan, Grid, retarget

K = 0.0262
USUAL_RIR = 2  # where a coach asks no RIR, by who goes by feel
MOST_SAID = 5
MOST_REPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """A body and how well its owner knows it. In reps, where nothing else is said."""

    growth: float = 0.4  # per cent of strength in a hard week, at the best effort and without a limit to sets
    drift: float = 0.0  # per cent of strength in a week, whatever is done
    recovers: float = 18.0  # weekly sets of a muscle above which it grows less
    day_noise: float = 1.05  # standard deviation of the day
    set_noise: float = 0.3  # standard deviation of the set
    set_loss: float = 0.9  # lost by a set with 2 reps in reserve; more by harder sets
    other_set_loss: float = 0.15  # lost by a set of the muscle's exercises before this one
    set_fatigue: float = 0.04  # lost by a set in the days after it,
    fatigue_days: float = 9.0  # until a third of that is left
    last_rep: float = 0.45  # the part of a rep that is enough to finish it
    misjudged: float = 0.1  # felt above the real reserve, on average,
    misjudged_far: float = -0.08  # and for each rep in reserve
    judging: float = 0.4  # standard deviation of that feeling,
    judging_far: float = 0.15  # and for each rep in reserve
    start_near: float = -0.4  # by which the first weight is too easy, on average,
    start_far: float = 0.5  # and for each rep in reserve
    start_noise: float = 2.0  # standard deviation of the first weight
    sore: float = 0.0  # added to the answer about soreness


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a lifter does with an ask.

    stops: "number" (at the number), "feeling" (at the felt RIR, whatever the number) or "beats" (the number at least,
    and on to the felt RIR). says: the RIR of which sets: "no", "first" or "all". says_more: reps that a said RIR is
    above the felt one. opens: whether an open set is done to the end. heavier: share of sessions one or two steps
    heavier than asked. switches: share of sessions whose sets after the first are done a step lighter or heavier.
    slips: share of sets logged with ten times the weight or the reps. sets_of_day: sets for which there is time; None:
    all."""

    stops: str = "number"
    says: str = "no"
    says_more: int = 0
    opens: bool = False
    heavier: float = 0.0
    switches: float = 0.0
    slips: float = 0.0
    sets_of_day: int | None = None


@dataclass(slots=True, kw_only=True)
class Effort:
    """One exercise as it was done: the log, and the true reserve of each set."""

    done: list[Done] = field(default_factory=list)
    reserves: list[float] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SimulatedLifter:
    """A lifter in training. strength: by exercise. fatigue: reps lost, by muscle. body: mass, in the grids' unit."""

    nature: Nature
    habits: Habits
    chance: Random
    strength: dict[str, float]
    body: float = 80.0
    fatigue: dict[str, float] = field(default_factory=dict)
    soreness: dict[str, int] = field(default_factory=dict)

    def load(self, grid: Grid, weight: Decimal) -> float:
        """Returns the load truly moved, also where the grid does not know the body."""
        if grid.kind == "load":
            return float(weight)
        return max(1.0, self.body + float(weight) if grid.kind == "added" else self.body - float(weight))

    def capacity(self, one: SimulatedMovement, weight: Decimal) -> float:
        """Returns the reps to failure to expect of a first set, without the luck of the day."""
        rested = (self.strength[one.name] - math.log(self.load(one.grid, weight))) / K
        return rested - self.fatigue.get(one.muscle, 0.0)

    def weight_for(self, grid: Grid, strength: float, *, reps: float) -> Decimal:
        """Returns the hardest setting at which `reps` are possible with that strength; else the easiest one."""
        load = math.exp(strength - K * reps)
        if grid.kind != "load":
            load = load - self.body if grid.kind == "added" else self.body - load
        wanted = Decimal(f"{max(load, 0.0):.2f}")
        setting = grid.down_to_grid(wanted)
        if setting is None:
            setting = grid.harder(wanted)
        assert setting is not None, "a grid has a setting"
        return setting

    @property
    def mean_strength(self) -> float:
        return sum(self.strength.values()) / len(self.strength)

    def tired_by(self, sets: int) -> float:
        """Returns the reps that earlier sets of the muscle's other exercises take in the same session."""
        return self.nature.other_set_loss * sets

    def pass_days(self, days: float) -> None:
        """Rests, and drifts as the lifter's nature has it."""
        for muscle in self.fatigue:
            self.fatigue[muscle] *= math.exp(-days / self.nature.fatigue_days)
        self._grow(self.nature.drift / 100 * days / 7)

    def lose(self, percent: float) -> None:
        """Loses strength for good, as in a break."""
        self._grow(math.log1p(-percent / 100))

    def _grow(self, by: float) -> None:
        for name in self.strength:
            self.strength[name] += by

    # -- a session ------------------------------------------------------------------------------

    def lift(self, one: SimulatedMovement, ask: Ask, coach: Coach, *, luck: float, sets: int) -> Effort:
        """Does up to `sets` sets of what is asked. `luck`: reps that the day gives or takes."""
        effort, plan = Effort(), ask.plan
        weights = self._own_weights(one, plan)
        spent = 0.0
        for index in range(min(plan.sets, sets)):
            weight, target = coach.next_set(ask, one, effort.done)
            if own := weights[min(index, 1)]:
                target, weight = retarget(target, weight, own, one.grid) or 1, own
            noise = self.chance.gauss(0, self.nature.set_noise)
            most = max(0, math.floor(self.capacity(one, weight) + self.nature.last_rep + luck + noise - spent))
            done, reserve = self._set(most, target, plan.rir, weight, index=index, is_open=ask.is_open and index == 0)
            effort.done.append(done)
            effort.reserves.append(reserve)
            spent += self.nature.set_loss * (1.25 - min(reserve, 4) / 8)
        return effort

    def _own_weights(self, one: SimulatedMovement, plan: ExercisePlan) -> tuple[Decimal | None, Decimal | None]:
        """Returns the lifter's own weight for the first set and for the others; None: as asked. Nobody loads a weight
        that is out of all reach."""
        asked = plan.weight
        assert asked is not None
        if self.capacity(one, asked) < 1 and one.grid.easier(asked) is not None:
            sensible = self.weight_for(one.grid, self.strength[one.name], reps=plan.reps + (plan.rir or 0))
            return sensible, sensible
        if self.chance.random() < self.habits.heavier:
            heavier = one.grid.harder(asked)
            if heavier is not None and self.chance.random() < 0.5:
                heavier = one.grid.harder(heavier) or heavier
            return heavier, heavier
        if self.chance.random() < self.habits.switches:
            other = one.grid.harder(asked) if self.chance.random() < 0.5 else one.grid.easier(asked)
            return None, other
        return None, None

    def _set(
        self, most: int, target: int, rir: int | None, weight: Decimal, *, index: int, is_open: bool
    ) -> tuple[Done, float]:
        wanted = USUAL_RIR if rir is None else rir
        left = max(0, most - target) if self.habits.stops == "number" else wanted
        nature = self.nature
        error = self.chance.gauss(
            nature.misjudged + nature.misjudged_far * left, nature.judging + nature.judging_far * left
        )
        by_feel = max(1, round(most + error - wanted))
        if is_open and self.habits.opens:
            reps = most
        elif self.habits.stops == "number":
            reps = target
        else:
            reps = by_feel if self.habits.stops == "feeling" else max(by_feel, target)
        reps = max(0, min(reps, most, MOST_REPS))
        reserve = most - reps
        said = None
        if self.habits.says == "all" or (self.habits.says == "first" and index == 0):
            said = min(MOST_SAID, max(0, round(reserve + (error if reserve else 0)) + self.habits.says_more))
        done = Done(weight=weight, reps=reps, rir=said)
        if self.chance.random() < self.habits.slips:
            slipped = {"weight": weight * 10} if self.chance.random() < 0.5 else {"reps": reps * 10}
            done = replace(done, **slipped)
        return done, float(reserve)

    # -- what a session leaves behind -----------------------------------------------------------

    def adapt(self, muscle: str, names: Iterable[str], reserves: Sequence[float], *, sessions: int) -> None:
        """Grows in the exercises `names` by a session of their muscle, one of `sessions` a week; tires; gets sore."""
        nature, weekly = self.nature, len(reserves) * sessions
        near = sum(1 / (1 + (each / 7.2) ** 2.4) for each in reserves) / len(reserves)
        volume = 1 - math.exp(-weekly / 5)
        if weekly > nature.recovers:
            volume *= max(0.0, 1 - 0.1 * (weekly - nature.recovers))
        for name in names:
            self.strength[name] += nature.growth / 100 / sessions * near * volume
        self.fatigue[muscle] = self.fatigue.get(muscle, 0.0) + nature.set_fatigue * len(reserves)
        easy = sum(reserves) / len(reserves) - 2
        sore = nature.sore + 0.45 + 0.18 * (weekly - 6) - 0.1 * easy + self.chance.gauss(0, 0.6)
        self.soreness[muscle] = min(3, max(0, round(sore)))

    def answer(self, felt: Felt, reserves: Sequence[float]) -> None:
        """Answers how the muscle felt after its last set."""
        mean = sum(reserves) / len(reserves)
        felt.pump = min(3, max(0, round(1.1 + 0.15 * len(reserves) - 0.05 * mean + self.chance.gauss(0, 0.6))))
        felt.challenge = min(3, max(0, round(2.6 - 0.6 * mean + self.chance.gauss(0, 0.45))))
