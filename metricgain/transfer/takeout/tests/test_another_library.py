"""An exercise that a library lacks comes as an own one, and goes out as it came; ids and their order say nothing."""

from array import array

import pytest

from exercises import library_seed
from exercises.models import Exercise, ExerciseAlias
from metricgain.push.models import PushSubscription
from metricgain.transfer.takeout import bringing
from metricgain.transfer.takeout.tests.lifters import MadeUp
from metricgain.transfer.takeout.tests.packing import brought, ids_far_apart, ids_in, members, rows, taken
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Prescription, Set, Template, WorkoutLog


@pytest.fixture
def other(db) -> User:
    return UserFactory()


def test_a_library_without_any_of_its_exercises(good, other, tmp_path):
    """And from there it comes back into a library that has them all, as if it had never been away."""
    library = rows(good, "library")
    assert brought(tmp_path, good, other).lacked == len(library) > 5
    there = taken(other)
    assert members(there) == members(good)
    library_seed.seed()
    back = UserFactory()
    assert brought(tmp_path, there, back).lacked == 0
    assert Exercise.objects.owned_by(back).count() == len(rows(good, "exercises"))
    assert members(taken(back)) == members(good)


@pytest.mark.parametrize("said", [{"slug": "another-slug"}, {"loading": "assisted"}, {"slug": None, "name": "Renamed"}])
def test_an_exercise_that_is_another_there(good, seeded, other, tmp_path, said):
    used = Exercise.objects.get(slug=rows(good, "library")[0]["slug"])
    Exercise.objects.filter(id=used.id).update(**said)
    assert brought(tmp_path, good, other).lacked == 1
    assert not Set.objects.filter(user=other, exercise=used).exists()
    assert members(taken(other)) == members(good)


@pytest.mark.parametrize("said", [{"name": "Mine now"}, {"rest_seconds": 77}, {"archived_at": "2026-01-01T00:00:00Z"}])
def test_what_its_lifter_changed_goes_out_as_their_own(good, other, tmp_path, said):
    brought(tmp_path, good, other)
    came = Exercise.objects.owned_by(other).filter(came_as__isnull=False).order_by("name").first()
    Exercise.objects.filter(id=came.id).update(**said)
    out = taken(other)
    assert len(rows(out, "library")) == len(rows(good, "library")) - 1
    assert len(rows(out, "exercises")) == len(rows(good, "exercises")) + 1
    back = UserFactory()
    brought(tmp_path, out, back)
    assert members(taken(back)) == members(out)


def test_a_name_that_the_lifter_has_too(seeded, other, tmp_path):
    lifter = UserFactory()
    press = Exercise.objects.get(slug="barbell-bench-press")
    own = Exercise.objects.create(user=lifter, name=press.name, muscle_group="chest", exercise_type="freeweight")
    for exercise in (press, own):
        ExerciseAlias.objects.create(exercise=exercise, user=lifter, name=f"Name of {exercise.id}")
    data = taken(lifter)
    Exercise.objects.filter(id=press.id).update(slug="gone", name="Gone")
    assert brought(tmp_path, data, other).lacked == 1
    names = Exercise.objects.owned_by(other).values_list("name", flat=True)
    assert sorted(names) == [press.name, f"{press.name} (2)"]
    assert members(taken(other)) == members(data)


def test_the_order_of_ids_says_nothing(good, seeded, other, tmp_path, monkeypatch):
    new_ids = bringing._Bringing.new_ids
    monkeypatch.setattr(bringing._Bringing, "new_ids", lambda *given: array("q", reversed(new_ids(*given))))
    brought(tmp_path, good, other)
    newest = WorkoutLog.objects.owned_by(other).order_by("-id").values_list("performed_at", flat=True)
    assert list(newest) == sorted(newest)  # the earliest has the highest id
    assert members(taken(other)) == members(good)


def test_no_id_is_in_it_and_one_would_be_found(seeded):
    ids_far_apart()
    lifter = MadeUp(0).live()
    data = taken(lifter)
    assert ids_in(data) == set()
    inputs = [row["inputs"] for row in rows(data, "prescriptions")]
    for kind in ("plan", "instead_of", "exercise", "parent"):
        assert any(one.get(kind) is not None for one in inputs), kind
    for member in ("deleted_sets", "merged_sets", "templates", "imports", "aliases"):
        assert rows(data, member), member
    some = Prescription.objects.filter(workout__mesocycle__user=lifter).first()
    some.inputs |= {"surprise": some.id}
    some.save(update_fields=["inputs"])
    assert ids_in(taken(lifter)) == {str(some.id).encode()}


def test_what_opens_an_account_is_not_in_it(seeded, client):
    lifter = MadeUp(0).live()
    lifter.email = "marker-address@example.org"
    lifter.set_password("marker-password")
    lifter.save()
    keys = {"p256dh": "marker-p256dh", "auth": "marker-auth", "endpoint": "https://push.example.org/marker"}
    PushSubscription.objects.subscribe(lifter, **keys, device="marker-device")
    client.force_login(lifter)
    token = Template.objects.get(user=lifter).share_token
    content = b"\n".join(members(taken(lifter)).values())
    for secret in ("marker", lifter.password, token, client.session.session_key):
        assert secret and secret.encode() not in content
