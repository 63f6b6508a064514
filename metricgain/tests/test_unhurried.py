"""Pages that have much to do may take their time: the admin, and a merge. Other pages do not wait that long."""

from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from metricgain.postgresql import limits, patience
from metricgain.users.models import User
from training.models import Set
from training.session import recording
from training.tests.factories import planned_workout

pytestmark = pytest.mark.django_db(transaction=True)
WAITS_TOO_LONG = (
    "SELECT EXISTS (SELECT FROM pg_stat_clear_snapshot(), pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND clock_timestamp() - query_start > make_interval(secs => %s))"
)


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    """Makes this thread answer pages, with both limits shortened."""
    monkeypatch.setattr(patience, "LIMIT", 2.0)
    monkeypatch.setattr(limits, "STATEMENT_TIMEOUT", 1500)
    limits.limit_statements(print)
    connection.close()
    yield
    patience.end_page()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{connection.settings_dict["NAME"]}" RESET ALL')
    connection.close()


@pytest.fixture
def owner():
    return User.objects.create_superuser("owner@example.org", "correct-horse-7")


@pytest.fixture
def press():
    return ExerciseFactory(name="Press")


@pytest.fixture
def mine(owner):
    exercise = ExerciseFactory(name="My Press", user=owner)
    address = recording.SessionKey(owner.id, planned_workout(owner, exercise).id, 1)
    edit = recording.Edit(at=None, local_date=timezone.localdate())
    recording.log_set(
        address, edit, recording.TypedSet(exercise_id=exercise.id, number=1, weight=80, unit="kg", reps=8)
    )
    return exercise


@pytest.fixture
def page(owner):
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    connection.close()
    patience.begin_page()
    return client


@contextmanager
def sets_held():
    """Locks the sets until somebody has waited for them for longer than a page may."""
    held, done = Event(), Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE sets IN ACCESS EXCLUSIVE MODE")
            held.set()
            while not done.wait(0.05):
                cursor.execute(WAITS_TOO_LONG, [patience.LIMIT + 0.5])
                if cursor.fetchone()[0]:
                    break
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert held.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_a_merge_in_the_admin_takes_its_time(page, press, mine):
    merge = {"action": "merge", "_selected_action": [press.pk, mine.pk], "apply": "1", "into": press.pk}
    with sets_held():
        answer = page.post(reverse("admin:exercises_exercise_changelist"), merge | {"looked": press.pk})
    assert answer.status_code == 302
    assert Set.objects.get().exercise == press


def test_a_merge_of_an_own_exercise_takes_its_time(page, press, mine):
    with sets_held():
        answer = page.post(reverse("training:exercise_merge", args=[mine.id]), {"into": press.id})
    assert answer.status_code == 303
    assert Set.objects.get().exercise == press


def test_a_list_of_the_admin_takes_its_time_down_to_its_last_line(page, mine):
    hurried = []

    def watch(execute, sql, params, many, context):
        hurried.extend([sql] if '"sets"' in sql and patience.is_page() else [])
        return execute(sql, params, many, context)

    with sets_held(), connection.execute_wrapper(watch):
        answer = page.get(reverse("admin:training_set_changelist"))
    assert answer.status_code == 200
    assert "My Press" in answer.text
    assert not hurried


def test_whoever_is_answered_after_the_admin_is_limited_again(page, mine):
    page.get(reverse("admin:index"))
    assert patience.is_page()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("1500ms",)
    with sets_held(), pytest.raises(OperationalError):
        Set.objects.count()
