"""Another unit, chosen while a plan runs, holds from the next session on; what has begun and what was typed stay."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.units import converted
from metricgain.users.models import User
from training.models import Prescription, Set
from training.session.tests.test_workout_finish import finish, log_sets
from training.tests.factories import planned_workout
from training.tests.lifting import asked

D = Decimal


@pytest.fixture
def curl(db):
    return ExerciseFactory(name="Curl", muscle_group="bis", equipment="dumbbell")


@pytest.fixture
def pulldown(db):
    return ExerciseFactory(name="Pulldown", muscle_group="back", equipment="cable")


@pytest.fixture
def workout(alice, curl, pulldown):
    return planned_workout(alice, curl, pulldown)


@pytest.fixture
def choose(signed_in):
    """Chooses the unit of the account, and returns the page that follows."""

    def post(unit):
        said = {"unit": unit, "timezone": "UTC"}
        return signed_in.post(reverse("users:settings"), said, follow=True)

    return post


@pytest.fixture
def look(signed_in, workout):
    """Opens a session, as a lifter does before it."""

    def get(week):
        return signed_in.get(reverse("training:workout_detail", args=[workout.id, week]))

    return get


@pytest.fixture
def trained(signed_in, workout, curl, pulldown):
    """Trains week 1 in kilograms."""
    log_sets(signed_in, workout, curl, 10, 10, 10, weight="26")
    log_sets(signed_in, workout, pulldown, 10, 10, 10, weight="20")
    finish(signed_in, workout)
    return workout


def told(workout, week):
    return [
        (row.weight, row.unit)
        for row in workout.prescriptions.current().filter(week_number=week).order_by("position", "id")
    ]


def test_the_next_session_asks_in_the_new_unit_on_its_grid(trained, choose, look, curl):
    before = asked(trained, curl, 2)
    assertContains(choose("lb"), "From the next session on, weights are asked in lb.")
    assertContains(look(2), "Weight (lb)")
    assert told(trained, 2) == [(D(55), "lb"), (D(40), "lb")]
    now = asked(trained, curl, 2)
    assert (before.weight, before.unit, now.grid.unit, now.grid.is_on(now.weight)) == (D(26), "kg", "lb", True)
    assert now.reps == before.reps + 1  # 55 lb are 4 % less than 26 kg
    assert not Prescription.objects.filter(workout=trained, week_number=1, unit="lb").exists()


def test_today_asks_in_it_too_and_a_second_look_writes_nothing(signed_in, trained, choose):
    choose("lb")
    page = signed_in.get(reverse("training:today"))
    assertContains(page, "55 lb")
    assertNotContains(page, " kg")
    rows = Prescription.objects.count()
    assertContains(signed_in.get(reverse("training:today")), "55 lb")
    assert Prescription.objects.count() == rows


def test_there_and_back_asks_what_was_asked(signed_in, trained, choose, look):
    look(2)
    before = told(trained, 2)
    for unit in ("lb", "kg"):
        choose(unit)
        look(2)
    assert told(trained, 2) == before


def test_a_week_in_pounds_between_two_in_kilograms(signed_in, trained, choose, look, curl, pulldown):
    choose("lb")
    look(2)
    log_sets(signed_in, trained, curl, 11, 11, 11, week=2, weight="55", unit="lb")
    log_sets(signed_in, trained, pulldown, 10, 10, 10, week=2, weight="45", unit="lb")
    finish(signed_in, trained, week=2)
    assert {unit for _, unit in told(trained, 3)} == {"lb"}
    choose("kg")
    look(3)
    assert told(trained, 3) == [(D(24), "kg"), (D(20), "kg")]


def test_a_session_that_has_begun_keeps_its_unit(signed_in, trained, choose, look, curl, pulldown):
    log_sets(signed_in, trained, curl, 10, week=2, weight="26")
    before, kilograms = Prescription.objects.count(), told(trained, 2)
    choose("lb")
    look(2)
    assert told(trained, 2) == kilograms
    soreness = reverse("training:soreness_rate", args=[trained.id, 2, "back"])
    signed_in.post(soreness, {"soreness_level": "3"})  # prescribes the muscle that has not begun anew
    assert {unit for _, unit in told(trained, 2)} == {"kg"}
    assert Prescription.objects.count() > before
    log_sets(signed_in, trained, pulldown, 8, week=2, weight="20")
    finish(signed_in, trained, week=2)
    assert {unit for _, unit in told(trained, 3)} == {"lb"}


def test_a_saved_page_of_before_is_stored_as_typed(signed_in, trained, choose, look, curl, pulldown):
    """A phone without a signal shows the page that it saved, and sends the unit on it with each set."""
    shown = asked(trained, curl, 2)
    choose("lb")
    look(2)
    log_sets(signed_in, trained, curl, 10, 10, 10, week=2, weight="26", unit=shown.unit)
    done = Set.objects.filter(workout_log__week_number=2)
    assert {(one.weight, one.unit) for one in done} == {(D(26), "kg")}
    assertContains(look(2), 'value="26"')
    finish(signed_in, trained, week=2)
    assert told(trained, 3)[0] == (D(55), "lb")


def test_what_the_plan_starts_with_is_asked_in_the_new_unit(signed_in, alice, choose, curl):
    plan = planned_workout(alice, curl, target_weight=D(20))
    slot = plan.slots.get()
    choose("lb")
    signed_in.get(reverse("training:workout_detail", args=[plan.id, 1]))
    assert told(plan, 1) == [(D(45), "lb")]
    day = reverse("training:day_detail", args=[plan.id])
    assertContains(signed_in.get(day), "from 45 lb")
    edit = reverse("training:slot_edit", args=[plan.id, curl.id])
    signed_in.post(edit, {"target_sets": "3", "target_weight": "22", "unit": "kg"})  # a page that was open before
    slot.refresh_from_db()
    assert (slot.target_weight, slot.unit) == (D(22), "kg")
    assert told(plan, 1) == [(D(50), "lb")]
    signed_in.post(edit, {"target_sets": "3", "target_weight": "40"})  # a page of the version before has no unit
    assert told(plan, 1) == [(D(40), "lb")]


# The settings of one exercise


def test_the_unit_of_one_exercise_counts_in_the_plan_that_runs(signed_in, trained, curl):
    url = reverse("training:exercise_settings", args=[curl.id])
    page = signed_in.post(url, {"unit": "lb"}, follow=True)
    assertContains(page, "From the next session on, weights are asked in lb.")
    assert told(trained, 2) == [(D(55), "lb"), (D(20), "kg")]


def test_a_grid_of_ones_own_keeps_its_unit(signed_in, trained, choose, look, curl):
    signed_in.post(reverse("training:exercise_settings", args=[curl.id]), {"unit": "kg", "increment": "2"})
    choose("lb")
    look(2)
    assert [unit for _, unit in told(trained, 2)] == ["kg", "lb"]


def test_a_note_alone_keeps_no_unit(signed_in, trained, choose, look, alice, curl):
    signed_in.post(reverse("training:exercise_settings", args=[curl.id]), {"unit": "kg", "note": "Seat on 4."})
    assert ExerciseSettings.objects.get(user=alice).unit is None
    choose("lb")
    look(2)
    assert {unit for _, unit in told(trained, 2)} == {"lb"}


def test_pounds_by_two_give_44_for_20_kilograms(signed_in, trained, pulldown):
    url = reverse("training:exercise_settings", args=[pulldown.id])
    signed_in.post(url, {"unit": "lb", "increment": "2"})
    assert asked(trained, pulldown, 2).weight == 44


# What the lifter put into a session


@pytest.mark.parametrize("scope", ["today", "from_now_on"])
def test_what_was_swapped_in_or_added_follows(signed_in, trained, choose, look, curl, pulldown, scope):
    row, fly = ExerciseFactory(name="Row", muscle_group="back"), ExerciseFactory(name="Fly")
    for exercise in (row, fly):
        trained_before(trained, exercise)
    swap = reverse("training:exercise_swap", args=[trained.id, 2, pulldown.id])
    signed_in.post(swap, {"exercise": row.id, "scope": scope})
    signed_in.post(reverse("training:exercise_add", args=[trained.id, 2]), {"exercise": fly.id, "scope": scope})
    first = asked(trained, row, 2)
    assert {row.unit for row in trained.prescriptions.current().filter(week_number=2)} == {"kg"}
    choose("lb")
    look(2)
    rows = trained.prescriptions.current().filter(week_number=2)
    assert {one.unit for one in rows} == {"lb"}
    assert all(one.weight is None or one.grid.is_on(one.weight) for one in rows)
    then = asked(trained, row, 2)
    assert then.position == first.position
    if scope == "today":  # the engine plans anew what is in the plan
        assert then.sentences == first.sentences
        assert then.inputs["instead_of"] == pulldown.id
    assert abs(then.weight - converted(first.weight, of="kg", to="lb")) <= D("2.5")
    count = Prescription.objects.count()
    look(2)
    assert Prescription.objects.count() == count


def test_a_swap_of_a_week_that_changes_its_unit_is_in_the_new_one(signed_in, trained, choose, look, pulldown):
    row = ExerciseFactory(name="Row", muscle_group="back")
    trained_before(trained, row)
    choose("lb")
    swap = reverse("training:exercise_swap", args=[trained.id, 2, pulldown.id])
    signed_in.post(swap, {"exercise": row.id, "scope": "from_now_on"})
    assert (asked(trained, row, 2).weight, asked(trained, row, 2).unit) == (D(95), "lb")
    signed_in.post(reverse("training:exercise_swap", args=[trained.id, 2, row.id]), {"exercise": pulldown.id})
    look(2)
    assert asked(trained, pulldown, 2).unit == "lb"


def test_a_weight_that_a_swap_put_aside_keeps_its_unit(signed_in, alice, choose, curl):
    plan = planned_workout(alice, curl, target_weight=D(20))
    hammer = ExerciseFactory(name="Hammer Curl", muscle_group="bis", equipment="dumbbell")
    scope = {"scope": "from_now_on"}
    signed_in.post(reverse("training:exercise_swap", args=[plan.id, 1, curl.id]), {"exercise": hammer.id} | scope)
    choose("lb")
    edit = reverse("training:slot_edit", args=[plan.id, hammer.id])
    signed_in.post(edit, {"target_sets": "3", "target_weight": "30", "unit": "lb"})
    signed_in.post(reverse("training:exercise_swap", args=[plan.id, 1, hammer.id]), {"exercise": curl.id} | scope)
    slot = plan.slots.get()
    assert (slot.exercise, slot.target_weight, slot.unit) == (curl, D(20), "kg")


def trained_before(workout, exercise):
    """Leaves sets of the exercise, 40 kg each, in an earlier mesocycle of the same lifter."""
    user = User.objects.get(id=workout.mesocycle.user_id)
    log = workout.logs.first()
    for number in (1, 2, 3):
        Set.objects.create(
            workout_log=log,
            user=user,
            exercise=exercise,
            set_number=number,
            weight=40,
            unit="kg",
            reps=10,
            performed_at=log.performed_at,
        )
