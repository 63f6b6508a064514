"""Trends and correlation, against plain Python over the rows that were stored."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from analytics import trends
from analytics.tests.conftest import ZONE, write_logbook
from analytics.trends import Correlation, MuscleTrend
from exercises.kinds import PARTS_OF
from exercises.models import Exercise, MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Set, WorkoutLog

pytestmark = pytest.mark.django_db


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def mean(values) -> Decimal:
    values = [Decimal(value) for value in values]
    return sum(values) / len(values)


def test_volume_trends_go_by_the_lifters_calendar(alices):
    since = timezone.now() - timedelta(weeks=26)
    weeks = defaultdict(list)
    for row in alices.rows:
        if row[0].performed_at >= since:
            day = row[0].performed_at.astimezone(ZoneInfo(ZONE)).date()
            weeks[monday_of(day), row[2].muscle_group].append(row)
    assert len(weeks) > 10
    assert any(row[0].performed_at < since for row in alices.rows)
    with assertNumQueries(2):
        found = trends.trends_since(alices.user, since)
    assert [(one.week, one.muscle) for one in found] == sorted(weeks, key=lambda key: (-key[0].toordinal(), key[1]))
    for one in found:
        rows = weeks[one.week, one.muscle]
        assert one.workouts_count == len({log.id for log, _, _ in rows})
        assert one.total_sets == one.working_sets == len(rows)
        assert one.volume_kg == sum(s.weight * s.reps for _, s, _ in rows)
        assert float(one.avg_weight_kg) == pytest.approx(float(mean(s.weight for _, s, _ in rows)))
        assert float(one.avg_reps) == pytest.approx(float(mean(s.reps for _, s, _ in rows)))


def test_asked_by_part_they_are_the_same_trends_with_parts(alices):
    exercise = alices.rows[0][2]
    Exercise.objects.filter(id=exercise.id).update(part=PARTS_OF[MuscleGroup(exercise.muscle_group)][0])
    plain, by_part = (trends.trends_since(alices.user, None, by_part=by_part) for by_part in (False, True))
    assert [replace(one, parts=()) for one in by_part] == plain
    assert [sum(part.sets for part in one.parts) for one in by_part] == [one.working_sets for one in plain]


def test_the_phones_own_day_goes_before_the_time_zone(alices):
    log = alices.rows[-1][0]
    far = date(2026, 1, 7)
    WorkoutLog.objects.filter(id=log.id).update(local_date=far)
    found = trends.trends_since(alices.user, None)
    assert {one.week for one in found if one.week < far} == {date(2026, 1, 5)}


def test_assisted_sets_have_no_average_weight(alices):
    last = alices.rows[-1]
    Set.objects.filter(user=alices.user).exclude(workout_log=last[0], exercise=last[2]).delete()
    Set.objects.filter(user=alices.user).update(exercise=ExerciseFactory(loading="assisted", muscle_group="back"))
    [one] = trends.trends_since(alices.user, None)
    assert (one.muscle, one.volume_kg, one.avg_weight_kg) == ("back", 0, None)
    assert isinstance(one, MuscleTrend)


def test_a_session_of_the_moment_itself_is_in_and_one_before_it_is_out(alices):
    last = max(log.performed_at for log, _, _ in alices.rows)
    assert trends.trends_since(alices.user, last) != []
    assert trends.trends_since(alices.user, last + timedelta(microseconds=1)) == []


def test_feedback_correlation_pairs_answers_with_the_muscles_sets_of_the_next_week(alices):
    sets = defaultdict(int)
    for log, _, exercise in alices.rows:
        sets[log.mesocycle_id, log.week_number, exercise.muscle_group] += 1
    pairs = []
    for log, felt in alices.feedback:
        followed = sets.get((log.mesocycle_id, log.week_number + 1, felt.muscle_group))
        if followed:
            levels = (felt.soreness_level, felt.pump_level, felt.challenge_level)
            pairs.append(((felt.muscle_group, *levels), followed))

    def as_key(pair):
        return repr(pair[0])

    expected = {}
    for key, group in groupby(sorted(pairs, key=as_key), key=lambda pair: pair[0]):
        counts = [followed for _, followed in group]
        expected[key] = (len(counts), mean(counts))
    with assertNumQueries(1):
        found = trends.feedback_correlation(alices.user)
    assert len(found) == len(expected) > 10
    assert any(one.occurrences > 1 for one in found)
    for one in found:
        assert isinstance(one, Correlation)
        occurrences, average = expected[one.muscle, one.soreness_level, one.pump_level, one.challenge_level]
        assert one.occurrences == occurrences
        assert float(one.avg_next_sets) == pytest.approx(float(average))


def test_correlation_of_one_muscle_is_that_of_all_for_it(alices):
    whole = trends.feedback_correlation(alices.user)
    for muscle in ("chest", "back", "tris", "abs"):
        assert trends.feedback_correlation(alices.user, muscle) == [one for one in whole if one.muscle == muscle] != []


def test_nothing_was_done_nothing_is_said(db):
    user = UserFactory()
    assert trends.trends_since(user, None) == []
    assert trends.feedback_correlation(user) == []


def test_another_lifters_sets_never_count(alices, library):
    before = trends.trends_since(alices.user, None), trends.feedback_correlation(alices.user)
    write_logbook(UserFactory(timezone="UTC"), library, seed=3, now=timezone.now())
    assert before == (trends.trends_since(alices.user, None), trends.feedback_correlation(alices.user))
