"""The only bridge from rules to rows: asks the engine what comes next and stores the answer.

Only the next session of a workout is prescribed. A prescription is never changed: a newer row supersedes it. Once the
first set of a muscle is logged in a session, the rows of that muscle there are settled. `week_plan` gathers what the
engine needs: it reads the mesocycle once, then plans week by week."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Prescription, WorkoutExercise
from training.models.prescription import FROM_NOW_ON, LIFTER, PAIRED, TODAY
from training.prescribing.parameters import ExerciseParameters, gather_parameters, unit_of
from training.prescribing.starting_point import days_since, first_plan, past_sets
from training.prescribing.week_plan.history import History
from training.prescribing.week_plan.planning import PlannedExercise, WeekPlan
from training.prescribing.week_plan.reading import Prescribed, as_plan
from training.progression import ExercisePlan

# The most that the column holds. Nobody lifts it, but a mistyped weight gets logged, and must not make finishing fail.
HEAVIEST = Decimal("9999.99")
CONFIG_HASH = progression.config_hash(progression.CONFIG)
SETS_CHOSEN = ("LIFTER_SETS_TODAY", "LIFTER_SETS_PLAN", "SHORTENED")


def prescribe(history: History, *, muscle: str | None = None) -> None:
    """Prescribes every session that comes next, from what is planned, done and answered so far; with `muscle`, only
    that muscle. Calling it twice changes nothing.

    It goes through all of them in the order of the week, because the sets that one session adds leave less room for the
    next. The caller must have locked the mesocycle, so that the engine and the lifter take turns."""
    weeks: dict[int, WeekPlan] = {}
    rows = []
    for workout, week in history.next_places():
        plan = weeks.setdefault(week, WeekPlan(history, week))
        rows += [_row(one.parameters, week, one.plan, inputs=one.inputs) for one in plan.plan(workout, muscle)]
    _suggest_deload(history, rows)
    replaced = _supersede(history, rows)
    if muscle is None:
        _append([*_in_other_units(history, apart_from=replaced)], closing=[])


def prescribe_anew(mesocycle_id: int, *, today: date) -> None:
    """Locks the mesocycle, then prescribes. Use it when a fact arrives late, or when days have passed that change the
    plan."""
    with transaction.atomic():
        mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).select_related("user")
        if mesocycle := mesocycles.filter(id=mesocycle_id).first():  # None: it was deleted meanwhile
            prescribe(History(mesocycle, today=today))


def joining_row(slot: WorkoutExercise, week: int, *, kind: str, today: date, is_swap: bool = False) -> Prescription:
    """Returns an unsaved row for an exercise that joins a session. `slot` may be unsaved and outside the plan. The
    weight comes from the slot, else from earlier sessions, else the lifter is asked. The first session is easy (2 RIR
    or more). `is_swap`: it is swapped in, and has one set fewer where it is unfamiliar."""
    mesocycle, exercise = slot.workout.mesocycle, slot.exercise
    user, weeks = mesocycle.user, mesocycle.duration_weeks
    past = past_sets(user.id, [exercise.id], today=today)[exercise.id]
    if is_swap and kind == Prescription.Kind.NORMAL:
        slot.target_sets = progression.swapped_sets(slot.target_sets, days_since_trained=days_since(past, today=today))
    slot.own = exercise.settings.filter(user=user).first()
    (parameters,) = gather_parameters(user, [slot])
    if kind == Prescription.Kind.DELOAD:
        plan = first_plan(parameters, past, rir=progression.CONFIG.deload_rir, today=today)
        row = _row(parameters, week, plan, inputs={})
        row.kind, row.rir = kind, None
        return row
    rir = mesocycle.target_rir(min(week, weeks - 1), floor_rir=parameters.floor_rir)
    row = _row(parameters, week, first_plan(parameters, past, rir=progression.swap_rir(rir), today=today), inputs={})
    if is_swap and not past:
        row.reasons.append(progression.swap_new().to_dict())
    return row


def first_week_row(one: PlannedExercise) -> Prescription:
    """Returns an unsaved row of week 1."""
    return _row(one.parameters, 1, one.plan, inputs=one.inputs)


def put_in_place(history: History, rows: list[Prescription]) -> None:
    """Stores `rows` in place of the rows that stand at their addresses."""
    for row in rows:
        _replaced_by(row, history)
        row.inputs |= _basis(history, row)
    _append(rows, closing=[])


def keep_choice(history: History, week: int, planned: list[PlannedExercise]) -> None:
    """Stores what the lifter chose to do in a week, in place of the rows that stand there."""
    choice = {"by": LIFTER, "scope": FROM_NOW_ON}
    rows = [_row(one.parameters, week, one.plan, inputs=one.inputs | choice) for one in planned]
    for row in rows:
        _replaced_by(row, history)
    _append(rows, closing=[])


def prescribe_what_is_out_of_date(
    mesocycle: Mesocycle, rows: Iterable[Prescription], *, today: date, is_at_hand: bool = False
) -> bool:
    """Prescribes anew where one of `rows` is out of date: days off have passed since it was made, or the lifter has
    changed what it depends on. `rows`: those of a page, not yet begun, with the lifter's settings. `is_at_hand`: their
    session has begun, so that it keeps its units. Returns whether it did.

    This is the only write that a GET makes."""
    user = mesocycle.user
    if not mesocycle.is_active or not any(
        _is_out_of_date(row, user, today) or (not is_at_hand and _is_in_another_unit(row, user)) for row in rows
    ):
        return False
    prescribe_anew(mesocycle.id, today=today)
    return True


def _is_in_another_unit(row: Prescription, user: User) -> bool:
    return row.unit != unit_of(user, row.own) and row.workout.is_of_plan


def _is_out_of_date(row: Prescription, user: User, today: date) -> bool:
    stood_for = row.inputs.get("stands_for")
    return stood_for is not None and stood_for != _stands_for(user, row.inputs["last_day"], today)


def _suggest_deload(history: History, rows: list[Prescription]) -> None:
    """Adds the suggestion of an early deload to the first row of each next session, where most muscles needed recovery
    lately, unless its next week is the deload anyway."""
    to_come = history.standing_next() | {row.address: row for row in rows}
    recovering = (row for row in to_come.values() if row.kind == Prescription.Kind.RECOVERY and not row.is_by_lifter)
    recovered = history.days_since_recovery() | {row.muscle: 0 for row in recovering}
    suggestion = progression.suggests_early_deload(
        recovered, trained=history.muscles_in_plan(), ill_days=history.ill_days()
    )
    if suggestion is None:
        return
    for row in rows:
        session = [one for one in to_come.values() if one.address[:2] == row.address[:2]]
        is_first = row is min(session, key=lambda one: (one.position, one.exercise_id))
        if is_first and not history.mesocycle.is_deload(row.week_number + 1):
            row.reasons.append(suggestion.to_dict())


def _in_other_units(history: History, *, apart_from: set[int | None]) -> Iterator[Prescription]:
    """Yields the rows in the lifter's unit of today of what the lifter put into a session that has not begun, where
    they stand in the other unit. The engine leaves them alone otherwise. `apart_from`: ids of rows that are replaced
    already."""
    for workout, week in history.next_places():
        chosen = {
            row.exercise_id: row
            for row in history.standing_next().values()
            if row.is_by_lifter and row.address[:2] == (workout.id, week) and row.id not in apart_from
        }
        for one in history.prescribed_today(workout, week) if chosen else []:
            standing = chosen.get(one.slot.exercise_id)
            if standing and standing.unit != one.unit:
                row = _row(one, week, as_plan(standing, one), inputs={})
                row.position, row.superset, row.replaces_id = standing.position, standing.superset, standing.id
                row.inputs = Prescription.objects.get(id=standing.id).inputs | row.inputs
                yield row


def _supersede(history: History, rows: list[Prescription]) -> set[int | None]:
    """Adds the rows that say something new. Supersedes the rows that they replace, and those of exercises that are no
    longer in the plan. Returns the ids of the rows replaced."""
    new = []
    for row in rows:
        standing = _replaced_by(row, history)
        row.inputs |= _basis(history, row)
        if row.address in history.chosen and not (standing and _keep_the_choice(row, standing)):
            continue
        if not (standing and _says_the_same(row, standing)):
            new.append(row)
    _append(new, closing=history.gone())
    return {row.replaces_id for row in new}


def _keep_the_choice(row: Prescription, chosen: Prescribed) -> bool:
    """Gives the engine's `row` the number of sets that the lifter chose; the rest of the row is the engine's.

    Returns False where the lifter chose the exercise itself: that row stays as it is."""
    reason = chosen.reasons[0] if chosen.reasons else {"code": ""}
    if not chosen.is_by_lifter or reason["code"] not in SETS_CHOSEN:
        return False
    row.sets = min(row.sets, chosen.sets) if reason["code"] == "SHORTENED" else chosen.sets
    row.reps_lo = min(row.reps_lo, max(1, math.floor(row.reps - row.drop * (row.sets - 1))))
    row.reasons = [reason, *(one for one in row.reasons if not progression.is_about_sets(one["code"]))]
    row.inputs |= {"by": LIFTER, "scope": TODAY if chosen.is_for_today else FROM_NOW_ON}
    return True


def _replaced_by(row: Prescription, history: History) -> Prescribed | None:
    """Returns the row that stands at the address of `row`, and notes in `row` that it replaces it. What the lifter
    paired for that session alone stays so."""
    standing = history.standing.get(row.address)
    row.replaces_id = standing.id if standing else None
    if standing and standing.is_paired_for_today:
        row.superset = standing.superset
        row.inputs |= {PAIRED: TODAY}
    return standing


def _append(rows: list[Prescription], *, closing: list[Prescribed]) -> None:
    """Supersedes the rows that `rows` replace and those in `closing`, and adds `rows`. A muscle that has begun
    meanwhile keeps its rows."""
    closed = {row.replaces_id for row in rows if row.replaces_id} | {row.id for row in closing}
    if closed:
        standing = Prescription.objects.filter(id__in=closed, superseded_at=None)
        closed -= set(standing.begun().values_list("id", flat=True))
        Prescription.objects.filter(id__in=closed).update(superseded_at=timezone.now())
    new = [row for row in rows if row.replaces_id is None or row.replaces_id in closed]
    if new:
        Prescription.objects.bulk_create(new)


def _says_the_same(row: Prescription, other: Prescribed) -> bool:
    says = (
        "position",
        "superset",
        "sets",
        "reps",
        "reps_lo",
        "drop",
        "seconds",
        "weight",
        "unit",
        "rir",
        "kind",
        "open",
        "reasons",
    )
    same = all(getattr(row, name) == getattr(other, name) for name in says)
    return same and row.inputs["stands_for"] == other.stands_for


def _basis(history: History, row: Prescription) -> dict:
    """Returns what a row depends on besides facts (see `prescribe_what_is_out_of_date`)."""
    last = history.last_day(row.muscle, before=(row.workout_id, row.week_number))
    if last is None and row.week_number == 1:
        last = history.last_day_before(row.exercise_id)
    day = last.isoformat() if last else None
    return {"last_day": day, "stands_for": _stands_for(history.mesocycle.user, day, history.today)}


def _stands_for(user: User, last_day: str | None, today: date) -> list:
    gap = None if last_day is None else max(0, (today - date.fromisoformat(last_day)).days)
    return [progression.gap_band(gap), user.experience, user.deload_mode]


def _row(parameters: ExerciseParameters, week: int, plan: ExercisePlan, *, inputs: dict) -> Prescription:
    kinds = Prescription.Kind
    made_by = {"lo": parameters.lo, "hi": parameters.hi, "grid": parameters.grid.to_dict()}
    row = Prescription(
        workout_id=parameters.slot.workout_id,
        week_number=week,
        exercise=parameters.slot.exercise,
        position=parameters.slot.position,
        superset=parameters.slot.superset,
        sets=plan.sets,
        reps=plan.reps,
        reps_lo=plan.reps_lo,
        drop=plan.drop,
        seconds=plan.seconds,
        weight=None if plan.weight is None else min(plan.weight, HEAVIEST),
        unit=parameters.unit,
        rir=plan.rir,
        open=plan.open,
        kind=kinds.RECOVERY if plan.recovery else kinds.DELOAD if plan.rir is None else kinds.NORMAL,
        reasons=[reason.to_dict() for reason in plan.reasons],
        inputs=made_by | inputs,
        engine_version=progression.ENGINE_VERSION,
        config_hash=CONFIG_HASH,
    )
    row.muscle = parameters.slot.exercise.muscle_group
    return row
