import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from training.models import Mesocycle, Set, Workout
from training.session.tests.test_workout_finish import finish, log_sets


@pytest.fixture
def url(workout):
    return lambda name, *more: reverse(f"training:{name}", args=[workout.mesocycle_id, *more])


def test_it_offers_what_can_be_done_now(signed_in, workout, exercise, url):
    page = signed_in.get(url("mesocycle_calendar"))
    assertContains(page, "nothing to repeat now")
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    assertContains(signed_in.get(url("mesocycle_calendar")), "Repeat week 1")
    with assertNumQueries(7):
        signed_in.get(url("mesocycle_calendar"))


def test_a_week_is_repeated(signed_in, workout, exercise, url):
    assertContains(signed_in.post(url("week_repeat", 1)), "cannot be repeated", status_code=422)
    log_sets(signed_in, workout, exercise, 10)
    finish(signed_in, workout)
    assertRedirects(signed_in.post(url("week_repeat", 1)), reverse("training:today"), status_code=303)
    page = signed_in.get(reverse("training:today"))
    assertContains(page, "You repeat week 1")
    page = signed_in.get(url("mesocycle_detail"))
    assertContains(page, "Week 6 · deload")
    assertContains(page, "Week 2 · repeats week 1")


def test_a_workout_moves_to_another_day_and_today_says_so(signed_in, workout, url):
    Workout.objects.update(day_of_week=0)
    move = reverse("training:workout_move", args=[workout.id, 1])
    signed_in.post(move, {"day_of_week": 4})
    assertContains(signed_in.get(reverse("training:today")), "Friday")
    assertContains(signed_in.get(url("mesocycle_calendar")), "moved, usually Monday")
    assert signed_in.post(move, {"day_of_week": 9}).status_code == 422
    signed_in.post(move, {"day_of_week": ""})
    assertNotContains(signed_in.get(reverse("training:today")), "Friday")


def test_an_extra_session_is_added_and_taken_back(signed_in, workout, url):
    assertContains(signed_in.post(url("session_add"), {"name": ""}), "Give the session a name", status_code=422)
    answer = signed_in.post(url("session_add"), {"name": "More arms", "like": workout.id})
    session = Workout.objects.get(name="More arms")
    assertRedirects(answer, reverse("training:workout_detail", args=[session.id, 1]), status_code=303)
    assertContains(signed_in.get(url("mesocycle_calendar")), "Take the extra session back")
    signed_in.post(reverse("training:session_remove", args=[session.id]))
    assertNotContains(signed_in.get(url("mesocycle_calendar")), "More arms")


def test_ending_early_says_what_stays(signed_in, workout, exercise, url):
    log_sets(signed_in, workout, exercise, 10, 9)
    assertContains(signed_in.get(url("mesocycle_end")), "1 workout and 2 sets stay")
    assertRedirects(signed_in.post(url("mesocycle_end")), url("mesocycle_detail"), status_code=303)
    assert Mesocycle.objects.get().status == "completed"
    assertRedirects(signed_in.get(url("mesocycle_end")), url("mesocycle_detail"), status_code=303)


def test_what_runs_is_ended_before_it_is_archived(signed_in, url):
    assertContains(signed_in.post(url("mesocycle_archive")), "End it first", status_code=422)
    signed_in.post(url("mesocycle_end"))
    signed_in.post(url("mesocycle_archive"))
    assert Mesocycle.objects.get().status == "archived"
    listed = reverse("training:mesocycle_list")
    assertNotContains(signed_in.get(listed), url("mesocycle_detail"))
    assertContains(signed_in.get(listed + "?archived"), url("mesocycle_detail"))
    signed_in.post(url("mesocycle_unarchive"))
    assertContains(signed_in.get(listed), url("mesocycle_detail"))


def test_deleting_says_first_exactly_what_goes(signed_in, workout, exercise, url):
    log_sets(signed_in, workout, exercise, 10, 9)
    page = signed_in.get(url("mesocycle_delete"))
    assertContains(page, "Delete 2 sets and the plan")
    page = signed_in.post(url("mesocycle_delete"), {"sets": 2})
    assertContains(page, "Tick this to delete it", status_code=422)
    page = signed_in.post(url("mesocycle_delete"), {"sets": 1, "sure": "on"})
    assertContains(page, "have changed since", status_code=422)
    assert Set.objects.count() == 2
    answer = signed_in.post(url("mesocycle_delete"), {"sets": 2, "sure": "on"})
    assertRedirects(answer, reverse("training:mesocycle_list"), status_code=303)
    assert (Mesocycle.objects.count(), Set.objects.count()) == (0, 0)


def test_it_hides_alices_mesocycle_from_bob(client, bob, url):
    client.force_login(bob)
    for name in ("mesocycle_calendar", "mesocycle_end", "mesocycle_delete"):
        assert client.get(url(name)).status_code == 404
    assert client.post(url("mesocycle_delete"), {"sets": 0, "sure": "on"}).status_code == 404
