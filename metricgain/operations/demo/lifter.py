"""The demo lifter: a simulated strength that no page shows, and the sets that it leads to.

The numbers make the year look like a lifter's second year of training. The app itself uses none of them."""

import math
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from exercises.models import Exercise, Loading
from training.models import Prescription
from training.progression import Grid

# His ten-rep maximum at the start, in kg; where the exercise moves the body, including body mass.
TEN_REP_MAX = {
    "ab-crunch-machine": 45,
    "barbell-back-squat": 82,
    "barbell-bench-press": 63,
    "barbell-curl": 29,
    "barbell-overhead-press": 39,
    "barbell-row": 59,
    "cable-crunch": 46,
    "cable-curl": 29,
    "cable-fly": 22,
    "cable-lateral-raise": 9,
    "chest-press-machine": 58,
    "chest-supported-dumbbell-row": 23,
    "close-grip-bench-press": 54,
    "dumbbell-bench-press": 25,
    "dumbbell-bulgarian-split-squat": 17,
    "dumbbell-curl": 12.5,
    "dumbbell-lateral-raise": 9,
    "dumbbell-romanian-deadlift": 28,
    "dumbbell-shoulder-press": 19,
    "dumbbell-skullcrusher": 11,
    "ez-bar-preacher-curl": 27,
    "face-pull": 27,
    "goblet-squat": 27,
    "hack-squat": 84,
    "hammer-curl": 14,
    "incline-barbell-bench-press": 52,
    "incline-dumbbell-curl": 11,
    "incline-dumbbell-press": 21,
    "lat-pulldown": 57,
    "leg-extension": 54,
    "leg-press": 150,
    "leg-press-calf-raise": 115,
    "lying-leg-curl": 41,
    "machine-lateral-raise": 29,
    "machine-row": 57,
    "machine-shoulder-press": 43,
    "overhead-cable-triceps-extension": 23,
    "pull-ups": 76,
    "reverse-pec-deck": 34,
    "romanian-deadlift": 84,
    "seated-cable-row": 57,
    "seated-calf-raise": 43,
    "seated-leg-curl": 46,
    "standing-calf-raise-machine": 85,
    "straight-arm-pulldown": 31,
    "triceps-pushdown": 31,
    "triceps-rope-pushdown": 26,
}
# His most reps at the start, where only the body moves.
MOST_REPS = {"hanging-leg-raise": 12}
# For exercises that are not listed, because a curator may have changed the templates.
ANY_TEN_REP_MAX, ANY_MOST_REPS = 30, 12
MOST_SECONDS = 52  # of any hold

HEADROOM = 0.24  # the share by which a muscle can get stronger in the end
GAIN_PER_SET = 0.0032  # share of the headroom that is left
LOSS_PER_WEEK = 0.006  # once a muscle has rested for ten days
UNFAMILIAR = 0.95  # share of strength in an exercise not done for long; the rest returns within a few sessions
HIS_OWN_EXCHANGE = 0.03  # ln(load) per rep, as he estimates it himself


