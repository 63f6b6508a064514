"""The simulator's coach asks what MetricGain asks: simulated lifters train through the verbs of the pages as well."""

from datetime import date, timedelta
from random import Random

import pytest

from benchmarks.engine.simulation.course import WORKOUT_DAYS, Course, Pause, take
from benchmarks.engine.simulation.engine_1_2 import Engine12
from benchmarks.engine.simulation.lifter import Habits, Nature
from benchmarks.engine.simulation.record import Place, TrainingRecord
from benchmarks.engine.simulation.rows import BEATS, FEELING, SAYS_FIRST, Kind
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Set
from training.models.done_set import DoneSet
from training.plan.next_mesocycle import NextMesocycle
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import recording
from training.session.page.targets import targets_of
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory
from training.tests.lifting import Lifter

WEEKS = 5


class Beside(Engine12):
    """Engine 1.2, which compares each ask with the database's, and then enters the session there."""

    def __init__(self, user, movements):
        super().__init__()
        self.lifter, self.compared, self.second = Lifter(user), 0, {}
        self.plan = MesocycleFactory(user=user, duration_weeks=WEEKS, start_date=self.lifter.begins)
        self.workouts = [WorkoutFactory(mesocycle=self.plan) for _ in WORKOUT_DAYS]
        self.exercises = {one.name: ExerciseFactory() for one in movements}
        for one in movements:
            SlotFactory(
                workout=self.workouts[one.workout],
                exercise=self.exercises[one.name],
                target_sets=one.first_sets,
                target_weight=one.first_weight,
            )

    def asks(self, record: TrainingRecord, place: Place):
        asks = super().asks(record, place)
        if len(record.sessions) > 1:
            self.enter(record, list(record.sessions)[-2])
        if place.mesocycle == 0 or (place.week, place.workout) == (1, 0):
            day = self.lifter.begins + timedelta(days=record.sessions[place].day)
            names = {exercise.id: name for name, exercise in self.exercises.items()}
            rows = {names[row.exercise_id]: shown(row) for row in self.rows(record, place, today=day)}
            assert {name: shown(ask.plan) for name, ask in asks.items()} == rows, place
            self.compared += len(rows)
        return asks

    def rows(self, record: TrainingRecord, place: Place, *, today: date):
        if place.mesocycle:
            history = History(Mesocycle.objects.get(id=self.plan.id), today=today)
            return [one.row for one in NextMesocycle(history, week=1, weeks=WEEKS).workouts[0][1]]
        soreness = record.sessions[place].felt["chest"].soreness
        day = self.day_in_week(record, place)
        self.lifter.say(self.workouts[place.workout], place.week, "chest", day=day, soreness=soreness)
        writing.prescribe_anew(self.plan.id, today=today)
        return self.workouts[place.workout].prescriptions.current().filter(week_number=place.week)

    def day_in_week(self, record: TrainingRecord, place: Place) -> int:
        return record.sessions[place].day - 7 * (place.week - 1)

    def compare_next_set(self, record: TrainingRecord, place: Place, name: str) -> None:
        """Compares what the page asks after the first set with what the coach asks."""
        exercise = self.exercises[name]
        logged = DoneSet(
            *Set.objects.filter(**self.of(place), exercise=exercise)
            .order_by("set_number")
            .values_list(*DoneSet._fields)[0]
        )
        row = self.workouts[place.workout].prescriptions.get(
            week_number=place.week, exercise=exercise, superseded_at=None
        )
        one = next(each for each in record.movements if each.name == name)
        page = targets_of(row, [logged], grid=one.grid, refs=[])
        assert (page.weight, page.reps(2) or row.target_reps(2)) == self.second[name], place

    def next_set(self, ask, movement, done):
        asked = super().next_set(ask, movement, done)
        if len(done) == 1:
            self.second[movement.name] = asked
        return asked

    def of(self, place: Place) -> dict:
        return {"workout_log__workout": self.workouts[place.workout], "workout_log__week_number": place.week}

    def enter(self, record: TrainingRecord, place: Place) -> None:
        if place.mesocycle:
            return
        workout, session, day = self.workouts[place.workout], record.sessions[place], self.day_in_week(record, place)
        if session.is_ill:
            recording.say_ill(self.lifter.address(workout, place.week), self.lifter.edit(place.week, day), ill=True)
        if not session.done:
            self.lifter.skip(workout, place.week, day=day)
            return
        for name, sets in session.done.items():
            for number, one in enumerate(sets, start=1):
                recording.log_set(
                    self.lifter.address(workout, place.week),
                    self.lifter.edit(place.week, day),
                    recording.TypedSet(
                        exercise_id=self.exercises[name].id,
                        number=number,
                        weight=one.weight,
                        unit="kg",
                        reps=one.reps,
                        rir=one.rir,
                        prescription_id=None,
                    ),
                )
            if len(sets) > 1:
                self.compare_next_set(record, place, name)
        felt = session.felt["chest"]
        self.lifter.say(workout, place.week, "chest", day=day, pump=felt.pump, challenge=felt.challenge)
        self.lifter.finish(workout, place.week, day=day)


def shown(plan):
    """The numbers of a plan, or of a row."""
    return plan.sets, plan.weight, plan.reps, plan.reps_lo, plan.rir, plan.open


UNSTEADY = Nature(sore=0.6, day_noise=2.5)
OVERREACHES = Nature(sore=1.0, day_noise=1.5, set_fatigue=0.3, fatigue_days=30.0)
PAUSE = Pause(mesocycle=0, week=3, days=60, percent=6)


def in_the_drill(*values):
    return pytest.param(*values, marks=pytest.mark.drill)


@pytest.mark.parametrize(
    ("kind", "seed", "course", "recoveries"),
    [
        (Kind(name="says RIR", exercises=2, habits=SAYS_FIRST), 1, {}, 0),
        in_the_drill(Kind(name="unsteady", habits=FEELING, nature=UNSTEADY), 1, {}, 0),
        in_the_drill(Kind(name="misses sessions", exercises=2, habits=FEELING, nature=UNSTEADY), 2, {"missed": 0.2}, 0),
        (Kind(name="overreaches", exercises=2, habits=SAYS_FIRST, nature=OVERREACHES), 7, {}, 4),
        in_the_drill(Kind(name="beats", exercises=2, habits=BEATS), 3, {}, 0),
        in_the_drill(Kind(name="says too many", habits=Habits(says="first", says_more=2, opens=True)), 4, {}, 0),
        in_the_drill(Kind(name="slips", exercises=2, habits=Habits(says="first", slips=0.05)), 5, {}, 0),
        (Kind(name="takes a break", exercises=2), 6, {"pause": PAUSE}, 0),
        (Kind(name="is ill", exercises=2, habits=BEATS), 8, {"ill": (0, 2)}, 0),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_the_coach_asks_what_the_pages_ask(db, kind, seed, course, recoveries):
    lifter, movements = kind.lifter(Random(seed))
    coach = Beside(UserFactory(), movements)
    outcome = take(lifter, movements, coach, Course(weeks=WEEKS, mesocycles=2, **course))
    assert coach.compared == len(movements) * WEEKS + len(movements) // 2
    assert outcome.recoveries >= recoveries
