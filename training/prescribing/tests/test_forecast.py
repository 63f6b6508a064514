"""Sets per muscle and week on a mesocycle's page: what was asked, and what the engine would ask next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Workout
from training.models.prescription import FROM_NOW_ON, TODAY
from training.prescribing import writing
from training.prescribing.forecast import sets_by_week, slots_ahead
from training.prescribing.week_plan.history import History
from training.progression import BEST, TYPICAL, WORST, play_out
from training.schedule import rescheduling
from training.session import changes, recording
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter


def table(workout):
    """Returns the sets and their range by muscle and week, such as "6 (4-7)"."""
    mesocycle = Mesocycle.objects.select_related("user").get(id=workout.mesocycle_id)
    sets = sets_by_week(mesocycle, today=mesocycle.user.today())
    return {
        row.muscle: [f"{one.sets}" + f" ({one.low}-{one.high})" * one.is_outlook for one in row.cells]
        for row in sets.rows
    }


@pytest.fixture
def chest_day(alice):
    """Makes a workout with two exercises for the chest, three sets each."""
    exercises = [ExerciseFactory(muscle_group="chest") for _ in range(2)]
    return planned_workout(alice, *exercises)


def train(client, workout, *, week=1, soreness=None, feel=(2, 1), beat=0):
    """Does each set with `beat` reps more than asked, answers the questions, and finishes."""
    here, edit = (
        recording.SessionKey(workout.mesocycle.user_id, workout.id, week),
        recording.Edit(at=None, local_date=None),
    )
    for row in workout.prescriptions.current().filter(week_number=week).select_related("exercise"):
        reps = [row.target_reps(number) + beat for number in range(1, row.sets + 1)]
        log_sets(client, workout, row.exercise, *reps, week=week, weight=str(row.weight or 100))
        if soreness is not None:
            day = timezone.localdate()
            said = recording.Edit(at=None, local_date=day)
            recording.rate_soreness(here, said, muscle=row.exercise.muscle_group, soreness=soreness)
        recording.rate_performance(here, edit, muscle=row.exercise.muscle_group, pump=feel[0], challenge=feel[1])
    finish(client, workout, week)


def test_a_new_mesocycle_shows_what_is_asked_and_what_may_come(chest_day):
    assert table(chest_day) == {"chest": ["6", "7 (5-8)", "8 (4-10)", "9 (3-11)", "5 (2-6)"]}


def test_what_is_asked_for_next_week_is_no_guess(signed_in, chest_day):
    train(signed_in, chest_day, soreness=1)
    assert table(chest_day)["chest"][:3] == ["6", str(prescribed_sets(chest_day, 2)), "8 (6-9)"]


def prescribed_sets(workout, week):
    return sum(row.sets for row in workout.prescriptions.current().filter(week_number=week))


@pytest.mark.parametrize(
    ("feedback", "lived"),
    [
        (BEST, {"soreness": 0, "feel": (1, 1), "beat": 3}),
        (TYPICAL, {"soreness": 1, "feel": (2, 1)}),
        (WORST, {"soreness": 3, "feel": (2, 3)}),
    ],
    ids=["best", "typical", "worst"],
)
def test_who_lives_an_outlook_is_asked_what_it_said(signed_in, chest_day, feedback, lived):
    """The projection is the engine: three weeks of such feedback through the real verbs end in the same sets.

    The answer about soreness is given at the next session, before it begins. "Very difficult" counts as missed: reps
    really missed would have to stay as many as last week, lest they count as a fall."""
    history = History(chest_day.mesocycle, today=chest_day.mesocycle.user.today())
    played = play_out(list(slots_ahead(history, 1)), feedback=feedback, week=1, weeks=5, mrv={"chest": 19})
    real = [prescribed_sets(chest_day, 1)]
    for week in (1, 2, 3):
        train(signed_in, chest_day, week=week, **lived)
        here = recording.SessionKey(chest_day.mesocycle.user_id, chest_day.id, week + 1)
        today = recording.Edit(at=None, local_date=timezone.localdate())
        recording.rate_soreness(here, today, muscle="chest", soreness=lived["soreness"])
        real.append(prescribed_sets(chest_day, week + 1))
    assert real == [sum(week.values()) for week in played[:4]]


@pytest.mark.parametrize(
    ("feedback", "lived"),
    [
        (BEST, {"soreness": 0, "feel": (1, 1), "beat": 3}),
        (TYPICAL, {"soreness": 1, "feel": (2, 1)}),
        (WORST, {"soreness": 3, "feel": (2, 3)}),
    ],
    ids=["best", "typical", "worst"],
)
def test_after_a_repeated_week_the_outlook_goes_on_as_the_plan_does(signed_in, chest_day, feedback, lived):
    """The RIR of each week is that of the plan, not that of a mesocycle planned a week longer."""
    train(signed_in, chest_day, **lived)
    mesocycle = Mesocycle.objects.select_related("user").get(id=chest_day.mesocycle_id)
    now, today = timezone.now(), mesocycle.user.today()
    rescheduling.repeat_week(mesocycle, week=1, day=today, now=now)
    chest_day.mesocycle.refresh_from_db()
    sets = sets_by_week(chest_day.mesocycle, today=today)
    assert (sets.running_week, len(sets.weeks), sets.rows[0].cells[1].sets) == (2, 6, 6)
    real = []
    for week in (2, 3, 4):
        train(signed_in, chest_day, week=week, **lived)
        here = recording.SessionKey(mesocycle.user_id, chest_day.id, week + 1)
        said = recording.Edit(at=None, local_date=today)
        recording.rate_soreness(here, said, muscle="chest", soreness=lived["soreness"])
        real.append(prescribed_sets(chest_day, week + 1))
    of = {BEST: "high", TYPICAL: "sets", WORST: "low"}[feedback]
    assert [getattr(cell, of) for cell in sets.rows[0].cells[2:5]] == real


def test_sets_for_today_alone_do_not_change_what_may_come(chest_day):
    before = table(chest_day)["chest"]
    slot = chest_day.slots.first()
    here = recording.SessionKey(chest_day.mesocycle.user_id, chest_day.id, 1)
    changes.change_sets(here, exercise_id=slot.exercise_id, sets=1, scope=TODAY)
    assert table(chest_day)["chest"] == ["4", *before[1:]]
    changes.remove_exercise(here, exercise_id=slot.exercise_id, scope=TODAY)
    assert table(chest_day)["chest"] == ["3", *before[1:]]


def test_the_outlook_stays_within_the_minutes_of_a_workout(chest_day):
    assert table(chest_day)["chest"][1] == "7 (5-8)"
    Workout.objects.update(minutes_at_most=30)  # the warm-up and seven sets of 210 seconds
    chest_day.refresh_from_db()
    assert table(chest_day)["chest"][1:3] == ["7 (5-7)", "7 (4-7)"]


def test_what_changed_is_told_of_the_muscle_and_adds_up(alice):
    workout = planned_workout(alice, ExerciseFactory())
    other = WorkoutFactory(mesocycle=workout.mesocycle, position_in_week=workout.position_in_week + 1)
    SlotFactory(workout=other, exercise=ExerciseFactory())
    writing.prescribe_anew(workout.mesocycle_id, today=alice.today())
    lifter = Lifter(alice, alice.today() - timedelta(days=7))
    lifter.train(workout, 1, 10, 9, 8, soreness=0, pump=1, challenge=1)
    lifter.train(other, 1, 10, 9, 8, day=2, soreness=0, pump=1, challenge=1)
    mesocycle = Mesocycle.objects.select_related("user").get(id=workout.mesocycle_id)
    (row,) = sets_by_week(mesocycle, today=lifter.day(2)).moved
    assert row.changed == "+2 sets"
    assert row.why == ("+2 sets for Chest because you did not get sore and you hit your targets.",)


def test_in_the_deload_week_it_is_the_deload_that_changed_the_sets(signed_in, alice):
    workout, lifter = planned_workout(alice, weeks=3), Lifter(alice, alice.today() - timedelta(days=14))
    for week in (1, 2):
        lifter.train(workout, week, 10, 9, 8)
    answer = signed_in.get(reverse("training:mesocycle_detail", args=[workout.mesocycle_id]))
    assertContains(answer, "It is the deload: less of everything")
    assertContains(answer, ">\N{MINUS SIGN}1 set<")


def test_sets_from_now_on_do(chest_day):
    slot = chest_day.slots.first()
    here = recording.SessionKey(chest_day.mesocycle.user_id, chest_day.id, 1)
    changes.change_sets(here, exercise_id=slot.exercise_id, sets=5, scope=FROM_NOW_ON)
    assert table(chest_day)["chest"][:2] == ["8", "9 (7-10)"]


def test_muscles_stand_in_the_order_of_the_library(alice):
    workout = planned_workout(alice, *(ExerciseFactory(muscle_group=one) for one in ("abs", "back", "chest")))
    assert list(table(workout)) == ["chest", "back", "abs"]


def test_a_mesocycle_that_has_ended_says_what_it_asked_and_foretells_nothing(signed_in, chest_day):
    train(signed_in, chest_day, soreness=1)
    mesocycle = Mesocycle.objects.get(id=chest_day.mesocycle_id)
    mesocycle.finish(at=timezone.now())
    assert table(chest_day)["chest"] == ["6", str(prescribed_sets(chest_day, 2))]
    answer = signed_in.get(reverse("training:mesocycle_detail", args=[mesocycle.id]))
    assertContains(answer, "What each week asked of each muscle.")
    assertNotContains(answer, "outlook")


def test_a_week_above_the_ceiling_says_so(signed_in, alice):
    workout = planned_workout(alice, *(ExerciseFactory(muscle_group="chest") for _ in range(3)), target_sets=7)
    answer = signed_in.get(reverse("training:mesocycle_detail", args=[workout.mesocycle_id]))
    # 21 sets are above the 19 of the intermediate; nothing grows, the deload is below.
    assertContains(answer, "over MRV", count=4)


@pytest.mark.parametrize("weeks", [3, 7])
def test_short_and_long_mesocycles_have_a_column_for_each_week(signed_in, alice, weeks):
    workout = planned_workout(alice, ExerciseFactory(muscle_group="back"), weeks=weeks)
    answer = signed_in.get(reverse("training:mesocycle_detail", args=[workout.mesocycle_id]))
    assertContains(answer, '<span class="unseen">Week </span>', count=weeks)
    assertContains(answer, 'muscle-weeks__note">deload')


def test_in_the_deload_week_nothing_is_foretold(signed_in, alice):
    workout = planned_workout(alice, ExerciseFactory(muscle_group="back"), weeks=3)
    for week in (1, 2):
        train(signed_in, workout, week=week)
    assert table(workout) == {"back": ["3", "3", "2"]}


def test_rows_beyond_the_end_are_left_out(signed_in, chest_day):
    """Such rows are left over when a deload ends the mesocycle earlier than planned."""
    train(signed_in, chest_day)
    mesocycle = Mesocycle.objects.get(id=chest_day.mesocycle_id)
    writing.prescribe_anew(mesocycle.id, today=mesocycle.user.today() + timedelta(days=1))
    Mesocycle.objects.filter(id=mesocycle.id).update(duration_weeks=3, current_week=1)
    chest_day.prescriptions.filter(week_number=2).update(week_number=4)
    assert len(table(chest_day)["chest"]) == 3


def test_a_slot_that_nothing_is_asked_of_yet_counts_as_planned(chest_day):
    SlotFactory(workout=chest_day, exercise=ExerciseFactory(muscle_group="back"), target_sets=4)
    assert table(chest_day)["back"][1] == "5 (3-5)"


def test_training_without_a_plan_has_no_table(signed_in, alice):
    assert signed_in.post(reverse("training:freestyle_start")).status_code == 303
    mesocycle = Mesocycle.objects.get(user=alice)
    assertNotContains(signed_in.get(reverse("training:mesocycle_detail", args=[mesocycle.id])), "Sets per muscle")


def test_the_rows_asked_are_those_of_the_workout_page(signed_in, workout, exercise):
    log_sets(signed_in, workout, exercise, 10, 9, 8)
    finish(signed_in, workout)
    assert table(workout)[exercise.muscle_group][1] == str(asked(workout, exercise, 2).sets)
