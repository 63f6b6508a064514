from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from training.models import DeletedSet, Set, WorkoutLog

TYPED = {"weight": "82.5", "reps": "8", "unit": "kg"}


def test_it_takes_the_set_back_and_leaves_its_time(signed_in, set_url):
    signed_in.post(set_url(), TYPED)
    assert signed_in.post(set_url(name="set_delete")).status_code == 303
    assert not Set.objects.exists()
    assert DeletedSet.objects.get().set_number == 1


def test_twice_is_once(signed_in, set_url):
    signed_in.post(set_url(), TYPED)
    for _ in range(2):
        assert signed_in.post(set_url(name="set_delete")).status_code == 303
    assert DeletedSet.objects.count() == 1


def test_an_older_write_that_arrives_late_does_not_bring_it_back(signed_in, set_url):
    written = timezone.now() - timedelta(minutes=2)
    signed_in.post(set_url(), TYPED | {"edited_at": written.isoformat()})
    signed_in.post(set_url(name="set_delete"))
    signed_in.post(set_url(), TYPED | {"edited_at": written.isoformat()})
    assert not Set.objects.exists()


def test_an_older_deletion_that_arrives_late_does_not_take_a_newer_set(signed_in, set_url):
    now = timezone.now()
    signed_in.post(set_url(), TYPED | {"edited_at": (now - timedelta(minutes=1)).isoformat()})
    signed_in.post(set_url(name="set_delete"), {"edited_at": (now - timedelta(minutes=2)).isoformat()})
    assert Set.objects.count() == 1


def test_the_set_can_be_logged_again(signed_in, set_url):
    signed_in.post(set_url(), TYPED)
    signed_in.post(set_url(name="set_delete"))
    signed_in.post(set_url(), TYPED | {"reps": "10"})
    assert Set.objects.get().reps == 10


def test_a_session_whose_only_set_is_taken_back_has_not_started(signed_in, set_url):
    signed_in.post(set_url(), TYPED)
    signed_in.post(set_url(name="set_delete"))
    assert WorkoutLog.objects.get().started_at is None


def test_it_hides_alices_set_from_bob(client, signed_in, set_url, bob):
    signed_in.post(set_url(), TYPED)
    client.force_login(bob)
    assert client.post(set_url(name="set_delete")).status_code == 404
    assert Set.objects.count() == 1


def test_opening_its_address_leads_to_the_page_and_stores_nothing(signed_in, set_url, workout):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(signed_in.get(set_url(name="set_delete")), page, status_code=303)
    assert not WorkoutLog.objects.exists()
    assert signed_in.put(set_url(name="set_delete")).status_code == 405
