"""A plan's bounds hold wherever it comes from: typed, imported, written by a curator, or stored by an older version."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.bounds import REPS, SECONDS
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.catalogue.sharing import config_of, to_shared
from training.models import Mesocycle, Template, WorkoutExercise
from training.models.bounds import BOUNDS, RIR, SETS, WEEKS
from training.models.template_plan import read_plan
from training.plan.from_template import suggest_template
from training.progression import CONFIG
from training.tests.factories import planned_workout
from training.tests.lifting import asked


@pytest.fixture
def press(db):
    return ExerciseFactory(name="Press")


@pytest.fixture
def desk(client, alice):
    alice.is_staff = alice.is_superuser = True
    alice.save()
    client.force_login(alice)
    return client


def config(exercise, **slot) -> dict:
    slot = {"exercise_id": exercise.id, "target_sets": 3} | slot
    workouts = [{"name": "Day", "day_of_week": 0, "exercises": [slot]}]
    return {"duration_weeks": 5, "days_per_week": 1, "workouts": workouts}


def stored(exercise, **slot) -> Template:
    """Stores what plain SQL or the version before may have left."""
    return Template.objects.create(name="Stored", is_system=True, config=config(exercise, **slot))


def start(client, template):
    said = {"name": "Mine", "duration_weeks": "4", "any_day": "on", "start_date": timezone.now().date()}
    return client.post(reverse("training:mesocycle_start", args=[template.id]), said)


def detail(client, template):
    return client.get(reverse("training:template_detail", args=[template.id]))


def shared_with(press, **slot) -> str:
    shared = to_shared(stored(press))
    shared["workouts"][0]["exercises"][0] |= slot
    return json.dumps(shared)


def edit(client, slot, **said):
    """Posts the builder's form as its page sends it, with the values in `said` instead of those shown."""
    url = reverse("training:day_detail", args=[slot.workout_id])
    [form] = client.get(url).context["slot_forms"]
    shown = {field.name: field.value() for field in form if field.value() is not None}
    return client.post(reverse("training:slot_edit", args=[slot.workout_id, slot.exercise_id]), shown | said)


def numbers(slot) -> tuple:
    slot.refresh_from_db()
    return slot.target_sets, slot.target_reps_min, slot.target_reps_max, slot.target_rir


# -- typed ----------------------------------------------------------------------------------------------


def test_many_reps_are_taken_and_the_row_says_how_many_are_asked(signed_in, alice, press):
    slot = planned_workout(alice, press).slots.get()
    assert edit(signed_in, slot, target_reps_min="35", target_reps_max="100").status_code == 303
    assert numbers(slot) == (3, 35, 100, None)
    row = asked(slot.workout, press, 1)
    assert (row.reps_lo, row.reps) == (30, 30)
    page = signed_in.get(reverse("training:day_detail", args=[slot.workout_id]))
    assertContains(page, "The plan says 35–100 reps; MetricGain asks for 30 at most.")
    assertContains(page, "3 × 30<")


def test_a_range_that_is_asked_as_it_stands_needs_no_word(signed_in, alice, press):
    day = planned_workout(alice, press)
    assertNotContains(signed_in.get(reverse("training:day_detail", args=[day.id])), "at most")


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"target_reps_max": "101"}, "target_reps_max", "A rep range lies within 1 to 100 reps."),
        ({"target_reps_min": "0"}, "target_reps_min", "A rep range lies within 1 to 100 reps."),
        (
            {"target_reps_min": "8.5"},
            "target_reps_min",
            "Type a whole number. A rep range lies within 1 to 100 reps.",
        ),
        ({"target_rir": "6"}, "target_rir", "A plan keeps 0 to 5 reps in reserve."),
        ({"target_sets": "0"}, "target_sets", "An exercise has 1 to 15 sets. To leave it out, remove it."),
        ({"target_sets": "16"}, "target_sets", "An exercise has 1 to 15 sets."),
        ({"target_reps_min": "12", "target_reps_max": "8"}, "target_reps_max", "A rep range has its lower end first."),
        ({"target_reps_min": ""}, "target_reps_min", "A rep range has both ends, or neither."),
    ],
)
def test_what_is_outside_is_refused_in_our_words_and_once(signed_in, alice, press, said, field, words):
    slot = planned_workout(alice, press).slots.get()
    before = numbers(slot)
    page = edit(signed_in, slot, **said)
    [form] = page.context["slot_forms"]
    assert (page.status_code, form.errors) == (422, {field: [words]})
    assert numbers(slot) == before


