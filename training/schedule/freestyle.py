"""Freestyle: training without a plan, between mesocycles. It is a mesocycle "Freestyle" of extra sessions."""

from datetime import date, datetime

from django.db import transaction

from metricgain.users.models import User
from training.models import Mesocycle, Workout

NAME = "Freestyle"
# A mesocycle has at most seven weeks. Its last one is a deload, for which freestyle has no use.
WEEKS = 6


class PlanRuns(ValueError):
    """A mesocycle with a plan runs, so the lifter trains by that plan."""


@transaction.atomic
def just_train(user: User, *, day: date, at: datetime) -> tuple[Workout, int]:
    """Returns the workout for `day`, made if necessary, and its week. Raises PlanRuns.

    After six weeks a new Freestyle begins."""
    User.objects.select_for_update(no_key=True).get(id=user.id)
    running = Mesocycle.objects.owned_by(user).active().first()
    if running and not running.is_freestyle:
        raise PlanRuns
    week = 1 + (day - running.start_date).days // 7 if running and running.start_date else 1
    if running and not 1 <= week <= WEEKS:
        running.finish(at=at)
        running, week = None, 1
    if running is None:
        running = Mesocycle.objects.create(
            user=user, name=NAME, duration_weeks=WEEKS + 1, days_per_week=7, start_date=day
        )
    if running.current_week != week:
        running.current_week = week
        running.save(update_fields=["current_week"])
    name = f"{day:%A}, {day.day} {day:%B}"
    workout, _ = Workout.objects.get_or_create(
        mesocycle=running,
        name=name,
        only_week=week,
        defaults={"day_of_week": day.weekday(), "position_in_week": day.weekday() + 1},
    )
    return workout, week
