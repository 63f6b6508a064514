"""The coach of plain double progression: one rep more each session; above the top of the range, more weight."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.engine.simulation.record import Ask, Place, SimulatedMovement, TrainingRecord
from training.progression import CONFIG, Done, ExercisePlan, main_weight, plan_deload, start_plan

MISSES = 2  # sessions in a row below the bottom of the range, after which the weight falls


class DoubleProgression:
    """Asks no RIR: a set is done to its number. Sets never change, and a deload ends each mesocycle as in the engine.

    When every set reaches `hi`, the next weight is asked for `lo` reps; otherwise one rep more than the last first set,
    up to `hi`. After two sessions with a first set below `lo` the weight falls by a step."""

    def next_set(self, ask: Ask, movement: SimulatedMovement, done: Sequence[Done]) -> tuple[Decimal, int]:
        assert ask.plan.weight is not None, "the lifter picked a weight"
        return ask.plan.weight, ask.plan.target(len(done))

    def asks(self, record: TrainingRecord, place: Place) -> dict[str, Ask]:
        return {
            one.name: Ask(plan=_plan(record, place, one)) for one in record.movements if one.workout == place.workout
        }


def _plan(record: TrainingRecord, place: Place, one: SimulatedMovement) -> ExercisePlan:
    earlier = [
        session.done[one.name]
        for at, session in record.sessions.items()
        if at < place and at.workout == place.workout and at.week < record.weeks and session.done.get(one.name)
    ]
    first = start_plan(one.first_weight, lo=one.lo, hi=one.hi, grid=one.grid, rir=0, sets=one.first_sets)
    plan = _following(first, earlier, one)
    if place.week < record.weeks:
        return plan
    workouts = sorted({each.workout for each in record.movements})
    return plan_deload(
        plan,
        best_reps=None,
        grid=one.grid,
        session_index=workouts.index(place.workout),
        sessions_in_week=len(workouts),
    )


def _following(first: ExercisePlan, earlier: Sequence[Sequence[Done]], one: SimulatedMovement) -> ExercisePlan:
    if not earlier:
        return replace(first, rir=None, drop=Decimal(0), reps_lo=first.reps)
    done = earlier[-1]
    weight = main_weight(done, grid=one.grid)
    assert weight is not None
    at_weight = [each.reps for each in done if each.weight == weight]
    reps = min(at_weight[0] + 1, max(one.hi, at_weight[0]), CONFIG.most_reps)
    harder, easier = one.grid.harder(weight), one.grid.easier(weight)
    if harder is not None and len(at_weight) >= first.sets and min(at_weight) >= one.hi:
        weight, reps = harder, one.lo
    elif easier is not None and _missed_often(earlier, weight, one):
        weight, reps = easier, one.lo
    reps = max(1, reps)
    return replace(first, weight=weight, reps=reps, reps_lo=reps, rir=None, drop=Decimal(0))


def _missed_often(earlier: Sequence[Sequence[Done]], weight: Decimal, one: SimulatedMovement) -> bool:
    recent = earlier[-MISSES:]
    return len(recent) == MISSES and all(done[0].weight == weight and done[0].reps < one.lo for done in recent)
