from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNumQueries, assertRedirects

from training.models import MuscleGroupFeedback, WorkoutLog


@pytest.fixture
def url(workout):
    return reverse("training:soreness_rate", args=[workout.id, 1, "chest"])


def test_it_stores_the_answer_and_when(signed_in, url):
    answer = signed_in.post(url, {"soreness_level": "2"})
    assert answer.status_code == 303
    assert answer.url.endswith("#soreness-chest")
    feedback = MuscleGroupFeedback.objects.get()
    assert (feedback.muscle_group, feedback.soreness_level, feedback.pump_level) == ("chest", 2, None)
    assert feedback.soreness_recorded_at <= timezone.now()


def test_an_answer_alone_does_not_start_the_session(signed_in, url):
    signed_in.post(url, {"soreness_level": "0"})
    assert not WorkoutLog.objects.get().is_started


def test_the_later_answer_wins_whatever_arrives_last(signed_in, url):
    now = timezone.now()
    signed_in.post(url, {"soreness_level": "1", "edited_at": (now - timedelta(minutes=1)).isoformat()})
    signed_in.post(url, {"soreness_level": "3", "edited_at": (now - timedelta(minutes=2)).isoformat()})
    assert MuscleGroupFeedback.objects.get().soreness_level == 1


@pytest.mark.parametrize("level", ["", "4", "-1", "sore"])
def test_an_answer_that_does_not_exist_is_refused(signed_in, url, level):
    assert signed_in.post(url, {"soreness_level": level}).status_code == 422
    assert not MuscleGroupFeedback.objects.exists()


def test_a_refused_answer_says_what_to_do(signed_in, url):
    assertContains(signed_in.post(url), "Choose how sore you still were.", status_code=422)


def test_a_muscle_group_that_does_not_exist_is_not_found(signed_in, workout):
    url = reverse("training:soreness_rate", args=[workout.id, 1, "neck"])
    assert signed_in.post(url, {"soreness_level": "1"}).status_code == 404


def test_it_hides_alices_session_from_bob(client, bob, url):
    client.force_login(bob)
    assert client.post(url, {"soreness_level": "1"}).status_code == 404
    assert not WorkoutLog.objects.exists()


def test_opening_its_address_leads_to_the_page_and_stores_nothing(signed_in, url, workout):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(signed_in.get(url), page, status_code=303)
    assert not WorkoutLog.objects.exists()
    assert signed_in.put(url).status_code == 405


def test_it_stores_in_three_queries_and_asks_the_engine_in_ten_more(signed_in, url):
    with assertNumQueries(13):
        signed_in.post(url, {"soreness_level": "1"})
