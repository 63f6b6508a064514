"""An owner deletes lifters in the admin: the same look, and the same deletion."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pytest_django.asserts import assertContains

from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import AccountDeleted, User
from metricgain.users.tests.conftest import PASSWORD
from training.models import Set
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

LIST = reverse("admin:users_user_changelist")


@pytest.fixture
def owner(db):
    return User.objects.create_superuser("owner@example.org", PASSWORD)


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def log(alice):
    press = ExerciseFactory(name="Press")
    Lifter(alice).log(planned_workout(alice, press), 1, press, 8)


def delete(desk, *users, bulk: bool, **more):
    """Opens the page that shows what goes; with `post` deletes."""
    if bulk:
        chosen = {"action": "delete_selected", "_selected_action": [user.pk for user in users]}
        return desk.post(LIST, chosen | more, follow=True)
    url = reverse("admin:users_user_delete", args=[users[0].pk])
    return desk.post(url, more, follow=True) if more else desk.get(url)


@pytest.mark.parametrize("bulk", [False, True], ids=["on its page", "from the list"])
def test_a_lifter_is_deleted_with_the_same_look(desk, alice, log, bulk):
    for words in ("alice@example.org, for good", "1 mesocycle", "1 session", "1 set"):
        assertContains(delete(desk, alice, bulk=bulk), f"<li>{words}", count=1)
    assert User.objects.filter(pk=alice.pk).exists()
    assertContains(
        delete(desk, alice, bulk=bulk, post="yes"), "Successfully deleted" if bulk else "deleted successfully"
    )
    assert not Set.objects.exists()
    assert AccountDeleted.objects.get().user_id == alice.pk
    assert not LogEntry.objects.filter(object_repr__contains="alice").exists()


def test_two_owners_are_not_deleted_together(desk, owner):
    other = User.objects.create_superuser("other@example.org", "correct-horse-7")
    answer = delete(desk, owner, other, bulk=True, post="yes")
    assertContains(answer, "other@example.org is the only owner")
    assert User.objects.owners().count() == 2


def test_the_only_owner_is_not_deleted(desk, owner):
    answer = delete(desk, owner, bulk=False, post="yes")
    assertContains(answer, "owner@example.org is the only owner")
    assert User.objects.filter(pk=owner.pk).exists()
