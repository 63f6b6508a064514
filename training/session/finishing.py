"""Finishing, skipping and reopening sessions: what it means for the log, the next prescriptions and the mesocycle.

Each verb locks the mesocycle first, so that two of them run one after the other. In a mesocycle that is only planned,
each raises NotBegun."""

from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from training.models import Mesocycle, WorkoutLog
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session.recording import Edit, NotBegun, SessionKey, UnknownAddress


class NothingLogged(ValueError):
    """A session without a set cannot be finished, only skipped."""

    words = "You have not logged a set yet. Log at least one, or skip this workout."


class AlreadyTrained(ValueError):
    """A session with sets cannot be skipped, only finished."""


class TooEarly(ValueError):
    """A session of a later week than the running one cannot be skipped."""


class TooLate(ValueError):
    """A session cannot be reopened after its workout has begun in a later week."""


@transaction.atomic
def finish_workout(address: SessionKey, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Completes the session, prescribes the next session of its workout, and moves the mesocycle on.

    Finishing again changes nothing. A session that was left open is finished at its last set, not at the tap.
    Raises UnknownAddress, NothingLogged."""
    history = _read_history(_locked_mesocycle(address), now)
    log = history.logs.get(_place(address))
    if log is None or _place(address) not in history.last_set_at:
        raise NothingLogged(NothingLogged.words)
    changed = _finish_left_open(history, now)
    changed |= log.finish(at=min(edit.at or now, now))
    _go_on(history, at=now, changed=changed)
    return log


@transaction.atomic
def skip_workout(address: SessionKey, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Skips the session. The next session of its workout repeats what this one asked. Skipping again changes nothing.

    Raises UnknownAddress, AlreadyTrained, TooEarly."""
    mesocycle = _locked_mesocycle(address)
    if address.week > mesocycle.current_week:
        raise TooEarly("That week is still to come: skip the workouts before it first.")
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
    history = _read_history(mesocycle, now)
    log = history.logs[_place(address)]  # locked now, so no set can arrive between this check and the skip
    if log.sets.filter(edited_at__lte=at).exists():
        raise AlreadyTrained("You logged sets in this workout, so it cannot be skipped: finish it instead.")
    changed = _finish_left_open(history, now)
    changed |= log.skip(at=at)
    _go_on(history, at=now, changed=changed)
    return log


@transaction.atomic
def reopen_workout(address: SessionKey, edit: Edit, *, now: datetime) -> WorkoutLog:
    """Takes a finish or a skip back, as long as the workout has no set in a later week. Raises UnknownAddress,
    TooLate."""
    history = _read_history(_locked_mesocycle(address), now)
    log = history.logs.get(_place(address))
    if log is None:
        raise UnknownAddress(address)
    if any(workout == address.workout_id and week > address.week for workout, week in history.last_set_at):
        raise TooLate(
            "This workout has begun in a later week, so this one stays ended. Its sets can still be corrected."
        )
    if log.reopen(at=min(edit.at or now, now)):
        history.mesocycle.resume()
        history.mesocycle.move_on(at=now)
    return log


@transaction.atomic
def skip_week(mesocycle: Mesocycle, *, week: int, day: date, now: datetime) -> None:
    """Skips every session of a week that is still to do, for example of a missed week. `day`: the lifter's day."""
    to_do = [workout for workout, of_week in mesocycle.open_occurrences() if of_week == week]
    for workout in to_do:
        with suppress(AlreadyTrained, NotBegun):
            skip_workout(SessionKey(mesocycle.user_id, workout, week), Edit(at=None, local_date=day), now=now)


def _place(address: SessionKey) -> tuple[int, int]:
    return address.workout_id, address.week


def _locked_mesocycle(address: SessionKey) -> Mesocycle:
    # "No key": storing a fact share-locks the key of the mesocycle, by the log's foreign key, and so need not wait.
    mesocycles = Mesocycle.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    mesocycle = mesocycles.filter(workouts=address.workout_id, user=address.user_id).first()
    if mesocycle is None:
        raise UnknownAddress(address)
    prefetch_related_objects([mesocycle], "workouts")
    workout = next(one for one in mesocycle.workouts.all() if one.id == address.workout_id)
    if not mesocycle.has(workout, address.week):
        raise UnknownAddress(address)
    if mesocycle.is_planned:
        raise NotBegun(mesocycle)
    return mesocycle


def _read_history(mesocycle: Mesocycle, now: datetime) -> History:
    """Reads the history with its logs locked, so that it stays true until the transaction ends."""
    locked = WorkoutLog.objects.select_for_update(of=("self",), no_key=True)
    prefetch_related_objects([mesocycle], Prefetch("logs", queryset=locked))
    return History(mesocycle, today=mesocycle.user.today(now))


def _finish_left_open(history: History, now: datetime) -> bool:
    """Finishes the sessions that were left open, at their last set, as the pages already show them. Returns whether
    there were any."""
    ended = [
        log.finish(at=at, edited_at=now)
        for place, at in history.last_set_at.items()
        if (log := history.logs[place]).was_left_open(now, last_set_at=at)
    ]
    return any(ended)


def _go_on(history: History, *, at: datetime, changed: bool) -> None:
    """Does what follows from the end of a session: prescribes what comes next, and moves the mesocycle on."""
    if changed:
        writing.prescribe(history)
        history.mesocycle.reckon_end()
    history.mesocycle.move_on(at=at)