@pytest.mark.parametrize("name", ["plan_create", "plan_edit", "mesocycle_start"])
def test_weeks_are_refused_in_our_words(signed_in, alice, press, name):
    day = planned_workout(alice, press)
    Mesocycle.objects.update(status="planned")
    args = {"plan_create": [], "plan_edit": [day.mesocycle_id], "mesocycle_start": [stored(press).id]}[name]
    page = signed_in.post(reverse(f"training:{name}", args=args), {"name": "Mine", "duration_weeks": "8"})
    assertContains(page, "A mesocycle has 3 to 7 weeks.", status_code=422)


def test_settings_say_their_bounds_in_our_words(signed_in, press):
    url = reverse("training:exercise_settings", args=[press.id])
    page = signed_in.post(url, {"unit": "kg", "rep_min": "8", "rep_max": "31", "rir_floor": "6"})
    assert page.context["form"].errors == {
        "rep_max": ["The range of an exercise lies within 1 to 30 reps."],
        "rir_floor": ["A plan keeps 0 to 5 reps in reserve."],
    }


# -- a row of a version before --------------------------------------------------------------------------


def test_a_row_outside_is_brought_inside_and_its_form_keeps_what_it_says(signed_in, alice, press):
    slot = planned_workout(alice, press, target_reps_min=35, target_reps_max=50, target_rir=8).slots.get()
    page = signed_in.get(reverse("training:day_detail", args=[slot.workout_id]))
    assertContains(page, "It says 8 reps in reserve; 5 are planned. A plan keeps 0 to 5 reps in reserve.")
    assertContains(page, '<option value="5" selected>')
    assert edit(signed_in, slot, target_sets="4").status_code == 303  # the sets alone
    assert numbers(slot) == (4, 35, 50, 5)


def test_half_a_range_of_a_row_does_not_keep_its_sets_from_being_changed(signed_in, alice, press):
    slot = planned_workout(alice, press, target_reps_min=8, target_reps_max=None).slots.get()
    page = signed_in.get(reverse("training:day_detail", args=[slot.workout_id]))
    assertContains(page, "Its reps are left out. A rep range has both ends, or neither.")
    assert edit(signed_in, slot, target_sets="4").status_code == 303
    assert numbers(slot) == (4, None, None, None)


def test_what_is_copied_from_such_a_row_is_inside(alice, press):
    day = planned_workout(alice, press, target_rir=8)
    [workout] = config_of(day.mesocycle)["workouts"]
    assert workout["exercises"][0]["target_rir"] == 5


# -- imported -------------------------------------------------------------------------------------------


def test_an_import_outside_is_refused_in_a_sentence_and_kept_as_typed(signed_in, press):
    text = shared_with(press, target_reps_min=35, target_reps_max=50, target_rir=8)
    page = signed_in.post(reverse("training:template_import"), {"text": text})
    assertContains(page, "Workout 1, exercise 1: A plan keeps 0 to 5 reps in reserve.", status_code=422)
    assert page.context["form"]["text"].value() == text
    assert Template.objects.count() == 1


def test_an_import_of_many_reps_is_previewed_started_and_changed_as_it_is_asked(signed_in, press):
    text = shared_with(press, target_reps_min=35, target_reps_max=50, target_rir=5)
    signed_in.post(reverse("training:template_import"), {"text": text})
    template = Template.objects.get(is_system=False)
    page = detail(signed_in, template)
    assertContains(page, "The plan says 35–50 reps; MetricGain asks for 30 at most.")
    assertContains(page, "3 × 30<")
    assert start(signed_in, template).status_code == 303
    slot = WorkoutExercise.objects.get()
    row = asked(slot.workout, press, 1)
    assert (row.reps_lo, row.reps, row.rir) == (30, 30, 5)
    assert edit(signed_in, slot, target_sets="4").status_code == 303  # the sets alone
    assert numbers(slot) == (4, 35, 50, 5)


# -- written by a curator -------------------------------------------------------------------------------

