"""A lifter's course: six mesocycles under a coach, and how far each ask was from the truth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.engine.simulation.lifter import K, SimulatedLifter
from benchmarks.engine.simulation.record import (
    Ask,
    Coach,
    Felt,
    Place,
    SessionRecord,
    SimulatedMovement,
    TrainingRecord,
)
from training.progression import Done, ExercisePlan

WORKOUT_DAYS = (0, 3)  # of the week
MESOCYCLES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A break before the first session of a week: `days` since the last session, and the strength lost by it."""

    mesocycle: int = 1
    week: int = 3
    days: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the calendar brings. weeks: of a mesocycle, with its deload. missed: share of hard sessions that are left
    out. ill: (mesocycle, week) in which every set is `ill_reps` worse."""

    weeks: int = 5
    mesocycles: int = MESOCYCLES
    pause: Pause | None = None
    missed: float = 0.0
    ill: tuple[int, int] | None = None
    ill_reps: float = 3.0

    @property
    def returns(self) -> tuple[int, int]:
        """The (mesocycle, week) that follows the break or the illness."""
        if self.pause is not None:
            return self.pause.mesocycle, self.pause.week
        assert self.ill is not None, "nothing interrupts this course"
        return self.ill[0], self.ill[1] + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCompared:
    """One exercise asked in a hard session. error: reps asked with their RIR, minus the true capacity at that weight.
    capacity: the natural logarithm of the load that moves once, if the ask is right."""

    place: Place
    error: float
    capacity: float
    sets: int


@dataclass(slots=True)
class CourseResult:
    """The course of one lifter. excesses: the true reserve of first sets, minus the RIR asked. true_gain: what the
    logarithm of strength grew by, from the first day to the last."""

    asks: list[AskCompared] = field(default_factory=list)
    excesses: list[float] = field(default_factory=list)
    true_gain: float = 0.0
    recoveries: int = 0  # recovery sessions asked, one for each exercise

    def take_excess(self, plan: ExercisePlan, first: Done, reserve: float) -> None:
        """Notes the reserve of a first set, where it was done at the weight asked and an RIR was asked."""
        if plan.rir is not None and first.weight == plan.weight:
            self.excesses.append(reserve - plan.rir)


def take(lifter: SimulatedLifter, movements: Sequence[SimulatedMovement], coach: Coach, course: Course) -> CourseResult:
    """Trains the lifter through the course."""
    training = _Training(lifter=lifter, coach=coach, course=course, record=TrainingRecord(movements, course.weeks))
    workouts = sorted({one.workout for one in movements})
    strength, monday, last = lifter.mean_strength, 0, 0
    for mesocycle in range(course.mesocycles):
        for week in range(1, course.weeks + 1):
            pause = course.pause
            if pause and (pause.mesocycle, pause.week) == (mesocycle, week):
                monday = last + pause.days
                lifter.lose(pause.percent)
            for workout in workouts:
                day = monday + WORKOUT_DAYS[workout]
                lifter.pass_days(day - last)
                training.session(Place(mesocycle, week, workout), day=day)
                last = day
            monday += 7
    training.outcome.true_gain = lifter.mean_strength - strength
    return training.outcome


@dataclass(slots=True, kw_only=True)
class _Training:
    lifter: SimulatedLifter
    coach: Coach
    course: Course
    record: TrainingRecord
    outcome: CourseResult = field(default_factory=CourseResult)

    def session(self, place: Place, *, day: int) -> None:
        lifter, course = self.lifter, self.course
        muscles = self.record.muscles_of(place.workout)
        session = self.record.sessions[place] = SessionRecord(day)
        session.is_ill = course.ill == (place.mesocycle, place.week)
        for muscle in muscles:
            session.felt[muscle] = Felt(soreness=lifter.soreness.get(muscle))
        session.asks = self.coach.asks(self.record, place)
        if self._is_hard(place):
            self._note(place, session)
            if lifter.chance.random() < course.missed:
                session.felt.clear()
                return
        sets = lifter.habits.sets_of_day
        for muscle in muscles:
            sets = self._muscle(place, session, muscle, sets=sets)

    def _is_hard(self, place: Place) -> bool:
        return place.week < self.record.weeks

    def _note(self, place: Place, session: SessionRecord) -> None:
        """Compares each ask with the truth, as it is when the muscle begins."""
        for one in self.record.movements:
            if one.workout == place.workout:
                ask = session.asks[one.name]
                self.outcome.recoveries += ask.plan.recovery
                if not ask.plan.recovery:
                    tired = self.lifter.tired_by(self._sets_before(one, session))
                    self.outcome.asks.append(_asked(self.lifter, one, ask, place, tired=tired))

    def _sets_before(self, one: SimulatedMovement, session: SessionRecord) -> int:
        earlier = [each for each in self.record.of_muscle(one.workout, one.muscle) if each.position < one.position]
        return sum(session.asks[each.name].plan.sets for each in earlier)

    def _muscle(self, place: Place, session: SessionRecord, muscle: str, *, sets: int | None) -> int | None:
        """Trains a muscle. `sets`: for which there is time; None: all. Returns what is left of them."""
        lifter, reserves = self.lifter, list[float]()
        luck = lifter.chance.gauss(0, lifter.nature.day_noise) - (self.course.ill_reps if session.is_ill else 0)
        for one in self.record.of_muscle(place.workout, muscle):
            ask = session.asks[one.name]
            todo = ask.plan.sets if sets is None else min(sets, ask.plan.sets)
            effort = lifter.lift(one, ask, self.coach, luck=luck - lifter.tired_by(len(reserves)), sets=todo)
            session.done[one.name] = effort.done
            reserves += effort.reserves
            if sets is not None:
                sets -= len(effort.done)
            if self._is_hard(place) and effort.done and not ask.plan.recovery:
                self.outcome.take_excess(ask.plan, effort.done[0], effort.reserves[0])
        if reserves and self._is_hard(place):
            names = {one.name for one in self.record.movements if one.muscle == muscle}
            workouts = len({one.workout for one in self.record.movements})
            lifter.adapt(muscle, names, reserves, sessions=workouts)
            lifter.answer(session.felt[muscle], reserves)
        elif reserves:
            lifter.soreness[muscle] = 0
        return sets


def _asked(lifter: SimulatedLifter, one: SimulatedMovement, ask: Ask, place: Place, *, tired: float) -> AskCompared:
    plan = ask.plan
    assert plan.weight is not None, "the lifter picked a weight"
    reps = plan.reps + (plan.rir or 0)
    return AskCompared(
        place=place,
        error=reps - (lifter.capacity(one, plan.weight) - tired),
        capacity=math.log(lifter.load(one.grid, plan.weight)) + K * reps,
        sets=plan.sets,
    )
