"""The verbs that change the calendar."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Set
from training.plan.builder import PlanClosed, PlanRefused
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.schedule import rescheduling
from training.schedule.weeks import next_occurrence, weeks_of
from training.session import recording
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import asked, codes, sets_prescribed


@pytest.fixture
def push(alice, press):
    return planned_workout(alice, press, weeks=5)


@pytest.fixture
def legs(push):
    workout = WorkoutFactory(mesocycle=push.mesocycle, name="Legs")
    SlotFactory(workout=workout, exercise=ExerciseFactory(muscle_group="legs"))
    writing.prescribe(History(push.mesocycle, today=push.mesocycle.user.today()))
    return workout


def log(lifter, session, exercise) -> None:
    """A set in a session that has no plan of its own."""
    said = {"exercise_id": exercise.id, "number": 1, "weight": 100, "unit": "kg", "reps": 9}
    recording.log_set(lifter.address(session, 1), lifter.edit(1), recording.TypedSet(**said))


def read(workout) -> Mesocycle:
    return Mesocycle.objects.get(id=workout.mesocycle_id)


def repeat(workout, week, lifter):
    rescheduling.repeat_week(read(workout), week=week, day=lifter.day(week), now=lifter.at(week, 6))


def rir_of(workout) -> list:
    mesocycle = read(workout)
    return [mesocycle.target_rir(week) for week in range(1, mesocycle.duration_weeks + 1)]


def test_a_repeated_week_asks_what_it_asked_and_the_plan_goes_on_a_week_later(push, press, lifter):
    before = rir_of(push)
    for week in (1, 2):
        lifter.train(push, week, 12, 12, 12, pump=1, challenge=1, soreness=0)
    then, end = asked(push, press, 2), read(push).end_date
    repeat(push, 2, lifter)
    row = asked(push, press, 3)
    same = ("sets", "reps", "reps_lo", "drop", "weight", "unit", "rir", "kind")
    assert [getattr(row, name) for name in same] == [getattr(then, name) for name in same]
    assert codes(row) == ["WEEK_REPEATED"]
    mesocycle = read(push)
    assert (mesocycle.current_week, mesocycle.duration_weeks, mesocycle.repeated_weeks) == (3, 6, [3])
    assert rir_of(push) == [*before[:2], before[1], *before[2:]]
    lifter.train(push, 3, 12, 12, 12, pump=1, challenge=1, soreness=0)
    assert asked(push, press, 4).rir == before[2]
    assert end is None or mesocycle.end_date > end


def test_a_week_that_is_half_done_is_repeated_whole(push, legs, lifter):
    lifter.train(push, 1, 10, 10, 10)
    sets = list(Set.objects.values_list())
    assert rescheduling.week_to_repeat(read(push)) == 1
    repeat(push, 1, lifter)
    assert list(Set.objects.values_list()) == sets
    assert legs.logs.get(week_number=1).is_skipped
    assert (sets_prescribed(push, 2), sets_prescribed(legs, 2), read(push).current_week) == ([3], [3], 2)


def test_the_week_before_the_deload_can_be_repeated_and_the_deload_comes_after(push, press, lifter):
    for week in range(1, 5):
        lifter.train(push, week, 10, 10, 10)
    assert asked(push, press, 5).kind == "deload"
    repeat(push, 4, lifter)
    assert (asked(push, press, 5).kind, read(push).duration_weeks) == ("normal", 6)
    lifter.train(push, 5, 10, 10, 10)
    assert asked(push, press, 6).kind == "deload"


def test_twice_the_same_repeat_is_one(push, lifter):
    lifter.train(push, 1, 10, 10, 10)
    repeat(push, 1, lifter)
    repeat(push, 1, lifter)
    assert (read(push).repeated_weeks, read(push).duration_weeks) == ([2], 6)
    assert rescheduling.week_to_repeat(read(push)) is None
    lifter.train(push, 2, 10, 10, 10)
    repeat(push, 2, lifter)
    assert (read(push).repeated_weeks, read(push).duration_weeks) == ([2, 3], 7)
    assert rir_of(push)[:3] == [rir_of(push)[0]] * 3


def test_nothing_is_repeated_before_a_week_was_trained_nor_past_seven_weeks(push, lifter):
    assert rescheduling.week_to_repeat(read(push)) is None
    lifter.train(push, 1, 10, 10, 10)
    Mesocycle.objects.update(duration_weeks=7)
    assert rescheduling.week_to_repeat(read(push)) is None
    with pytest.raises(PlanRefused):
        repeat(push, 1, lifter)


def test_a_workout_on_another_day_this_week_comes_in_the_order_of_the_days(push, legs):
    type(push).objects.filter(id=push.id).update(day_of_week=0)
    type(push).objects.filter(id=legs.id).update(day_of_week=2)
    Mesocycle.objects.update(start_date="2026-11-02")  # a Monday
    rescheduling.move_workout(push, week=1, day_of_week=4)
    weeks = weeks_of(read(push), now=timezone.now())
    assert [one.workout for one in weeks[0]] == [legs, push]
    assert (next_occurrence(weeks[0]).workout, weeks[0][1].weekday) == (legs, "Friday")
    assert [one.weekday for one in weeks[1]] == ["Monday", "Wednesday"]
    rescheduling.move_workout(push, week=1, day_of_week=0)
    assert [one.workout for one in weeks_of(read(push), now=timezone.now())[0]] == [push, legs]


def test_a_week_that_begins_midweek_has_its_days_in_its_own_order(push, legs):
    type(push).objects.filter(id=push.id).update(day_of_week=2)
    type(push).objects.filter(id=legs.id).update(day_of_week=0)
    Mesocycle.objects.update(start_date="2026-11-04")  # a Wednesday
    rescheduling.move_workout(push, week=1, day_of_week=1)  # Tuesday: the last day of that week
    assert [one.workout for one in weeks_of(read(push), now=timezone.now())[0]] == [legs, push]


def test_nothing_waits_for_an_extra_session_and_it_can_be_trained(push, press, lifter):
    session, week = rescheduling.add_session(push.mesocycle, name="More", like=push, day=lifter.day(1))
    assert (week, session.only_week, sets_prescribed(session, 1)) == (1, 1, [3])
    again = rescheduling.add_session(push.mesocycle, name="More", like=push, day=lifter.day(1))
    assert again == (session, 1)
    lifter.train(push, 1, 10, 10, 10)
    assert read(push).current_week == 2
    log(lifter, session, press)
    lifter.finish(session, 1)
    assert session.logs.get().is_completed
    assert (read(push).current_week, asked(push, press, 2).sets) == (2, 3)


def test_an_extra_session_is_taken_back_while_it_is_empty(push, press, lifter):
    session, _ = rescheduling.add_session(push.mesocycle, name="More", like=None, day=lifter.day(1))
    log(lifter, session, press)
    with pytest.raises(PlanRefused):
        rescheduling.remove_session(session, now=timezone.now())
    other, _ = rescheduling.add_session(push.mesocycle, name="Other", like=None, day=lifter.day(1))
    rescheduling.remove_session(other, now=timezone.now())
    assert other not in [one.workout for one in weeks_of(read(push), now=timezone.now())[0]]
    with pytest.raises(PlanClosed):
        rescheduling.remove_session(push, now=timezone.now())


def test_an_early_end_keeps_what_was_done(push, lifter):
    lifter.train(push, 1, 10, 10, 10)
    rescheduling.end_mesocycle(push.mesocycle, now=timezone.now())
    rescheduling.end_mesocycle(push.mesocycle, now=timezone.now())
    assert (read(push).status, Set.objects.count()) == ("completed", 3)


def test_it_counts_what_goes_and_deletes_that_and_no_more(push, press, lifter):
    lifter.train(push, 1, 10, 10, 10)
    lifter.skip(push, 2)
    goes = rescheduling.what_goes(push.mesocycle)
    assert (goes.weeks, goes.workouts, goes.sets) == (1, 1, 3)
    lifter.log(push, 3, press, 10)
    with pytest.raises(rescheduling.DeletesMore):
        rescheduling.delete_mesocycle(push.mesocycle, sets=3)
    rescheduling.delete_mesocycle(push.mesocycle, sets=4)
    assert (Mesocycle.objects.count(), Set.objects.count()) == (0, 0)


def test_a_mesocycle_goes_into_the_archive_and_comes_back_as_it_was(push, lifter):
    read(push).archive()
    assert read(push).is_active  # what runs is not archived
    lifter.train(push, 1, 10, 10, 10)
    rescheduling.end_mesocycle(push.mesocycle, now=timezone.now())
    read(push).archive()
    assert read(push).status == "archived"
    read(push).unarchive()
    assert read(push).status == "completed"


@pytest.mark.parametrize(("zone", "weekday"), [("Pacific/Auckland", 4), ("America/Los_Angeles", 3)])
def test_an_extra_session_is_on_the_day_that_it_is_where_the_lifter_is(push, alice, zone, weekday):
    """One moment, Thursday evening in Europe: Friday in New Zealand."""
    alice.timezone = zone
    alice.save(update_fields=["timezone"])
    day = alice.today(datetime(2026, 11, 5, 20, tzinfo=UTC))
    session, _ = rescheduling.add_session(push.mesocycle, name="More", like=None, day=day)
    assert session.day_of_week == weekday
