"""Compares what pages show with the query of the database document that asks for it, run verbatim in the user's time
zone.

In kilograms and without assisted sets, the two must say the same. The document is read if it lies beside this clone;
otherwise our own words for the same questions are run."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from analytics import dataset, metrics, trends
from analytics.exercise_sessions import exercise_history
from analytics.records import rep_records
from analytics.strength import strength_of
from metricgain.tests.database_document.questions import QUESTIONS, statements
from metricgain.tests.database_document.test_statements import DOCUMENT, OURS, ask, document
from training.models import Set, WorkoutLog
from training.session.page.reading import read_session

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["as written", "in our words"])
def question(request):
    """Returns a query of the document by its name."""
    if request.param == "in our words":
        return QUESTIONS.__getitem__
    if not DOCUMENT.exists():
        pytest.skip("the customer's document does not lie beside this clone")
    return document().__getitem__


@contextmanager
def time_zone_of(user) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, false)", [user.timezone])
        yield
        cursor.execute("SELECT set_config('TimeZone', 'UTC', false)")


def same(ours, theirs) -> bool:
    return sorted(map(repr, ours)) == sorted(map(repr, theirs))


def session_of(log):
    return read_session(log.user, log.workout_id, log.week_number, now=log.performed_at)


def test_total_volume_for_a_workout(alices, question):
    for log in {row[0] for row in alices.rows}:
        [(volume,)] = ask(question("Total volume for a workout"), [log.id])
        assert sum(session_of(log).kilograms.values()) == volume


def test_total_volume_for_a_muscle_group_in_a_workout(alices, question):
    for log in {row[0] for row in alices.rows}:
        for muscle in ("chest", "back", "tris", "abs"):
            [(volume,)] = ask(question("Total volume for a muscle group in a workout"), [log.id, muscle])
            assert session_of(log).kilograms.get(muscle, 0) == (volume or 0)


def test_volume_progression_across_weeks(alices, question):
    for mesocycle in alices.mesocycles:
        rows = ask(question("Volume progression across weeks"), [mesocycle.id])
        assert len(rows) > 5
        ours = {(one.week, one.muscle): one.volume_kg for one in metrics.volume_by_week_and_muscle(mesocycle)}
        assert ours == {(week, muscle): volume for week, muscle, volume in rows}


def test_previous_weeks_performance_for_an_exercise(alices, question):
    asked = 0
    for mesocycle in alices.mesocycles:
        workouts = set(mesocycle.workouts.values_list("id", flat=True))
        for exercise in alices.exercises:
            sessions = exercise_history(alices.user, exercise, since=None)
            for week in (2, 3, 4):
                rows = ask(
                    question("Get previous week's performance for an exercise"), [mesocycle.id, week, exercise.id]
                )
                before = [one for one in sessions if one.workout_id in workouts and one.week == week - 1]
                assert same([(one.weight, one.reps, one.set_number) for of in before for one in of.sets], rows)
                asked += bool(rows)
    assert asked > 10


def test_users_best_performance_for_an_exercise(alices, question):
    alices.user.body_weights.create(date="2020-01-01", kg=80)  # without it, sets far apart are not alike
    for exercise in alices.exercises:
        [row] = ask(question("Get user's best performance for an exercise"), [exercise.id, alices.user.id])
        best = [(one.weight, one.reps, one.weight * one.reps) for one in rep_records(alices.user, exercise, most=1000)]
        assert tuple(map(max, zip(*best, strict=True))) == row


def test_bests_as_our_document_asks_for_them(alices):
    """Beside working sets there are a drop set and a day while ill, which hold no best."""
    alices.user.body_weights.create(date="2020-01-01", kg=80)
    later = next(one for _, one, _ in alices.rows if one.set_number == 2)
    Set.objects.filter(id=later.id).update(set_type="drop", reps=40)
    WorkoutLog.objects.filter(id=alices.rows[-1][0].id).update(ill=True)
    for exercise in alices.exercises:
        rows = ask(statements(OURS.read_text())["Bests of an exercise"], [exercise.id, alices.user.id])
        assert [(one.weight, one.reps) for one in rep_records(alices.user, exercise, most=1000)] == [
            (weight, reps) for weight, reps, _ in rows
        ]
        [shown] = strength_of(alices.user, [exercise], since=None)
        if exercise.loading == "weight":
            best = max(strength for _, _, strength in rows if strength is not None)
            assert float(shown.best) == pytest.approx(float(best), abs=0.006)


def said(levels) -> list[str]:
    return ["" if one is None else str(one) for one in levels]


def test_feedback_history_for_a_muscle_group(alices):
    """The dataset has a row for each set, and so has the document. In our own words each session would be a row."""
    if not DOCUMENT.exists():
        pytest.skip("the customer's document does not lie beside this clone")
    levels = ("week_number", "soreness_level", "pump_level", "challenge_level")
    exported = csv.DictReader(io.StringIO(b"".join(dataset.own_sets(alices.user)).decode("utf-8-sig")))
    ours = [((row["mesocycle_id"], row["muscle_group"]), tuple(row[one] for one in levels)) for row in exported]
    for mesocycle in alices.mesocycles:
        for muscle in ("chest", "back", "abs"):
            rows = ask(document()["Get feedback history for a muscle group"], [mesocycle.id, muscle])
            answered = [(*map(str, row[:1]), *said(row[1:4]), row[4]) for row in rows if any(said(row[1:4]))]
            assert answered
            sets = Counter(levels for of, levels in ours if of == (str(mesocycle.id), muscle))
            assert same([(*levels, count) for levels, count in sets.items() if any(levels[1:])], answered)


def half_a_year_ago():
    """Returns the moment that the document means, in the time zone of the session: summer time may lie between."""
    # In seconds, because Django takes each time for one in UTC.
    [(seconds,)] = ask("SELECT EXTRACT(epoch FROM CURRENT_TIMESTAMP - INTERVAL '6 months')", [])
    return datetime.fromtimestamp(float(seconds), UTC)


def test_volume_trends(alices, question):
    with time_zone_of(alices.user):
        rows, since = ask(question("Volume Trends"), [alices.user.id]), half_a_year_ago()
    zone = ZoneInfo(alices.user.timezone)
    theirs = [(week.astimezone(zone).date(), *rest) for week, *rest in rows]
    ours = trends.trends_since(alices.user, since)
    assert len(ours) > 10
    assert [(o.week, o.muscle, o.workouts_count, o.total_sets, o.volume_kg) for o in ours] == [r[:5] for r in theirs]
    for one, row in zip(ours, theirs, strict=True):
        assert float(one.avg_weight_kg) == pytest.approx(float(row[5]))
        assert float(one.avg_reps) == pytest.approx(float(row[6]))


def test_volume_trends_differ_from_those_in_utc_for_this_lifter(alices, question):
    """Without this difference the other tests would not test the time zone."""
    rows = ask(question("Volume Trends"), [alices.user.id])
    ours = {(o.week, o.muscle): o.total_sets for o in trends.trends_since(alices.user, half_a_year_ago())}
    assert ours != {(row[0].date(), row[1]): row[3] for row in rows}
    assert sum(ours.values()) == sum(row[3] for row in rows)


def test_feedback_correlation_as_our_document_repairs_it(alices):
    repaired = statements(OURS.read_text())["Feedback correlation"]
    rows = ask(repaired, [alices.user.id, alices.user.id])
    ours = trends.feedback_correlation(alices.user)
    assert len(rows) > 10
    assert same([astuple(one)[:6] for one in ours], rows)
