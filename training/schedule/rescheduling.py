"""Changes to the calendar: repeating a week, moving a workout, adding a session, ending early, and deleting.

A missed day needs none of these: weeks count workouts, never days, so a plan waits for its lifter. Each verb locks the
mesocycle first, then its logs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from training import progression
from training.models import Mesocycle, Prescription, Set, Workout, WorkoutLog
from training.models.bounds import WEEKS
from training.models.prescription import FROM_NOW_ON, LIFTER, MADE_BY, TODAY
from training.plan.builder import PlanClosed, PlanRefused
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import changes
from training.session.finishing import skip_week
from training.session.recording import SessionKey

MOST_EXTRA = 7  # in one week


class DeletesMore(ValueError):
    """The number of sets to delete is not the one that the lifter was told."""


@dataclass(frozen=True, slots=True)
class Goes:
    """What is deleted with a mesocycle: numbers of weeks and workouts that were started, and of sets."""

    weeks: int
    workouts: int
    sets: int


def week_to_repeat(mesocycle: Mesocycle) -> int | None:
    """Returns the running week where it has begun, else the week before. None where there is nothing to repeat, or the
    mesocycle cannot become longer."""
    begun = mesocycle.logs.filter(week_number=mesocycle.current_week, started_at__isnull=False).exists()
    week = mesocycle.current_week if begun else mesocycle.current_week - 1
    is_possible = mesocycle.is_active and not mesocycle.is_freestyle and mesocycle.duration_weeks < WEEKS.most
    is_possible &= begun or not mesocycle.is_repeat(mesocycle.current_week)
    return week if is_possible and week >= 1 and not mesocycle.is_deload(week) else None


@transaction.atomic
def repeat_week(mesocycle: Mesocycle, *, week: int, day: date, now: datetime) -> None:
    """Inserts a repeated week that asks the weights, reps and RIR of `week` again. The mesocycle becomes a week longer.

    What is left of `week` is skipped, what was done in it stays. Repeating the call changes nothing. Raises PlanClosed,
    PlanRefused."""
    plan = _locked(mesocycle.id)
    if plan.is_repeat(week + 1) and week + 1 == plan.current_week:
        return  # the same request was sent again
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
    supersets = {
        row.id: parameters.slot.superset
        for workout in history.workouts_in_plan()
        for parameters in history.parameters[workout.id]
        if (row := history.prescribed_in_full.get((workout.id, week, parameters.slot.exercise_id)))
    }
    Prescription.objects.filter(
        id__in=[row.id for address, row in history.standing.items() if address[1] == again]
    ).update(superseded_at=now)
    rows = list(Prescription.objects.filter(id__in=supersets))
    for each in rows:
        each.replaces_id, each.superset = each.id, supersets[each.id]
        each.pk, each.superseded_at, each.week_number, each._state.adding = None, None, again, True
        each.reasons = [progression.repeated(week).to_dict()]
        kept = {key: each.inputs[key] for key in MADE_BY if key in each.inputs}
        each.inputs = kept | {"by": LIFTER, "scope": FROM_NOW_ON, "repeats": week}
    Prescription.objects.bulk_create(rows)


@transaction.atomic
def move_workout(workout: Workout, *, week: int, day_of_week: int | None) -> None:
    """Moves a workout to another weekday in one week. Its own day, or None, takes that back. Raises PlanClosed."""
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
    """Adds an extra session to the running week, empty or with the exercises of the workout `like`. Returns its workout
    and the week. Nothing waits for it.

    Asked for twice, it is one session. Raises PlanClosed, PlanRefused."""
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
        changes.add_exercise(
            address, exercise=slot.exercise, scope=TODAY, sets=slot.target_sets, superset=slot.superset
        )
    return session, week


@transaction.atomic
def remove_session(workout: Workout, *, now: datetime) -> None:
    """Removes an extra session without a log. Raises PlanClosed, PlanRefused."""
    plan = _locked(workout.mesocycle_id)
    session = plan.workouts.in_plan().filter(id=workout.id, only_week__isnull=False).first()
    if session is None or plan.is_freestyle:
        raise PlanClosed
    if session.logs.exists():
        raise PlanRefused("You logged something in this session, so it stays.")
    session.retired_at = now  # retired, not deleted: a phone may still send a fact to it
    session.save(update_fields=["retired_at"])


@transaction.atomic
def end_mesocycle(mesocycle: Mesocycle, *, now: datetime) -> None:
    """Ends a mesocycle early. What was done stays; the remaining sessions are no longer asked. Repeating it changes
    nothing."""
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
    """Deletes a mesocycle with everything logged in it. `sets`: the number of sets that the lifter was told. Nothing
    happens where it is already deleted.

    Raises DeletesMore."""
    # Locks the key too: it waits for a set that is being stored, and counts it. A later set finds no mesocycle.
    plan = Mesocycle.objects.select_for_update().filter(id=mesocycle.id).first()
    if plan is None:
        return
    if Set.objects.filter(workout_log__mesocycle=plan).count() != sets:
        raise DeletesMore
    plan.delete()
