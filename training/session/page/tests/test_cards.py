"""What the workout page knows of an exercise: rest, weights that will be wanted, records, warm-up, plates, note."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from training.models import Set, WorkoutLog
from training.session.page.building import build_page
from training.session.page.reading import read_session
from training.session.recording import Edit, SessionKey, TypedSet, log_set
from training.tests.factories import MesocycleFactory, WorkoutFactory, planned_workout


def trained(user, exercise, *sets, days_ago=7, **said):
    """An earlier session: each set as (weight, reps) or (weight, reps, RIR)."""
    mesocycle = MesocycleFactory(user=user, status="completed")
    workout = WorkoutFactory(mesocycle=mesocycle)
    when = timezone.now() - timedelta(days=days_ago)
    log = WorkoutLog.objects.create(
        workout=workout, mesocycle=mesocycle, user=user, week_number=1, performed_at=when, started_at=when
    )
    for number, (weight, reps, *rir) in enumerate(sets, start=1):
        more = {"unit": "kg", "rir": rir[0] if rir else None} | said
        Set.objects.create(
            workout_log=log,
            user=user,
            exercise=exercise,
            set_number=number,
            weight=Decimal(str(weight)),
            reps=reps,
            performed_at=when + timedelta(minutes=number),
            **more,
        )


def do(workout, number, weight, reps, *, week=1, exercise=None, **said):
    exercise = exercise or workout.slots.first().exercise
    address = SessionKey(workout.mesocycle.user_id, workout.id, week)
    values = {"unit": "kg", "weight": Decimal(str(weight)), "reps": reps} | said
    edit = Edit(at=None, local_date=timezone.now().date())
    log_set(address, edit, TypedSet(exercise_id=exercise.id, number=number, **values))


def session_of(workout, week=1):
    now = timezone.now()
    return build_page(read_session(workout.mesocycle.user, workout.id, week, now=now), now=now)


def card_of(workout):
    return session_of(workout).cards[0]


def test_rest_is_the_lifters_own_else_the_librarys_else_the_usual(alice, workout, exercise):
    assert card_of(workout).rest_seconds == 150
    exercise.rest_seconds = 200
    exercise.save()
    assert card_of(workout).rest_seconds == 200
    ExerciseSettings.objects.create(user=alice, exercise=exercise, rest_seconds=75)
    assert card_of(workout).rest_seconds == 75


def test_somebody_elses_settings_do_not_count(bob, workout, exercise):
    ExerciseSettings.objects.create(user=bob, exercise=exercise, rest_seconds=75, note="Bob's")
    card = card_of(workout)
    assert (card.rest_seconds, card.note) == (150, "")


def test_it_has_the_note_of_the_exercise_and_where_to_post_it(alice, workout, exercise):
    ExerciseSettings.objects.create(user=alice, exercise=exercise, note="Seat on 4.")
    card = card_of(workout)
    assert (card.note, card.note_url) == (
        "Seat on 4.",
        f"/workouts/{workout.id}/week/1/exercises/{exercise.id}/note/",
    )


def test_steppers_know_the_weights_there_are_beside_the_plan_too(alice, workout):
    beside = ExerciseFactory(name="Pulldown", equipment="machine")
    ExerciseSettings.objects.create(user=alice, exercise=beside, increment=7, smallest_weight=3)
    do(workout, 1, 30, 8, exercise=beside)
    planned, other = session_of(workout).cards
    assert (json.loads(planned.grid)["kind"], json.loads(other.grid)["kind"]) == ("load", "load")
    assert {"kind": "load", "step": "7.00", "min": "3.00"}.items() <= json.loads(other.grid).items()


@pytest.mark.parametrize(("weight", "lo"), [(62.5, 8), (None, None)])
def test_a_card_tells_below_how_many_reps_the_sets_left_become_lighter(alice, press, weight, lo):
    """Where the plan has no weight, it comes from the first set."""
    assert card_of(planned_workout(alice, press, target_weight=weight)).lo == lo


def test_likely_weights_are_the_target_last_time_and_a_step_around(alice, press):
    trained(alice, press, (60, 8))
    other = planned_workout(alice, press, target_weight=62.5)
    assert card_of(other).likely == ("60", "62.5", "65")
    trained(alice, press, (55, 8), days_ago=3)
    assert card_of(other).likely == ("55", "60", "62.5", "65")


def test_likely_weights_have_the_lighter_one_below_the_range(alice, press):
    other = planned_workout(alice, press, target_weight=62.5)
    do(other, 1, 62.5, 3)
    card = card_of(other)
    assert card.rows[1].weight == "60"
    assert card.likely == ("57.5", "60", "62.5")


def test_without_any_weight_known_none_is_likely_and_the_body_alone_has_none(alice, press):
    push_up = ExerciseFactory(equipment="bodyweight", loading="bodyweight")
    cards = session_of(planned_workout(alice, press, push_up)).cards
    assert [card.likely for card in cards] == [(), ()]


def test_the_best_so_far_is_a_frontier_of_working_sets_of_earlier_sessions(alice, workout, exercise):
    trained(alice, exercise, (100, 8), (100, 6), (90, 10), days_ago=9)
    trained(alice, exercise, (110, 2), days_ago=5)
    trained(alice, exercise, (50, 40), days_ago=4, set_type="drop")
    do(workout, 1, 200, 1)
    assert json.loads(card_of(workout).best) == [[90, 10, None], [100, 8, None], [110, 2, None]]


def test_the_best_so_far_is_told_in_the_cards_unit(alice, workout, exercise):
    trained(alice, exercise, (225, 5), unit="lb")
    assert json.loads(card_of(workout).best) == [[102.06, 5, None]]


def test_a_set_is_a_record_against_all_that_was_done_before_it(alice, workout, exercise):
    trained(alice, exercise, (100, 8))
    for number, (weight, reps) in enumerate([(100, 9), (100, 9), (102.5, 9), (100, 8)], start=1):
        do(workout, number, weight, reps)
    assert [row.record for row in card_of(workout).rows] == [True, False, True, False]


def test_the_first_time_ever_nothing_is_a_record(alice, workout):
    do(workout, 1, 100, 8)
    do(workout, 2, 110, 8)
    assert not any(row.record for row in card_of(workout).rows)


def test_a_drop_set_is_no_record(alice, workout, exercise):
    trained(alice, exercise, (100, 8))
    do(workout, 1, 100, 8)
    do(workout, 2, 60, 20, set_type="drop")
    assert not any(row.record for row in card_of(workout).rows)


def test_with_help_less_of_it_is_the_record(alice):
    pull_up = ExerciseFactory(equipment="machine", loading="assisted")
    workout = planned_workout(alice, pull_up, target_weight=30)
    trained(alice, pull_up, (30, 8))
    do(workout, 1, 25, 8)
    do(workout, 2, 35, 8)
    card = card_of(workout)
    assert [row.record for row in card.rows] == [True, False, False]
    assert card.rows[0].difference == "\N{MINUS SIGN}5 kg help"


def test_somebody_elses_sets_are_no_marks_to_beat(bob, workout, exercise):
    trained(bob, exercise, (300, 8))
    assert card_of(workout).best == "[]"


def test_a_row_has_its_place_the_last_time_and_the_difference(alice, workout, exercise):
    trained(alice, exercise, (100, 8, 2), (100, 7), (95, 7))
    do(workout, 1, 100, 9)
    do(workout, 2, 102.5, 7)
    do(workout, 3, 95, 7)
    rows = card_of(workout).rows
    assert [row.hint for row in rows] == [f"Last time {one}." for one in ("100 kg × 8", "100 kg × 7", "95 kg × 7")]
    assert [row.difference for row in rows] == ["+1 rep", "+2.5 kg", ""]


def test_a_deload_is_not_the_last_time(alice, workout, exercise):
    trained(alice, exercise, (100, 8), days_ago=9)
    asked = workout.prescriptions.get()
    trained(alice, exercise, (50, 4), days_ago=2, prescription=asked)
    asked.kind = "recovery"
    asked.save()
    assert card_of(workout).rows[0].hint == "Last time 100 kg × 8."


def test_a_place_counts_working_sets_not_numbers(alice, workout, exercise):
    trained(alice, exercise, (100, 8), (90, 7))
    do(workout, 3, 100, 10)
    rows = card_of(workout).rows
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.hint for row in rows] == ["Last time 100 kg × 8.", "Last time 90 kg × 7.", ""]


def test_a_done_set_of_another_unit_is_not_held_against_the_last(alice, workout, exercise):
    trained(alice, exercise, (100, 8))
    do(workout, 1, 225, 9, unit="lb")
    assert card_of(workout).rows[0].difference == ""


def test_warm_ups_lead_to_the_planned_weight_and_a_warm_muscle_needs_fewer(alice):
    press, fly, row = (ExerciseFactory(muscle_group=muscle) for muscle in ("chest", "chest", "back"))
    workout = planned_workout(alice, press, fly, row, target_weight=100)
    cards = session_of(workout).cards
    assert [card.warm_ups for card in cards] == [
        (("50", 8), ("75", 4)),
        (("60", 5),),
        (("50", 8), ("75", 4)),
    ]
    assert Set.objects.count() == 0


def test_plates_are_for_what_is_loaded_with_them(alice):
    squat = ExerciseFactory()
    press = ExerciseFactory(equipment="plate_loaded")
    curl = ExerciseFactory(equipment="dumbbell")
    workout = planned_workout(alice, squat, press, curl)
    cards = session_of(workout).cards
    assert [card.bar for card in cards] == ["20", "0", ""]
    assert json.loads(cards[0].plates)[:2] == [[25, 4], [20, 4]]
    assert cards[2].plates == ""


def test_the_bar_is_the_one_that_the_exercise_begins_with(alice, press):
    alice.preferences = {"gym": {"kg": {"bars": ["20", "10"], "plates": {"20": 2, "2.5": 1}}}}
    alice.save()
    ExerciseSettings.objects.create(user=alice, exercise=press, smallest_weight=10)
    other = ExerciseFactory(name="Squat")
    workout = planned_workout(alice, press, other)
    workout.mesocycle.user = alice
    cards = session_of(workout).cards
    assert [card.bar for card in cards] == ["10", "20"]
    assert json.loads(cards[0].plates) == [[20, 2], [2.5, 1]]


def test_reps_left_count_as_said_else_as_asked(alice, workout, exercise):
    asked = workout.prescriptions.get().rir
    trained(alice, exercise, (100, 8, asked))
    do(workout, 1, 100, 8)
    do(workout, 2, 100, 8, rir=asked + 1)
    do(workout, 3, 100, 9, rir=asked - 1)
    assert [row.record for row in card_of(workout).rows] == [False, True, False]


def test_a_planned_step_with_fewer_reps_is_no_record(alice, workout, exercise):
    trained(alice, exercise, (100, 8, 2))
    do(workout, 1, 102.5, 7, rir=2)
    assert not any(row.record for row in card_of(workout).rows)


def test_a_record_is_not_over_a_set_of_the_same_session(alice, workout, exercise):
    trained(alice, exercise, (100, 8, 2))
    do(workout, 1, 110, 3, rir=2)
    do(workout, 2, 110, 4, rir=2)
    assert not any(row.record for row in card_of(workout).rows)


@pytest.mark.parametrize("kind", ["deload", "recovery"])
def test_a_deload_and_a_recovery_session_have_no_record(alice, workout, exercise, kind):
    trained(alice, exercise, (100, 8, 2))
    workout.prescriptions.update(kind=kind, rir=None if kind == "deload" else 4)
    do(workout, 1, 120, 8, rir=2)
    card = card_of(workout)
    assert (card.best, any(row.record for row in card.rows)) == ("[]", False)


def test_a_day_while_ill_has_no_record_and_holds_none(alice, workout, exercise):
    trained(alice, exercise, (100, 8, 2))
    do(workout, 1, 120, 8, rir=2)
    assert card_of(workout).rows[0].record
    WorkoutLog.objects.update(ill=True)
    assert card_of(workout).best == "[]"
    WorkoutLog.objects.filter(workout=workout).update(ill=False)
    assert (card_of(workout).best, card_of(workout).rows[0].record) == ("[]", False)


def test_a_slip_is_no_record_and_no_mark_to_beat(alice, workout, exercise):
    trained(alice, exercise, (400, 8, 2), (40, 90, 2), (40, 8, 2), days_ago=9)
    trained(alice, exercise, (40, 8, 2), (40, 8, 2), (40, 8, 2), days_ago=7)
    assert json.loads(card_of(workout).best) == [[40, 8, 2]]
    do(workout, 1, 40, 9, rir=2)
    do(workout, 2, 400, 9, rir=2)
    assert [row.record for row in card_of(workout).rows] == [True, False, False]


def test_a_card_without_a_weight_has_the_way_to_one(alice):
    press, fly = (ExerciseFactory(muscle_group="chest") for _ in range(2))
    workout = planned_workout(alice, press, fly)
    assert [(card.warm_ups, card.climb) for card in session_of(workout).cards] == [
        ((), "[0.0,[0.5,8],[0.75,4]]"),
        ((), "[0.0,[0.6,5]]"),
    ]
    do(workout, 1, 100, 10)
    assert [(bool(card.warm_ups), bool(card.climb)) for card in session_of(workout).cards] == [
        (True, False),
        (False, True),
    ]
