"""The lifter's day is the day where the lifter is: late evenings, travel over the date line, days with an hour more or
less."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from training.catalogue.tests.test_templates import template_of
from training.models import Mesocycle, Workout, WorkoutLog
from training.plan.from_template import start_mesocycle

MONDAY = date(2026, 11, 9)
AUCKLAND, HONOLULU, LOS_ANGELES, BERLIN = "Pacific/Auckland", "Pacific/Honolulu", "America/Los_Angeles", "Europe/Berlin"
SET = {"weight": "60", "reps": "10", "unit": "kg"}


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is, as a wall clock in a zone has it."""

    def set_to(day, hour, minute, zone):
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    return set_to


@pytest.fixture(params=[[0, 3], None], ids=["weekdays", "in order"])
def start(request, alice, press):
    """Makes a mesocycle of two workouts a week, on Mondays and Thursdays or in order."""

    def begin(day: date) -> list[Workout]:
        template = template_of([press], [press], name="Plan")
        given = {"name": "Plan", "weeks": 5, "start_date": day, "days": request.param}
        mesocycle = start_mesocycle(alice, template, **given, ends=None, at=timezone.now())
        return list(mesocycle.workouts.order_by("position_in_week"))

    return begin


@pytest.fixture
def lives_in(alice):
    def move(zone: str) -> None:
        alice.timezone = zone
        alice.save(update_fields=["timezone"])

    return move


@pytest.fixture
def phone(client, alice):
    client.force_login(alice)
    return client


def post(phone, name, workout, *of, week=1, **typed):
    answer = phone.post(reverse(f"training:{name}", args=[workout.id, week, *of]), typed)
    assert answer.status_code == 303, answer.content.decode()


def train(phone, workout, press, *, week=1):
    for number in (1, 2, 3):
        post(phone, "set_log", workout, press.id, number, week=week, **SET)
    post(phone, "workout_finish", workout, week=week)


def today(phone):
    return phone.get(reverse("training:today"))


def kinds_of_break(workout, week) -> list[int]:
    return [row.inputs.get("gap_days") or 0 for row in workout.prescriptions.current().filter(week_number=week)]


@pytest.mark.parametrize("zone", [AUCKLAND, HONOLULU, LOS_ANGELES, BERLIN, "Asia/Kolkata", "Pacific/Kiritimati"])
def test_an_evening_before_midnight_is_of_its_own_day_and_so_is_its_end_after_midnight(
    phone, clock, lives_in, start, press, zone
):
    lives_in(zone)
    clock(MONDAY, 18, 0, zone)
    first, _ = start(MONDAY)
    clock(MONDAY, 23, 50, zone)
    post(phone, "set_log", first, press.id, 1, **SET)
    clock(MONDAY + timedelta(days=1), 0, 20, zone)
    post(phone, "set_log", first, press.id, 2, **SET)
    post(phone, "workout_finish", first)
    log = WorkoutLog.objects.get()
    assert (log.local_date, log.status) == (MONDAY, "completed")
    assertContains(phone.get(reverse("training:mesocycle_detail", args=[first.mesocycle_id])), "9 Nov")
    end = Mesocycle.objects.get().end_date
    assert end == MONDAY + timedelta(weeks=5, days=-1)


@pytest.mark.parametrize("zone", [AUCKLAND, HONOLULU, BERLIN])
def test_a_week_is_missed_at_the_lifters_midnight_and_not_before(phone, clock, lives_in, start, zone):
    lives_in(zone)
    clock(MONDAY, 7, 0, zone)
    start(MONDAY)
    sunday = MONDAY + timedelta(days=6)
    clock(sunday, 23, 30, zone)
    assertNotContains(today(phone), "waited for you")
    clock(sunday + timedelta(days=1), 0, 30, zone)
    assertContains(today(phone), "Week 1 waited for you")


@pytest.mark.parametrize("zone", [AUCKLAND, HONOLULU])
def test_it_starts_later_until_the_lifters_own_day_comes(phone, clock, lives_in, start, zone):
    lives_in(zone)
    clock(MONDAY - timedelta(days=1), 23, 30, zone)
    start(MONDAY)
    assertContains(today(phone), "starts on Monday, 9 November")
    clock(MONDAY, 0, 30, zone)
    assertNotContains(today(phone), "starts on Monday")


def test_a_traveller_who_gains_a_day_goes_on_where_the_plan_stands(phone, clock, lives_in, start, press):
    """Tuesday morning in Auckland, then a flight: it is Monday evening in Honolulu."""
    lives_in(AUCKLAND)
    clock(MONDAY, 9, 0, AUCKLAND)
    first, second = start(MONDAY)
    clock(MONDAY + timedelta(days=1), 9, 0, AUCKLAND)
    train(phone, first, press)
    lives_in(HONOLULU)
    clock(MONDAY, 23, 0, HONOLULU)  # Tuesday 22:00 in Auckland
    page = today(phone)
    assertContains(page, second.name)
    assertNotContains(page, "Back after")
    assert phone.get(reverse("training:workout_detail", args=[second.id, 1])).status_code == 200
    train(phone, second, press)
    days = list(WorkoutLog.objects.order_by("started_at").values_list("local_date", flat=True))
    assert days == [MONDAY + timedelta(days=1), MONDAY]
    mesocycle = Mesocycle.objects.get()
    assert (mesocycle.current_week, mesocycle.end_date) == (2, MONDAY + timedelta(weeks=5, days=-1))
    for workout in (first, second):
        assert kinds_of_break(workout, 2) == [0]
    assertContains(today(phone), "week 2 of 5")
    train(phone, first, press, week=2)  # before the day of its own last session, by the calendar


