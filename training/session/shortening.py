"""Shortens a session to the minutes that the lifter has, for that day alone, and makes it whole again.

An exercise that stays gets a new row with fewer sets, which says why. An exercise that is left out gets a row that is
superseded at once, which tells it from an exercise that the lifter took out. Next week builds on the rows before the
shortening."""

import copy
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from metricgain.users.models import User
from training import progression
from training.models import Prescription, Set
from training.models.prescription import TODAY
from training.prescribing.parameters import rest_of
from training.progression import Work
from training.session.changes import SessionPlan, by_lifter, locked_plan
from training.session.recording import SessionKey
from training.session.running_week import load_week

MINUTES = (45, 30, 20)
SHORTENED = "SHORTENED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortening:
    """One length to choose. `sets`: (exercise id, sets) of every planned exercise, 0 where it is left out. `words`:
    what goes."""

    minutes: int
    words: str
    sets: tuple[tuple[int, int], ...]

    @property
    def as_json(self) -> str:
        """[[exercise, sets], ...]"""
        return json.dumps(self.sets, separators=(",", ":"))


def shortenings_of(
    user: User, planned: Sequence[tuple[Prescription, Work]], *, sets_elsewhere: dict[str, int]
) -> tuple[Shortening, ...]:
    """Returns the lengths that the rest of the session can be cut down to: those that are shorter than it is."""
    rows, works = [row for row, _ in planned], [work for _, work in planned]
    spent = minutes_spent(works)
    takes = _seconds(works, [work.sets for work in works]) - spent * 60
    minimum = minimum_of(user, works)
    offered: list[Shortening] = []
    left: tuple[int, ...] | None = None
    for minutes in MINUTES:
        limit = spent + minutes
        left = progression.shorten(works, minutes=limit, elsewhere=sets_elsewhere, minimum=minimum, start=left)
        if takes > minutes * 60 and left != tuple(work.sets for work in works):
            sets = tuple((row.exercise_id, count) for row, count in zip(rows, left, strict=True))
            if offered and offered[-1].sets == sets:  # it cannot become shorter
                break
            words = _words([row.exercise.name for row in rows], works, left, minutes=minutes, spent=spent)
            offered.append(Shortening(minutes=minutes, words=words, sets=sets))
    return tuple(offered)


def work_of(row: Prescription, *, rest: int, done: Sequence[int], superset: int | None) -> Work:
    """Returns the exercise of `row` as the engine needs it. `done`: the numbers of its done sets."""
    reached = max((number for number in done if number <= row.sets), default=0)
    reached = max(reached, min(1, len(done)))  # an exercise that has begun stays
    exercise = row.exercise
    return Work(
        muscle=exercise.muscle_group,
        mechanic=exercise.mechanic,
        sets=row.sets,
        rest=rest,
        done=reached,
        superset=superset,
    )


def minutes_spent(works: Sequence[Work]) -> int:
    """Returns about how long the sets took that are done: the minutes that a lifter still has count from now."""
    return round(_seconds(works, [work.done for work in works]) / 60)


def _seconds(works: Sequence[Work], sets: Sequence[int]) -> int:
    timed = ((work.superset, count, work.rest) for work, count in zip(works, sets, strict=True))
    return progression.session_seconds(progression.in_turn(timed))


def minimum_of(user: User, works: Sequence[Work]) -> dict[str, int]:
    return {work.muscle: progression.landmarks(work.muscle, experience=user.experience).mev for work in works}


def minutes_of(row: Prescription) -> int | None:
    """Returns the minutes that the session of `row` was cut down to; None where the row is not from a shortening."""
    first = row.reasons[0] if row.reasons else {}
    return first["minutes"] if first.get("code") == SHORTENED else None


def _words(names: Sequence[str], works: Sequence[Work], left: Sequence[int], *, minutes: int, spent: int) -> str:
    changes = [
        f"{name}: {count} of {work.sets} sets" if count else f"{name}: left out"
        for name, work, count in zip(names, works, left, strict=True)
        if count != work.sets
    ]
    takes = _seconds(works, left) - spent * 60
    still = f" It still takes about {progression.shown_minutes(takes)} minutes." if takes > (minutes + 2) * 60 else ""
    return f"{'; '.join(changes)}.{still}"


