"""Templates: narrowed, previewed, started with swaps, saved from a mesocycle, deleted."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.catalogue.preview import swapped
from training.models import Mesocycle, Template, WorkoutExercise
from training.plan.from_template import suggest_template
from training.tests.factories import WorkoutFactory, planned_workout


def template_of(*days, user=None, **columns) -> Template:
    """Makes a template with one workout for each list of exercises, 3 sets of each."""
    workouts = [
        {
            "name": f"Day {n}",
            "day_of_week": n,
            "exercises": [{"exercise_id": e.id, "target_sets": 3} for e in exercises],
        }
        for n, exercises in enumerate(days)
    ]
    config = {"duration_weeks": 5, "days_per_week": len(days), "workouts": workouts}
    return Template.objects.create(user=user, is_system=user is None, config=config, **columns)


@pytest.fixture
def bench(db):
    return ExerciseFactory(name="Barbell Bench Press", equipment="barbell", mechanic="compound")


@pytest.fixture
def dumbbells(db):
    """Makes dumbbell exercises for the chest."""
    return [
        ExerciseFactory(name="Dumbbell Fly", equipment="dumbbell", mechanic="isolation"),
        ExerciseFactory(name="Dumbbell Bench Press", equipment="dumbbell", mechanic="compound"),
    ]


@pytest.fixture
def template(bench):
    return template_of([bench], name="Bench day", tags=["chest focus"])


def names(answer) -> list[str]:
    return [template.name for template in answer.context["page"]]


LIST = "training:template_list"


def test_the_list_narrows_by_days_goal_equipment_and_owner(signed_in, alice, bench, dumbbells, template):
    template_of([dumbbells[0]], [dumbbells[1]], name="Home", tags=["full body"])
    template_of([ExerciseFactory(equipment="bodyweight")], name="Park", user=alice)
    asked = {
        "": ["Bench day", "Home", "Park"],
        "?days=2": ["Home"],
        "?goal=chest+focus": ["Bench day"],
        "?place=home": ["Home", "Park"],
        "?place=body": ["Park"],
        "?mine=on": ["Park"],
        "?days=2&goal=chest+focus": [],
        "?days=many&goal=%00&place=moon": ["Bench day", "Home", "Park"],
    }
    assert {query: names(signed_in.get(reverse(LIST) + query)) for query in asked} == asked
    assertContains(signed_in.get(reverse(LIST) + "?days=7"), "No template matches")


def test_the_most_used_come_first_and_say_how_often(signed_in, bench, template):
    template_of([bench], name="Another", times_used=4)
    answer = signed_in.get(reverse(LIST))
    assert names(answer) == ["Another", "Bench day"]
    assertContains(answer, "used 4 times")


def test_the_pages_cost_as_many_queries_however_much_there_is(signed_in, bench, dumbbells, template):
    detail = reverse("training:template_detail", args=[template.id]) + "?have=dumbbell"
    with assertNumQueries(4):
        signed_in.get(reverse(LIST))
    with assertNumQueries(6):
        signed_in.get(detail)
    more = [ExerciseFactory(equipment="barbell") for _ in range(5)]
    template.config = template_of(more, more, [bench], name="Large").config
    template.save()
    with assertNumQueries(4):
        signed_in.get(reverse(LIST))
    with assertNumQueries(6):
        signed_in.get(detail)


def test_the_preview_sets_weekly_sets_against_landmarks(signed_in, template, bench):
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]))
    rows = {row.muscle: (row.sets, row.words) for row in answer.context["preview"].muscles}
    assert rows["chest"] == (3, "is kept")
    assert rows["back"] == (0, "none")
    template.config["workouts"][0]["exercises"][0]["target_sets"] = 15
    template.config["workouts"].append(template.config["workouts"][0])
    template.save()
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]))
    assertContains(answer, "over MRV")


def test_for_what_one_lacks_the_nearest_of_the_muscle_is_offered(signed_in, template, bench, dumbbells):
    ExerciseFactory(name="Dumbbell Row", equipment="dumbbell", muscle_group="back")
    ExerciseFactory(name="Machine Press", equipment="machine")
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]), {"have": ["dumbbell", "cable"]})
    [lacking] = answer.context["preview"].lacking
    assert (lacking.exercise, [one.name for one in lacking.options]) == (
        bench,
        ["Dumbbell Bench Press", "Dumbbell Fly"],
    )
    assertContains(answer, "Instead of Barbell Bench Press")
    answer = signed_in.get(reverse("training:template_detail", args=[template.id]), {"have": ["barbell"]})
    assertContains(answer, "Nothing to swap")


FORM = {"name": "Home", "duration_weeks": "4", "any_day": "on", "have": ["dumbbell"]}


def start(signed_in, template, **said):
    url = reverse("training:mesocycle_start", args=[template.id])
    return signed_in.post(url, FORM | {"start_date": timezone.now().date()} | said)


def test_it_starts_with_the_swap_and_the_template_stays(signed_in, template, bench, dumbbells):
    swap = {f"swap-{bench.id}": dumbbells[1].id}
    assertRedirects(start(signed_in, template, **swap), reverse("training:today"), status_code=303)
    assert WorkoutExercise.objects.get().exercise == dumbbells[1]
    template.refresh_from_db()
    assert template.config["workouts"][0]["exercises"][0]["exercise_id"] == bench.id
    assert template.times_used == 1


def test_what_is_to_be_kept_is_kept(signed_in, template, bench, dumbbells):
    start(signed_in, template, **{f"swap-{bench.id}": "keep"})
    assert WorkoutExercise.objects.get().exercise == bench


def test_a_swap_that_was_not_offered_starts_nothing(signed_in, template, bench, dumbbells):
    other = ExerciseFactory(muscle_group="back", equipment="dumbbell")
    answer = start(signed_in, template, **{f"swap-{bench.id}": other.id, "name": "My name"})
    assertContains(answer, "Choose one of the exercises offered", status_code=422)
    assertContains(answer, 'value="My name"', status_code=422)
    assert not Mesocycle.objects.exists()


def test_an_exercise_swapped_in_is_not_there_twice():
    slots = [{"exercise_id": 1, "target_sets": 3}, {"exercise_id": 2, "target_sets": 2}]
    config = {"duration_weeks": 5, "workouts": [{"name": "A", "exercises": slots}]}
    [workout] = swapped(config, {1: 2})["workouts"]
    assert workout["exercises"] == [{"exercise_id": 2, "target_sets": 3}]
    assert config["workouts"][0]["exercises"] == slots


def test_a_template_with_a_focus_is_not_suggested_before_one_for_everything(bench):
    everything = template_of([bench], name="Z", tags=["intermediate"])
    for tag in ("arms focus", "bodyweight"):
        template_of([bench], name="A", tags=["beginner", tag], times_used=9)
    assert suggest_template(Template.objects.all(), days=3, experience="beginner") == everything


# -- one's own --------------------------------------------------------------------------------------


def test_an_archived_exercise_of_a_template_is_said_to_be_left_out(signed_in, alice):
    fly = ExerciseFactory(user=alice, name="My fly", muscle_group="chest")
    workout = planned_workout(alice, fly, ExerciseFactory(name="Row", muscle_group="back"), target_sets=3)
    signed_in.post(reverse("training:template_save", args=[workout.mesocycle_id]), {"name": "Mine"})
    page = reverse("training:template_detail", args=[Template.objects.get().id])
    assertNotContains(signed_in.get(page), "It is archived")
    fly.archive()
    answer = signed_in.get(page)
    assertContains(answer, "It is archived, so a mesocycle starts without it.", count=1)
    assert {one.muscle: one.sets for one in answer.context["preview"].muscles if one.sets} == {"back": 3}


def test_a_template_leaves_out_days_without_an_exercise_so_that_its_file_can_be_read(signed_in, alice):
    workout = planned_workout(alice)
    WorkoutFactory(mesocycle=workout.mesocycle, name="Empty")
    signed_in.post(reverse("training:template_save", args=[workout.mesocycle_id]), {"name": "Mine"})
    template = Template.objects.get()
    assert [plan["name"] for plan in template.config["workouts"]] == [workout.name]
    text = signed_in.get(reverse("training:template_download", args=[template.id])).content.decode()
    assert signed_in.post(reverse("training:template_import"), {"text": text}).status_code == 303


def test_a_mesocycle_is_saved_as_a_template_and_starts_again(signed_in, alice):
    workout = planned_workout(alice, target_sets=4, target_weight=80)
    url = reverse("training:template_save", args=[workout.mesocycle_id])
    assertContains(signed_in.get(url), f'value="{workout.mesocycle.name}"')
    answer = signed_in.post(url, {"name": "Mine", "description": "For winter"})
    template = Template.objects.get()
    assertRedirects(answer, reverse("training:template_detail", args=[template.id]), status_code=303)
    assert (template.user, template.name, template.description, template.is_system) == (
        alice,
        "Mine",
        "For winter",
        False,
    )
    [plan] = template.config["workouts"]
    slot = {"exercise_id": workout.slots.get().exercise_id, "target_sets": 4, "target_reps_min": 8}
    assert plan["exercises"] == [slot | {"target_reps_max": 12}]
    workout.mesocycle.finish(at=timezone.now())
    start(signed_in, template, have=[])
    again = Mesocycle.objects.active().get()
    assert again.workouts.get().slots.get().target_sets == 4


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("name", "", "Give the template a name"), ("description", "x" * 2001, "At most 2,000 characters")],
)
def test_a_template_refused_comes_back_with_what_was_typed(signed_in, workout, field, typed, words):
    said = {"name": "Mine", "description": "Words"} | {field: typed}
    answer = signed_in.post(reverse("training:template_save", args=[workout.mesocycle_id]), said)
    assertContains(answer, words, status_code=422)
    assert {name: answer.context["form"][name].value() for name in said} == said
    assert not Template.objects.exists()


def test_training_without_a_plan_is_no_template(signed_in, workout):
    workout.only_week = 1
    workout.save()
    assert signed_in.get(reverse("training:template_save", args=[workout.mesocycle_id])).status_code == 404


def test_deleting_it_keeps_what_was_started_from_it(signed_in, alice, bench):
    template = template_of([bench], name="Mine", user=alice)
    start(signed_in, template, have=[])
    assertRedirects(
        signed_in.post(reverse("training:template_delete", args=[template.id])), reverse(LIST), status_code=303
    )
    assert not Template.objects.exists()
    assert Mesocycle.objects.active().exists()


def test_a_template_of_everybody_is_nobodys_to_delete_or_share(signed_in, template):
    for name in ("template_delete", "template_share", "template_unshare"):
        assert signed_in.post(reverse(f"training:{name}", args=[template.id])).status_code == 404
    assertNotContains(signed_in.get(reverse("training:template_detail", args=[template.id])), "Make a link")


# What the lifter has, remembered


def test_what_one_has_is_remembered_for_every_template(signed_in, alice, bench, dumbbells, template):
    detail = reverse("training:template_detail", args=[template.id])
    keep = reverse("training:template_equipment", args=[template.id])
    assertRedirects(signed_in.post(keep, {"have": ["dumbbell"]}), detail, status_code=303)
    alice.refresh_from_db()
    assert alice.equipment == ["dumbbell"]
    other = template_of([bench], name="Another bench day")
    for one in (template, other):
        page = signed_in.get(reverse("training:template_detail", args=[one.id]))
        assertContains(page, "Instead of Barbell Bench Press")
    signed_in.post(keep)  # nothing ticked: all of it
    assertNotContains(signed_in.get(detail), "Instead of Barbell Bench Press")


def test_what_is_no_equipment_is_not_remembered_and_what_was_kept_wrongly_counts_as_not_said(
    signed_in, alice, template
):
    keep = reverse("training:template_equipment", args=[template.id])
    assert signed_in.post(keep, {"have": ["evil"]}).status_code == 303
    alice.refresh_from_db()
    assert alice.equipment == []
    for said in ("x", 3, [1, "evil"], {"a": 1}):
        alice.preferences = {"equipment": said}
        alice.save()
        assert signed_in.get(reverse("training:template_detail", args=[template.id])).status_code == 200


def test_what_one_has_is_ones_own(client, alice, bob, template):
    client.force_login(bob)
    client.post(reverse("training:template_equipment", args=[template.id]), {"have": ["dumbbell"]})
    alice.refresh_from_db()
    assert alice.equipment == []
    hers = template_of([ExerciseFactory()], name="Hers", user=alice)
    assert client.post(reverse("training:template_equipment", args=[hers.id])).status_code == 404