OUTSIDE = [
    ({"target_sets": 40}, (15, None, None, None), "An exercise has 1 to 15 sets.", "It says 40 sets; 15"),
    ({"target_rir": 99}, (3, None, None, 5), "A plan keeps 0 to 5 reps in reserve.", "It says 99 reps in reserve; 5"),
    ({"target_rir": 8}, (3, None, None, 5), "A plan keeps 0 to 5 reps in reserve.", "It says 8 reps in reserve; 5"),
    ({"target_rir": -1}, (3, None, None, 0), "A plan keeps 0 to 5 reps in reserve.", "It says -1 reps in reserve; 0"),
    ({"target_sets": True}, None, "An exercise has 1 to 15 sets.", "left out"),
    (
        {"target_reps_min": 12, "target_reps_max": 8},
        (3, 8, 12, None),
        "A rep range has its lower end first.",
        "It says 12–8 reps; 8–12",
    ),
    ({"target_reps_min": 12}, (3, None, None, None), "A rep range has both ends, or neither.", "left out"),
    (
        {"target_reps_min": 8, "target_reps_max": 400},
        (3, 8, 100, None),
        "A rep range lies within 1 to 100 reps.",
        "It says 400 reps; 100",
    ),
]


@pytest.mark.parametrize(("slot", "became", "refusal", "words"), OUTSIDE)
def test_a_curator_is_told_and_what_is_stored_already_starts_brought_inside(desk, press, slot, became, refusal, words):
    form = {"name": "New", "is_system": "on", "config": json.dumps(config(press, **slot))}
    assertContains(desk.post(reverse("admin:training_template_add"), form), f"Workout 1, exercise 1: {refusal}")
    assert not Template.objects.exists()
    template = stored(press, **slot)
    assertContains(detail(desk, template), words)
    assert start(desk, template).status_code == 303
    row = WorkoutExercise.objects.get()
    assert became is None or numbers(row) == became
    assert row.workout.prescriptions.exists()


@pytest.mark.parametrize("slot", [slot for slot, *_ in OUTSIDE])
def test_it_becomes_a_plan_and_a_copy_brought_inside_too(signed_in, press, slot):
    template = stored(press, **slot)
    assert signed_in.post(reverse("training:template_plan", args=[template.id])).status_code == 303
    template.share()
    url = reverse("training:template_shared", args=[template.share_token])
    assertContains(signed_in.get(url), template.plan.wrong[0].refusal)
    assert signed_in.post(url).status_code == 303
    copy = Template.objects.get(is_system=False)
    assert read_plan(copy.config).wrong == ()


def test_a_curator_who_edits_what_is_outside_is_shown_what_it_becomes(desk, press):
    template = stored(press, target_sets=40)
    url = reverse("admin:training_template_change", args=[template.id])
    page = desk.get(url)
    assertContains(page, "Workout 1, exercise 1: An exercise has 1 to 15 sets.")
    shown = page.context["adminform"].form
    said = {"name": "Renamed", "is_system": "on", "times_used": 0, "config": shown["config"].value()}
    assert desk.post(url, said).status_code == 302
    template.refresh_from_db()
    assert (template.name, template.config) == ("Renamed", config(press, target_sets=15))


def twice(plan):
    plan["workouts"][0]["exercises"] *= 2


def named(name):
    return lambda plan: plan["workouts"][0].update(name=name)