def test_a_traveller_who_loses_a_day_has_missed_nothing(phone, clock, lives_in, start, press):
    """Saturday evening in Honolulu, then a flight: it is Monday morning in Auckland; there was no Sunday."""
    lives_in(HONOLULU)
    clock(MONDAY, 9, 0, HONOLULU)
    first, second = start(MONDAY)
    train(phone, first, press)
    saturday = MONDAY + timedelta(days=5)
    clock(saturday, 17, 0, HONOLULU)
    post(phone, "set_log", second, press.id, 1, **SET)
    lives_in(AUCKLAND)
    clock(saturday + timedelta(days=2), 7, 0, AUCKLAND)
    page = today(phone)
    assertNotContains(page, "waited for you")
    post(phone, "workout_finish", second)
    assert WorkoutLog.objects.get(workout=second).local_date == saturday
    mesocycle = Mesocycle.objects.get()
    assert (mesocycle.current_week, mesocycle.end_date) == (2, MONDAY + timedelta(weeks=5, days=-1))
    assertNotContains(today(phone), "waited for you")


def test_a_phone_that_travels_says_which_day_it_is_there(phone, clock, lives_in, start, press):
    """The lifter never changed the time zone in the settings. A fact made offline counts on the day it was there."""
    lives_in(BERLIN)
    clock(MONDAY, 12, 0, BERLIN)
    first, _ = start(MONDAY)
    at = clock(MONDAY, 20, 0, BERLIN)
    there = MONDAY + timedelta(days=1)  # in Auckland
    said = {"edited_at": at.isoformat(), "local_date": there.isoformat()}
    post(phone, "set_log", first, press.id, 1, **SET, **said)
    post(phone, "workout_finish", first, **said)
    assert WorkoutLog.objects.get().local_date == there
    assert today(phone).status_code == 200


@pytest.mark.parametrize("said", ["0001-01-01", "2026-11-06", "2026-11-12", "9999-12-31"])
def test_a_day_that_it_is_nowhere_on_earth_is_not_believed(phone, clock, lives_in, start, press, said):
    lives_in(BERLIN)
    at = clock(MONDAY, 12, 0, BERLIN)
    first, _ = start(MONDAY)
    post(phone, "set_log", first, press.id, 1, **SET, edited_at=at.isoformat(), local_date=said)
    post(phone, "workout_finish", first)
    assert WorkoutLog.objects.get().local_date == MONDAY
    assert Mesocycle.objects.get().end_date == MONDAY + timedelta(weeks=5, days=-1)


# An hour more or less


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["an hour less", "an hour more"])
def test_a_day_on_which_clocks_change_is_one_day(phone, clock, lives_in, start, press, day):
    lives_in(BERLIN)
    clock(day, 0, 10, BERLIN)
    first, second = start(day)
    train(phone, first, press)
    clock(day, 23, 50, BERLIN)
    train(phone, second, press)
    assert set(WorkoutLog.objects.values_list("local_date", flat=True)) == {day}
    clock(day + timedelta(days=6), 23, 50, BERLIN)
    assertNotContains(today(phone), "waited for you")
    clock(day + timedelta(days=14), 0, 10, BERLIN)
    assertContains(today(phone), "Week 2 waited for you")


@pytest.mark.parametrize(
    ("day", "began", "ended", "minutes"),
    [
        (date(2026, 3, 29), "01:30", "03:10", 40),
        (date(2026, 10, 25), "01:30", "03:10", 160),
        (date(2026, 10, 25), "02:50", "02:20", 30),  # before and after the clock went back
        (date(2026, 10, 24), "23:30", "00:30", 60),
    ],
)
def test_times_that_were_typed_are_as_long_as_they_were(
    phone, clock, lives_in, start, press, day, began, ended, minutes
):
    lives_in(BERLIN)
    clock(day + timedelta(days=2), 12, 0, BERLIN)
    first, _ = start(day)
    train(phone, first, press)
    post(phone, "workout_backfill", first, day=day.isoformat(), began=began, ended=ended)
    log = WorkoutLog.objects.get()
    assert log.local_date == day
    assert log.completed_at - log.started_at == timedelta(minutes=minutes)


# Another day in one week


@pytest.mark.parametrize("zone", [AUCKLAND, HONOLULU])
def test_a_moved_workout_is_on_its_day_wherever_the_lifter_is(phone, clock, lives_in, start, press, zone):
    lives_in(BERLIN)
    clock(MONDAY, 22, 0, BERLIN)
    first, second = start(MONDAY)
    train(phone, first, press)
    post_to = reverse("training:workout_move", args=[second.id, 1])
    assert phone.post(post_to, {"day_of_week": "5"}).status_code == 303
    lives_in(zone)
    clock(MONDAY + timedelta(days=5), 23, 40, zone)
    assertContains(today(phone), "Saturday")
    train(phone, second, press)
    assert WorkoutLog.objects.get(workout=second).local_date == MONDAY + timedelta(days=5)
    assertContains(today(phone), "week 2 of 5")
