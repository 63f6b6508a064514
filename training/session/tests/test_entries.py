"""The answer to the outbox: never a redirect, always with the address that it posted to."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from training.models import Set, WorkoutLog

TYPED = {"weight": "82.5", "reps": "8", "unit": "kg"}
ANSWER = re.compile(
    r'<p data-address="([^"]*)" data-outcome="(\w+)" data-at="(\d+)"(?: data-stands="([^"]*)")?>([^<]*)<'
)


@pytest.fixture
def send(signed_in, alice):
    """Posts as the outbox does. Returns the status and what the answer says: address, outcome, at, stands, words."""

    def send(url, fields, user=alice):
        answer = signed_in.post(url, fields, headers={"X-Outbox": str(user.id)})
        found = ANSWER.search(answer.content.decode())
        return answer.status_code, found and found.groups()

    return send


def test_a_stored_set_echoes_its_address(send, set_url):
    before = timezone.now().timestamp() * 1000
    status, (address, outcome, at, _, words) = send(set_url(), TYPED)
    assert (status, address, outcome, words) == (200, set_url(), "applied", "Stored.")
    assert int(at) >= int(before)
    assert Set.objects.get().reps == 8


def test_who_loses_to_a_later_edit_hears_what_stands(send, set_url):
    later = timezone.now()
    send(set_url(), TYPED | {"reps": "9", "edited_at": later.isoformat()})
    _, answer = send(set_url(), TYPED | {"edited_at": (later - timedelta(minutes=1)).isoformat()})
    assert answer[1] == "stale"
    assert answer[3] == "82.5 kg × 9"


def test_who_loses_to_a_deletion_hears_that(send, set_url):
    later = timezone.now()
    send(set_url(name="set_delete"), {"edited_at": later.isoformat()})
    _, answer = send(set_url(), TYPED | {"edited_at": (later - timedelta(minutes=1)).isoformat()})
    assert answer[1] == "stale"
    assert "taken back" in answer[3]


def test_a_refused_set_hears_why_and_echoes_its_address(send, set_url):
    status, answer = send(set_url(), TYPED | {"weight": "eighty"})
    assert (status, answer[0], answer[1]) == (422, set_url(), "refused")
    assert "Type the weight as a number" in answer[4]


def test_what_is_not_there_is_a_404_of_ours_although_what_was_typed_is_wrong(send, set_url):
    status, answer = send(set_url(week=99), TYPED | {"reps": "many"})
    assert (status, answer[0], answer[1]) == (404, set_url(week=99), "refused")


def test_what_is_not_there_is_a_404_of_ours(send, set_url):
    status, answer = send(set_url(week=99), TYPED)
    assert (status, answer[0], answer[1]) == (404, set_url(week=99), "refused")


def test_a_refused_end_of_a_session_hears_why(send, workout):
    status, answer = send(reverse("training:workout_finish", args=[workout.id, 1]), {})
    assert status == 422
    assert "Log at least one" in answer[4]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("exercise_sets", {"sets": "2", "scope": "today"}),
        ("exercise_move", {"place": "1"}),
        ("exercise_remove", {"scope": "today"}),
    ],
)
def test_a_change_of_the_plan_echoes_its_address(send, workout, exercise, name, fields):
    url = reverse(f"training:{name}", args=[workout.id, 1, exercise.id])
    status, answer = send(url, fields)
    assert (status, answer[0], answer[1]) == (200, url, "applied")


def test_adding_an_exercise_echoes_its_address(send, workout, exercise):
    url = reverse("training:exercise_add", args=[workout.id, 1])
    assert send(url, {"exercise": exercise.id})[1][0] == url
    assert send(url, {"exercise": "999999"})[0] == 422


def test_another_users_entry_is_kept_away(send, set_url, bob):
    assert send(set_url(), TYPED, user=bob) == (409, None)
    assert not WorkoutLog.objects.exists()


def test_signed_out_it_is_a_401_and_never_the_sign_in_page(client, set_url, alice):
    answer = client.post(set_url(), TYPED, headers={"X-Outbox": str(alice.id)})
    assert answer.status_code == 401
    assert not WorkoutLog.objects.exists()


def test_a_token_that_is_none_is_marked_as_such(alice, set_url):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(alice)
    answer = phone.post(set_url(), TYPED, headers={"X-Outbox": str(alice.id)})
    assert (answer.status_code, answer.headers["X-Outbox"]) == (403, "csrf")
    assert "X-Outbox" not in phone.post(set_url(), TYPED).headers
    token = phone.get("/outbox/").json()["token"]
    headers = {"X-Outbox": str(alice.id), "X-CSRFToken": token}
    assert phone.post(set_url(), TYPED, headers=headers).status_code == 200


def test_the_outbox_learns_who_is_signed_in_and_what_time_it_is(signed_in, alice):
    answer = signed_in.get("/outbox/")
    said = answer.json()
    assert said["user"] == alice.id
    assert abs(said["time"] / 1000 - timezone.now().timestamp()) < 5
    assert "no-store" in answer.headers["Cache-Control"]
    assert signed_in.post("/outbox/").status_code == 405


def test_signed_out_the_outbox_learns_the_time_alone(client, db):
    answer = client.get("/outbox/")
    assert answer.status_code == 401
    assert answer.json()["user"] is None
    assert answer.json()["time"] > 0
