"""A page is built of what was read, and shown as it was built: without a database, and without a clock of its own."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from exercises.models import Exercise, ExerciseSettings
from metricgain.users.models import User
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Workout, WorkoutLog
from training.models.done_set import DoneSet
from training.progression import default_grid
from training.session.forms import BackfillForm, SetForm
from training.session.page.building import build_page
from training.session.page.reading import SessionExercise, SessionReading
from training.session.running_week import SessionWeek

NOW = datetime(2026, 11, 29, 18, 30, 0, 123_456, tzinfo=UTC)


@pytest.fixture
def build(monkeypatch):
    """Calls `build_page` with every clock broken, so that only the given moment counts."""

    def built(reading, *, now=NOW, **said):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: pytest.fail("it asked what time it is"))
            return build_page(reading, now=now, **said)

    return built


# What the view adds to the session.
ASIDE = {"refused": None, "refusal": "", "kept": None, "rounded": None, "csrf_token": ""}


def an_exercise(number, muscle, *, sets=0, done=(), **said):
    """Makes an exercise that asks `sets` sets (0: not in the plan). `done`: (weight, reps) of each set."""
    exercise = Exercise(id=number, name=f"Exercise {number}", muscle_group=muscle, equipment="barbell")
    grid = default_grid(equipment="barbell", loading="weight", unit="kg")
    asked = Prescription(
        id=100 + number,
        exercise=exercise,
        position=number,
        sets=sets,
        reps=10,
        reps_lo=8,
        drop=Decimal(1),
        weight=Decimal(100),
        unit="kg",
        rir=2,
        inputs={"lo": 8, "hi": 12, "grid": grid.to_dict()},
    )
    rows = [
        DoneSet(number, place, Decimal(weight), "kg", Decimal(weight), reps, None, "working", NOW)
        for place, (weight, reps) in enumerate(done, start=1)
    ]
    read = {"own": None, "last_time": [], "best": [], "names": {}} | said
    return SessionExercise(exercise=exercise, prescription=asked if sets else None, done=rows, **read)


def read(*exercises):
    user = User(id=1, email="alice@example.com")
    mesocycle = Mesocycle(id=1, user=user, name="Upper / Lower", duration_weeks=5, status="active")
    return SessionReading(
        workout=Workout(id=1, mesocycle=mesocycle, name="Upper A"),
        week=2,
        log=None,
        url="/workouts/1/week/2/",
        user=user,
        exercises=exercises,
        feedback={},
        trained={"chest"},
        around=SessionWeek(),
        asked=[],
        volume_before={},
        bias_learnt={},
        sets_next={},
        is_prescribed_later=False,
    )


def with_log(reading, status):
    place = {"workout": reading.workout, "user": reading.user, "week_number": reading.week}
    log = WorkoutLog(id=7, **place, status=status, performed_at=NOW, started_at=NOW)
    log.duration_minutes = None  # which PostgreSQL works out
    return replace(reading, log=log)


def test_it_needs_no_database_and_nothing_of_it_changes_afterwards(build):
    reading = read(an_exercise(1, "chest", sets=3, done=[(100, 6)]), an_exercise(2, "back", done=[(40, 12)]))
    session = build(reading)
    press, row = session.cards
    assert (session.count, session.at) == ("2 of 4 sets done.", "1795977000123")
    assert [(one.weight, one.reps, bool(one.done)) for one in press.rows] == [
        ("100", "6", True),
        ("97.5", "9", False),
        ("97.5", "8", False),
    ]
    assert (press.prescription_id, row.prescription_id, len(row.rows)) == ("101", "", 1)
    for thing, name in ((session, "cards"), (press, "soreness"), (press.rows[0], "weight")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, None)


def test_how_the_lifter_does_an_exercise_is_told_beside_it(build):
    own = ExerciseSettings(rest_seconds=75, note="Seat on 4.")
    [card] = build(read(an_exercise(1, "chest", sets=1, own=own))).cards
    assert (card.rest_seconds, card.note) == (75, "Seat on 4.")


@pytest.mark.parametrize(("number", "place"), [(2, 1), (9, 3)])
def test_a_refused_set_is_in_its_row_with_what_was_typed_or_in_the_one_more(build, number, place):
    refused = SetForm({"weight": "abc", "reps": "8", "unit": "kg"}, exercise_id=1, number=number)
    assert not refused.is_valid()
    press, row = build(read(an_exercise(1, "chest", sets=3), an_exercise(2, "back", sets=3)), refused=refused).cards
    rows = [*press.rows, *press.extra]
    assert [one.weight for one in rows].index("abc") == place
    assert [list(one.errors) for one in rows if one.errors] == [["weight"]]
    assert not any(one.errors for one in [*row.rows, *row.extra])


def test_a_refused_day_is_as_it_was_typed(build):
    refused = BackfillForm({"day": "yesterday", "began": "10:00"}, latest=NOW.date(), here=UTC)
    assert not refused.is_valid()
    day, began, _ = build(read(), refused=refused).inputs
    assert (day.value, day.error, began.value) == ("yesterday", "Choose the day you trained.", "10:00")


def test_a_muscle_with_two_exercises_is_asked_once_before_and_once_after_them(build):
    reading = read(an_exercise(1, "chest", sets=1, done=[(100, 8)]), an_exercise(2, "chest", sets=1, done=[(40, 12)]))
    first, last = build(reading, settled={"chest": "so it is"}).cards
    assert (bool(first.soreness), first.performance, last.soreness) == (True, None, None)
    assert (last.performance.is_open, last.performance.no_effect) == (True, "so it is")
    feedback = {"chest": MuscleGroupFeedback(muscle_group="chest", pump_level=1, challenge_level=2)}
    _, last = build(replace(reading, feedback=feedback)).cards
    assert (last.performance.is_open, last.performance.is_saved) == (False, True)


@pytest.mark.parametrize(("hours", "is_left_open"), [(3, False), (5, True)])
def test_whether_it_was_left_open_is_asked_of_the_moment_that_it_is_given(build, hours, is_left_open):
    reading = read(an_exercise(1, "chest", sets=3, done=[(100, 6)]))
    session = build(with_log(reading, "in_progress"), now=NOW + timedelta(hours=hours))
    assert session.left_open_since == (NOW if is_left_open else None)


@pytest.mark.parametrize("status", ["in_progress", "completed", "skipped"])
def test_it_is_shown_without_a_database_too(build, rf, status):
    reading = read(an_exercise(1, "chest", sets=3, done=[(100, 6)]), an_exercise(2, "back", done=[(40, 12)]))
    session = build(with_log(reading, status))
    request = rf.get(session.url)
    request.user = reading.user
    assert "2 of 4 sets done." in render_to_string(
        "training/session/workout_detail.html", {"session": session, **ASIDE}, request
    )
