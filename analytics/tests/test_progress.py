import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from analytics.week import place_of, week_of
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Set
from training.progression import landmarks
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import WorkoutFactory, planned_workout
from training.tests.lifting import MONDAY, Lifter

pytestmark = pytest.mark.django_db
URL = reverse("analytics:progress")


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_page_shows_what_is_planned_and_done_this_week(client, alice):
    press, row = ExerciseFactory(), ExerciseFactory(muscle_group="back")
    workout = planned_workout(alice, press, row)
    assertContains(client.get(URL), "0 of 1")
    log_sets(client, workout, press, 10, 9, weight="100")
    answer = client.get(URL)
    asked = {p.exercise_id: p.sets for p in workout.prescriptions.current().filter(week_number=1)}
    assertContains(answer, f"2 of {sum(asked.values())}")
    assertContains(answer, "1,900 kg")
    assertContains(answer, f"2 of {asked[press.id]} sets")
    assertContains(answer, f"0 of {asked[row.id]} sets")
    with assertNumQueries(7):
        client.get(URL)


def test_parts_are_counted_with_and_without_a_plan(client, alice):
    row = ExerciseFactory(muscle_group="back", part="upper_back", secondary_parts=["lats", "biceps"])
    pulldown = ExerciseFactory(muscle_group="back", part="lats", secondary_parts=["biceps"])
    workout = planned_workout(alice, row, pulldown, target_sets=3)
    log_sets(client, workout, row, 10, 9, 8, weight="60")
    asked = sum(p.sets for p in workout.prescriptions.current().filter(week_number=1, exercise=pulldown))
    rows = sum(p.sets for p in workout.prescriptions.current().filter(week_number=1, exercise=row))
    page = client.get(URL)
    assertContains(page, f'<dd class="number">3 of {rows}</dd>')
    assert [(one.name, one.sets, one.planned) for one in page.context["week"].parts] == [
        ("Lats", 1.5, asked + rows / 2),
        ("Upper back", 3, rows),
        ("Biceps", 1.5, (asked + rows) / 2),
    ]
    Mesocycle.objects.update(status="archived")
    page = client.get(URL)
    counts = [(one.name, one.count) for one in page.context["week"].parts]
    assert counts == [("Lats", "1.5"), ("Upper back", "3"), ("Biceps", "1.5")]
    assert [(one.muscle, one.done) for one in page.context["week"].muscles] == [("back", 3)]


def test_after_the_last_workout_it_stays_with_the_week_that_was_done(client, alice):
    press = ExerciseFactory()
    workout = planned_workout(alice, press)
    log_sets(client, workout, press, 10, 9, weight="100")
    finish(client, workout)
    assert Mesocycle.objects.get().current_week == 2
    for url in (URL, URL + "?week=1"):
        answer = client.get(url)
        assertContains(answer, "Week 1 of 5")
        assertContains(answer, "1 of 1")
        assertContains(answer, "Week 2, planned</a>")
    for url in (URL + "?week=2", URL + "?week=7"):
        assertContains(client.get(url), "Week 2 of 5")
        assertContains(client.get(url), "as planned")
    log_sets(client, workout, press, 10, weight="100", week=2)
    assertContains(client.get(URL), "Week 2 of 5")


def verdicts(user, **which) -> dict[str, str]:
    return {one.muscle: one.words for one in week_of(user, now=timezone.now(), **which).muscles}


def test_a_week_that_is_over_is_judged_by_what_was_done_and_a_running_one_by_its_plan(alice):
    press, lateral = ExerciseFactory(), ExerciseFactory(muscle_group="shoulders")
    workout, lifter = planned_workout(alice, press, lateral, target_sets=6), Lifter(alice)
    assert verdicts(alice) == {"chest": "some as planned", "shoulders": "good as planned"}
    lifter.log(workout, 1, press, *[10] * 10)
    lifter.log(workout, 1, lateral, 10, 10)
    assert verdicts(alice) == {"chest": "good so far", "shoulders": "good as planned"}
    lifter.finish(workout, 1)
    assert verdicts(alice, number=1) == {"chest": "good", "shoulders": "too little"}


def test_a_deload_that_was_asked_early_has_no_verdict(client, alice):
    workout = planned_workout(alice)
    assertContains(client.get(URL), "too little as planned")
    workout.prescriptions.update(kind="deload")
    assertNotContains(client.get(URL), "as planned")