ODD = {
    "no object": (lambda plan: plan.clear(), "A week has 1 to 7 workouts."),
    "no workouts": (lambda plan: plan.update(workouts=[]), "A week has 1 to 7 workouts."),
    "workouts in words": (lambda plan: plan.update(workouts="none"), "A week has 1 to 7 workouts."),
    "eight workouts": (lambda plan: plan.update(workouts=plan["workouts"] * 8), "A week has 1 to 7 workouts."),
    "another count": (lambda plan: plan.update(days_per_week=3), "days_per_week is the number of workouts."),
    "weeks beyond": (lambda plan: plan.update(duration_weeks=9), "A mesocycle has 3 to 7 weeks."),
    "weeks in words": (lambda plan: plan.update(duration_weeks="five"), "A mesocycle has 3 to 7 weeks."),
    "a workout that is a number": (lambda plan: plan["workouts"].append(1), "Workout 2 is not written as a workout."),
    "no name": (named(""), "Workout 1: its name should be 1 to 255 plain characters."),
    "a long name": (named("x" * 256), "Workout 1: its name should be 1 to 255 plain characters."),
    "a day beyond": (
        lambda plan: plan["workouts"][0].update(day_of_week=7),
        "Workout 1: day_of_week is 0 (Monday) to 6 (Sunday), or null.",
    ),
    "no exercises": (lambda plan: plan["workouts"][0].pop("exercises"), "A workout has 1 to 30 exercises."),
    "an exercise that is a word": (
        lambda plan: plan["workouts"][0]["exercises"].append("Press"),
        "Workout 1, exercise 2: It is not written as an exercise.",
    ),
    "an exercise twice": (twice, "Workout 1, exercise 2: It stands there already."),
    "a weight beyond": (
        lambda plan: plan["workouts"][0]["exercises"][0].update(target_weight=10000),
        "Workout 1, exercise 1: A weight is a number from 0 to 9999.99.",
    ),
    "a weight in words": (
        lambda plan: plan["workouts"][0]["exercises"][0].update(target_weight="heavy"),
        "Workout 1, exercise 1: A weight is a number from 0 to 9999.99.",
    ),
}


@pytest.mark.parametrize(("change", "words"), ODD.values(), ids=ODD.keys())
def test_an_odd_template_is_refused_to_a_curator_and_never_a_broken_page(desk, press, change, words):
    plan = config(press)
    change(plan)
    form = {"name": "New", "is_system": "on", "config": json.dumps(plan)}
    answer = desk.post(reverse("admin:training_template_add"), form)
    assert answer.status_code == 200
    if plan:  # an empty one is refused by Django: the field is required
        assertContains(answer, words)
    template = Template.objects.create(name="Stored", is_system=True, config=plan)
    assertContains(detail(desk, template), words.removeprefix("Workout 1, exercise 1: "))
    assert desk.get(reverse("training:template_download", args=[template.id])).status_code == 200
    for name in ("training:template_list", "admin:training_template_changelist"):
        assertContains(desk.get(reverse(name)), "Stored")
    suggest_template([template], days=7, experience=None)
    is_a_plan = bool(template.plan.workouts)
    assert start(desk, template).status_code == (303 if is_a_plan else 422)
    assert desk.post(reverse("training:template_plan", args=[template.id])).status_code == 303
    assert Mesocycle.objects.count() == (2 if is_a_plan else 0)


# -- the numbers ----------------------------------------------------------------------------------------


def test_the_bounds_are_those_of_the_engine_and_of_the_database():
    assert (SETS.least, SETS.most) == (1, CONFIG.most_sets)
    assert (RIR.least, RIR.most) == (0, CONFIG.most_rir)
    assert (WEEKS.least, WEEKS.most) == (3, 7)
    assert (BOUNDS["reps"].least, BOUNDS["reps"].most, BOUNDS["reps"].asked) == (1, 100, CONFIG.most_reps)
    assert (REPS.least, REPS.most) == (1, CONFIG.most_reps)
    assert (SECONDS.least, SECONDS.most) == (CONFIG.hold_step, CONFIG.most_seconds)


def test_a_plan_inside_is_read_as_it_stands(press):
    plan = config(press, target_reps_min=8, target_reps_max=12, target_rir=1, target_weight=62.5, other="kept")
    read = read_plan(plan)
    assert (read.config, read.wrong) == (plan, ())
    assert Exercise.objects.count() == 1


def test_what_became_of_a_number_is_said_at_its_own_row():
    read = read_plan(
        {
            "duration_weeks": 5,
            "workouts": [
                None,
                {"name": "A", "exercises": [{"exercise_id": 1, "target_sets": 0}]},
                {"name": "B", "exercises": [{"exercise_id": 1, "target_sets": 3}]},
            ],
        }
    )
    assert [workout["name"] for workout in read.workouts] == ["A", "B"]
    assert read.said_of(1, 1)[0].startswith("It says 0 sets; 1 is planned.")
    assert read.said_of(2, 1) == []


def test_who_may_only_look_sees_what_is_outside_too(client, press):
    template = stored(press, target_sets=40)
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_template"))
    client.force_login(looker)
    assert client.get(reverse("admin:training_template_change", args=[template.id])).status_code == 200
