"""The server is suspended while a lifter trains, or killed while the phone is sending. Its database may also keep it
waiting for longer than a page waits."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.operations.tests.machine import Machine
from metricgain.operations.tests.serving import free_port
from metricgain.tests.e2e.floor import WORKOUT, eventually, flushed, log, open_workout, row_of, stored
from metricgain.users.models import User
from training.models import WorkoutLog
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch|status of")


@pytest.fixture
def process(transactional_db, tmp_path) -> Iterator[Machine]:
    """`manage.py serve` on the test's database."""
    at = connection.settings_dict
    place = f"{at['USER']}:{at['PASSWORD']}@:{at['PORT']}/{at['NAME']}?host={quote(at['HOST'], safe='')}"
    limit = f"ALTER ROLE CURRENT_USER IN DATABASE {at['NAME']} {{}}"
    with connection.cursor() as cursor:  # PostgreSQL is to work on after a page has given up
        cursor.execute(limit.format("SET statement_timeout = '10min'"))
    environment = {"PORT": str(free_port()), "WORKERS": "1", "BACKUP_DIR": str(tmp_path)}
    machine = Machine(settings.DATA_DIR, DATABASE_URL=f"postgresql://{place}", **environment)
    machine.start_server()
    yield machine
    machine.stop()
    with connection.cursor() as cursor:
        cursor.execute(limit.format("RESET ALL"))


@pytest.fixture
def server(process) -> str:
    return f"http://127.0.0.1:{process.environment['PORT']}"


@pytest.fixture
def phone(page, process) -> Page:
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    exercises = [ExerciseFactory(name="Press", muscle_group="chest"), ExerciseFactory(name="Row", muscle_group="back")]
    workout = planned_workout(alice, *exercises, target_weight=100)
    return open_workout(page, f"/workouts/{workout.id}/week/1/")


@contextmanager
def locked(table: str = "sets", mode: str = "SHARE") -> Iterator[None]:
    """Locks the table. Whoever writes a set meanwhile waits for the end of the block."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")
        yield
    finally:
        other.close()


def test_a_whole_workout_while_the_server_is_suspended_is_stored_once(phone, process):
    process.signal(signal.SIGSTOP)
    try:
        for exercise, number, reps in WORKOUT:
            log(phone, number, reps, exercise)
            expect(row_of(phone, number, exercise)).to_contain_text("On this phone.")
        phone.reload()
        expect(row_of(phone, 3, "Row").get_by_label("Reps")).to_have_value("10")
        phone.get_by_role("button", name="Finish workout").click()
        expect(phone.get_by_role("heading", name="You finished this workout")).to_be_visible()
        assert stored() == []
    finally:
        process.signal(signal.SIGCONT)
    flushed(phone)
    expect(phone.locator("[data-receipt]")).to_have_text("6 of 6 sets stored.")
    assert stored() == WORKOUT
    assert WorkoutLog.objects.get().is_completed


def test_a_server_that_is_killed_in_the_midst_of_sending_costs_no_set_and_doubles_none(phone, process):
    log(phone, 1, 8)
    expect(row_of(phone, 1)).to_contain_text("Done.")
    with locked():
        for exercise, number, reps in WORKOUT[1:]:
            log(phone, number, reps, exercise)
        expect(row_of(phone, 2)).to_contain_text("Sending…")
        process.kill_server()
        expect(row_of(phone, 2)).to_contain_text("On this phone.")
        assert stored() == WORKOUT[:1]
    # PostgreSQL finishes what the dead server asked for: the answer is lost after the commit.
    eventually(lambda: stored() == WORKOUT[:2])
    process.start_server()
    flushed(phone)
    assert stored() == WORKOUT


def test_a_set_that_the_database_lets_wait_stays_on_the_phone_and_is_stored_once(phone):
    with locked(), phone.expect_response(lambda answer: answer.status == 503, timeout=60_000):
        log(phone, 1, 8)
    flushed(phone)
    assert stored() == WORKOUT[:1]


def test_without_its_database_the_server_says_what_is_safe(phone):
    with locked("django_session", "ACCESS EXCLUSIVE"):
        phone.goto("/progress/records/", timeout=60_000)
        expect(phone.get_by_role("heading", name="Your data cannot be reached just now")).to_be_visible()
        expect(phone.get_by_text("What is on your phone is safe")).to_be_visible()
    phone.get_by_role("link", name="Try again").click()
    expect(phone.get_by_role("heading", name="Records")).to_be_visible()
