"""The first plan of an exercise: its own weight, else what the lifter did before, else a question. Never a guess."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby

from metricgain.units import in_unit
from training import progression
from training.models import Set
from training.prescribing.parameters import ExerciseParameters
from training.progression import CONFIG, Done, ExercisePlan, Past


def past_sets(user_id: int, exercises: Iterable[int], *, today: date) -> dict[int, list[Set]]:
    """The sets of the last few sessions of each exercise, in any mesocycle, as far back as they say something."""
    since = datetime.combine(today - timedelta(days=CONFIG.seed_days), time.min, tzinfo=UTC)
    found = {exercise: [] for exercise in exercises}
    for one in Set.objects.of_last_sessions(user_id, list(found), since=since, sessions=CONFIG.seed_sessions):
        found[one.exercise_id].append(one)
    return found


def last_day(past: list[Set]) -> date | None:
    """The day of the first of `past`, which is the latest; None: there is none."""
    return past[0].workout_log.local_date or past[0].performed_at.date() if past else None


def days_since(past: list[Set], *, today: date) -> int | None:
    day = last_day(past)
    return None if day is None else max(0, (today - day).days)


def first_plan(parameters: ExerciseParameters, past: list[Set], *, rir: int, today: date) -> ExercisePlan:
    """From the plan's own weight, else from `past`, as `past_sets` reads it, else a question."""
    plan = start(parameters, rir)
    if plan.weight is not None and not parameters.moves_nothing_but_the_body:
        return plan
    given = {"lo": parameters.lo, "hi": parameters.hi, "grid": parameters.grid, "rir": rir, "sets": plan.sets}
    return progression.seed([*_sessions(past, parameters, today=today)], **given) or plan


def start(parameters: ExerciseParameters, rir: int) -> ExercisePlan:
    """From the plan alone. Weight 0 says nothing of a loaded exercise, and where only the body moves there is nothing
    to ask."""
    weight = parameters.slot.target_weight
    if parameters.moves_nothing_but_the_body:
        weight = Decimal(0)
    elif not weight and parameters.grid.kind == "load":
        weight = None
    return progression.start_plan(
        weight, lo=parameters.lo, hi=parameters.hi, grid=parameters.grid, rir=rir, sets=parameters.slot.target_sets
    )


def as_done(sets: Iterable[Set], parameters: ExerciseParameters) -> list[Done]:
    """Working sets as the engine reads them, in the slot's unit.

    A loaded exercise at weight 0 is a set that did not happen; the body alone has no weight but itself."""
    done = [_as_done(one, parameters) for one in sets]
    return [one for one in done if one.weight or parameters.grid.kind != "load"]


def _as_done(one: Set, parameters: ExerciseParameters) -> Done:
    weight = one.weight if one.unit == parameters.unit else in_unit(one.weight_kg, parameters.unit)
    rir = Decimal(0) if one.rir is None and one.set_type == Set.Type.FAILURE else one.rir
    return Done(weight=Decimal(0) if parameters.moves_nothing_but_the_body else weight, reps=one.reps, rir=rir)


def _sessions(past: list[Set], parameters: ExerciseParameters, *, today: date) -> Iterable[Past]:
    for _, group in groupby(past, key=lambda one: one.workout_log):
        sets = list(group)
        prescribed = sets[0].prescription
        yield Past(
            days_ago=days_since(sets, today=today),
            done=tuple(as_done(sets, parameters)),
            rir=prescribed and prescribed.rir and min(prescribed.rir, CONFIG.most_rir),
        )
