"""Stores facts. A fact has an address; storing is an upsert to that address, and the later edit wins.

Each function may be repeated, in any order and at the same time: the same facts end in the same rows. One statement
writes the log, which locks it, and the fact, so that a fact needs one round trip and one commit."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from exercises.models import Exercise, ExerciseSettings
from training.models import DeletedSet, MergedSet, Mesocycle, Set, Workout, WorkoutLog
from training.own_exercise import merged_places, merging
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session.fact_statements import LOG, PERFORMANCE, SET, SORENESS


@dataclass(frozen=True, slots=True)
class SessionKey:
    """The name of a session: a workout of this user, in a week of its mesocycle. It may have no log yet."""

    user_id: int
    workout_id: int
    week: int


@dataclass(frozen=True, slots=True)
class Edit:
    """When the lifter made an edit. `at`: the edit time; None: now, by the server's clock (posts without JavaScript).
    `local_date`: the lifter's calendar day at that time."""

    at: datetime | None
    local_date: date
    today: date | None = None  # the lifter's calendar day when the edit arrives; None: `local_date`


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSet:
    """A set as the lifter typed it. `number`: its set number of the exercise in the session, from 1. `weight`: in
    `unit` ("kg" or "lb"). `seconds`: of a hold; None: its `reps` are the seconds. `prescription_id`: the prescription
    shown with it; None where nothing was asked."""

    exercise_id: int
    number: int
    weight: Decimal
    unit: str
    reps: int
    seconds: int | None = None
    rir: Decimal | None = None
    set_type: str = Set.Type.WORKING
    extends: int | None = None  # the number, in the same exercise, of the set that a drop or a myo-rep row continues
    prescription_id: int | None = None


class Outcome(Enum):
    APPLIED = "applied"
    STALE = "stale"  # a later edit of the same fact stands


class UnknownAddress(LookupError):
    """The user has no such workout, week or exercise, or no longer has it. Views answer 404."""


class NotBegun(ValueError):
    """The mesocycle is only planned: nothing can be logged in it before it begins."""

    def __init__(self, mesocycle: Mesocycle):
        super().__init__(
            f"“{mesocycle.name}” has not begun, so nothing is logged in it yet. Start it from its own page, "
            "then save this again."
        )


def log_set(address: SessionKey, edit: Edit, typed: TypedSet) -> Outcome:
    """Stores a set at its address, or, after a merge, where the set of that address now lies.

    Raises UnknownAddress, NotBegun, NoPlaceLeft."""
    exercise_id, number = typed.exercise_id, typed.number
    said = {name: getattr(typed, name) for name in ("weight", "unit", "reps", "seconds", "rir", "set_type")}
    said |= {"prescription": typed.prescription_id, "starts": True}
    extends = typed.extends if typed.set_type not in Set.COUNTING and typed.extends != number else None
    with suppress(UnknownAddress):
        names = {"called": number, "after": extends}
        return _write(SET, address, edit, exercise=exercise_id, number=number, extends=extends, **names, **said)
    with transaction.atomic():
        log, _, stands, number = _locked_place(address, edit, exercise_id, number)
        if extends:
            extends = merged_places.place_of(log.id, exercise_id, extends, stands=stands)
        stored = _store(SET, address, edit, exercise=stands, number=number, extends=extends, **said)
    return _go_on(stored, edit)


def rate_soreness(address: SessionKey, edit: Edit, *, muscle: str, soreness: int) -> Outcome:
    """Stores how sore `muscle` was before it was trained, 0-3. Raises UnknownAddress."""
    return _write(SORENESS, address, edit, muscle=muscle, soreness=soreness)


def rate_performance(address: SessionKey, edit: Edit, *, muscle: str, **answers: int | None) -> Outcome:
    """Stores the `pump` and `challenge` of `muscle` after its last set, 0-3 each or None. One that is not given stays
    as it was. Raises UnknownAddress."""
    said = {part: answers.get(part) for part in ("pump", "challenge")}
    held = {f"holds_{part}": part in answers for part in said}
    return _write(PERFORMANCE, address, edit, muscle=muscle, **said, **held)


def delete_set(address: SessionKey, edit: Edit, *, exercise_id: int, number: int) -> Outcome:
    """Deletes a set and stores the edit time of that, so that an older write cannot bring the set back. Raises
    UnknownAddress, NoPlaceLeft."""
    with transaction.atomic():
        log, at, exercise_id, number = _locked_place(address, edit, exercise_id, number)
        stands = not _take_back(log, exercise_id, number, at)
        log.start_with_first_set()
    if log.is_completed:
        _prescribe_anew(log.id, on=edit.today or edit.local_date)
    return Outcome.STALE if stands else Outcome.APPLIED


