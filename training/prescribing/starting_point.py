"""The first plan of an exercise: from the weight in the plan, else from earlier sessions, else a question. Never a
guess."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from training import progression
from training.models import Set
from training.models.done_set import DoneSet
from training.prescribing.parameters import ExerciseParameters
from training.progression import CONFIG, Done, ExercisePlan, Past


class PastSet(NamedTuple):
    """A working set of an earlier session, with the day of that session and the RIR that was asked."""

    exercise_id: int
    workout_log_id: int
    local_date: date | None
    performed_at: datetime
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    rir: Decimal | None
    set_type: str
    asked_rir: int | None
    seconds: int | None


def past_sets(user_id: int, exercises: Iterable[int], *, today: date) -> dict[int, list[PastSet]]:
    """Returns the working sets of the last few sessions of each exercise, in any mesocycle. Sessions too old to count
    are left out."""
    since = datetime.combine(today - timedelta(days=CONFIG.seed_days), time.min, tzinfo=UTC)
    found = {exercise: [] for exercise in exercises}
    sets = Set.objects.of_last_sessions(user_id, list(found), since=since, sessions=CONFIG.seed_sessions)
    for row in sets.values_list(*PastSet._fields):
        one = PastSet._make(row)
        found[one.exercise_id].append(one)
    return found


def last_day(past: list[PastSet]) -> date | None:
    """Returns the day of the latest session in `past`, which comes first; None without one."""
    return past[0].local_date or past[0].performed_at.date() if past else None


def days_since(past: list[PastSet], *, today: date) -> int | None:
    day = last_day(past)
    return None if day is None else max(0, (today - day).days)


def first_plan(parameters: ExerciseParameters, past: list[PastSet], *, rir: int, today: date) -> ExercisePlan:
    """Returns the first plan from the weight of the slot, else from `past` (see `past_sets`), else a question: for a
    weight, or with the body alone for how many reps were left."""
    plan = start(parameters, rir)
    if plan.weight is not None and not parameters.moves_nothing_but_the_body:
        return plan
    lo, hi, grid = parameters.lo, parameters.hi, parameters.grid
    past_sessions = [*_sessions(past, parameters, today=today)]
    seed = progression.seed_hold if parameters.is_hold else progression.seed
    if seeded := seed(past_sessions, lo=lo, hi=hi, grid=grid, rir=rir, sets=plan.sets):
        return seeded
    if grid.kind != "added":
        return plan
    if parameters.is_hold:
        return progression.start_hold(Decimal(0), lo=lo, hi=hi, grid=grid, rir=rir, sets=plan.sets)
    return progression.start_body(parameters.can_do, lo=lo, hi=hi, grid=grid, rir=rir, sets=plan.sets)


def start(parameters: ExerciseParameters, rir: int) -> ExercisePlan:
    """Returns the first plan from the slot alone. For a loaded exercise, weight 0 means no weight. With the body alone
    there is no weight to ask for."""
    weight = parameters.target_weight
    if parameters.moves_nothing_but_the_body:
        weight = Decimal(0)
    elif not weight and parameters.grid.kind == "load":
        weight = None
    begin = progression.start_hold if parameters.is_hold else progression.start_plan
    return begin(
        weight, lo=parameters.lo, hi=parameters.hi, grid=parameters.grid, rir=rir, sets=parameters.slot.target_sets
    )


def as_done(sets: Iterable[DoneSet | PastSet], parameters: ExerciseParameters) -> list[Done]:
    """Returns working sets as the engine reads them, in the unit of `parameters`.

    Sets of a loaded exercise at weight 0 are left out, as if not done. With the body alone the weight is always 0."""
    done = [_as_done(one, parameters) for one in sets]
    return [one for one in done if one.weight or parameters.grid.kind != "load"]


def _as_done(one: DoneSet | PastSet, parameters: ExerciseParameters) -> Done:
    weight, reps = parameters.here(one.weight, reps=one.reps, of=one.unit)
    rir = Decimal(0) if one.rir is None and one.set_type == Set.Type.FAILURE else one.rir
    if parameters.moves_nothing_but_the_body:
        weight = Decimal(0)
    return Done(weight=weight, reps=1 if parameters.is_hold else reps, rir=rir, seconds=one.seconds)


def _sessions(past: list[PastSet], parameters: ExerciseParameters, *, today: date) -> Iterable[Past]:
    for _, group in groupby(past, key=lambda one: one.workout_log_id):
        sets = list(group)
        asked = sets[0].asked_rir
        yield Past(
            days_ago=days_since(sets, today=today),
            done=tuple(as_done(sets, parameters)),
            rir=None if asked is None else min(asked, CONFIG.most_rir),
        )
