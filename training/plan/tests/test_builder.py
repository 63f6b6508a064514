"""The builder's verbs: what was logged stays, and the next sessions follow the plan."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Prescription, Set, Workout
from training.plan import builder
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import changes, recording
from training.session.page.tests.test_cards import trained
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter, asked, codes, sets_prescribed

NOW = timezone.now


@pytest.fixture
def fly(db):
    return ExerciseFactory(name="Fly")


@pytest.fixture
def dips(db):
    return ExerciseFactory(name="Dips")


@pytest.fixture
def squat(db):
    return ExerciseFactory(name="Squat", muscle_group="legs")


@pytest.fixture
def push(alice, press, fly):
    """Returns a day of a running plan that has two days."""
    return planned_workout(alice, press, fly)


@pytest.fixture
def legs(push, squat):
    workout = WorkoutFactory(mesocycle=push.mesocycle, name="Legs")
    SlotFactory(workout=workout, exercise=squat)
    writing.prescribe(History(push.mesocycle, today=push.mesocycle.user.today()))
    return workout


def slot_said(slot, **said):
    names = ("target_reps_min", "target_reps_max", "target_weight", "target_rir", "notes")
    return {name: getattr(slot, name) for name in names} | said


def edit(workout, exercise, *, sets, now=None, **said):
    slot = workout.slots.get(exercise=exercise)
    builder.edit_slot(workout, exercise.id, sets=sets, said=slot_said(slot, **said), now=now or NOW())


def everything_logged():
    return list(Set.objects.order_by("id").values_list())


def test_before_a_day_has_begun_its_sets_reps_and_weight_follow_the_plan(push, press):
    edit(push, press, sets=5, target_reps_min=5, target_reps_max=8, target_weight=Decimal(80))
    row = asked(push, press, 1)
    assert (row.sets, row.weight, row.inputs["lo"], row.inputs["hi"]) == (5, 80, 5, 8)


def test_sets_of_a_running_plan_are_the_lifters_choice_and_the_next_week_goes_on_from_them(push, press, lifter):
    lifter.train(push, 1, 10, 10, 10, soreness=1, pump=1, challenge=1)
    before = everything_logged()
    first_week = list(push.prescriptions.filter(week_number=1).order_by("id").values_list())
    edit(push, press, sets=6)
    row = asked(push, press, 2)
    assert (row.sets, codes(row)[0]) == (6, "LIFTER_SETS_PLAN")
    lifter.train(push, 2, 10, 10, 10, 10, 10, 10, soreness=1, pump=3, challenge=2)
    assert asked(push, press, 3).sets >= 6
    assert everything_logged()[: len(before)] == before
    assert list(push.prescriptions.filter(week_number=1).order_by("id").values_list()) == first_week


def test_what_was_asked_is_superseded_and_never_overwritten(push, press):
    row = asked(push, press, 1)
    edit(push, press, sets=5)
    stood = Prescription.objects.get(id=row.id)
    assert stood.sets == row.sets
    assert stood.superseded_at is not None
    assert stood.replaced_by.count() == 1


def test_a_range_of_a_running_plan_reaches_the_next_session(push, press, lifter):
    lifter.train(push, 1, 10, 10, 10)
    edit(push, press, sets=3, target_reps_min=4, target_reps_max=6, now=lifter.at(1, 6))
    row = asked(push, press, 2)
    assert (row.inputs["lo"], row.inputs["hi"]) == (4, 6)
    assert row.weight > 100  # ten reps are too many for the new range


def test_said_again_it_changes_nothing(push, press):
    edit(push, press, sets=5)
    rows = list(Prescription.objects.order_by("id").values_list())
    edit(push, press, sets=5)
    assert list(Prescription.objects.order_by("id").values_list()) == rows


def test_a_muscle_that_has_begun_keeps_what_it_was_asked_when_its_exercise_leaves_the_plan(push, press, fly, lifter):
    lifter.log(push, 1, press, 10)
    builder.remove_slot(push, fly.id, now=NOW())
    assert sets_prescribed(push, 1) == [3, 3]
    said = {"exercise_id": fly.id, "number": 1, "weight": 20, "unit": "kg", "reps": 10}
    recording.log_set(lifter.address(push, 1), lifter.edit(1), recording.TypedSet(**said))
    lifter.finish(push, 1)
    assert list(push.prescriptions.current().filter(week_number=2).values_list("exercise", flat=True)) == [press.id]
    assert Set.objects.filter(exercise=fly).count() == 1


def test_an_exercise_that_leaves_before_the_day_is_no_longer_asked(push, press, fly):
    builder.remove_slot(push, fly.id, now=NOW())
    assert not push.prescriptions.current().filter(exercise=fly).exists()
    builder.remove_slot(push, fly.id, now=NOW())
    assert asked(push, press, 1).sets == 3


def test_an_exercise_that_is_taken_out_and_put_back_is_asked_again(push, fly):
    builder.remove_slot(push, fly.id, now=NOW())
    builder.add_slot(push, exercise=fly, now=NOW())
    builder.add_slot(push, exercise=fly, now=NOW())
    assert asked(push, fly, 1).sets == 3
    assert push.slots.filter(exercise=fly).count() == 1


def test_an_exercise_joins_a_week_that_runs_easily_and_takes_its_range_from_the_plan(push, squat, lifter):
    lifter.train(push, 1, 10, 10, 10)
    builder.add_slot(push, exercise=squat, now=NOW())
    row = asked(push, squat, 2)
    assert ("LIFTER_ADDED" in codes(row), row.weight) == (True, None)
    assert row.rir >= 2
    edit(push, squat, sets=4, target_reps_min=5, target_reps_max=6, target_weight=Decimal(60))
    row = asked(push, squat, 2)
    assert (row.sets, row.weight, row.inputs["lo"], row.inputs["hi"]) == (4, 60, 5, 6)


def test_the_order_of_the_plan_is_the_order_of_what_is_to_come(push, press, fly, lifter):
    lifter.train(push, 1, 10, 10, 10)
    edit(push, fly, sets=5)
    builder.move_slot(push, fly.id, place=1, now=NOW())
    rows = push.prescriptions.current().filter(week_number=2).order_by("position")
    assert [row.exercise_id for row in rows] == [fly.id, press.id]
    assert asked(push, fly, 2).sets == 5
    assert [row.exercise_id for row in push.prescriptions.current().filter(week_number=1).order_by("position")] == [
        press.id,
        fly.id,
    ]


# -- swapping


@pytest.fixture
def lately(alice):
    """A lifter whose third week begins today, so that a swap now is no return after a break."""
    return Lifter(alice, begins=alice.today() - timedelta(weeks=2))


def swap(workout, exercise, other):
    builder.swap_slot(workout, exercise.id, other=other, now=NOW())


def test_before_a_day_has_begun_the_new_exercise_has_the_place_the_sets_and_the_range(push, press, fly, dips):
    edit(push, press, sets=5, target_reps_min=5, target_reps_max=7, target_weight=Decimal(80), notes="Pause")
    place = asked(push, press, 1).position
    swap(push, press, dips)
    row, slot = asked(push, dips, 1), push.slots.get(exercise=dips)
    assert (row.sets, row.position, row.weight) == (5, place, None)  # whose weight is asked
    assert (row.inputs["lo"], row.inputs["hi"], slot.notes) == (5, 7, "Pause")
    assert not push.prescriptions.current().filter(exercise=press).exists()
    assert [one.exercise_id for one in push.slots.all()] == [dips.id, fly.id]


def test_a_range_that_was_only_usual_gives_way_to_that_of_the_new_exercise(push, press, dips):
    type(press).objects.filter(id=press.id).update(rep_min=8, rep_max=12)  # as the slot says
    type(dips).objects.filter(id=dips.id).update(rep_min=15, rep_max=20)
    swap(push, press, dips)
    assert (asked(push, dips, 1).inputs["lo"], push.slots.get(exercise=dips).target_reps_min) == (15, None)


def test_the_new_exercise_starts_from_its_own_history(push, alice, press, dips):
    trained(alice, dips, (60, 10, 2), (60, 9, 2), days_ago=5)
    swap(push, press, dips)
    assert 50 <= asked(push, dips, 1).weight <= 65


@pytest.mark.parametrize("weeks", [1, 2])
def test_what_was_logged_stays_and_the_weeks_to_come_ask_for_the_new_one(push, press, fly, dips, lately, weeks):
    for week in range(1, weeks + 1):
        lately.train(push, week, 10, 10, 10, pump=1, challenge=1, soreness=1)
    before, following = everything_logged(), weeks + 1
    stood = list(push.prescriptions.filter(week_number__lte=weeks).order_by("id").values_list())
    stands = asked(push, press, following)
    sets = stands.sets
    edit(push, press, sets=sets, target_reps_min=5, target_reps_max=7)
    swap(push, press, dips)
    assert everything_logged() == before
    assert list(push.prescriptions.filter(week_number__lte=weeks).order_by("id").values_list()) == stood
    row = asked(push, dips, following)
    assert (row.position, row.inputs["lo"], row.inputs["hi"]) == (stands.position, 5, 7)
    assert sets - 1 <= row.sets <= sets  # one fewer where it is new
    assert codes(row)[0] == "LIFTER_SWAPPED"
    assert codes(row)[-1] == "SWAP_NEW"
    lately.train(push, following, 6, 6, 6, pump=1, challenge=1, soreness=1)
    assert asked(push, dips, following + 1).weight is not None
    assert [one.exercise_id for one in push.slots.all()] == [dips.id, fly.id]


def test_a_muscle_that_has_begun_keeps_what_it_was_asked_and_the_next_week_asks_the_new_one(push, press, dips, lately):
    lately.train(push, 1, 10, 10, 10)
    lately.log(push, 2, press, 10)
    swap(push, press, dips)
    assert push.prescriptions.current().filter(week_number=2, exercise=press).exists()
    assert not push.prescriptions.current().filter(week_number=2, exercise=dips).exists()
    lately.finish(push, 2)
    assert asked(push, dips, 3).sets == 3
    assert not push.prescriptions.current().filter(week_number=3, exercise=press).exists()


@pytest.mark.parametrize("weeks", [0, 1])
def test_swapped_back_it_is_asked_as_before(push, press, dips, lately, weeks):
    for week in range(1, weeks + 1):
        lately.train(push, week, 10, 10, 10)
    before = asked(push, press, weeks + 1)
    swap(push, press, dips)
    swap(push, dips, press)
    row = asked(push, press, weeks + 1)
    assert (row.sets, row.weight, row.position) == (before.sets, before.weight, before.position)
    assert not push.prescriptions.current().filter(exercise=dips).exists()


def test_a_swap_that_is_said_again_changes_nothing_and_one_for_what_is_there_is_refused(push, press, fly, dips):
    swap(push, press, dips)
    rows = list(Prescription.objects.order_by("id").values_list())
    swap(push, press, dips)
    assert list(Prescription.objects.order_by("id").values_list()) == rows
    with pytest.raises(builder.PlanRefused):
        swap(push, dips, fly)
    with pytest.raises(builder.PlanClosed):
        swap(push, press, ExerciseFactory())


def test_a_choice_of_sets_for_the_old_exercise_does_not_keep_it_there(push, press, dips, lately):
    lately.train(push, 1, 10, 10, 10)
    changes.change_sets(lately.address(push, 2), exercise_id=press.id, sets=5, scope="today")
    swap(push, press, dips)
    assert not push.prescriptions.current().filter(week_number=2, exercise=press).exists()
    assert asked(push, dips, 2).sets in (4, 5)


def test_what_was_taken_out_for_today_is_asked_in_its_new_form(push, press, dips, lately):
    lately.train(push, 1, 10, 10, 10)
    changes.remove_exercise(lately.address(push, 2), exercise_id=press.id, scope="today")
    swap(push, press, dips)
    assert asked(push, dips, 2).sets == 3


def test_in_a_deload_the_swap_is_as_light(alice, press, dips, lately):
    workout = planned_workout(alice, press, weeks=3)
    for week in (1, 2):
        lately.train(workout, week, 10, 10, 10)
    swap(workout, press, dips)
    row = asked(workout, dips, 3)
    assert (row.kind, row.sets, row.rir) == ("deload", 2, None)


def test_a_planned_mesocycle_begins_with_the_new_one(push, press, dips):
    Mesocycle.objects.update(status="planned")
    swap(Workout.objects.select_related("mesocycle").get(id=push.id), press, dips)
    assert asked(push, dips, 1).sets == 3
    assert not push.prescriptions.current().filter(exercise=press).exists()


# -- days


def test_a_deload_stays_half_of_what_stood_before_it(alice, press, lifter):
    workout = planned_workout(alice, press, weeks=3)
    for week in (1, 2):
        lifter.train(workout, week, 10, 10, 10)
    edit(workout, press, sets=8)
    assert asked(workout, press, 3).sets == 2


def test_a_day_joins_a_running_plan_from_the_week_that_runs(push, squat, lifter):
    lifter.train(push, 1, 10, 10, 10)
    plan = push.mesocycle
    plan.refresh_from_db()
    day = builder.add_day(plan, name="Legs", now=NOW())
    builder.add_slot(day, exercise=squat, now=NOW())
    plan.refresh_from_db()
    assert (day.from_week, plan.current_week, plan.days_per_week) == (2, 2, 2)
    assert asked(day, squat, 2).rir >= 2
    lifter.train(push, 2, 10, 10, 10)
    plan.refresh_from_db()
    assert plan.current_week == 2  # it waits for the new day
    lifter.train(day, 2, 10, 10, 10)
    plan.refresh_from_db()
    assert plan.current_week == 3
    assert asked(day, squat, 3).weight is not None


def test_no_fact_lands_before_the_week_from_which_a_day_is_in_the_plan(push, squat, lifter):
    lifter.train(push, 1, 10, 10, 10)
    push.mesocycle.refresh_from_db()
    day = builder.add_day(push.mesocycle, name="Legs", now=NOW())
    builder.add_slot(day, exercise=squat, now=NOW())
    with pytest.raises(recording.UnknownAddress):
        lifter.log(day, 1, squat, 10)


def test_a_duplicate_has_the_same_exercises_on_a_day_of_its_own(push, press, fly):
    builder.edit_day(push, name="Push", day_of_week=0, description="", minutes_at_most=None, now=NOW())
    copy = builder.duplicate_day(push, now=NOW())
    assert (copy.name, copy.day_of_week, copy.from_week) == ("Push 2", None, None)
    assert list(copy.slots.values_list("exercise", flat=True)) == [press.id, fly.id]
    assert sets_prescribed(copy, 1) == [3, 3]
    assert builder.duplicate_day(push, now=NOW()).name == "Push 3"


def test_a_day_that_was_trained_is_retired_and_its_history_stays(push, legs, press, lifter):
    lifter.train(push, 1, 10, 10, 10)
    before = everything_logged()
    builder.remove_day(push, now=NOW())
    push.refresh_from_db()
    assert push.retired_at is not None
    assert everything_logged() == before
    assert not push.prescriptions.current().filter(week_number=2).exists()
    assert push.prescriptions.current().filter(week_number=1).count() == 2


def test_when_the_last_open_day_of_a_week_goes_the_week_moves_on(push, legs, lifter):
    lifter.train(push, 1, 10, 10, 10)
    builder.remove_day(legs, now=NOW())
    push.mesocycle.refresh_from_db()
    assert (push.mesocycle.current_week, push.mesocycle.days_per_week) == (2, 1)


def test_the_only_day_stays(push):
    with pytest.raises(builder.PlanRefused):
        builder.remove_day(push, now=NOW())


def test_a_week_has_seven_days_at_most(push):
    for number in range(6):
        builder.add_day(push.mesocycle, name=f"Day {number}", now=NOW())
    with pytest.raises(builder.PlanRefused):
        builder.duplicate_day(push, now=NOW())
    assert push.mesocycle.workouts.count() == 7


def test_days_change_places(push, legs):
    builder.move_day(legs, place=1, now=NOW())
    assert list(push.mesocycle.workouts.of_plan()) == [legs, push]


def test_a_day_that_is_put_back_is_asked_as_before(push, legs):
    before = [row.target for row in legs.prescriptions.current()]
    builder.remove_day(legs, now=NOW())
    assert not legs.prescriptions.current().exists()
    builder.put_day_back(legs, now=NOW())
    assert [row.target for row in legs.prescriptions.current()] == before != []
    assert list(push.mesocycle.workouts.of_plan()) == [push, legs]


def test_a_planned_day_is_out_of_the_plan_and_can_be_put_back(push, legs):
    type(push.mesocycle).objects.update(status="planned")
    builder.remove_day(legs, now=NOW())
    assert list(push.mesocycle.workouts.in_plan()) == [push]
    builder.put_day_back(legs, now=NOW())
    assert list(push.mesocycle.workouts.in_plan()) == [push, legs]


def test_a_plan_that_has_ended_does_not_change(push, press):
    push.mesocycle.finish(at=NOW())
    with pytest.raises(builder.PlanClosed):
        edit(push, press, sets=5)
    assert push.slots.get(exercise=press).target_sets == 3
