"""The morning note: which workout is planned for today, without a sound, once a day."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from metricgain.jobs.tasks_backend import LATER, job
from metricgain.push.envelope import Message
from metricgain.push.models import MorningNote
from metricgain.push.sending import push_to
from metricgain.users.models import User
from training.models import Mesocycle
from training.schedule.today import upcoming_today

BEGINS, ENDS = time(6, 30), time(10)  # by the clock of the lifter's account
KEPT = 4 * 3600  # seconds for a phone that is off; no note is sent or kept beyond the end of the morning
TITLE = "MetricGain"


@job(is_repeatable=True, queue=LATER, every=timedelta(minutes=15))
def look_for_mornings() -> None:
    """Finds for whom the morning has come, and gives each of them a job, so that one that fails stops no other. The
    mark comes with the job, so a day is told at most once."""
    now = timezone.now()
    for user, noted in MorningNote.objects.lifters():
        here = now.astimezone(user.zone)
        if BEGINS <= here.time() < ENDS and (noted is None or noted < here.date()):
            with transaction.atomic():
                if MorningNote.objects.mark(user.pk, here.date()):
                    tell_morning.enqueue(user_id=user.pk, day=here.date().isoformat())


@job(is_repeatable=False, is_kept=False, attempts=1, queue=LATER)
def tell_morning(*, user_id: int, day: str) -> None:
    user, today = User.objects.filter(id=user_id, is_active=True).first(), date.fromisoformat(day)
    if user and user.today() == today and (words := words_of(user, today)):
        stale_at = datetime.combine(today, ENDS, tzinfo=user.zone)
        note = Message(TITLE, words, reverse("training:today"), tag="morning", silent=True)
        push_to(user, note, stale_at=stale_at, ttl=KEPT)


def words_of(user: User, today: date) -> str:
    """Returns "Upper A today: 5 exercises, 60 minutes", with the minutes that Today says; "" where nothing is planned
    for today, or a session is under way."""
    running = Mesocycle.objects.planned_by(user).active().first()
    upcoming = upcoming_today(running, user) if running else None
    if upcoming is None or upcoming.occurrence.state != "open" or not upcoming.is_planned_for(today):
        return ""
    count = len(upcoming.prescribed)
    exercises = f"{count} exercise{'' if count == 1 else 's'}"
    return f"{upcoming.occurrence.workout.name} today: {exercises}, {upcoming.minutes} minutes"
