"""Each metric beside the query of the database document that it is named after, run verbatim in the user's time zone.

On kilograms, without assisted sets: there the two must say the same. The document is read where it lies beside this
clone; without it, our own words for the same questions are run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from analytics import metrics, trends
from metricgain.tests.database_document.questions import QUESTIONS, statements
from metricgain.tests.database_document.test_statements import DOCUMENT, OURS, ask, document

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["as written", "in our words"])
def question(request):
    """A query of the document by its name."""
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


def test_total_volume_for_a_workout(alices, question):
    for log in {row[0] for row in alices.rows}:
        [(volume,)] = ask(question("Total volume for a workout"), [log.id])
        assert metrics.workout_volume(log) == volume


def test_total_volume_for_a_muscle_group_in_a_workout(alices, question):
    for log in {row[0] for row in alices.rows}:
        for muscle in ("chest", "back", "tris", "abs"):
            [(volume,)] = ask(question("Total volume for a muscle group in a workout"), [log.id, muscle])
            assert metrics.muscle_volume(log, muscle) == (volume or 0)


def test_volume_progression_across_weeks(alices, question):
    for mesocycle in alices.mesocycles:
        rows = ask(question("Volume progression across weeks"), [mesocycle.id])
        assert len(rows) > 5
        ours = {(one.week, one.muscle): one.volume_kg for one in metrics.volume_by_week_and_muscle(mesocycle)}
        assert ours == {(week, muscle): volume for week, muscle, volume in rows}


def test_previous_weeks_performance_for_an_exercise(alices, question):
    asked = 0
    for mesocycle in alices.mesocycles:
        for week in (2, 3, 4):
            for exercise in alices.exercises:
                rows = ask(
                    question("Get previous week's performance for an exercise"), [mesocycle.id, week, exercise.id]
                )
                ours = metrics.previous_week_performance(mesocycle, week, exercise)
                assert same([(one.weight, one.reps, one.set_number) for one in ours], rows)
                asked += bool(rows)
    assert asked > 10


def test_users_best_performance_for_an_exercise(alices, question):
    for exercise in alices.exercises:
        [row] = ask(question("Get user's best performance for an exercise"), [exercise.id, alices.user.id])
        best = metrics.best_performance(alices.user, exercise)
        assert (best.max_weight_kg, best.max_reps, best.max_volume_kg) == row


def test_feedback_history_for_a_muscle_group(alices):
    """As the document has it; in our words each session would be a row."""
    if not DOCUMENT.exists():
        pytest.skip("the customer's document does not lie beside this clone")
    for mesocycle in alices.mesocycles:
        for muscle in ("chest", "back", "abs"):
            rows = ask(document()["Get feedback history for a muscle group"], [mesocycle.id, muscle])
            assert rows
            ours = metrics.feedback_history(mesocycle, muscle)
            fields = [(o.week, o.soreness_level, o.pump_level, o.challenge_level, o.total_sets) for o in ours]
            assert same(fields, rows)


def test_volume_trends(alices, question):
    with time_zone_of(alices.user):
        rows = ask(question("Volume Trends"), [alices.user.id])
    zone = ZoneInfo(alices.user.timezone)
    theirs = [(week.astimezone(zone).date(), *rest) for week, *rest in rows]
    ours = trends.volume_trends(alices.user, now=timezone.now())
    assert len(ours) > 10
    assert [(o.week, o.muscle, o.workouts_count, o.total_sets, o.volume_kg) for o in ours] == [r[:5] for r in theirs]
    for one, row in zip(ours, theirs, strict=True):
        assert float(one.avg_weight_kg) == pytest.approx(float(row[5]))
        assert float(one.avg_reps) == pytest.approx(float(row[6]))


def test_volume_trends_differ_from_those_in_utc_for_this_lifter(alices, question):
    """Else the time zone would have been tested in vain."""
    rows = ask(question("Volume Trends"), [alices.user.id])
    ours = {(o.week, o.muscle): o.total_sets for o in trends.volume_trends(alices.user, now=timezone.now())}
    assert ours != {(row[0].date(), row[1]): row[3] for row in rows}
    assert sum(ours.values()) == sum(row[3] for row in rows)


def test_feedback_correlation_as_our_document_repairs_it(alices):
    [repaired] = statements(OURS.read_text()).values()
    rows = ask(repaired, [alices.user.id, alices.user.id])
    ours = trends.feedback_correlation(alices.user)
    assert len(rows) > 10
    assert same([astuple(one)[:6] for one in ours], rows)


def test_a_session_of_half_a_year_ago_is_out_and_a_minute_later_is_in(alices):
    log, now = alices.rows[-1][0], timezone.now()
    type(log).objects.exclude(id=log.id).delete()
    edge = trends.months_before(now.astimezone(ZoneInfo(alices.user.timezone)), 6)
    for moment, counted in ((edge - timedelta(minutes=1), False), (edge + timedelta(minutes=1), True)):
        type(log).objects.filter(id=log.id).update(performed_at=moment)
        weeks = {one.week for one in trends.volume_trends(alices.user, now=now)}
        day = moment.astimezone(ZoneInfo(alices.user.timezone)).date()
        assert (day - timedelta(days=day.weekday()) in weeks) == counted
