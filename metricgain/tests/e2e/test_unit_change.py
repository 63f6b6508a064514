"""A phone without a signal shows the unit of the page that it saved. What is typed there is in that unit."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import eventually, flushed, log, open_workout, row_of
from metricgain.tests.e2e.saving import CUT
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout
from training.tests.lifting import asked


@pytest.mark.allow_console(CUT)
def test_sets_typed_in_the_unit_of_before_stay_in_it_and_the_rest_is_asked_in_the_new_one(
    page, context, transactional_db
):
    alice, press = User.objects.create_user("alice@example.org", "correct-horse-7"), ExerciseFactory(name="Press")
    workout = planned_workout(alice, press, target_weight=100)
    phone = open_workout(page, reverse("training:workout_detail", args=[workout.id, 1]))
    context.set_offline(True)
    desk = Client()
    desk.force_login(alice)
    desk.post(reverse("users:settings"), {"unit": "lb", "timezone": "UTC"})
    desk.get(reverse("training:today"))
    assert asked(workout, press, 1).unit == "lb"
    expect(row_of(phone, 1).get_by_label("Weight (kg)")).to_have_value("100")
    log(phone, 1, 8, weight="102.5")
    context.set_offline(False)
    eventually(Set.objects.exists)  # the phone waits for its next attempt
    flushed(phone)
    one = Set.objects.get()
    assert (str(one.weight), one.unit) == ("102.50", "kg")
    phone.reload()
    expect(row_of(phone, 1).get_by_label("Weight (kg)")).to_have_value("102.5")
    expect(row_of(phone, 2).get_by_label("Weight (lb)")).to_have_value("220")