def _take_back(log: WorkoutLog, exercise_id: int, number: int, at: datetime) -> bool:
    """Deletes a set as of `at`, and with it the drops and myo-rep rows that continued it then; a row that was entered
    later stands. False: the set was edited later, and stands."""
    place = {"workout_log": log, "exercise_id": exercise_id, "set_number": number}
    tombstone, new = DeletedSet.objects.get_or_create(**place, defaults={"deleted_at": at})
    if not new and tombstone.deleted_at < at:
        tombstone.deleted_at = at
        tombstone.save(update_fields=["deleted_at"])
    Set.objects.filter(**place, edited_at__lte=at).delete()
    rows = Set.objects.filter(workout_log=log, exercise_id=exercise_id, extends=number, edited_at__lte=at)
    for continued in rows.values_list("set_number", flat=True):
        _take_back(log, exercise_id, continued, at)
    return not Set.objects.filter(**place).exists()


@transaction.atomic
def write_note(address: SessionKey, edit: Edit, *, text: str) -> Outcome:
    """Stores the note of the session; empty text removes it. Raises UnknownAddress."""
    log, at = _locked_log(address, edit)
    if log.notes_edited_at and log.notes_edited_at > at:
        return Outcome.STALE
    log.notes, log.notes_edited_at = text or None, at
    log.save(update_fields=["notes", "notes_edited_at"])
    return Outcome.APPLIED


def say_ill(address: SessionKey, edit: Edit, *, ill: bool) -> Outcome:
    """Stores whether the lifter was ill on the day of the session. Alone it does not start the session. What is asked
    next is planned anew where the session has ended. Raises UnknownAddress."""
    with transaction.atomic():
        log, at = _locked_log(address, edit)
        if log.ill_edited_at and log.ill_edited_at > at:
            return Outcome.STALE
        log.ill, log.ill_edited_at = ill, at
        log.save(update_fields=["ill", "ill_edited_at"])
    if log.is_completed:
        _prescribe_anew(log.id, on=edit.today or edit.local_date)
    return Outcome.APPLIED


@transaction.atomic
def write_exercise_note(address: SessionKey, edit: Edit, *, exercise_id: int, text: str) -> Outcome:
    """Stores the lifter's note of an exercise, which is the same in every session; empty text removes it. It makes no
    log. Raises UnknownAddress."""
    exercise_id = merging.standing_exercise(address.user_id, exercise_id)
    workouts = Workout.objects.select_related("mesocycle").filter(mesocycle__user=address.user_id)
    workout = workouts.filter(id=address.workout_id).first()
    known = Exercise.objects.of_library_of(address.user_id).filter(id=exercise_id).exists()
    if workout is None or not known or not workout.mesocycle.has(workout, address.week):
        raise UnknownAddress(address)
    at = min(edit.at or timezone.now(), timezone.now())
    settings = ExerciseSettings.objects.select_for_update(of=("self",))
    own, _ = settings.get_or_create(user_id=address.user_id, exercise_id=exercise_id)
    if own.note_edited_at and own.note_edited_at > at:
        return Outcome.STALE
    own.note, own.note_edited_at = text or None, at
    own.save(update_fields=["note", "note_edited_at"])
    return Outcome.APPLIED


def backfill(address: SessionKey, edit: Edit, *, day: date, began: datetime | None, ended: datetime | None) -> Outcome:
    """Stores when the session really was (see `WorkoutLog.move_to`). A session without a plan is named after its day.
    Raises UnknownAddress."""
    with transaction.atomic():
        log, at = _locked_log(address, edit)
        moved = log.move_to(day, began=began, ended=ended, edited_at=at)
        if moved and log.workout.only_week and log.mesocycle.is_freestyle and not log.workout.is_named_after(day):
            log.workout.name_after(day)
            log.workout.save(update_fields=["name", "day_of_week", "position_in_week"])
    if moved:
        with transaction.atomic():
            _locked_mesocycle_of(log.id).reckon_end()
        _prescribe_anew(log.id, on=edit.today or edit.local_date)  # the days off before it are others now
    return Outcome.APPLIED if moved else Outcome.STALE


