from decimal import Decimal
from itertools import count

import pytest

from analytics import records
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db


def everything(user) -> list[records.Record]:
    found = []
    for page in count(1):
        rows, more = records.records_feed(user, page=page)
        found += rows
        if not more:
            return found


def test_the_feed_has_each_record_that_a_walk_through_the_log_finds(alices):
    """By exercise and session: harder than ever before, or more reps than ever before with that weight."""
    expected = []
    for exercise in alices.exercises:
        hardest, reps_at = None, {}
        logs = {log.id: log for log, _, of in alices.rows if of == exercise}
        for log in sorted(logs.values(), key=lambda log: log.performed_at):
            done = [one for of_log, one, of in alices.rows if of_log == log and of == exercise]
            for weight in {one.weight for one in done}:
                best = max(one.reps for one in done if one.weight == weight)
                day = log.performed_at.astimezone(alices.user.zone).date()
                if hardest is not None and weight > hardest:
                    expected.append((exercise.id, day, weight, best, hardest))
                elif best > reps_at.get(weight, 999):
                    expected.append((exercise.id, day, weight, best, reps_at[weight]))
            hardest = max([one.weight for one in done] + ([] if hardest is None else [hardest]))
            for one in done:
                reps_at[one.weight] = max(reps_at.get(one.weight, 0), one.reps)
    found = everything(alices.user)
    ours = [(one.exercise.id, one.day, one.weight, one.reps, one.before_weight or one.before_reps) for one in found]
    assert sorted(ours) == sorted(expected)
    assert len(found) >= 10
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)


def test_less_help_is_a_record_and_more_is_none():
    alice = UserFactory()
    pull = ExerciseFactory(loading="assisted")
    workout, lifter = planned_workout(alice, pull), Lifter(alice)
    for week, help_ in ((1, "30"), (2, "25"), (3, "40")):
        lifter.log(workout, week, pull, 8, weight=help_)
    [one] = everything(alice)
    assert (one.weight, one.before_weight) == (25, 30)


def test_rep_records_name_the_most_reps_of_each_weight(alices):
    for exercise in alices.exercises:
        best = {}
        for _, one, of in sorted(alices.rows, key=lambda row: row[1].performed_at):
            if of == exercise and one.reps > best.get(one.weight, (0,))[0]:
                best[one.weight] = one.reps, one.performed_at.astimezone(alices.user.zone).date()
        rows = records.rep_records(alices.user, exercise, most=500)
        assert [(one.weight, (one.reps, one.day)) for one in rows] == sorted(best.items(), reverse=True)


def test_pages_of_records_follow_each_other_without_a_gap(alices, monkeypatch):
    whole = everything(alices.user)
    monkeypatch.setattr(records, "PAGE", 3)
    assert everything(alices.user) == whole


def test_pounds_come_out_as_they_were_typed():
    alice = UserFactory(preferences={"unit": "lb"})
    press = ExerciseFactory()
    workout, lifter = planned_workout(alice, press, unit="lb"), Lifter(alice)
    lifter.log(workout, 1, press, 8, weight="132.5")
    [row] = records.rep_records(alice, press)
    assert (row.weight, row.unit) == (Decimal("132.5"), "lb")