@dataclass(slots=True)
class DemoLifter:
    seed: int
    gained: dict[str, float] = field(default_factory=dict)  # by muscle
    trained: dict[str, date] = field(default_factory=dict)  # the last day, by muscle
    challenged: dict[str, int] = field(default_factory=dict)  # the last challenge, by muscle
    familiar: dict[int, float] = field(default_factory=dict)  # by exercise
    done: dict[int, date] = field(default_factory=dict)  # the last day, by exercise
    shown: dict[int, tuple[Decimal, int]] = field(default_factory=dict)  # his log book: weight, and reps to failure

    # -- his strength ---------------------------------------------------------------------------

    def meets(self, exercise: Exercise, day: date) -> None:
        """Begins the exercise on `day`: takes off the strength that a long pause cost."""
        muscle = exercise.muscle_group
        away = (day - self.trained.get(muscle, day)).days
        if away > 10:
            self.gained[muscle] = self.gained.get(muscle, 0.0) - LOSS_PER_WEEK * (away - 10) / 7
        forgot = 0.01 * max(0, (day - self.done.get(exercise.id, day)).days / 7 - 2)
        self.familiar[exercise.id] = max(UNFAMILIAR, self.familiar.get(exercise.id, UNFAMILIAR) - forgot)

    def grows(self, exercise: Exercise, day: date, *, sets: int) -> None:
        muscle, gained = exercise.muscle_group, self.gained.get(exercise.muscle_group, 0.0)
        self.gained[muscle] = gained + (HEADROOM - gained) * GAIN_PER_SET * sets
        self.familiar[exercise.id] += (1 - self.familiar[exercise.id]) * 0.3
        self.trained[muscle] = self.done[exercise.id] = day

    def most_reps(self, exercise: Exercise, weight: Decimal, *, body: Decimal) -> float:
        """Returns the reps to failure of a fresh set on an average day."""
        if exercise.loading == Loading.BODYWEIGHT:
            strength, at_first = self._strength(exercise), MOST_REPS.get(exercise.slug or "", ANY_MOST_REPS)
            return at_first + math.log(strength) / self._exchange(exercise)
        load = max(_moved(exercise, float(weight), float(body)), 1.0)
        return 10 + math.log(self._ten_rep_max(exercise) / load) / self._exchange(exercise)

    def most_seconds(self, exercise: Exercise) -> float:
        """Returns how long he can hold a fresh set on an average day."""
        return MOST_SECONDS * self._strength(exercise)

    def lost_per_set(self, exercise: Exercise) -> float:
        return self._trait(exercise, "fatigue").uniform(0.4, 1.0)

    def _strength(self, exercise: Exercise) -> float:
        return (1 + self.gained.get(exercise.muscle_group, 0.0)) * self.familiar[exercise.id]

    def _ten_rep_max(self, exercise: Exercise) -> float:
        return TEN_REP_MAX.get(exercise.slug or "", ANY_TEN_REP_MAX) * self._strength(exercise)

    def _exchange(self, exercise: Exercise) -> float:
        return self._trait(exercise, "exchange").uniform(0.027, 0.034)

    def _trait(self, exercise: Exercise, what: str) -> Random:
        return Random(f"{self.seed}:{exercise.slug}:{what}")

    # -- his decisions --------------------------------------------------------------------------

    def chooses(self, exercise: Exercise, row: Prescription, grid: Grid, *, body: Decimal, chance: Random) -> Decimal:
        """Chooses a weight where the plan leaves it open: close to the one that fits, rather too light."""
        if exercise.loading == Loading.BODYWEIGHT:
            return Decimal(0)
        to_failure = row.reps + (4 if row.rir is None else row.rir)
        fits = self._ten_rep_max(exercise) * math.exp(HIS_OWN_EXCHANGE * (10 - to_failure))
        return on_grid(grid, _set_to(exercise, fits * chance.uniform(0.97, 1.03), float(body)))

    def lifts(self, row: Prescription, order: int, able: float, *, chance: Random) -> tuple[int, int | None]:
        """Returns the reps of set `order`, and the RIR that he reports (None: no answer)."""
        target, most = row.target_reps(order), max(1, math.floor(able))
        if row.rir is None:  # in a deload he does what is asked and reports no RIR
            return max(1, min(target, most)), None
        if row.exercise.unsafe_to_fail:
            most = max(1, most - 1)
        left = most - target
        if left > row.rir + 1 and chance.random() < 0.6:
            reps = target + (2 if left > row.rir + 3 else 1)
        elif 0 < left < row.rir and chance.random() < 0.3:
            reps = target - 1
        else:
            reps = min(target, most)
        reps = max(1, reps)
        felt = round(able - 0.5 - reps + chance.gauss(0, 0.4))
        return reps, None if chance.random() < 0.06 else min(5, max(0, felt))

    def remembers(self, exercise: Exercise, weight: Decimal, reps: int, rir: int) -> None:
        self.shown[exercise.id] = weight, reps + rir

    def plans(self, exercise: Exercise, grid: Grid, *, reps: int, rir: int, body: Decimal) -> Decimal | None:
        """Returns the weight for the start of the next mesocycle, from his log book; None where the book has none."""
        if exercise.loading == Loading.BODYWEIGHT or exercise.id not in self.shown:
            return None
        weight, most = self.shown[exercise.id]
        load = _moved(exercise, float(weight), float(body)) * math.exp(HIS_OWN_EXCHANGE * (most - reps - rir))
        # 1 % more, so that a load just below a setting gets that setting.
        return on_grid(grid, _set_to(exercise, load * 1.01, float(body)))

    # -- his feedback ---------------------------------------------------------------------------

    def soreness(self, muscle: str, day: date, *, new_stimulus: bool, chance: Random) -> int | None:
        """Returns his soreness, 0 to 3; None before the muscle was ever trained, or where he does not answer."""
        if muscle not in self.trained or chance.random() < 0.05:
            return None
        rested = (day - self.trained[muscle]).days
        felt = 1.1 + 0.45 * (self.challenged.get(muscle, 1) - 1) + 0.5 * new_stimulus - 0.22 * (rested - 3)
        return _level(felt + chance.gauss(0, 0.45))

    def pump_and_challenge(self, muscle: str, *, sets: int, left: float, chance: Random) -> tuple[int, int]:
        pump = _level(1.7 + 0.1 * (sets - 4) + chance.gauss(0, 0.5))
        challenge = self.challenged[muscle] = _level(2.6 - 0.55 * left + chance.gauss(0, 0.4))
        return pump, challenge


def body_mass(day: int, chance: Random) -> Decimal:
    """Returns his body mass in kg, `day` days into the year: a slow gain, with the noise of a scale."""
    return Decimal(f"{78.6 + 3.2 * day / 364 + chance.gauss(0, 0.35):.1f}")


def on_grid(grid: Grid, weight: float) -> Decimal:
    """Returns the nearest setting that is not harder than `weight`, else the easiest one."""
    exact = Decimal(f"{max(weight, 0):.2f}")
    found = grid.down_to_grid(exact)
    return found if found is not None else grid.harder(exact) or Decimal(0)


def _moved(exercise: Exercise, weight: float, body: float) -> float:
    return {"added": body + weight, "assisted": body - weight}.get(exercise.loading, weight)


def _set_to(exercise: Exercise, load: float, body: float) -> float:
    return {"added": load - body, "assisted": body - load}.get(exercise.loading, load)


def _level(felt: float) -> int:
    return min(3, max(0, round(felt)))