def standing_set(address: SessionKey, *, exercise_id: int, number: int) -> Set | None:
    """Returns the set that has this address, wherever it lies; None without one."""
    log = WorkoutLog.objects.filter(user=address.user_id, workout=address.workout_id, week_number=address.week).first()
    stands = Exercise.objects.get(id=exercise_id).standing
    moved = MergedSet.objects.filter(workout_log=log, exercise=exercise_id, set_number=number).first()
    return Set.objects.filter(workout_log=log, exercise=stands, set_number=moved.became if moved else number).first()


def _write(fact: str, address: SessionKey, edit: Edit, **values: Any) -> Outcome:
    stored = _store(fact, address, edit, **values)
    return _go_on(stored, edit, is_soreness=fact is SORENESS, muscle=values.get("muscle"))


def _store(fact: str, address: SessionKey, edit: Edit, **values: Any) -> tuple:
    """Runs the statement. Returns the id of the log, its status, the edit time of the status, and the id of the fact:
    None where a later edit stands."""
    statement = LOG + fact + "SELECT log.id, log.status, log.status_edited_at, fact.id FROM log LEFT JOIN fact ON true"
    return _run(statement, address, edit, **values)


def _go_on(stored: tuple, edit: Edit, *, is_soreness: bool = False, muscle: str | None = None) -> Outcome:
    log_id, status, ended_once, fact_id = stored
    if fact_id and (status == WorkoutLog.Status.COMPLETED or is_soreness):
        _prescribe_anew(log_id, on=edit.today or edit.local_date, muscle=muscle)
    elif fact_id and ended_once:
        _take_up_again(log_id)
    return Outcome.APPLIED if fact_id else Outcome.STALE


# What follows from a fact runs in a transaction of its own, which locks the mesocycle first, as every other verb does.
# Storing a fact locks only its log. So the two never wait for each other.


@transaction.atomic
def _prescribe_anew(log_id: int, *, on: date, muscle: str | None = None) -> None:
    """Prescribes anew: soreness changes what is asked today, and a late fact of a finished session what comes next.

    A finished session without a set left is reopened instead."""
    mesocycle = _locked_mesocycle_of(log_id)
    history = History(mesocycle, today=on)
    log = next(log for log in history.logs.values() if log.id == log_id)
    if not log.is_completed or (log.workout_id, log.week_number) in history.last_set_at:
        writing.prescribe(history, muscle=muscle)
    elif log.reopen(at=timezone.now()):
        mesocycle.resume()
        mesocycle.move_on(at=timezone.now())


@transaction.atomic
def _take_up_again(log_id: int) -> None:
    """Moves the mesocycle back to the week of the session, after a set in a skipped or reopened session."""
    mesocycle = _locked_mesocycle_of(log_id)
    mesocycle.resume()
    mesocycle.move_on(at=timezone.now())


def _locked_mesocycle_of(log_id: int) -> Mesocycle:
    mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    mesocycle = mesocycles.prefetch_related("workouts", "logs").filter(logs=log_id).first()
    if mesocycle is None:  # it was deleted meanwhile, and the fact with it
        raise UnknownAddress(log_id)
    return mesocycle


def _locked_log(address: SessionKey, edit: Edit, *, exercise: int | None = None) -> tuple[WorkoutLog, datetime]:
    """Returns the log of the session, made if necessary and locked, and the edit time. For facts that need several
    statements."""
    log_id, at = _run(LOG + "SELECT log.id, address.at FROM log, address", address, edit, exercise=exercise)
    return WorkoutLog.objects.get(id=log_id), at


def _locked_place(
    address: SessionKey, edit: Edit, exercise_id: int, number: int
) -> tuple[WorkoutLog, datetime, int, int]:
    """Returns what `_locked_log` returns, and where the set of this address lies: the exercise id and set number."""
    stands = merging.standing_exercise(address.user_id, exercise_id)
    log, at = _locked_log(address, edit, exercise=stands)
    return log, at, stands, merged_places.place_of(log.id, exercise_id, number, stands=stands)


def _run(
    statement: str, address: SessionKey, edit: Edit, *, starts: bool = False, exercise=None, **values: Any
) -> tuple:
    values = dict.fromkeys(("number", "called", "extends", "after")) | values
    values |= {
        "user": address.user_id,
        "workout": address.workout_id,
        "week": address.week,
        "at": edit.at,
        "local_date": edit.local_date,
        "starts": starts,
        "exercise": exercise,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        planned = Mesocycle.objects.filter(user=address.user_id, workouts=address.workout_id, status="planned").first()
        raise NotBegun(planned) if planned else UnknownAddress(address)
    return row
