"""The examples of a made-up lifter. The engine works out what is asked of them, so they hold whatever the rules are."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

from metricgain.bounds import span
from metricgain.numbers import plain
from metricgain.users.models import Unit
from training import progression
from training.progression import (
    CONFIG,
    Done,
    Ex,
    ExercisePlan,
    FirstSet,
    Grid,
    HardSession,
    Signals,
    SlotCtx,
    Target,
)
from training.rulebook.examples import Example
from training.session.page.phone_words import say

# (step, working weight, next weight) in each unit.
WEIGHTS = {
    Unit.KG.value: (Decimal("2.5"), Decimal(100), Decimal("102.5")),
    Unit.LB.value: (Decimal(5), Decimal(220), Decimal(225)),
}
NAME = "Machine chest press"
MUSCLE = "chest"
LO, HI = 8, 12


@cache
def made_up(unit: str) -> dict[str, Example]:
    """Returns the example of each decision, in kg or lb."""
    lifter = _Lifter(unit)
    return {
        "weight": lifter.next_week(10, 9, 8, signals=Signals(perf=1, challenge=1)),
        "effort": lifter.one_tap(),
        "open": lifter.open_set(),
        "sets": lifter.sets(),
        "soreness": lifter.sore_today(),
        "slips": lifter.slip(),
        "break": lifter.next_week(11, 10, 9, signals=Signals(perf=1, gap_days=20)),
        "minutes": lifter.sets(room=0, minutes=60),
        "recovery": lifter.next_week(7, 6, 6, signals=Signals(perf=3, recovery=True)),
        "deload": lifter.deload(),
        "next": lifter.opening(),
        "expect": lifter.expectation(),
        "warm_ups": lifter.warm_ups(),
    }


class _Lifter:
    def __init__(self, unit: str):
        step, self.weight, self.heavier = WEIGHTS[unit]
        self.grid = Grid(kind="load", step=step, unit=unit)
        self.plan = self.planned(10, rir=2)

    def planned(self, reps: int, *, rir: int | None, weight: Decimal | None = None) -> ExercisePlan:
        weight = self.weight if weight is None else weight
        return ExercisePlan(sets=3, weight=weight, reps=reps, reps_lo=reps - 2, rir=rir, drop=Decimal(1))

    def sets_of(self, *reps: int, weight: Decimal | None = None) -> tuple[Done, ...]:
        return tuple(Done(weight=self.weight if weight is None else weight, reps=each) for each in reps)

    def words(self, plan: ExercisePlan) -> str:
        """Says a plan as pages say a prescription."""
        load = f"{plain(plan.weight or Decimal(0))} {self.grid.unit} × {span(plan.reps_lo, plan.reps)}"
        sets = "1 set" if plan.sets == 1 else f"{plan.sets} sets"
        return f"{sets} · {load} @ {f'{CONFIG.deload_rir}+' if plan.rir is None else plan.rir} RIR"

    def target(self, *, rir: int, sets: int = 3) -> Target:
        return Target(lo=LO, hi=HI, grid=self.grid, next_rir=rir, next_sets=sets)

    def told(self, plan: ExercisePlan, *reps: int, then: ExercisePlan) -> Example:
        done = ", ".join(map(str, reps))
        why = progression.sentence(then.reasons[0])
        return Example(exercise=NAME, asked=self.words(plan), done=done, then=self.words(then), why=why)

    def next_week(self, *reps: int, signals: Signals) -> Example:
        sets = progression.recovery_sets(self.plan.sets) if signals.recovery else self.plan.sets
        then = progression.plan_load(
            self.plan, done=self.sets_of(*reps), target=self.target(rir=1, sets=sets), signals=signals
        )
        return self.told(self.plan, *reps, then=then)

    def one_tap(self) -> Example:
        first = Done(weight=self.weight, reps=10, rir=4)
        _, others, reason = progression.rest_of_session(self.plan, first, lo=LO, hi=HI, grid=self.grid)
        assert reason is not None, "two reps more in reserve than asked change the other sets"
        then = f"{' and '.join(map(str, others))} in the other sets"
        why = progression.sentence(reason)
        return Example(exercise=NAME, asked=self.words(self.plan), done="10, with 4 left", then=then, why=why)

    def open_set(self) -> Example:
        plan = self.planned(11, rir=0)
        points = [Decimal("2.2"), Decimal("1.8"), Decimal("2.5")]
        bias = progression.rir_bias(points)
        why = progression.sentence(progression.said_off(bias))
        asked = say("aim_open", reps=plan.reps)
        return Example(exercise=NAME, asked=asked, done="12, after 10 with 4 left the week before", why=why)

    def sets(self, *, room: int | None = None, minutes: int | None = None) -> Example:
        context = SlotCtx(
            soreness=1,
            pump=2,
            challenge=1,
            rir=2,
            weekly_sets=8,
            mrv=22,
            muscle=MUSCLE.capitalize(),
            room=room,
            minutes=minutes,
        )
        exercise = Ex(id=1, pos=0, sets=3, perf=1, completed=3)
        answer = progression.plan_sets(context, [exercise])
        why = progression.sentence(progression.strongest(answer.reasons))
        done = "all of them; recovered well in time, a good pump, and it felt right"
        return Example(exercise=NAME, asked="3 sets", done=done, then=f"{answer.sets[1]} sets", why=why)

    def sore_today(self) -> Example:
        done, target = self.sets_of(10, 9, 8), self.target(rir=1)
        usual, now = (
            progression.plan_load(self.plan, done=done, target=target, signals=signals)
            for signals in (Signals(perf=1), Signals(perf=1, soreness=3))
        )
        told = progression.told_today(now, usual=usual, target=target, signals=Signals(perf=1, soreness=3))
        return self.told(self.plan, 10, 9, 8, then=told)

    def slip(self) -> Example:
        done = (*self.sets_of(10), *self.sets_of(90), *self.sets_of(8))
        then = progression.plan_load(self.plan, done=done, target=self.target(rir=1), signals=Signals(perf=1))
        weight, unit = plain(self.weight), self.grid.unit
        asks = say("odd", weight=weight, unit=unit, reps=90, last=f"{weight} {unit} × 9")
        return replace(self.told(self.plan, 10, 90, 8, then=then), why=asks)

    def deload(self) -> Example:
        then = progression.plan_deload(self.plan, best_reps=10, grid=self.grid, session_index=0, sessions_in_week=1)
        return self.told(self.plan, 10, 9, 8, then=then)

    def opening(self) -> Example:
        last = self.planned(9, rir=0, weight=self.heavier)
        sessions = [
            HardSession(plan=last, done=self.sets_of(9, 8, 7, weight=self.heavier)),
            HardSession(plan=replace(last, rir=1), done=self.sets_of(9, 8, 7, weight=self.heavier)),
            HardSession(plan=self.plan, done=self.sets_of(10, 9, 8)),
        ]
        then = progression.open_meso(sessions, target=self.target(rir=3))
        assert then is not None, "the sessions show something"
        return self.told(last, 9, 8, 7, then=then)

    def expectation(self) -> Example:
        known = [
            FirstSet(days_ago=days, load=load, reps=reps, rir=Decimal(rir))
            for days, load, reps, rir in (
                (28, self.weight, 9, 3),
                (21, self.weight, 10, 2),
                (14, self.weight, 11, 1),
                (7, self.heavier, 10, 0),
            )
        ]
        found = progression.expect(known, load=self.weight, rir=3)
        assert found is not None, "four sessions are enough"
        _, fewest, most = found
        asked = f"{plain(self.weight)} {self.grid.unit}, stop with 3 left"
        return Example(exercise=NAME, asked=asked, then=f"probably {span(fewest, most)}")

    def warm_ups(self) -> Example:
        steps = progression.warm_ups(self.weight, reps=10, grid=self.grid, mechanic="compound", is_warm=False)
        then = ", then ".join(f"{plain(weight)} × {reps}" for weight, reps in steps)
        return Example(exercise=NAME, asked=self.words(self.plan), then=then)
