"""A takeout that comes into an account with training of its own: a look first, then its sessions and weighings."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exercises.models import Exercise
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.transfer.takeout.as_logbook import logbook_of
from metricgain.transfer.takeout.tests.lifters import BEGAN
from metricgain.transfer.takeout.tests.packing import changed, members, rows
from metricgain.transfer.tests.made import a_session, stored
from training.models import Import, Mesocycle, Set, WorkoutLog
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


@pytest.fixture
def desk(seeded, client, alice):
    """Alice has trained here, and weighed herself on a day that the file has too."""
    press = Exercise.objects.get(slug="barbell-bench-press")
    Lifter(alice).train(planned_workout(alice, press), 1, 8, 8)
    for days in range(20):
        alice.body_weights.create(date=BEGAN + timedelta(days), kg="70") if days < 3 else None
    client.force_login(alice)
    return client


def brought_in(desk, good: bytes) -> Import:
    file = SimpleUploadedFile("takeout.zip", good)
    answer = desk.post(reverse("transfer:import_list"), {"file": file})
    import_ = Import.objects.latest("id")
    assert answer.url == reverse("transfer:import_detail", args=[import_.id])
    return import_


def store(desk, import_: Import) -> None:
    answer = desk.post(reverse("transfer:import_store", args=[import_.id]))
    assert answer.status_code == 303
    JobWorker(lambda words: None).do_one("later")  # read before the page came
    JobWorker(lambda words: None).do_one("later")
    import_.refresh_from_db()
    assert import_.stored_at


def test_its_sessions_and_weighings_come_by_the_look(desk, good, alice):
    import_ = brought_in(desk, good)
    logged = {row["session"] for row in rows(good, "sets")}
    new = [row for row in rows(good, "body_mass") if row["date"] > f"{BEGAN + timedelta(2)}"]
    page = desk.get(reverse("transfer:import_detail", args=[import_.id])).content.decode()
    assert f"Store {len(logged)} session" in page
    assert f'of days that have none</dt><dd class="facts__value">{len(new)}<' in page
    store(desk, import_)
    assert import_.app == "MetricGain"
    assert WorkoutLog.objects.owned_by(alice).count() == 1 + len(logged)
    assert alice.body_weights.count() == 3 + len(new)
    assert set(alice.body_weights.filter(date__lte=BEGAN + timedelta(2)).values_list("kg", flat=True)) == {70}
    assert Mesocycle.objects.planned_by(alice).count() == 1
    heaviest = max(row["weight"] for row in rows(good, "sets"))
    assert Set.objects.filter(user=alice, weight=f"{heaviest}").exists()


def test_the_same_file_brings_nothing_twice(desk, good, alice):
    store(desk, brought_in(desk, good))
    count = Set.objects.filter(user=alice).count()
    page = desk.get(reverse("transfer:import_detail", args=[brought_in(desk, good).id])).content.decode()
    assert "All sessions of this file are here already" in page
    assert Set.objects.filter(user=alice).count() == count


def test_what_another_app_brought_is_known_again(desk, good, alice):
    """The file's history of Strong, and the same file of Strong, are the same sessions."""
    stored(alice, a_session(), app="Strong")
    import_ = brought_in(desk, good)
    assert import_.look["here"] == 1
    store(desk, import_)
    keys = WorkoutLog.objects.owned_by(alice).exclude(import_key=None).values_list("import_key", flat=True)
    assert sum('"Strong"' in key for key in keys) == len([row for row in rows(good, "sessions") if row["import_key"]])


def test_sets_keep_what_they_say(good, tmp_path):
    path = tmp_path / "takeout.zip"
    path.write_bytes(good)
    log = logbook_of(path)
    sets = [one for session in log.sessions for one in session.sets]
    assert len(sets) == len(rows(good, "sets"))
    assert [float(one.weight) for one in sets] == [row["weight"] for row in rows(good, "sets")]
    assert {one.kind for one in sets} == {row["set_type"] for row in rows(good, "sets")} > {"working"}


@pytest.mark.parametrize(
    ("member", "name", "value"),
    [
        ("sets", "weight", -1),
        ("sets", "rir", 11),
        ("sets", "unit", "st"),
        ("sets", "exercise", "own 99"),
        ("sets", "session", 999),
        ("sets", "set_type", "nothing"),
        ("sessions", "performed_at", "0001-01-01T00:00:00Z"),
        ("sessions", "workout", 0),
        ("body_mass", "kg", 1),
        ("library", "name", None),
    ],
)
def test_what_cannot_be_is_refused_before_the_look(desk, good, alice, member, name, value):
    before = Set.objects.count(), Import.objects.count()
    data = changed(members(good), member, lambda row: row.__setitem__(name, value))
    answer = desk.post(reverse("transfer:import_list"), {"file": SimpleUploadedFile("takeout.zip", data)})
    assert answer.status_code == 422
    assert "This takeout is damaged" in answer.content.decode()
    assert (Set.objects.count(), Import.objects.count()) == before
