"""Holds on the pages beside the workout: plans, templates, Today, history, records, the dataset."""

import csv
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from analytics.dataset import own_sets
from analytics.mesocycles import summary_of
from exercises.forms import ChoiceForm
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from training.catalogue import sharing
from training.models import Template
from training.own_exercise.picker import swaps_for
from training.session import changes
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter, asked


@pytest.fixture
def plank(db):
    return ExerciseFactory(name="Plank", muscle_group="abs", loading="added", measure="seconds")


@pytest.fixture
def workout(alice, plank):
    return planned_workout(alice, plank, target_reps_min=20, target_reps_max=120)


def test_the_plan_says_seconds_and_takes_a_range_that_no_reps_have(signed_in, workout, plank):
    day = reverse("training:day_detail", args=[workout.id])
    page = signed_in.get(day)
    for words in ("3 × 20–120 s", "Seconds from", "Seconds to"):
        assertContains(page, words)
    assertNotContains(page, "Never closer to failure")
    edit = reverse("training:slot_edit", args=[workout.id, plank.id])
    refused = signed_in.post(edit, {"target_sets": "3", "target_reps_min": "20", "target_reps_max": "700"})
    assertContains(refused, "A range of seconds lies within 5 to 600 seconds.", status_code=422)
    signed_in.post(edit, {"target_sets": "3", "target_reps_min": "30", "target_reps_max": "240"})
    slot = workout.slots.get()
    assert (slot.target_reps_min, slot.target_reps_max) == (30, 240)
    assert asked(workout, plank, 1).seconds == 30


def test_a_template_carries_a_hold_by_value_to_a_lifter_who_has_no_such_exercise(alice, bob):
    own = ExerciseFactory(name="My Plank", muscle_group="abs", measure="seconds", user=alice)
    workout = planned_workout(alice, own, target_reps_min=20, target_reps_max=120)
    config = sharing.config_of(workout.mesocycle)
    template = Template.objects.create(user=alice, name="Mine", config=config)
    shared = sharing.to_shared(template)
    slot = shared["workouts"][0]["exercises"][0]
    assert (slot["measure"], slot["target_reps_max"]) == ("seconds", 120)
    taken = sharing.take_over(bob, sharing.read_shared(json.dumps(shared)))
    assert Exercise.objects.get(user=bob).measure == "seconds"
    assert taken.plan.workouts[0]["exercises"][0]["target_reps_max"] == 120
    assert taken.plan.wrong == ()


def test_the_preview_of_a_template_says_seconds(signed_in, alice, workout, plank):
    template = Template.objects.create(user=alice, name="Mine", config=sharing.config_of(workout.mesocycle))
    assertContains(signed_in.get(reverse("training:template_detail", args=[template.id])), "3 × 20–120 s")


def test_today_says_how_many_seconds_more(signed_in, alice, workout, plank):
    Lifter(alice, alice.today() - timedelta(days=5)).train(workout, 1, 20, 20, 20, weight="0")
    page = signed_in.get(reverse("training:today"))
    assertContains(page, "25 s")
    assertContains(page, "+5 s")
    assertNotContains(page, "RIR, was")


def test_a_swap_to_a_hold_says_what_it_would_ask(alice, workout, plank):
    hold = ExerciseFactory(name="Hollow Hold", muscle_group="abs", loading="added", measure="seconds")
    lifter = Lifter(alice, alice.today() - timedelta(days=5))
    changes.add_exercise(lifter.address(workout, 1), exercise=hold, scope="from_now_on")
    lifter.train(workout, 1, 30, 30, 30, weight="0")
    changes.remove_exercise(lifter.address(workout, 2), exercise_id=hold.id, scope="from_now_on")
    (choice,) = swaps_for(workout, 2, plank, now=timezone.now(), asked=ChoiceForm({})).known
    assert choice.last.endswith(": 30 s")
    assert choice.start == "30 s"


def test_the_history_has_the_longest_hold_and_no_estimate_of_strength(signed_in, alice, workout, plank):
    alice.body_weights.create(date="2026-09-01", kg="80")
    lifter = Lifter(alice)
    lifter.train(workout, 1, 45, 40, 38, weight="0")
    lifter.train(workout, 2, 50, 40, 12, weight="0")
    lifter.train(workout, 3, 30, 30, 30, weight="10")
    page = signed_in.get(reverse("analytics:exercise_history", args=[plank.id]) + "?period=all")
    for words in ("Longest hold with each weight", "Longest hold", "<td>50</td>", "10 kg × 30 s", "50 s, 40 s, 12 s"):
        assertContains(page, words)
    for words in ("Estimated", "Most reps", "body mass</a>"):
        assertNotContains(page, words)
    stronger = signed_in.get(reverse("analytics:stronger") + "?period=all")
    assertContains(stronger, "Longest hold in Plank, s")


def test_a_longer_hold_is_a_record(signed_in, alice, workout, plank):
    lifter = Lifter(alice)
    lifter.train(workout, 1, 45, 40, 38, weight="0")
    lifter.train(workout, 2, 50, 40, 51, weight="0")
    page = signed_in.get(reverse("analytics:records"))
    assertContains(page, "51 s")
    assertContains(page, "more than 45 s")
    done = signed_in.get(reverse("training:workout_detail", args=[workout.id, 2]))
    assertContains(done, "set-row--record", count=2)
    assertContains(done, "+13 s")


def test_targets_are_reached_by_seconds(alice, workout, plank):
    lifter = Lifter(alice)
    lifter.train(workout, 1, 20, 20, 19, weight="0")
    (week, *_) = summary_of(workout.mesocycle).weeks
    assert (week.reached, week.compared) == (2, 3)


def test_the_dataset_has_the_seconds(alice, workout, plank):
    Lifter(alice).train(workout, 1, 45, 40, 38, weight="0")
    header, *rows = csv.reader(b"".join(own_sets(alice)).decode("utf-8-sig").splitlines())
    at = header.index("seconds")
    assert header[at : at + 4] == ["seconds", "asked_seconds", "extends", "asked_superset"]
    assert [row[at : at + 4] for row in rows] == [["45", "20", "", ""], ["40", "20", "", ""], ["38", "20", "", ""]]
    assert {row[header.index("reps")] for row in rows} == {"1"}
