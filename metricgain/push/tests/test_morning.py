"""In the morning, once, a phone that wishes it says what is planned for today, as Today does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.tests.factories import ExerciseFactory
from metricgain.jobs.models import Job
from metricgain.push.models import MorningNote
from metricgain.push.morning import look_for_mornings, tell_morning, words_of
from metricgain.users.models import User
from training.models import Mesocycle, Workout
from training.schedule.today import upcoming_today
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)  # the first day of the plan


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """Returns a time of the day in Berlin, in winter."""
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


@pytest.fixture
def alice(alice):
    alice.timezone, alice.preferences = "Europe/Berlin", {"morning_note": True}
    alice.save()
    return alice


@pytest.fixture
def workout(alice) -> Workout:
    with time_machine.travel(at(5)):
        found = planned_workout(alice, ExerciseFactory(), ExerciseFactory(muscle_group="legs"), target_weight=60)
    Workout.objects.filter(id=found.id).update(name="Upper A", day_of_week=0)
    Mesocycle.objects.update(status="active")
    return Workout.objects.get(id=found.id)


@pytest.fixture
def look(work):
    """Does what the workers do at a moment."""

    def do(moment: datetime) -> None:
        with time_machine.travel(moment, tick=True):
            look_for_mornings.call()
            work("later")
            work("soon")

    return do


def test_it_says_the_workout_as_today_does_without_a_sound(alice, workout, service, phone, look):
    look(at(6, 29))
    assert service.got == []
    look(at(6, 31))
    [got] = service.got
    with time_machine.travel(at(6, 31)):
        minutes = upcoming_today(workout.mesocycle, alice).minutes
    assert minutes > 0
    assert phone.read(got.body) == {
        "title": "MetricGain",
        "body": f"Upper A today: 2 exercises, {minutes} minutes",
        "url": "/",
        "tag": "morning",
        "silent": True,
    }
    assert got.headers["Urgency"] == "normal"
    assert 3 * 3600 < int(got.headers["TTL"]) <= 3.5 * 3600  # until ten


def test_once_a_day(alice, workout, service, phone, look):
    for minute in (31, 46, 47):
        look(at(6, minute))
    look(at(9, 59))
    assert len(service.got) == 1
    look(at(7, day=MONDAY + timedelta(weeks=1)))  # the week waited
    assert len(service.got) == 2


def test_after_ten_it_is_too_late(alice, workout, service, phone, look):
    look(at(10))
    assert (service.got, MorningNote.objects.count()) == ([], 0)


def test_a_worker_that_was_away_until_noon_tells_nothing(alice, workout, service, phone, work):
    with time_machine.travel(at(7)):
        look_for_mornings.call()
    assert Job.objects.get().kind == tell_morning.module_path
    with time_machine.travel(at(12)):
        work("later")
        work("soon")
    assert service.got == []


@pytest.mark.parametrize(
    "change",
    [
        lambda user: User.objects.update(preferences={}),
        lambda user: User.objects.update(preferences={"morning_note": "yes"}),
        lambda user: User.objects.update(is_active=False),
        lambda user: User.objects.update(timezone="America/New_York"),
        lambda user: user.push_subscriptions.all().delete(),
    ],
    ids=["did not ask", "said something else", "is locked out", "still sleeps", "has no device"],
)
def test_who_did_not_ask_or_cannot_be_told_is_not_looked_at(alice, workout, service, phone, look, change):
    change(alice)
    look(at(7))
    assert (service.got, MorningNote.objects.count()) == ([], 0)


def test_another_day_is_quiet(alice, workout, service, phone, look):
    look(at(7, day=MONDAY + timedelta(days=1)))
    assert service.got == []


def test_a_plan_that_begins_later_is_quiet(alice, workout, service, phone, look):
    Mesocycle.objects.update(start_date=MONDAY + timedelta(weeks=1))
    look(at(7))
    assert service.got == []


def test_what_is_done_is_not_told(alice, workout, service, phone, look):
    Lifter(alice).train(workout, 1, 10, 9, 8, weight="60")
    look(at(7))
    assert service.got == []


def test_without_a_plan_there_is_nothing_to_say(alice):
    assert words_of(alice, MONDAY) == ""


def test_a_day_is_marked_once_whoever_is_first(alice):
    assert MorningNote.objects.mark(alice.pk, MONDAY)
    assert not MorningNote.objects.mark(alice.pk, MONDAY)
    assert not MorningNote.objects.mark(alice.pk, MONDAY - timedelta(days=1))  # flown west
    assert MorningNote.objects.mark(alice.pk, MONDAY + timedelta(days=1))
