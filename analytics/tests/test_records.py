"""Bests and records: from working sets of hard sessions, against earlier sessions only, from the whole history."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count, groupby

import pytest

from analytics import records
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training import progression
from training.models import Prescription, Set, WorkoutLog
from training.progression import SetMark, default_grid, shown_e1rm
from training.tests.factories import MesocycleFactory, WorkoutFactory, planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 1, 5, 18, tzinfo=UTC)


def everything(user) -> list[records.RecordDay]:
    found = []
    for page in count(1):
        rows, more = records.records_feed(user, page=page)
        found += rows
        if not more:
            return found


def said(user) -> list[str]:
    """Returns the sets that are records, latest first."""
    return [one.words for of in everything(user) for one in of.records]


class Gym:
    """A lifter and one exercise, trained without a plan: each session as sets of (weight, reps, RIR)."""

    def __init__(self, *sessions, loading="weight", unit="kg", zone="UTC"):
        self.user = UserFactory(preferences={"unit": unit}, timezone=zone)
        self.press = ExerciseFactory(loading=loading)
        self.mesocycle = MesocycleFactory(user=self.user, status="completed")
        self.unit, self.logs = unit, []
        for sets in sessions:
            self.train(*sets)

    def train(self, *sets, at=None, **of_set) -> WorkoutLog:
        at = at or BEGAN + timedelta(days=7 * len(self.logs))
        workout = WorkoutFactory(mesocycle=self.mesocycle)
        log = WorkoutLog.objects.create(
            workout=workout,
            mesocycle=self.mesocycle,
            user=self.user,
            week_number=1,
            performed_at=at,
            started_at=at,
            local_date=at.astimezone(self.user.zone).date(),
        )
        for number, (weight, reps, rir) in enumerate(sets, start=1):
            values = {"unit": self.unit, "weight": Decimal(str(weight)), "reps": reps, "rir": rir} | of_set
            when = at + timedelta(minutes=4 * number)
            Set.objects.create(
                workout_log=log, user=self.user, exercise=self.press, set_number=number, performed_at=when, **values
            )
        self.logs.append(log)
        return log

    @property
    def records(self) -> list[str]:
        return said(self.user)

    @property
    def table(self) -> list[tuple]:
        return [(one.weight, one.reps) for one in records.rep_records(self.user, self.press, most=500)]


@pytest.mark.parametrize("latest", [1, 3, 30])
def test_the_feed_has_each_record_that_a_walk_through_the_log_finds(alices, monkeypatch, latest):
    """The walk goes by exercise and session, and compares with all that was done before."""
    monkeypatch.setattr(records, "SESSIONS", latest)
    monkeypatch.setattr(records, "FURTHER", 2)
    Set.objects.filter(user=alices.user, set_number=1).update(rir=2)
    alices.user.body_weights.create(date="2020-01-01", kg=80)
    expected = []
    for exercise in alices.exercises:
        sets = Set.objects.filter(user=alices.user, exercise=exercise).order_by("workout_log__performed_at", "id")
        rows = [(one.workout_log_id, SetMark(one.weight_kg, one.reps, one.rir)) for one in sets]
        times = Counter(mark for _, mark in rows)
        body = None if exercise.loading == "weight" else Decimal(80)
        grid = default_grid(equipment=exercise.equipment, loading=exercise.loading, body=body)
        known = [mark for mark in times if progression.shows_something(mark, kind=grid.kind)]
        counts = progression.that_count([(mark, times[mark] > 1) for mark in known], grid=grid)
        counting = {mark for mark, it in zip(known, counts, strict=True) if it}
        before: list[SetMark] = []
        for log, session in groupby(rows, key=lambda row: row[0]):
            done = sorted(
                (mark for _, mark in session if mark in counting), key=lambda one: (-one.weight, -one.to_failure())
            )
            found = progression.records(done, earlier=before, grid=grid)
            expected += [(exercise.id, log) for mark, it in zip(done, found, strict=True) if it]
            before += done
    days = {log.id: log.performed_at.astimezone(alices.user.zone).date() for log, _, _ in alices.rows}
    found = everything(alices.user)
    ours = [(of.exercise.id, of.day) for of in found for _ in of.records]
    assert sorted(ours) == sorted((exercise, days[log]) for exercise, log in expected)
    assert len(ours) >= 10
    assert [of.day for of in found] == sorted((of.day for of in found), reverse=True)


def test_reps_left_make_a_record_of_the_same_set():
    gym = Gym([("100", 8, 0)], [("100", 8, 2)])
    [day] = everything(gym.user)
    assert [(one.words, one.before) for one in day.records] == [("100 kg × 8, 2 left", "more than 100 kg × 8, 0 left")]


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (("100", 9, 2), "more than 100 kg × 8, 2 left"),
        (("102.5", 8, 2), "most weight, 100 kg before"),
        (("110", 7, 2), "most weight, 100 kg before"),
        (("95", 12, 2), "best estimated strength: 133.6 kg, 126.6 kg before"),
    ],
)
def test_a_record_says_what_it_shows_more_than(then, words):
    [day] = everything(Gym([("100", 8, 2)], [then]).user)
    assert [one.before for one in day.records] == [words]


def test_one_set_of_a_day_has_the_most_weight():
    [day] = everything(Gym([("100", 8, 2)], [("105", 10, 2), ("110", 7, 2)]).user)
    assert [one.before for one in day.records] == [
        "most weight, 100 kg before",
        "best estimated strength: 140.1 kg, 126.6 kg before",
    ]


@pytest.mark.parametrize(
    "then",
    [("100", 9, 1), ("100", 10, 0), ("102.5", 7, 2), ("105", 6, 2), ("95", 9, 2), ("100", 8, 2), ("60", 30, 2)],
)
def test_what_shows_no_more_is_no_record(then):
    gym = Gym([("100", 8, 2)], [then])
    assert gym.records == []
    assert (Decimal(then[0]), max(then[1], 8 if then[0] == "100" else 0)) in gym.table  # but a best of the table


def test_the_rir_that_was_asked_counts_where_none_was_said():
    alice, press = UserFactory(), ExerciseFactory()
    workout, lifter = planned_workout(alice, press, target_weight=100), Lifter(alice)
    lifter.train(workout, 1, 10, 10, 10)
    lifter.train(workout, 2, 11, 11, 11)
    [first, then] = workout.prescriptions.current().order_by("week_number")[:2]
    assert then.rir == first.rir - 1
    assert said(alice) == []  # a rep more and a rep less left
    Set.objects.filter(user=alice, workout_log__week_number=2, set_number=2).update(rir=first.rir)
    assert said(alice) == [f"100 kg × 11, {first.rir} left"]


def test_a_session_is_not_compared_with_itself_even_past_midnight():
    late = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
    gym = Gym()
    gym.train(("100", 8, 2), ("100", 9, 2), ("100", 10, 2), at=late)
    assert Set.objects.filter(user=gym.user).values("performed_at__date").distinct().count() == 2
    assert gym.records == []
    gym.train(("100", 11, 2), ("100", 12, 2), ("100", 12, 2), at=late + timedelta(days=7))
    assert gym.records == ["100 kg × 12, 2 left"]


def test_a_change_of_the_zone_changes_no_record():
    at = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    gym = Gym(zone="Europe/Berlin")
    for hours, reps in ((0, 8), (2, 9), (26, 10)):
        gym.train(("100", reps, 2), at=at + timedelta(hours=hours))
    before = [(of.day, [one.words for one in of.records]) for of in everything(gym.user)]
    assert len(before) == 2
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        type(gym.user).objects.filter(id=gym.user.id).update(timezone=zone)
        gym.user.refresh_from_db()
        assert [(of.day, [one.words for one in of.records]) for of in everything(gym.user)] == before
    assert gym.table == [(100, 10)]


def test_each_set_is_shown_as_typed_whatever_the_unit_is_now():
    gym = Gym([("100", 8, 2)], [("102.5", 8, 2)])
    gym.train(("230", 8, 2), unit="lb")
    told = [(one.words, one.before) for of in everything(gym.user) for one in of.records]
    assert told == [
        ("230 lb × 8, 2 left", "most weight, 102.5 kg before"),
        ("102.5 kg × 8, 2 left", "most weight, 100 kg before"),
    ]
    type(gym.user).objects.filter(id=gym.user.id).update(preferences={"unit": "lb"})
    gym.user.refresh_from_db()
    assert [(one.words, one.before) for of in everything(gym.user) for one in of.records] == told
    assert [one.words for one in records.rep_records(gym.user, gym.press)] == ["230 lb", "102.5 kg", "100 kg"]


def test_sets_that_come_in_later_take_their_place():
    gym = Gym([("100", 8, 2)], [("100", 9, 2)], [("100", 10, 2)])
    assert gym.records == ["100 kg × 10, 2 left", "100 kg × 9, 2 left"]
    gym.train(("100", 10, 2), at=BEGAN + timedelta(days=1))
    assert gym.records == ["100 kg × 10, 2 left"]
    assert everything(gym.user)[0].day == (BEGAN + timedelta(days=1)).date()
    [row] = records.rep_records(gym.user, gym.press)
    assert (row.reps, row.day) == (10, (BEGAN + timedelta(days=1)).date())


@pytest.mark.parametrize("kind", ["deload", "recovery"])
def test_deloads_and_recoveries_hold_no_best(kind):
    alice, press = UserFactory(), ExerciseFactory()
    workout, lifter = planned_workout(alice, press), Lifter(alice)
    lifter.log(workout, 2, press, 8, weight="100", rir=2)
    lifter.log(workout, 1, press, 8, weight="120", rir=2, day=14)  # the one that a prescription asked for
    lifter.log(workout, 4, press, 8, weight="110", rir=2)
    assert said(alice) == ["120 kg × 8, 2 left"]
    Prescription.objects.update(kind=kind)
    assert said(alice) == ["110 kg × 8, 2 left"]
    assert [one.weight for one in records.rep_records(alice, press)] == [110, 100]


def test_days_while_ill_hold_no_best():
    gym = Gym([("100", 8, 2)], [("110", 8, 2)], [("105", 8, 2)])
    WorkoutLog.objects.filter(id=gym.logs[1].id).update(ill=True)
    assert gym.records == ["105 kg × 8, 2 left"]
    assert gym.table == [(105, 8), (100, 8)]


@pytest.mark.parametrize("kind", ["drop", "myo"])
def test_sets_that_extend_another_hold_no_best(kind):
    gym = Gym([("100", 8, 2)])
    gym.train(("60", 30, 0), ("110", 9, 0), set_type=kind, extends=9)
    assert gym.records == []
    assert gym.table == [(100, 8)]


@pytest.mark.parametrize("slip", [("400", 8, 2), ("40", 80, 2)])
def test_a_slip_of_the_thumb_holds_no_best_until_it_was_done_again(slip):
    gym = Gym([("40", 8, 2)] * 2, [("40", 8, 2)] * 2, [slip, ("40", 8, 2)], [("40", 9, 2), ("40", 9, 2)])
    assert gym.records == ["40 kg × 9, 2 left"]
    assert gym.table == [(40, 9)]
    gym.train(slip)
    assert f"{slip[0]} kg × {slip[1]}, 2 left" in gym.records
    assert (Decimal(slip[0]), slip[1]) in gym.table


def test_less_help_is_a_record_and_more_is_none():
    gym = Gym([("30", 8, 2)], [("25", 8, 2)], [("40", 8, 2)], loading="assisted")
    [day] = everything(gym.user)
    assert [(one.words, one.before) for one in day.records] == [("25 kg help × 8, 2 left", "least help, 30 kg before")]
    assert [weight for weight, _ in gym.table] == [25, 30, 40]


def test_a_heavier_body_is_no_record_and_a_rep_more_is_one():
    gym = Gym([("0", 8, 2)], [("0", 8, 2)], [("0", 9, 2)], loading="added")
    for day, kg in ((0, 70), (6, 90)):
        gym.user.body_weights.create(date=(BEGAN + timedelta(days=day)).date(), kg=kg)
    assert gym.records == ["9 reps, 2 left"]


def test_strength_is_said_in_the_lifters_unit():
    gym = Gym([("200", 8, 0)], [("190", 12, 0)], unit="lb")
    [day] = everything(gym.user)
    now, before = (round(shown_e1rm(Decimal(pounds), reps, 0), 1) for pounds, reps in ((190, 12), (200, 8)))
    assert day.records[0].before == f"best estimated strength: {now} lb, {before} lb before"


def test_rep_records_name_the_most_reps_of_each_weight(alices):
    alices.user.body_weights.create(date="2020-01-01", kg=80)
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
    gym = Gym([("132.5", 8, None)], unit="lb")
    [row] = records.rep_records(gym.user, gym.press)
    assert (row.weight, row.unit) == (Decimal("132.5"), "lb")