def test_a_mesocycle_that_has_ended_has_its_weeks_and_their_verdicts(client, alice):
    press = ExerciseFactory()
    workout, lifter = planned_workout(alice, press, weeks=3), Lifter(alice)
    for week in (1, 2, 3):
        lifter.log(workout, week, press, *[10] * 5 * week)
        lifter.finish(workout, week)
    mesocycle = Mesocycle.objects.get()
    assert mesocycle.status == "completed"
    assert verdicts(alice, mesocycle=mesocycle, number=1) == {"chest": "some"}
    assert verdicts(alice, mesocycle=mesocycle, number=2) == {"chest": "good"}
    address = f"{URL}?mesocycle={mesocycle.id}"
    assertContains(client.get(address), "Week 3 of 3 · deload")
    assertNotContains(client.get(address), "15 of 3 sets ·")
    assertContains(client.get(address + "&week=2"), f"?mesocycle={mesocycle.id}&amp;week=3")
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_drop_rows_are_volume_and_no_set(client, alice):
    press = ExerciseFactory()
    workout = planned_workout(alice, press)
    log_sets(client, workout, press, 10, 10, weight="50")
    Set.objects.filter(set_number=2).update(set_type=Set.Type.DROP)
    week = week_of(alice, now=timezone.now())
    assert [(one.muscle, one.done) for one in week.muscles] == [("chest", 1)]
    assert week.volume_kg == 1000


def test_a_skipped_workout_counts_as_planned(client, alice):
    workout = planned_workout(alice)
    WorkoutFactory(mesocycle=workout.mesocycle)
    client.post(reverse("training:workout_skip", args=[workout.id, 1]))
    week = week_of(alice, now=timezone.now(), number=1)
    assert (week.sessions_planned, week.sessions_done, week.sessions_skipped) == (2, 0, 1)
    assertContains(client.get(URL + "?week=1"), "1 workout skipped")


def test_without_a_plan_it_is_the_calendars_week(client, alice):
    assertContains(client.get(URL), "Nothing to show yet")
    press = ExerciseFactory()
    workout = planned_workout(alice, press)
    log_sets(client, workout, press, 10, weight="60")
    Mesocycle.objects.update(status="completed")
    old, lifter = planned_workout(alice, press), Lifter(alice)
    lifter.log(old, 1, press, 10, weight="60")
    Mesocycle.objects.update(status="completed")
    answer = client.get(URL)
    assertContains(answer, "No mesocycle is running")
    assertContains(answer, "600 kg")
    assertContains(answer, "too little so far")
    week = week_of(alice, now=timezone.now())
    assert (week.sets_done, week.sets_planned, week.sessions_done) == (1, 0, 1)
    assert week.monday.weekday() == 0


def test_without_a_plan_and_without_a_session_yet_it_is_the_latest_week_that_was_trained(client, alice):
    lifter = Lifter(alice)
    for day, exercise in enumerate((ExerciseFactory(), ExerciseFactory(muscle_group="shoulders"))):
        workout = planned_workout(alice, exercise)
        lifter.log(workout, 1, exercise, *[10] * 6, weight="60", day=day)
        Mesocycle.objects.update(status="completed")
    week = week_of(alice, now=timezone.now())
    assert (week.monday, week.sessions_done, week.sets_done) == (MONDAY, 2, 12)
    assert verdicts(alice) == {"chest": "some", "shoulders": "good"}
    assertContains(client.get(URL), "Week of 7 September 2026")


def test_another_lifters_week_is_not_ones_own(client, alice):
    press = ExerciseFactory()
    workout = planned_workout(alice, press)
    log_sets(client, workout, press, 10, weight="100")
    client.force_login(UserFactory())
    assertNotContains(client.get(URL), "1,000 kg")


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (4, "too little"),
        (5, "some"),
        (9, "some"),
        (10, "good"),
        (17, "good"),
        (18, "a lot"),
        (19, "a lot"),
        (20, "too much"),
    ],
)
def test_weekly_sets_have_their_place_among_the_landmarks(sets, said):
    marks = landmarks("chest")  # 5, 10 to 17, 19 at usual experience
    assert (marks.mev, marks.mav, marks.mrv) == (5, (10, 17), 19)
    assert place_of(sets, marks) == said


@pytest.mark.parametrize("name", ["progress", "stronger", "enough", "mesocycle_latest", "records"])
def test_the_navigation_marks_progress_on_each_of_its_pages(client, alice, name):
    page = client.get(reverse(f"analytics:{name}")).content.decode()
    marked = [link for link in page.split("<a ") if "bottom-nav__link" in link and "aria-current" in link]
    assert len(marked) == 1
    assert f'href="{URL}"' in marked[0]
