"""The builder's pages. Each change is a form of its own, and a refused form comes back with what was typed."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Set, Template, WorkoutExercise
from training.plan.builder import COPIED
from training.session.tests.test_workout_finish import log_sets
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import asked


@pytest.fixture
def day(alice):
    return planned_workout(
        alice, ExerciseFactory(name="Bench press"), ExerciseFactory(name="Squat", muscle_group="legs")
    )


@pytest.fixture
def bench(day):
    return day.slots.first().exercise


@pytest.fixture
def plan_url(day):
    return reverse("training:plan_detail", args=[day.mesocycle_id])


@pytest.fixture
def day_url(day):
    return reverse("training:day_detail", args=[day.id])


def slot_url(name, day, exercise):
    return reverse(f"training:{name}", args=[day.id, exercise.id])


def test_the_plan_shows_its_days_the_weekly_sets_and_what_is_worth_a_word(signed_in, day, plan_url):
    page = signed_in.get(plan_url)
    assertContains(page, day.name)
    assertContains(page, "2 exercises · 6 sets")
    assertContains(page, "No sets for Back")
    chest = next(row for row in page.context["overview"].muscles if row.muscle == "chest")
    assert (chest.sets, chest.over) == (3, 0)
    assertContains(page, 'data-over="0"')


def test_the_plan_shows_the_sets_of_each_part_those_beside_by_half(signed_in, alice):
    squat = ExerciseFactory(muscle_group="legs", movement="squat", part="quads", secondary_parts=["glutes"])
    row = ExerciseFactory(muscle_group="back", movement="horizontal_pull", part="upper_back", secondary_parts=["lats"])
    day = planned_workout(alice, squat, row, ExerciseFactory(muscle_group="tris"), target_sets=3)
    page = signed_in.get(reverse("training:plan_detail", args=[day.mesocycle_id]))
    counts = {one.name: one.count for one in page.context["overview"].parts}
    assert counts == {"Lats": "1.5", "Upper back": "3", "Quads": "3", "Glutes": "1.5"}
    assertContains(page, "half for the others")
    assertContains(page, "No hamstrings in this plan: leg curls or Romanian deadlifts would train them.")
    assert sum("in this plan" in words for words in page.context["overview"].warnings) == 1


def test_nothing_is_said_to_lack_where_nobody_knows_the_parts(signed_in, day, alice, plan_url):
    assertNotContains(signed_in.get(plan_url), "in this plan")  # neither exercise has a part
    assertNotContains(signed_in.get(plan_url), "By part")
    squat = ExerciseFactory(muscle_group="legs", movement="squat", part="quads", secondary_parts=[])
    SlotFactory(workout=day, exercise=squat)
    assertNotContains(signed_in.get(plan_url), "in this plan")  # the other one may train hamstrings
    day.slots.exclude(exercise=squat).delete()
    page = signed_in.get(plan_url)
    for part in ("hamstrings", "glutes"):
        assertContains(page, f"No {part} in this plan")
    assertNotContains(page, "No lats in this plan")  # "No sets for Back" says it


def test_warnings_are_words_and_no_walls(signed_in, day, bench, plan_url):
    for _ in range(2):
        SlotFactory(workout=day, exercise=ExerciseFactory(muscle_group="chest"), target_sets=15)
    page = signed_in.get(plan_url)
    assertContains(page, "Chest: 33 sets a week. Most people recover from")
    assertContains(page, f"{day.name} has 36 sets")
    answer = signed_in.post(slot_url("slot_edit", day, bench), {"target_sets": 15})
    assert (answer.status_code, asked(day, bench, 1).sets) == (303, 15)


def test_the_pages_cost_few_queries_however_long_the_plan(signed_in, day, plan_url, day_url):
    for _ in range(5):
        other = WorkoutFactory(mesocycle=day.mesocycle)
        for _ in range(6):
            SlotFactory(workout=other, exercise=ExerciseFactory(muscle_group="back"))
    with assertNumQueries(8):
        signed_in.get(plan_url)
    with assertNumQueries(8):
        signed_in.get(day_url)
    Mesocycle.objects.update(status="planned")
    with assertNumQueries(6):
        signed_in.get(plan_url)


def test_an_exercise_is_edited_on_its_own(signed_in, day, bench, day_url):
    said = {"target_sets": 4, "target_reps_min": 5, "target_reps_max": 8, "target_weight": "62,5", "target_rir": 1}
    answer = signed_in.post(slot_url("slot_edit", day, bench), said | {"notes": "Pause below"})
    assertRedirects(answer, f"{day_url}#exercise-{bench.id}", status_code=303, fetch_redirect_response=False)
    page = signed_in.get(day_url)
    assertContains(page, "4 × 5–8 from 62.5 kg")
    assertContains(page, "Pause below")
    row = asked(day, bench, 1)
    assert (row.sets, str(row.weight)) == (4, "62.50")
    floor = signed_in.get(reverse("training:workout_detail", args=[day.id, 1]))
    assertContains(floor, "Plan: Pause below")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"target_sets": "16"}, "1 to 15 sets"),
        ({"target_sets": ""}, "Say how many sets"),
        ({"target_sets": "1_0"}, "Type a whole number"),
        ({"target_reps_min": "8", "target_reps_max": "5"}, "its lower end first"),
        ({"target_reps_min": "8"}, "both ends, or neither"),
        ({"target_weight": "heavy"}, "Type the weight as a number"),
        ({"target_rir": "9"}, "A plan keeps 0 to 5 reps in reserve."),
    ],
)
def test_refused_it_returns_with_what_was_typed(signed_in, day, bench, said, words):
    page = signed_in.post(slot_url("slot_edit", day, bench), {"target_sets": "3", "notes": "Kept"} | said)
    assertContains(page, words, status_code=422)
    assertContains(page, "Kept", status_code=422)
    for typed in filter(None, said.values()):
        if typed != "9":
            assertContains(page, f'value="{typed}"', status_code=422)
    assert day.slots.get(exercise=bench).notes is None


def test_numbers_of_a_plan_are_read_as_people_type_them(signed_in, day, bench):
    said = {"target_sets": "٤", "target_reps_min": "8,0", "target_reps_max": "１２", "target_weight": "2.268"}
    page = signed_in.post(slot_url("slot_edit", day, bench), said, follow=True)
    assertContains(page, "4 × 8–12 from 2.27 kg")
    assertContains(page, "Rounded to 2.27: a weight has two decimals.")


def test_exercises_are_found_by_name_and_added_moved_and_removed(signed_in, day, bench, day_url):
    fly = ExerciseFactory(name="Cable fly")
    url = reverse("training:slot_add", args=[day.id])
    page = signed_in.get(url + "?q=cable+fly")
    assertContains(page, "Cable fly")
    assertNotContains(page, "Bench press")  # which is in the day already
    assertContains(signed_in.get(url + "?q=xyzzy"), "Make an exercise of your own")
    assertContains(signed_in.post(url, {}), "Choose an exercise", status_code=422)
    signed_in.post(url, {"exercise": fly.id})
    signed_in.post(slot_url("slot_move", day, fly), {"place": 1})
    assert day.slots.first().exercise == fly
    assert signed_in.post(slot_url("slot_move", day, fly), {"place": "x"}).status_code == 422
    for _ in range(2):
        assert signed_in.post(slot_url("slot_remove", day, fly)).status_code == 303
    assert not day.slots.filter(exercise=fly).exists()


def test_several_exercises_are_added_to_a_day_at_once(signed_in, day, bench):
    several = [ExerciseFactory(name=name).id for name in ("Cable fly", "Dip")]
    url = reverse("training:slot_add", args=[day.id])
    assertContains(signed_in.get(url), "Add the ticked")
    for _ in range(2):
        assert signed_in.post(url, {"exercises": several}).status_code == 303
    assert list(day.slots.values_list("exercise", flat=True))[-2:] == several


def test_an_exercise_is_swapped_for_one_of_its_muscle(signed_in, day, bench, day_url):
    fly, row = ExerciseFactory(name="Cable fly"), ExerciseFactory(name="Row", muscle_group="back")
    url = slot_url("slot_swap", day, bench)
    assertContains(signed_in.get(day_url), url)
    page = signed_in.get(url)
    assertContains(page, "Cable fly")
    assertNotContains(page, row.name)
    assertContains(signed_in.post(url, {}), "Choose an exercise", status_code=422)
    for _ in range(2):  # a double tap
        answer = signed_in.post(url, {"exercise": fly.id})
        assertRedirects(answer, f"{day_url}#exercise-{fly.id}", status_code=303, fetch_redirect_response=False)
    assert day.slots.first().exercise == fly
    squat = day.slots.last().exercise
    page = signed_in.post(slot_url("slot_swap", day, squat), {"exercise": fly.id})
    assertContains(page, "Cable fly is on this day already", status_code=422)
    assert signed_in.post(slot_url("slot_swap", day, row), {"exercise": squat.id}).status_code == 404


@pytest.mark.parametrize("more", [0, 60])
def test_the_pages_of_choices_take_as_many_queries_however_long(signed_in, day, bench, more):
    ExerciseFactory.create_batch(more)
    # Session, user, day, the others, the exercise, what is there, weeks, choices, when each was last done
    with assertNumQueries(9):
        signed_in.get(slot_url("slot_swap", day, bench))
    with assertNumQueries(8 if more else 7):  # the page is read apart from the list
        signed_in.get(reverse("training:slot_add", args=[day.id]))


def test_days_are_added_named_moved_duplicated_and_removed(signed_in, day, plan_url):
    add = reverse("training:day_add", args=[day.mesocycle_id])
    assertContains(signed_in.post(add, {"name": ""}), "Give the day a name", status_code=422)
    signed_in.post(add, {"name": "Arms"})
    arms = day.mesocycle.workouts.get(name="Arms")
    edit = reverse("training:day_edit", args=[arms.id])
    page = signed_in.post(edit, {"name": "", "day_of_week": 3, "description": "Short"})
    assertContains(page, "Short", status_code=422)
    signed_in.post(edit, {"name": "Guns", "day_of_week": 3, "description": "Short"})
    assertContains(signed_in.get(plan_url), "Thursday")
    signed_in.post(reverse("training:day_move", args=[arms.id]), {"place": 1})
    signed_in.post(reverse("training:day_duplicate", args=[arms.id]))
    assert list(day.mesocycle.workouts.of_plan().values_list("name", flat=True)) == ["Guns", day.name, "Guns 2"]
    signed_in.post(reverse("training:days_free", args=[day.mesocycle_id]))
    assertNotContains(signed_in.get(plan_url), "Thursday")
    signed_in.post(reverse("training:day_remove", args=[arms.id]))
    assert day.mesocycle.workouts.of_plan().count() == 2


def test_an_exercise_that_was_removed_is_put_back_as_it_was(signed_in, day, bench, plan_url, day_url):
    slot = day.slots.get(exercise=bench)
    WorkoutExercise.objects.filter(id=slot.id).update(target_sets=5, target_weight="82.50", notes="Pause")
    columns = [name for name in COPIED if name != "position"]
    kept, order = day.slots.values(*columns).get(exercise=bench), list(day.slots.values_list("exercise", flat=True))
    signed_in.post(reverse("training:slot_remove", args=[day.id, bench.id]))
    assertContains(signed_in.get(day_url), f"<bdi>{bench.name}</bdi> is removed.")
    undo = reverse("training:plan_undo", args=[day.mesocycle_id])
    assertRedirects(signed_in.post(undo), day_url, status_code=303)
    assert day.slots.values(*columns).get(exercise=bench) == kept
    assert list(day.slots.values_list("exercise", flat=True)) == order
    assertNotContains(signed_in.get(day_url), "is removed.")
    assertRedirects(signed_in.post(undo), plan_url, status_code=303)  # there is nothing left to put back
    assert day.slots.filter(exercise=bench).count() == 1


def test_a_day_that_was_trained_is_removed_after_a_question_and_can_be_put_back(signed_in, day, bench, plan_url):
    WorkoutFactory(mesocycle=day.mesocycle)
    log_sets(signed_in, day, bench, 10)
    remove = reverse("training:day_remove", args=[day.id])
    asked = signed_in.post(remove)
    assertContains(asked, "You trained it 1 time. Everything that you logged stays", status_code=422)
    assertContains(signed_in.get(remove), "Keep it")
    assert day in day.mesocycle.workouts.of_plan()
    signed_in.post(remove, {"sure": "on"})
    assert day not in day.mesocycle.workouts.of_plan()
    assert Set.objects.count() == 1
    assertContains(signed_in.get(plan_url), f"<bdi>{day.name}</bdi> is removed.")
    signed_in.post(reverse("training:plan_undo", args=[day.mesocycle_id]))
    assert day in day.mesocycle.workouts.of_plan()


def test_the_only_day_stays_and_the_page_says_what_to_do(signed_in, day):
    page = signed_in.post(reverse("training:day_remove", args=[day.id]))
    assertContains(page, "A plan has one day at least", status_code=422)


def test_a_plan_of_ones_own_is_made_empty_and_does_not_run(signed_in, alice):
    url = reverse("training:plan_create")
    assertContains(signed_in.post(url, {"name": "", "duration_weeks": 6}), "Give the plan a name", status_code=422)
    for _ in range(2):  # a double tap
        typed = {"name": "Mine", "duration_weeks": 6, "days": 4, "csrfmiddlewaretoken": "x" * 64}
        answer = signed_in.post(url, typed)
    plan = Mesocycle.objects.get(user=alice)
    assert (plan.status, plan.duration_weeks, plan.workouts.count()) == ("planned", 6, 4)
    assertRedirects(answer, reverse("training:plan_detail", args=[plan.id]), status_code=303)
    edit = reverse("training:plan_edit", args=[plan.id])
    page = signed_in.post(edit, {"name": "", "description": "Typed", "duration_weeks": 4})
    assertContains(page, "Typed", status_code=422)
    signed_in.post(edit, {"name": "Mine too", "description": "For spring", "duration_weeks": 4})
    plan.refresh_from_db()
    assert (plan.name, plan.description, plan.duration_weeks) == ("Mine too", "For spring", 4)


def test_a_running_plan_keeps_its_weeks(signed_in, day):
    signed_in.post(reverse("training:plan_edit", args=[day.mesocycle_id]), {"name": "New name", "duration_weeks": 7})
    day.mesocycle.refresh_from_db()
    assert (day.mesocycle.name, day.mesocycle.duration_weeks) == ("New name", 5)


def test_a_template_becomes_a_plan_to_be_changed(signed_in, alice):
    slot = {"exercise_id": ExerciseFactory().id, "target_sets": 3, "target_reps_min": 8, "target_reps_max": 12}
    config = {"duration_weeks": 5, "days_per_week": 1}
    config["workouts"] = [{"name": "Whole body", "day_of_week": 2, "exercises": [slot]}]
    template = Template.objects.create(name="One day", is_system=True, config=config)
    signed_in.post(reverse("training:template_plan", args=[template.id]))
    plan = Mesocycle.objects.get(user=alice)
    assert plan.status == "planned"
    assertContains(signed_in.get(reverse("training:plan_detail", args=[plan.id])), "Wednesday")


def test_a_plan_that_has_ended_is_history_and_has_no_builder(signed_in, day, plan_url, day_url):
    Mesocycle.objects.update(status="completed")
    assert signed_in.get(plan_url).status_code == 404
    assert signed_in.get(day_url).status_code == 404


def test_it_hides_alices_plan_from_bob(client, bob, day, bench, plan_url, day_url):
    client.force_login(bob)
    assert client.get(plan_url).status_code == 404
    assert client.post(slot_url("slot_edit", day, bench), {"target_sets": 9}).status_code == 404
    assert day.slots.get(exercise=bench).target_sets == 3
