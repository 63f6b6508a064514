from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNumQueries, assertRedirects

from training.models import MuscleGroupFeedback, WorkoutLog


@pytest.fixture
def url(workout):
    return reverse("training:performance_rate", args=[workout.id, 1, "chest"])


def test_it_stores_pump_and_challenge(signed_in, url):
    answer = signed_in.post(url, {"pump_level": "2", "challenge_level": "1"})
    assert answer.status_code == 303
    assert answer.url.endswith("#performance-chest")
    feedback = MuscleGroupFeedback.objects.get()
    assert (feedback.pump_level, feedback.challenge_level, feedback.soreness_level) == (2, 1, None)


def test_one_of_the_two_is_an_answer(signed_in, url):
    signed_in.post(url, {"pump_level": "3"})
    feedback = MuscleGroupFeedback.objects.get()
    assert (feedback.pump_level, feedback.challenge_level) == (3, None)


def test_none_of_the_two_says_what_to_do(signed_in, url):
    assertContains(signed_in.post(url), "Choose a pump, a challenge, or both", status_code=422)
    assert not MuscleGroupFeedback.objects.exists()


@pytest.fixture
def said(signed_in, url):
    """Posts answers, each a tap with its minute; gives what is stored then: pump and challenge."""

    def said(*taps: tuple[int, dict]) -> tuple:
        now = timezone.now() - timedelta(hours=1)
        for minute, answers in taps:
            signed_in.post(url, answers | {"edited_at": (now + timedelta(minutes=minute)).isoformat()})
        return MuscleGroupFeedback.objects.values_list("pump_level", "challenge_level").get()

    return said


PUMP, CHALLENGE = {"pump_level": "2"}, {"challenge_level": "3"}


def test_a_tap_keeps_the_other_answer(said):
    assert said((0, PUMP), (1, CHALLENGE)) == (2, 3)


def test_two_phones_lose_no_answer_in_whatever_order_they_arrive(said):
    assert said((1, CHALLENGE), (0, PUMP)) == (2, 3)
    assert said((1, CHALLENGE), (0, PUMP)) == (2, 3)  # once more


def test_the_later_of_two_answers_counts_in_whatever_order_they_arrive(said):
    assert said((2, {"pump_level": "1"}), (1, PUMP)) == (1, None)
    assert said((3, PUMP | {"challenge_level": "0"}), (1, CHALLENGE)) == (2, 0)


def test_a_post_of_both_sets_both_a_blank_one_too(said):
    assert said((0, PUMP | CHALLENGE), (1, {"pump_level": "", "challenge_level": "1"})) == (None, 1)


def test_its_clock_is_not_the_clock_of_soreness(signed_in, url, workout):
    now = timezone.now()
    soreness = reverse("training:soreness_rate", args=[workout.id, 1, "chest"])
    signed_in.post(url, {"pump_level": "2", "edited_at": (now - timedelta(minutes=1)).isoformat()})
    signed_in.post(soreness, {"soreness_level": "1", "edited_at": (now - timedelta(minutes=5)).isoformat()})
    signed_in.post(url, {"pump_level": "0", "edited_at": (now - timedelta(minutes=2)).isoformat()})
    feedback = MuscleGroupFeedback.objects.get()
    assert (feedback.soreness_level, feedback.pump_level) == (1, 2)


@pytest.mark.parametrize("answer", [{"pump_level": "4"}, {"challenge_level": "x"}])
def test_an_answer_that_does_not_exist_is_refused(signed_in, url, answer):
    assert signed_in.post(url, answer).status_code == 422


def test_it_hides_alices_session_from_bob(client, bob, url):
    client.force_login(bob)
    assert client.post(url, {"pump_level": "1"}).status_code == 404


def test_opening_its_address_leads_to_the_page_and_stores_nothing(signed_in, url, workout):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(signed_in.get(url), page, status_code=303)
    assert not WorkoutLog.objects.exists()
    assert signed_in.put(url).status_code == 405


def test_it_takes_three_queries(signed_in, url):
    with assertNumQueries(3):
        signed_in.post(url, {"pump_level": "1", "challenge_level": "1"})
