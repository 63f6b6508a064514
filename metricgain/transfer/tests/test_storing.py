"""What becomes of a session of another app: archived history, in the lifter's time, with all that the file says."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from analytics.exercise_sessions import exercise_history
from exercises.models import Exercise, ExerciseAlias
from metricgain.transfer.logbook import KindOfSet
from metricgain.transfer.tests.made import MONDAY, a_session, a_set, stored, weeks_of_push
from training.models import Import, Mesocycle, Prescription, Set, WorkoutExercise, WorkoutLog

pytestmark = pytest.mark.usefixtures("bench")


NOTED = ("Barbell Bench Press", "Barbell Row")


def rows(*columns: str, **of) -> list[tuple]:
    return list(Set.objects.filter(**of).order_by("performed_at", "id").values_list(*columns))


def test_weeks_in_a_row_are_archived_mesocycles_of_six_weeks(alice):
    stored(alice, *weeks_of_push(8), *weeks_of_push(1, since=MONDAY + timedelta(weeks=9)))
    kept = Mesocycle.objects.filter(user=alice).order_by("start_date")
    assert [(one.start_date, one.end_date, one.duration_weeks, one.current_week) for one in kept] == [
        (date(2024, 1, 1), date(2024, 2, 11), 7, 6),
        (date(2024, 2, 12), date(2024, 2, 25), 3, 2),
        (date(2024, 3, 4), date(2024, 3, 10), 3, 1),  # after a week without a session
    ]
    assert {one.status for one in kept} == {"archived"}
    assert [one.name for one in kept][:2] == ["Strong, January to February 2024", "Strong, February 2024"]
    assert not any(one.is_deload(one.current_week) for one in kept)


def test_days_per_week_are_those_of_the_fullest_week_and_seven_at_most(alice):
    stored(alice, *(a_session(MONDAY + timedelta(hours=8 * place)) for place in range(9)))
    assert Mesocycle.objects.get(user=alice).days_per_week == 7


def test_a_session_is_a_workout_of_one_week_with_a_slot_for_each_exercise(alice):
    bench, row = a_set(), a_set("Bent Over Row (Barbell)", "60")
    stored(alice, a_session(MONDAY, "Push 💪", bench, row, bench, *[row] * 16))
    log = WorkoutLog.objects.select_related("workout").get(user=alice)
    assert (log.workout.name, log.workout.only_week, log.workout.day_of_week, log.week_number) == ("Push 💪", 1, 0, 1)
    slots = WorkoutExercise.objects.filter(workout=log.workout).order_by("position")
    shown = [(one.exercise.name, one.target_sets, one.target_reps_min, one.target_rir) for one in slots]
    assert shown == [("Barbell Bench Press", 2, None, None), ("Barbell Row", 15, None, None)]
    assert not Prescription.objects.exists()


def test_times_are_the_lifters_and_sets_stand_in_the_order_of_the_file(alice):
    bench, row = a_set(), a_set("Bent Over Row (Barbell)", "60")
    stored(alice, a_session(datetime(2024, 7, 1, 0, 30), "Night", bench, row, bench, row))
    log = WorkoutLog.objects.get(user=alice)
    assert log.performed_at == log.started_at == datetime(2024, 6, 30, 22, 30, tzinfo=UTC)
    assert (log.local_date, log.duration_minutes, log.status) == (date(2024, 7, 1), 60, "completed")
    assert rows("exercise__name", "set_number") == [
        ("Barbell Bench Press", 1),
        ("Barbell Row", 1),
        ("Barbell Bench Press", 2),
        ("Barbell Row", 2),
    ]
    assert [at - log.performed_at for [at] in rows("performed_at")] == [timedelta(seconds=n) for n in range(4)]


def test_a_session_of_a_file_without_times_has_a_day_alone(alice):
    stored(alice, a_session(datetime(2024, 1, 1), "", a_set(), has_time=False, seconds=None))
    log = WorkoutLog.objects.select_related("workout").get(user=alice)
    assert (log.local_date, log.started_at, log.completed_at, log.is_started) == (date(2024, 1, 1), None, None, True)
    assert log.workout.name == "Monday, 1 January"


def test_a_time_zone_of_the_file_is_heeded(alice):
    stored(alice, a_session(datetime(2024, 1, 1, 23, 30, tzinfo=UTC)))
    assert WorkoutLog.objects.get(user=alice).local_date == date(2024, 1, 2)


def test_kinds_of_sets_and_effort_are_kept(alice):
    stored(
        alice,
        a_session(
            MONDAY,
            "Push",
            a_set(kind=KindOfSet.DROP),  # continues nothing
            a_set(rir=Decimal("1.5")),
            a_set(weight="60", reps=5, kind=KindOfSet.DROP),
            a_set(reps=3, kind=KindOfSet.MYO),
            a_set(kind=KindOfSet.FAILURE),
            a_set("Plank", None, None, seconds=45),
            a_set("Pull Up", None, 0),
        ),
    )
    assert rows("set_type", "set_number", "extends", "rir", "reps", "seconds", "weight") == [
        ("working", 1, None, None, 8, None, 80),
        ("working", 2, None, Decimal("1.5"), 8, None, 80),
        ("drop", 3, 2, None, 5, None, 60),
        ("myo", 4, 2, None, 3, None, 80),
        ("failure", 5, None, None, 8, None, 80),
        ("working", 1, None, None, 1, 45, 0),
        ("working", 1, None, None, 0, None, 0),
    ]


def test_supersets_and_notes_are_kept(alice):
    stored(
        alice,
        a_session(
            MONDAY,
            "Push",
            a_set(superset="7", note="Elbows in"),
            a_set("Bent Over Row (Barbell)", superset="7"),
            a_set("Squat (Barbell)", superset="8"),  # alone
            note="Tired",
        ),
    )
    slots = WorkoutExercise.objects.order_by("position").values_list("superset", "notes")
    assert list(slots) == [(1, "Elbows in"), (1, None), (None, None)]
    assert WorkoutLog.objects.get().notes == "Tired"
    bench, row = (exercise_history(alice, Exercise.objects.get(name=name), since=None)[0] for name in NOTED)
    assert (bench.notes, row.notes) == ("Tired\nElbows in", "Tired")


def test_rows_that_are_no_sets_are_counted_by_reason(alice):
    import_ = stored(
        alice,
        a_session(
            MONDAY,
            "Push",
            *[a_set()] * 101,
            a_set("Treadmill", None, None, seconds=600, went_far=True),
            a_set("Plank", None, 5),
            a_set("Squat (Barbell)", "100", 12_000),
        ),
    )
    assert import_.look["left"] == {"too many": 2, "cardio": 1, "no reps": 1, "impossible": 1}
    assert (import_.sets, import_.rows_not_taken, Set.objects.count()) == (99, 5, 99)


def test_a_session_without_a_set_that_counts_is_none(alice):
    import_ = stored(alice, a_session(MONDAY, "Run", a_set("Running", None, None, seconds=600, went_far=True)))
    assert (import_.sessions, WorkoutLog.objects.count(), Mesocycle.objects.count()) == (0, 0, 0)


def test_two_names_of_one_exercise_share_its_numbers(alice):
    stored(alice, a_session(MONDAY, "Push", a_set(), a_set("BB Bench"), a_set()))
    assert rows("set_number") == [(1,), (2,), (3,)]


def test_a_name_that_nobody_knows_becomes_an_exercise_of_the_lifters_own(alice):
    import_ = stored(alice, a_session(MONDAY, "Push", a_set("Zorbing Pec Flinger"), a_set(" zorbing  pec flinger ")))
    own = Exercise.objects.get(user=alice)
    assert (own.name, own.muscle_group, own.part, own.measure) == ("Zorbing Pec Flinger", "chest", "mid_chest", "reps")
    assert (import_.new_exercises, import_.names_new, Set.objects.filter(exercise=own).count()) == ([own.id], 2, 2)


def test_an_own_exercise_that_was_put_away_is_used_again(alice):
    own = Exercise.objects.create(user=alice, name="Zorbing", muscle_group="legs", exercise_type="machine")
    own.archive()
    import_ = stored(alice, a_session(MONDAY, "Push", a_set("zorbing")))
    assert (import_.new_exercises, Set.objects.get().exercise_id) == ([], own.id)


def test_what_the_lifter_says_of_a_name_counts_and_is_remembered(alice, bench):
    said = {"names": {"Kran": bench.id, "Zirkus": None, "Rad": {"muscle_group": "abs", "measure": "seconds"}}}
    wheel = a_set("Rad", None, None, seconds=30)
    stored(alice, a_session(MONDAY, "Push", a_set("Kran"), a_set("Zirkus"), wheel), **said)
    own = Exercise.objects.get(user=alice)
    assert (own.name, own.muscle_group, own.measure) == ("Rad", "abs", "seconds")
    assert set(Set.objects.values_list("exercise", flat=True)) == {bench.id, own.id}
    assert ExerciseAlias.objects.get(user=alice, exercise=bench).name == "Kran"
    later = stored(alice, a_session(MONDAY + timedelta(days=1), "Push", a_set("kran")))
    assert (later.names_new, later.sets) == (0, 1)


def test_the_sets_of_two_lifters_lie_apart(alice, bob):
    import_ = stored(alice, a_session())
    stored(bob, a_session())
    assert [Set.objects.filter(user=one).count() for one in (alice, bob)] == [2, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Mesocycle.objects.filter(user=bob).update(imported_by=import_)


def test_the_import_says_what_came(alice):
    import_ = stored(alice, *weeks_of_push(3))
    assert (import_.app, import_.sessions, import_.sets, import_.rows_not_taken, import_.names_new) == (
        "Strong", 3, 6, 0, 0,
    )  # fmt: skip
    assert Import.objects.stored().get() == import_
