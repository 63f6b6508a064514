from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Set, Workout, WorkoutLog
from training.schedule.freestyle import just_train
from training.session.tests.test_workout_finish import finish, log_sets

URL = reverse("training:freestyle_start")
TODAY = reverse("training:today")


def test_it_opens_an_empty_session_of_today(signed_in, alice):
    answer = signed_in.post(URL)
    workout = Workout.objects.get()
    assertRedirects(answer, reverse("training:workout_detail", args=[workout.id, 1]), status_code=303)
    assert (workout.only_week, workout.mesocycle.name, workout.mesocycle.status) == (1, "Freestyle", "active")
    assertContains(signed_in.get(answer.url), "No exercise here yet")


def test_twice_a_day_is_the_same_session(signed_in):
    signed_in.post(URL)
    signed_in.post(URL)
    assert Workout.objects.count() == 1


def train(client, alice, *reps: int) -> Workout:
    """A session of today, finished."""
    client.post(URL)
    workout = Workout.objects.latest("id")
    log_sets(client, workout, ExerciseFactory(), *reps)
    finish(client, workout)
    return workout


def titles() -> list[str]:
    return list(Workout.objects.order_by("id").values_list("name", flat=True))


def title(day) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


def test_after_a_finished_session_a_second_one_of_the_day_begins(signed_in, alice):
    morning = train(signed_in, alice, 10)
    evening = train(signed_in, alice, 9)
    assert titles() == [title(alice.today()), f"{title(alice.today())} (2)"]
    assert [WorkoutLog.objects.get(workout=one).sets.get().reps for one in (morning, evening)] == [10, 9]


def test_who_goes_back_to_today_after_the_first_session_begins_a_second_one(signed_in, alice):
    """The page from before has the token of before."""
    form = {"csrfmiddlewaretoken": "x" * 64}
    first = signed_in.post(URL, form).url
    log_sets(signed_in, Workout.objects.get(), ExerciseFactory(), 10)
    assert signed_in.post(URL, form).url == first
    finish(signed_in, Workout.objects.get())
    assert signed_in.post(URL, form).url != first


def test_a_session_moved_to_another_day_is_named_after_it_and_todays_begins_anew(signed_in, alice):
    morning = train(signed_in, alice, 10)
    day = alice.today() - timedelta(days=4)
    signed_in.post(reverse("training:workout_backfill", args=[morning.id, 1]), {"day": day.isoformat()})
    evening = train(signed_in, alice, 9)
    assert titles() == [title(day), title(alice.today())]
    days = WorkoutLog.objects.order_by("workout").values_list("workout", "local_date")
    assert list(days) == [(morning.id, day), (evening.id, alice.today())]


def test_three_sessions_on_paper_are_typed_in(signed_in, alice):
    days = [alice.today() - timedelta(days=ago) for ago in (9, 7, 2)]
    for day in days:
        signed_in.post(URL, {"day": day.isoformat()})
        workout = Workout.objects.latest("id")
        log_sets(signed_in, workout, ExerciseFactory(), 10, week=workout.only_week)
    signed_in.post(URL, {"day": days[0].isoformat()})  # goes on with it: nobody finished it
    assert titles() == [title(day) for day in days]
    assert list(WorkoutLog.objects.order_by("id").values_list("local_date", flat=True)) == days
    trained = Set.objects.order_by("id").values_list("performed_at", flat=True)
    assert [timezone.localdate(one) for one in trained] == days


@pytest.mark.parametrize(
    ("ago", "sentence"), [(-2, "That day is still to come."), (20_000, "That is long ago; check the year.")]
)
def test_a_day_that_cannot_be_comes_back_with_a_sentence(signed_in, alice, ago, sentence):
    day = (alice.today() - timedelta(days=ago)).isoformat()
    answer = signed_in.post(URL, {"day": day})
    assertContains(answer, sentence, status_code=422)
    assertContains(answer, f'value="{day}"', status_code=422)
    assert not Workout.objects.exists()


def test_exercises_are_added_logged_and_finished_and_today_offers_the_next(signed_in, alice):
    signed_in.post(URL)
    workout, exercise = Workout.objects.get(), ExerciseFactory()
    signed_in.post(reverse("training:exercise_add", args=[workout.id, 1]), {"exercise": exercise.id})
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    assert Mesocycle.objects.get().is_active
    assertContains(signed_in.get(TODAY), "Training without a plan")
    assertContains(signed_in.get(TODAY), "Just train")


def test_no_word_of_a_plan_stands_where_there_is_none(signed_in):
    page = signed_in.post(URL, follow=True)
    assertNotContains(page, "week 1 of")
    adding = signed_in.get(reverse("training:exercise_add", args=[Workout.objects.get().id, 1]))
    assertNotContains(adding, "From now on")


def test_a_planned_mesocycle_goes_first(signed_in, workout):
    assertRedirects(signed_in.post(URL), TODAY, status_code=303)
    assert Mesocycle.objects.count() == 1


def test_the_weeks_go_by_and_after_six_a_new_one_begins(alice):
    start = timezone.localdate() - timedelta(weeks=7)
    weeks = [just_train(alice, day=start + timedelta(days=d), at=timezone.now())[1] for d in (0, 8, 35, 42)]
    assert weeks == [1, 2, 6, 1]
    assert sorted(Mesocycle.objects.values_list("status", flat=True)) == ["active", "completed"]


def test_it_can_be_ended_by_starting_a_plan(signed_in, alice):
    signed_in.post(URL)
    assert Mesocycle.objects.planned_by(alice).active().get().is_freestyle


def test_it_rejects_get(signed_in):
    assert signed_in.get(URL).status_code == 405


@pytest.mark.django_db
def test_it_sends_visitors_to_sign_in(client):
    assert client.post(URL).url.startswith("/login/")


def test_an_empty_session_is_not_waited_for(signed_in, alice):
    just_train(alice, day=timezone.localdate() - timedelta(days=1), at=timezone.now())
    page = signed_in.get(TODAY)
    assertContains(page, "Training without a plan")
    assertContains(page, "Just train")


def test_progress_stays_with_what_was_trained(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10)
    Mesocycle.objects.get().finish(at=timezone.now())
    signed_in.post(URL)
    assertContains(signed_in.get(reverse("analytics:mesocycle_latest"), follow=True), "Upper / Lower")


def test_an_extra_session_is_of_its_week_alone(signed_in, alice):
    signed_in.post(URL)
    workout, exercise = Workout.objects.get(), ExerciseFactory()
    assert signed_in.get(f"/workouts/{workout.id}/week/2/").status_code == 404
    place = f"/workouts/{workout.id}/week/2/exercises/{exercise.id}/sets/1/"
    assert signed_in.post(place, {"weight": "60", "reps": "8", "unit": "kg"}).status_code == 404