@transaction.atomic
def shorten_session(address: SessionKey, *, minutes: int | None, sets: dict[int, int] | None = None) -> None:
    """Cuts what is left of the session down to about `minutes`; None: makes it whole again. `sets`: to these sets, by
    exercise id, which the lifter chose on a page; None: works them out. Repeating it changes nothing.

    Raises UnknownAddress."""
    plan = locked_plan(address)
    whole = _whole(plan)
    if minutes is not None and minutes in {minutes_of(row) for _, row in whole}:
        return
    left = [full.sets for full, _ in whole] if minutes is None else _sets_within(plan, whole, minutes, sets)
    kept = [row for (full, row), count in zip(whole, left, strict=True) if count]
    is_said = minutes is None or any(0 < count < full.sets for (full, _), count in zip(whole, left, strict=True))
    for (full, row), count in zip(whole, left, strict=True):
        says_so = minutes is not None and (count < full.sets or (not is_said and row is kept[0]))
        _ask(plan, full, row, sets=count, minutes=minutes if says_so else None)


def _whole(plan: SessionPlan) -> list[tuple[Prescription, Prescription]]:
    """Returns the whole session in order: for each exercise its row before any shortening, and its latest row."""
    rows = plan.workout.prescriptions.filter(week_number=plan.week).with_settings_of(plan.mesocycle.user_id)
    latest, full = {}, {}
    for row in rows.order_by("id"):
        latest[row.exercise_id] = row
        if minutes_of(row) is None:
            full[row.exercise_id] = row
    stands = [row for row in latest.values() if row.superseded_at is None or row.inputs.get("left_out")]
    return [(full[row.exercise_id], row) for row in sorted(stands, key=lambda row: (row.position, row.id))]


def _sets_within(
    plan: SessionPlan, whole: list[tuple[Prescription, Prescription]], minutes: int, chosen: dict[int, int] | None
) -> list[int] | tuple[int, ...]:
    user = plan.mesocycle.user
    here = Set.objects.working().filter(workout_log__workout=plan.workout, workout_log__week_number=plan.week)
    done = list(here.values_list("exercise_id", "set_number"))
    works = [
        work_of(
            full,
            rest=rest_of(full.exercise, full.own),
            done=[number for exercise, number in done if exercise == full.exercise_id],
            superset=row.superset,
        )
        for full, row in whole
    ]
    if chosen:  # but no fewer than are done
        asked = [chosen.get(full.exercise_id, full.sets) for full, _ in whole]
        return [max(work.done, min(count, work.sets)) for work, count in zip(works, asked, strict=True)]
    week = load_week(plan.mesocycle, plan.week, workout_id=plan.workout.id, now=timezone.now())
    limit = minutes_spent(works) + minutes
    return progression.shorten(works, minutes=limit, elsewhere=week.sets_elsewhere, minimum=minimum_of(user, works))


def _ask(plan: SessionPlan, full: Prescription, row: Prescription, *, sets: int, minutes: int | None) -> None:
    """Adds a row like `full` with `sets` sets, in place of `row`, the latest; nothing where `row` is `full` already."""
    if minutes is None and row.id == full.id:
        return
    new, replaced = copy.copy(full), Prescription(id=row.id)
    new.take_place_of(row)
    inputs = dict(new.inputs)
    if minutes is not None:
        new.reps_lo = max(full.reps_lo, math.floor(full.reps - full.drop * (sets - 1))) if sets else full.reps_lo
        new.sets = max(sets, 1)
        about = [one for one in full.reasons if not progression.is_about_sets(one["code"])]
        new.reasons = [progression.shortened(minutes).to_dict(), *about]
        inputs = by_lifter(TODAY, full) | ({} if sets else {"left_out": True})
    if row.superseded_at is None:
        plan.close(row)
    plan.append(new, inputs=inputs, replaces=replaced)
    if not sets:
        plan.close(new)
