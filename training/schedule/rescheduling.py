"""Freedom of the calendar: a week once more, a workout on another day, a session more, an early end, and deleting.

A missed day needs none of it: weeks count workouts, never days, so a plan waits for its lifter. Each verb locks the
mesocycle first, then what was logged."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from training import progression
from training.models import Mesocycle, Prescription, Set, Workout, WorkoutLog
from training.models.bounds import WEEKS
from training.models.prescription import FROM_NOW_ON, LIFTER, TODAY
from training.plan.builder import PlanClosed, PlanRefused
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import changes
from training.session.finishing import skip_week
from training.session.recording import SessionKey

MOST_EXTRA = 7  # in one week


class DeletesMore(ValueError):
    """There is more to delete than the lifter was told."""


@dataclass(frozen=True, slots=True)
class Goes:
    """What goes with a mesocycle: weeks and workouts in which something was logged, and its sets."""

    weeks: int
    workouts: int
    sets: int


def week_to_repeat(mesocycle: Mesocycle) -> int | None:
    """The week that the lifter is in, where it has begun, else the one before; None: nothing to repeat, or no room."""
    begun = mesocycle.logs.filter(week_number=mesocycle.current_week, started_at__isnull=False).exists()
    week = mesocycle.current_week if begun else mesocycle.current_week - 1
    is_possible = mesocycle.is_active and not mesocycle.is_freestyle and mesocycle.duration_weeks < WEEKS.most
    is_possible &= begun or not mesocycle.is_repeat(mesocycle.current_week)
    return week if is_possible and week >= 1 and not mesocycle.is_deload(week) else None


@transaction.atomic
def repeat_week(mesocycle: Mesocycle, *, week: int, day: date, now: datetime) -> None:
    """Does a week once more, its weights, reps and reps in reserve as they were asked; the plan gets a week longer.

    What is left of the week is skipped, what was done in it stays. Said again, it changes nothing. Raises
    PlanClosed, PlanRefused."""
    plan = _locked(mesocycle.id)
    if plan.is_repeat(week + 1) and week + 1 == plan.current_week:
        return  # said again
    if week != week_to_repeat(plan):
        raise PlanRefused(f"Week {week} cannot be repeated any more. Look at where you are now, then choose again.")
    if week == plan.current_week:
        skip_week(plan, week=week, day=day, now=now)
        plan.refresh_from_db()
    again = week + 1
    if plan.logs.filter(week_number__gte=again, started_at__isnull=False).exists():
        raise PlanRefused(f"Week {again} has begun already, so week {week} stays as it is.")
    plan.repeat(again)
    _ask_again(History(plan, today=plan.user.today(now)), week, now=now)
    writing.prescribe(History(plan, today=plan.user.today(now)))
    plan.reckon_end()


def _ask_again(history: History, week: int, *, now: datetime) -> None:
    again = week + 1
    prescribed = {
        (workout.id, parameters.slot.exercise_id): row.id
        for workout in history.workouts_in_plan()
        for parameters in history.parameters[workout.id]
        if (row := history.prescribed_in_full.get((workout.id, week, parameters.slot.exercise_id)))
    }
    Prescription.objects.filter(
        id__in=[row.id for address, row in history.standing.items() if address[1] == again]
    ).update(superseded_at=now)
    rows = list(Prescription.objects.filter(id__in=prescribed.values()))
    for each in rows:
        each.replaces_id = each.id
        each.pk, each.superseded_at, each.week_number, each._state.adding = None, None, again, True
        each.reasons = [progression.repeated(week).to_dict()]
        kept = {key: each.inputs[key] for key in ("lo", "hi", "grid") if key in each.inputs}
        each.inputs = kept | {"by": LIFTER, "scope": FROM_NOW_ON, "repeats": week}
    Prescription.objects.bulk_create(rows)


@transaction.atomic
def move_workout(workout: Workout, *, week: int, day_of_week: int | None) -> None:
    """Puts a workout on another weekday in one week; its own day, or None, takes that back. Raises PlanClosed."""
    plan = _locked(workout.mesocycle_id)
    standing = plan.workouts.in_plan().filter(id=workout.id).first()
    if standing is None or not plan.is_active or not plan.has(standing, week):
        raise PlanClosed
    if standing.only_week:
        standing.day_of_week = day_of_week
    elif day_of_week in (None, standing.day_of_week):
        standing.moved_week = standing.moved_to = None
    else:
        standing.moved_week, standing.moved_to = week, day_of_week
    standing.save(update_fields=["day_of_week", "moved_week", "moved_to"])


@transaction.atomic
def add_session(mesocycle: Mesocycle, *, name: str, like: Workout | None, day: date) -> tuple[Workout, int]:
    """A session more in the week that runs, which nothing waits for: empty, or with the exercises of a day of the plan.

    Asked for twice, it is the same. Raises PlanClosed, PlanRefused."""
    plan = _locked(mesocycle.id)
    if not plan.is_active or plan.is_freestyle:
        raise PlanClosed
    week = plan.current_week
    extra = list(plan.workouts.in_plan().filter(only_week=week).annotate(begun=Count("logs")))
    if same := next((one for one in extra if one.name == name and not one.begun), None):
        return same, week
    if len(extra) >= MOST_EXTRA:
        raise PlanRefused(f"A week has {MOST_EXTRA} extra sessions at most.")
    last = max((one.position_in_week or 0 for one in plan.workouts.all()), default=0)
    session = Workout.objects.create(
        mesocycle=plan, name=name, only_week=week, day_of_week=day.weekday(), position_in_week=last + 1
    )
    for slot in like.slots.select_related("exercise") if like else ():
        address = SessionKey(plan.user_id, session.id, week)
        changes.add_exercise(address, exercise=slot.exercise, scope=TODAY, sets=slot.target_sets)
    return session, week


@transaction.atomic
def remove_session(workout: Workout, *, now: datetime) -> None:
    """Takes an extra session back that nothing was logged in. Raises PlanClosed, PlanRefused."""
    plan = _locked(workout.mesocycle_id)
    session = plan.workouts.in_plan().filter(id=workout.id, only_week__isnull=False).first()
    if session is None or plan.is_freestyle:
        raise PlanClosed
    if session.logs.exists():
        raise PlanRefused("You logged something in this session, so it stays.")
    session.retired_at = now  # a fact may be on its way to it
    session.save(update_fields=["retired_at"])


@transaction.atomic
def end_mesocycle(mesocycle: Mesocycle, *, now: datetime) -> None:
    """Ends it here: what is done stays, what was to come is no longer asked. Again changes nothing."""
    plan = Mesocycle.objects.locked().filter(id=mesocycle.id).first()
    if plan and plan.is_active:
        plan.finish(at=now)


def _locked(mesocycle_id: int) -> Mesocycle:
    plan = Mesocycle.objects.locked().filter(id=mesocycle_id).first()
    if plan is None:  # deleted meanwhile
        raise PlanClosed
    return plan


def what_goes(mesocycle: Mesocycle) -> Goes:
    logs = WorkoutLog.objects.filter(mesocycle=mesocycle)
    counted = logs.aggregate(
        weeks=Count("week_number", distinct=True, filter=Q(started_at__isnull=False)),
        workouts=Count("id", filter=Q(started_at__isnull=False)),
    )
    return Goes(**counted, sets=Set.objects.filter(workout_log__mesocycle=mesocycle).count())


@transaction.atomic
def delete_mesocycle(mesocycle: Mesocycle, *, sets: int) -> None:
    """Deletes it with all that was logged in it, `sets` sets as the lifter was told. Gone already: nothing.

    Raises DeletesMore."""
    # With its key: a set under way is waited for and counted, and one that comes later finds nothing any more.
    plan = Mesocycle.objects.select_for_update().filter(id=mesocycle.id).first()
    if plan is None:
        return
    if Set.objects.filter(workout_log__mesocycle=plan).count() != sets:
        raise DeletesMore
    plan.delete()
