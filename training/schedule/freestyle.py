"""Training without a plan, between mesocycles: a mesocycle "Freestyle" whose sessions each stand for themselves."""

from datetime import date, datetime

from django.db import transaction

from metricgain.users.models import User
from training.models import Mesocycle, Workout

NAME = "Freestyle"
# A mesocycle has at most seven weeks, and its last is a deload, which sessions on their own have no use for.
WEEKS = 6


class PlanRuns(ValueError):
    """A planned mesocycle is running; its Today is where to train."""


@transaction.atomic
def just_train(user: User, *, day: date, at: datetime) -> tuple[Workout, int]:
    """A session for `day` and its week: the day's own where it has one already. Raises PlanRuns.

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
