from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

import pytest

from analytics import records
from analytics.records import StrengthRecord
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Prescription, Set
from training.progression import shown_e1rm
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db


def everything(user) -> list[records.RecordDay]:
    found = []
    for page in count(1):
        rows, more = records.records_feed(user, page=page)
        found += rows
        if not more:
            return found


def by_weight(days) -> list[tuple]:
    return [(one.day, r) for one in days for r in one.records if not isinstance(r, StrengthRecord)]


def of_strength(days) -> list[tuple]:
    return [
        (one.exercise.id, one.day, r.strength, r.before_strength)
        for one in days
        for r in one.records
        if isinstance(r, StrengthRecord)
    ]


def test_the_feed_has_each_record_that_a_walk_through_the_log_finds(alices):
    """The walk goes by exercise and session, and finds more weight than ever before, or more reps than ever before with
    that weight."""
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
    ours = [(r.exercise.id, day, r.weight, r.reps, r.before_weight or r.before_reps) for day, r in by_weight(found)]
    assert sorted(ours) == sorted(expected)
    assert len(ours) >= 10
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    assert len({(one.exercise, one.day) for one in found}) == len(found)


def test_strength_has_each_record_that_the_engines_estimates_show(alices):
    """A record is a day's best estimate, with the body mass of that day, that is more than on every day before, to a
    tenth."""
    user = alices.user
    days = sorted({one.performed_at.astimezone(user.zone).date() for _, one, _ in alices.rows})
    for number, day in enumerate(days[2::3]):  # not yet known on the first days
        user.body_weights.create(date=day, kg=Decimal(80) + Decimal(number) / 2)
    masses = dict(user.body_weights.values_list("date", "kg"))
    estimates = defaultdict(list)
    for _, one, exercise in alices.rows:
        day = one.performed_at.astimezone(user.zone).date()
        known = [masses[date] for date in sorted(masses) if date <= day]
        load = one.weight if exercise.loading == "weight" else known and known[-1] + one.weight
        value = load and shown_e1rm(load, one.reps, one.rir and Decimal(one.rir))
        if value:
            estimates[exercise.id, day].append(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
    expected, best = [], {}
    for exercise, day in sorted(estimates, key=lambda place: place[1]):
        value = max(estimates[exercise, day])
        if value > best.setdefault(exercise, value):
            expected.append((exercise, day, value, best[exercise]))
            best[exercise] = value
    found = of_strength(everything(user))
    assert sorted(found) == sorted(expected)
    assert {exercise for exercise, *_ in found} == {one.id for one in alices.exercises}


def lifter_of(*sets: tuple, loading="weight", unit="kg"):
    """Makes a lifter who did sets of (weight, reps, RIR), one a week."""
    alice = UserFactory(preferences={"unit": unit})
    press = ExerciseFactory(loading=loading)
    workout, lifter = planned_workout(alice, press, unit=unit), Lifter(alice)
    for week, (weight, reps, rir) in enumerate(sets, start=1):
        lifter.log(workout, week, press, reps, weight=weight, rir=rir)
    return alice


def test_reps_left_can_make_a_strength_record_of_the_same_set():
    alice = lifter_of(("100", 8, 0), ("100", 8, 2))
    [day] = everything(alice)
    [record] = day.records
    before, now = (shown_e1rm(Decimal(100), 8, rir).quantize(Decimal("0.1")) for rir in (0, 2))
    assert (record.words, record.before) == (f"{now} kg", f"best estimated strength, {before} kg before")


def test_a_day_has_its_records_by_weight_before_its_strength():
    [day] = everything(lifter_of(("100", 8, 0), ("110", 8, 0)))
    assert [type(one).__name__ for one in day.records] == ["Record", "StrengthRecord"]
    assert day.records[0].before == "most weight, 100 kg before"


@pytest.mark.parametrize(
    ("weight", "reps", "rir"),
    [("100", 16, 0), ("100", 12, 4), ("100", 8, 6), ("99.9", 8, 0), ("100", 8, 0)],
    ids=["many reps", "many to failure", "far from failure", "lighter", "the same"],
)
def test_what_says_nothing_of_strength_is_no_record_of_it(weight, reps, rir):
    assert of_strength(everything(lifter_of(("100", 8, 0), (weight, reps, rir)))) == []


@pytest.mark.parametrize("kind", ["deload", "recovery"])
def test_deloads_and_recoveries_are_no_strength_record_and_set_no_mark(kind):
    alice, press = UserFactory(), ExerciseFactory()
    workout, lifter = planned_workout(alice, press), Lifter(alice)
    lifter.log(workout, 2, press, 8, weight="100")
    lifter.log(workout, 1, press, 8, weight="120", day=14)  # the one that a prescription asked for
    lifter.log(workout, 4, press, 8, weight="110")
    assert [now for _, _, now, _ in of_strength(everything(alice))] == [Decimal("144.2")]
    Prescription.objects.update(kind=kind)
    assert [now for _, _, now, _ in of_strength(everything(alice))] == [Decimal("132.2")]
    assert len(by_weight(everything(alice))) == 1


def test_sets_that_extend_another_set_no_mark_of_strength():
    alice = lifter_of(("100", 8, 0), ("120", 8, 0))
    Set.objects.filter(user=alice, weight=120).update(set_type="drop")
    assert of_strength(everything(alice)) == []


def test_less_help_is_more_strength_once_the_body_mass_is_known():
    alice = lifter_of(("30", 8, 0), ("25", 8, 0), loading="assisted")
    assert of_strength(everything(alice)) == []
    alice.body_weights.create(date=alice.today() - timedelta(weeks=60), kg=80)
    [(_, _, now, before)] = of_strength(everything(alice))
    assert [now, before] == [shown_e1rm(Decimal(kg), 8, 0).quantize(Decimal("0.1")) for kg in (55, 50)]


def test_strength_is_said_in_the_lifters_unit():
    [day] = everything(lifter_of(("200", 8, 0), ("210", 8, 0), unit="lb"))
    now, before = (shown_e1rm(Decimal(pounds), 8, 0) for pounds in (210, 200))
    assert abs(day.records[1].strength - now) < Decimal("0.2")
    assert abs(day.records[1].before_strength - before) < Decimal("0.2")
    assert day.records[1].words.endswith(" lb")


def test_less_help_is_a_record_and_more_is_none():
    alice = UserFactory()
    pull = ExerciseFactory(loading="assisted")
    workout, lifter = planned_workout(alice, pull), Lifter(alice)
    for week, help_ in ((1, "30"), (2, "25"), (3, "40")):
        lifter.log(workout, week, pull, 8, weight=help_)
    [day] = everything(alice)
    [one] = day.records
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


def test_each_set_is_shown_as_typed_whatever_the_unit_is_now():
    alice = lifter_of(("100", 8, 0), ("102.5", 8, 0))
    press = Set.objects.filter(user=alice).first().exercise
    type(alice).objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    alice.refresh_from_db()
    log = Set.objects.filter(user=alice).latest("performed_at").workout_log
    later = log.performed_at + timedelta(days=7)
    Set.objects.create(
        workout_log=log, user=alice, exercise=press, set_number=9, weight=230, unit="lb", reps=8, performed_at=later
    )
    told = [(r.words, r.before) for _, r in by_weight(everything(alice))]
    assert told == [
        ("230 lb × 8", "most weight, 102.5 kg before"),
        ("102.5 kg × 8", "most weight, 100 kg before"),
    ]
    assert [one.words for one in records.rep_records(alice, press)] == ["230 lb", "102.5 kg", "100 kg"]
