"""Ending sessions, and taking that back: what it means for the log, the next prescriptions and the mesocycle.

Each verb locks the mesocycle first, so that two ends of sessions come one after the other."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from training import prescribing
from training.facts import Address, Edit, UnknownAddress
from training.models import Mesocycle, Workout, WorkoutLog


class NothingLogged(ValueError):
    """A session without a set cannot be finished, only skipped."""


class AlreadyTrained(ValueError):
    """A session with sets cannot be skipped, only finished."""


class TooEarly(ValueError):
    """The week is still to come."""


class TooLate(ValueError):
    """The workout's next occurrence has begun: this one stands as it is."""


@transaction.atomic
def finish_workout(address: Address, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Completes the session, asks the engine for its next occurrence, and moves the mesocycle on.

    Finishing again changes nothing. A session left open counts from its last set, not from the tap.
    Raises UnknownAddress, NothingLogged."""
    mesocycle = _locked_mesocycle(address)
    _finish_left_open(mesocycle, now)
    log = _log(address)
    if log is None or not log.sets.exists():
        raise NothingLogged("You have not logged a set yet. Log at least one, or skip this workout.")
    if log.finish(at=min(edit.at or now, now)):
        prescribing.prescribe_after(log, mesocycle)
        mesocycle.reckon_end()
    mesocycle.move_on(at=now)
    return log


@transaction.atomic
def skip_workout(address: Address, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Leaves the session out; its next occurrence repeats what this one asked. Again changes nothing.

    Raises UnknownAddress, AlreadyTrained, TooEarly."""
    mesocycle = _locked_mesocycle(address)
    if address.week > mesocycle.current_week:
        raise TooEarly("That week is still to come: skip the workouts before it first.")
    _finish_left_open(mesocycle, now)
    at = min(edit.at or now, now)
    WorkoutLog.objects.get_or_create(
        workout_id=address.workout_id,
        week_number=address.week,
        defaults={
            "mesocycle": mesocycle,
            "user_id": address.user_id,
            "local_date": edit.local_date,
            "performed_at": at,
        },
    )
    log = _log(address)  # locked now: no set comes between this look and the skip
    if log.sets.filter(edited_at__lte=at).exists():
        raise AlreadyTrained("You logged sets in this workout, so it is not skipped: finish it instead.")
    if log.skip(at=at):
        prescribing.prescribe_after(log, mesocycle)
    mesocycle.move_on(at=now)
    return log


@transaction.atomic
def reopen_workout(address: Address, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Takes a finish or a skip back, while the workout's next occurrence has no set. Raises UnknownAddress, TooLate."""
    mesocycle = _locked_mesocycle(address)
    log = _log(address)
    if log is None:
        raise UnknownAddress(address)
    later = WorkoutLog.objects.filter(workout=log.workout_id, week_number__gt=log.week_number, sets__isnull=False)
    if later.exists():
        raise TooLate("This workout has begun in a later week, so this one stays ended. Its sets can still be mended.")
    if log.reopen(at=min(edit.at or now, now)):
        mesocycle.resume()
        mesocycle.move_on(at=now)
    return log


@transaction.atomic
def skip_week(mesocycle: Mesocycle, *, week: int, day, now: datetime) -> None:
    """Leaves out what is still to do in a week, such as one that was missed."""
    for workout in Workout.objects.filter(mesocycle=mesocycle).in_plan():
        log = WorkoutLog.objects.filter(workout=workout, week_number=week).first()
        if workout.only_week in (None, week) and not (log and log.is_completed):
            with suppress(AlreadyTrained):
                skip_workout(Address(mesocycle.user_id, workout.id, week), Edit(at=None, local_date=day), now=now)


def _locked_mesocycle(address: Address) -> Mesocycle:
    # "No key": whoever stores a fact holds a share of the mesocycle's key by the log's foreign key, and need not wait.
    mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    found = mesocycles.filter(workouts=address.workout_id, user=address.user_id)
    mesocycle = found.first()
    workout = Workout.objects.filter(id=address.workout_id).first()
    if mesocycle is None or not mesocycle.has(workout, address.week):
        raise UnknownAddress(address)
    return mesocycle


def _log(address: Address) -> WorkoutLog | None:
    logs = WorkoutLog.objects.select_for_update(of=("self",), no_key=True).select_related("workout")
    logs = logs.filter(week_number=address.week)
    return logs.filter(workout=address.workout_id).first()


def _finish_left_open(mesocycle: Mesocycle, now: datetime) -> None:
    """Writes what the pages have been saying already: a session left open ended with its last set."""
    for log in mesocycle.logs.left_open(now).select_related("workout"):
        if log.finish(at=log.last_set_at, edited_at=now):
            prescribing.prescribe_after(log, mesocycle)
            mesocycle.reckon_end()
