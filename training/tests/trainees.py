"""Simulated lifters who train whole mesocycles through the real verbs, and what the pages told them meanwhile."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from math import floor, log
from random import Random

from exercises.models import Exercise, Loading
from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import BodyWeight, User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Prescription, Workout
from training.plan import next_mesocycle
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.schedule.today import load_upcoming
from training.session import recording
from training.session.page.building import SessionPage, build_page
from training.session.page.reading import read_session
from training.tests.contradictions import (
    DoneSet,
    Told,
    contradictions,
    rest_that_is_not_shown,
    sets_next_that_are_not_asked,
    told_of_a_muscle_twice,
)
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory
from training.tests.lifting import MONDAY, Lifter

BODY = Decimal(80)
# (reps asked, RIR asked, reps to failure) -> reps done
Performs = Callable[[Random, int, int, int], int]
# soreness, pump and challenge of a muscle in a session; None: not answered
Answers = Callable[[Random, int], tuple[int | None, int | None, int | None]]


def stops_at_the_number(random: Random, asked: int, rir: int, can: int) -> int:
    return min(asked, can)


def goes_beyond(random: Random, asked: int, rir: int, can: int) -> int:
    return min(asked + random.randint(0, 3), can)


def stops_by_feel(random: Random, asked: int, rir: int, can: int) -> int:
    return max(1, can - rir)


def misses_reps(random: Random, asked: int, rir: int, can: int) -> int:
    return max(0, min(asked, can) - random.choice((0, 0, 1, 3)))


def says_nothing(random: Random, week: int) -> tuple[None, None, None]:
    return None, None, None


def says_all(random: Random, week: int) -> tuple[int, int, int]:
    return random.choice((0, 0, 1, 1, 2, 3)), random.choice((0, 1, 2, 3)), random.choice((0, 1, 1, 2, 3))


def says_easy(random: Random, week: int) -> tuple[int, int, int]:
    return 0, 1, random.choice((0, 1))


def says_some(random: Random, week: int) -> tuple[int | None, int | None, int | None]:
    soreness, pump, challenge = says_all(random, week)
    return random.choice((soreness, None)), random.choice((pump, None)), random.choice((challenge, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """How one trains. skips, ill: sessions by (mesocycle, week, day), each from 1. late: days by which the sessions
    from that week on come later. heavier: the kilograms put on top of what is asked."""

    performs: Performs = stops_at_the_number
    answers: Answers = says_all
    says_rir: bool = False
    unit: str = "kg"
    loading: str = Loading.WEIGHT
    exercises: tuple[str, ...] = ("chest",)
    days: tuple[int, ...] = (0, 3)
    weeks: int = 3
    start: Decimal | None = Decimal(60)
    minutes: int | None = None
    heavier: Decimal = Decimal(0)
    growth: float = 0.4  # reps a week
    skips: frozenset = frozenset()
    ill: frozenset = frozenset()
    late: tuple[tuple[tuple[int, int], int], ...] = ()
    seed: int = 1


@dataclass(slots=True)
class Life:
    """A trainee's two mesocycles. `told`: everything that the pages said."""

    trainee: Trainee
    user: User = field(init=False)
    random: Random = field(init=False)
    told: list[Told] = field(default_factory=list)
    found: list[str] = field(default_factory=list)  # contradictions outside the reasons of an exercise
    done: dict[tuple[int, int, int], list[DoneSet]] = field(default_factory=dict)  # by (workout, week, exercise)
    said: list[tuple[tuple[int, int], str, int | None]] = field(default_factory=list)  # soreness, in order
    felt: dict[tuple[int, int, str], tuple[int | None, int | None]] = field(default_factory=dict)
    later: int = 0
    weeks_trained: int = 0

    def live(self) -> list[str]:
        """Trains the first mesocycle, and a second one made from it as advised. Returns every contradiction."""
        trainee = self.trainee
        self.random = Random(trainee.seed)
        self.user = UserFactory(preferences={"unit": trainee.unit})
        BodyWeight.objects.create(user=self.user, date="2026-01-05", kg=BODY)
        first = self._plan()
        lifter = Lifter(self.user)
        self._train(first, lifter, 1)
        first.refresh_from_db()
        lifter = Lifter(self.user, lifter.day(trainee.weeks + 1, self.later))
        at = lifter.at(1)
        weeks = next_mesocycle.weeks_to_choose(first)
        second = next_mesocycle.plan_next(
            first, week=weeks[0], weeks=trainee.weeks, name="Next", today=lifter.begins, at=at
        )
        next_mesocycle.begin(second, start_date=lifter.begins, days=None, at=at, ends=None)
        second.refresh_from_db()
        self.later = 0
        self._train(second, lifter, 2)
        return self.found + [one for told in self.told for one in contradictions(told)]

    def _plan(self) -> Mesocycle:
        trainee = self.trainee
        mesocycle = MesocycleFactory(
            user=self.user, duration_weeks=trainee.weeks, days_per_week=len(trainee.days), start_date=MONDAY
        )
        made = [ExerciseFactory(muscle_group=muscle, loading=trainee.loading) for muscle in trainee.exercises]
        for number in range(1, len(trainee.days) + 1):
            workout = WorkoutFactory(
                mesocycle=mesocycle, name=f"Day {number}", position_in_week=number, minutes_at_most=trainee.minutes
            )
            for place, exercise in enumerate(made, start=1):
                SlotFactory(
                    workout=workout, exercise=exercise, position=place, target_weight=trainee.start, unit=trainee.unit
                )
        writing.prescribe(History(mesocycle, today=Lifter(self.user).begins))
        return mesocycle

    # -- training -------------------------------------------------------------------------------

    def _train(self, mesocycle: Mesocycle, lifter: Lifter, number: int) -> None:
        trainee = self.trainee
        mesocycle.user = self.user
        workouts = list(mesocycle.workouts.order_by("position_in_week"))
        for workout in workouts:
            workout.mesocycle = mesocycle
        for week in range(1, trainee.weeks + 1):
            self.weeks_trained += 1
            self.later += dict(trainee.late).get((number, week), 0)
            for place, (workout, day) in enumerate(zip(workouts, trainee.days, strict=True), start=1):
                on, name = day + self.later, f"mesocycle {number}, week {week}, day {place}"
                mesocycle.refresh_from_db(fields=["current_week", "status"])
                if (number, week, place) in trainee.skips:
                    lifter.skip(workout, week, day=on)
                else:
                    self._session(workout, week, lifter, on, name, ill=(number, week, place) in trainee.ill)

    def _session(self, workout: Workout, week: int, lifter: Lifter, day: int, name: str, *, ill: bool) -> None:
        place, edit, at = lifter.address(workout, week), lifter.edit(week, day), lifter.at(week, day)
        muscles = dict.fromkeys(slot.exercise.muscle_group for slot in workout.slots.select_related("exercise"))
        answers = {muscle: self.trainee.answers(self.random, week) for muscle in muscles}
        is_deload = workout.mesocycle.is_deload(week)
        writing.prescribe_anew(workout.mesocycle_id, today=lifter.day(week, day))  # as the page does when it is opened
        if upcoming := load_upcoming(workout.mesocycle, now=at):
            changes = {one.exercise.id: (tuple(one.changes), tuple(one.why)) for one in upcoming.prescribed}
            self.told += self._told(workout, week, f"{name}, Today", {}, changes=changes)
        if ill:
            recording.say_ill(place, edit, ill=True)
        for muscle, (soreness, _, _) in answers.items():
            self.said.append(((workout.id, week), muscle, None if is_deload else soreness))
            if not is_deload:
                lifter.say(workout, week, muscle, day=day, soreness=soreness)
        page = self._page(workout, week, at)
        said = {muscle: soreness for muscle, (soreness, _, _) in answers.items() if not is_deload}
        self.told += self._told(workout, week, f"{name}, the page", said, of_muscle=_of_muscles(page))
        sentences = [(card.of_muscle, *card.prescription.sentences_of_exercise) for card in page.cards]
        self.found += [f"{name}: {one}" for one in told_of_a_muscle_twice(sentences)]
        form = self.random.gauss(0, 0.8) - 2 * ill
        for card in page.cards:
            sets = self._exercise(workout, week, lifter, day, card.prescription, form, name)
            if card.prescription.kind == Prescription.Kind.NORMAL and not ill:
                self.done[workout.id, week, card.exercise.id] = sets
        if not is_deload:
            for muscle, (_, pump, challenge) in answers.items():
                self.felt[workout.id, week, muscle] = pump, challenge
                lifter.say(workout, week, muscle, day=day, pump=pump, challenge=challenge)
        lifter.finish(workout, week, day=day)
        summary = self._page(workout, week, at + timedelta(hours=2)).summary
        assert summary, "it is finished"
        asked: dict[str, int] = {}
        for row in workout.prescriptions.current().filter(week_number=week + 1).select_related("exercise"):
            asked[row.exercise.muscle_group] = asked.get(row.exercise.muscle_group, 0) + row.sets
        sets_next = {one.muscle: one.sets_next for one in summary.muscles}
        self.found += [f"{name}, the summary: {one}" for one in sets_next_that_are_not_asked(sets_next, asked=asked)]

    def _exercise(
        self, workout: Workout, week: int, lifter: Lifter, day: int, row: Prescription, form: float, name: str
    ) -> list[DoneSet]:
        place, edit = lifter.address(workout, week), lifter.edit(week, day)
        trainee, exercise = self.trainee, row.exercise
        sets = []
        for order in range(1, row.sets + 1):
            weight = row.weight if row.weight is not None else self._first
            if row.kind != Prescription.Kind.DELOAD:
                weight += trainee.heavier
            can = self._can(exercise, weight, order, form)
            reps = trainee.performs(self.random, row.target_reps(order), row.rir or 0, can)
            rir = min(5, can - reps) if trainee.says_rir and order == 1 and row.rir is not None else None
            typed = recording.TypedSet(
                exercise_id=exercise.id,
                number=order,
                weight=weight,
                unit=row.unit,
                reps=reps,
                rir=None if rir is None else Decimal(rir),
                prescription_id=row.id,
            )
            recording.log_set(place, edit, typed)
            target = self._target(row, weight, order)
            sets.append(DoneSet(weight=weight, reps=reps, rir=typed.rir, target=target))
            if rir is not None:
                self._read_rest(workout, week, edit.at, row, name)
        return sets

    def _can(self, exercise: Exercise, weight: Decimal, order: int, form: float) -> int:
        """Returns the reps to failure: 13 with the first weight in the first week, more as strength grows."""
        trainee = self.trainee
        ratio = self._load(exercise, weight) / self._load(exercise, self._first)
        reps = 13 + trainee.growth * self.weeks_trained + form - (order - 1) - log(ratio) / 0.0262
        return max(0, floor(reps))

    def _read_rest(self, workout: Workout, week: int, at: datetime, row: Prescription, name: str) -> None:
        """Reads what the page asks of the sets after the first."""
        cards = self._page(workout, week, at).cards
        card = next(one for one in cards if one.exercise == row.exercise)
        weights, reps = ([getattr(one, of) for one in card.rows if not one.done] for of in ("weight", "aim"))
        found = rest_that_is_not_shown(card.words, weights=weights, reps=[re.sub(r"\D.*", "", one) for one in reps])
        self.found += [f"{name}, after set 1: {one}" for one in found]

    # -- reading the pages ----------------------------------------------------------------------

    def _page(self, workout: Workout, week: int, at: datetime) -> SessionPage:
        return build_page(read_session(workout.mesocycle.user, workout.id, week, now=at), now=at)

    def _told(
        self,
        workout: Workout,
        week: int,
        where: str,
        today: dict[str, int | None],
        *,
        changes: dict | None = None,
        of_muscle: dict[str, str] | None = None,
    ) -> Iterator[Told]:
        shown = workout.prescriptions.current().filter(week_number__in=(week - 1, week)).select_related("exercise")
        rows = [row for row in shown if row.week_number == week]
        before = {row.exercise_id: row for row in shown if row.week_number != week}
        last = {row.exercise_id: self._last(workout, week, row.exercise) for row in rows}
        for row in rows:
            muscle = row.exercise.muscle_group
            step, why = (changes or {}).get(row.exercise_id, ((), None))
            muscle_done = [last[one.exercise_id] for one in rows if one.exercise.muscle_group == muscle]
            pump, challenge = self.felt.get((workout.id, week - 1, muscle), (None, None))
            yield Told(
                where=f"{where}: {row.exercise.name} ({muscle}): {row.target}",
                sentences=tuple(row.sentences_of_exercise if why is None else why),
                of_muscle=(of_muscle or {}).get(muscle, ""),
                changes=step,
                sets=row.sets,
                weight=row.weight,
                reps=row.reps,
                rir=row.rir,
                week_rir=workout.mesocycle.target_rir(week, floor_rir=0),
                sets_before=before[row.exercise_id].sets if row.exercise_id in before else None,
                done=tuple(last[row.exercise_id]),
                muscle_done=tuple(one for sets in muscle_done for one in sets),
                sore=self._sore(workout, week, muscle),
                sore_today=today.get(muscle),
                pump=pump,
                challenge=challenge,
                is_assisted=row.exercise.loading == Loading.ASSISTED,
            )

    def _last(self, workout: Workout, week: int, exercise: Exercise) -> list[DoneSet]:
        """Returns the sets of its last hard session in this workout."""
        weeks = [at for at in range(1, week) if (workout.id, at, exercise.id) in self.done]
        return self.done[workout.id, weeks[-1], exercise.id] if weeks else []

    def _target(self, row: Prescription, weight: Decimal, order: int) -> float | None:
        """Returns the reps asked of a set, moved to its own weight."""
        if row.weight is None:
            return None
        target = float(row.target_reps(order))
        if row.weight == weight:
            return target
        return target - log(self._load(row.exercise, weight) / self._load(row.exercise, row.weight)) / 0.05

    @property
    def _first(self) -> Decimal:
        """The weight that the trainee chooses where the page asks for one."""
        chosen = Decimal(60) if self.trainee.loading == Loading.WEIGHT else Decimal(0)
        return chosen if self.trainee.start is None else self.trainee.start

    def _load(self, exercise: Exercise, weight: Decimal) -> float:
        body = float(BODY if self.trainee.unit == "kg" else BODY * 1000 / Decimal("453.592"))
        match exercise.loading:
            case Loading.ADDED | Loading.BODYWEIGHT:
                return body + float(weight)
            case Loading.ASSISTED:
                return body - float(weight)
        return float(weight)

    def _sore(self, workout: Workout, week: int, muscle: str) -> frozenset[int]:
        """Returns the answers about the muscle's soreness in this workout last time, and in every session since."""
        places = [place for place, *_ in self.said]
        since = places.index((workout.id, week - 1)) if (workout.id, week - 1) in places else len(places)
        levels = (soreness for _, of, soreness in self.said[since:] if of == muscle)
        return frozenset(level for level in levels if level is not None)


def _of_muscles(page: SessionPage) -> dict[str, str]:
    """Returns what the page tells of each muscle, beside its exercises."""
    return {card.exercise.muscle_group: card.of_muscle for card in page.cards if card.of_muscle}
