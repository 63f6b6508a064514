"""Reads what the workout page shows: each query of the page stands here or is called from here."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count, islice

from django.db.models import Exists, OuterRef, Sum

from exercises.models import Exercise, ExerciseSettings
from metricgain.users.models import User
from training.models import (
    MuscleGroupFeedback,
    Prescription,
    Set,
    WorkoutLog,
)
from training.models.done_set import DoneSet
from training.models.log import MAX_SET_NUMBER
from training.models.volume import LOADED, VOLUME
from training.own_exercise.merged_places import Name, Place
from training.prescribing.parameters import rest_of
from training.prescribing.question_value import no_next_week, performance_has_no_effect
from training.prescribing.week_plan.bias import biases_learnt_in
from training.prescribing.week_plan.history import History
from training.session.page.loading import Session, load_session, planned_in
from training.session.page.sets_around import SetsAround, sets_of
from training.session.running_week import SessionWeek, load_week


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionExercise:
    """An exercise of a session: its prescription, the lifter's settings for it, and its sets."""

    exercise: Exercise
    prescription: Prescription | None  # None: it is not in the plan
    own: ExerciseSettings | None  # None: the library's hold
    done: list[DoneSet]  # of this session, by set number
    last_time: list[DoneSet]  # of its latest session before, by set number
    best: list[tuple[DoneSet, bool]]  # the best with each weight in all sessions before, see `SetsAround`
    names: dict[int, Name]  # by set number, the address of a set that was merged

    @property
    def muscle(self) -> str:
        return self.exercise.muscle_group

    @property
    def rir(self) -> int | None:
        """The reps to keep in reserve; None: a deload, or not in the plan."""
        return self.prescription.rir if self.prescription else None

    @property
    def rest_seconds(self) -> int:
        return rest_of(self.exercise, self.own)

    @property
    def numbers(self) -> list[int]:
        """The set numbers of its sets, done and still to do, and then of one more set. Drops and myo-rep rows follow
        the set that they continue; where that is not there yet, they are the last. A set number is a name and is
        never given twice."""
        done = {one.set_number: one.extends for one in self.done}
        free = (number for number in count(1) if done.get(number, 0) is None or number not in {*self.names, *done})
        numbers = {*done, *islice(free, self.prescription.sets if self.prescription else 0)}

        def place(number: int) -> tuple[int, int]:
            after = done.get(number)
            return (number, 0) if after is None else (after if after in numbers else MAX_SET_NUMBER, number)

        return [*sorted(numbers, key=place), max([*numbers, *self.names], default=0) + 1]

    @property
    def round(self) -> int | None:
        """The place of its next set among its working sets; None where it has none left."""
        done = {one.set_number: one.extends for one in self.done}
        working = [number for number in self.numbers[:-1] if done.get(number) is None]
        return next((place for place, number in enumerate(working) if number not in done), None)

    @property
    def is_done(self) -> bool:
        return len(self.numbers) == len(self.done) + 1

    def name_of(self, number: int) -> Name:
        return self.names.get(number, (self.exercise.id, number))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReading(Session):
    """Everything that the page of a session is built from."""

    user: User
    exercises: tuple[SessionExercise, ...]  # in the order of the plan, then what else was done
    feedback: dict[str, MuscleGroupFeedback]  # by muscle
    trained: set[str]  # the muscles that were trained in any session before
    # Empty for an ended session, which has nothing more to answer or to choose.
    around: SessionWeek = field(default_factory=SessionWeek)
    # For a finished session that a week follows: all its rows, each with `in_plan`.
    asked: list[Prescription] = field(default_factory=list)
    # For a finished session: `kilograms` of the week before, by muscle; see `biases_learnt_in`; the sets asked in the
    # next week, by muscle.
    volume_before: dict[str, Decimal] = field(default_factory=dict)
    bias_learnt: dict[int, str] = field(default_factory=dict)
    sets_next: dict[str, int] = field(default_factory=dict)
    is_prescribed_later: bool = False  # there is nothing to show before the week before is done

    @property
    def begun(self) -> set[str]:
        """The muscles that have a set in this session."""
        return {one.muscle for one in self.exercises if one.done}

    @property
    def prescriptions_to_begin(self) -> list[Prescription]:
        """The prescriptions of muscles that have not begun, which can still change."""
        begun = self.begun
        asked = [] if self.has_ended else [one.prescription for one in self.exercises if one.muscle not in begun]
        return [prescription for prescription in asked if prescription]

    def tests_strength(self, one: SessionExercise) -> bool:
        """Whether a set of the exercise can be a record: in no deload, recovery session or session while ill."""
        is_easy = one.prescription is not None and one.prescription.kind in Prescription.EASY
        return not is_easy and not (self.log and self.log.ill)

    def performance_said(self, muscle: str) -> list[int | None]:
        """Returns [pump, challenge] as answered; None where not answered."""
        answer = self.feedback.get(muscle)
        return [answer.pump_level, answer.challenge_level] if answer else [None, None]

    def asks_performance(self, muscle: str) -> bool:
        """Returns whether an answer about pump or challenge is missing although the muscle's sets are done, or one of
        the two is given."""
        said = self.performance_said(muscle)
        if None not in said or not self.asks_feedback:
            return False
        return said != [None, None] or all(one.is_done for one in self.exercises if one.muscle == muscle)

    @property
    def kilograms(self) -> dict[str, Decimal]:
        """The volume of its sets in kilograms (weight times reps, of exercises that count volume), by muscle."""
        moved: dict[str, Decimal] = {}
        for one in self.exercises:
            if one.exercise.counts_volume:
                volume = sum((each.weight_kg * each.reps for each in one.done), Decimal(0))
                moved[one.muscle] = moved.get(one.muscle, Decimal(0)) + volume
        return moved


def read_session(user: User, workout_id: int, week: int, *, now: datetime) -> SessionReading | None:
    """Reads a session of the user; None: there is none. Sets after `now` do not count as its past.

    It takes four queries however long the history is, and two more once the session is finished. There is one more for
    exercises that are not in the plan, one for muscles whose exercises here are all new, and one for merged
    exercises."""
    found = load_session(user, workout_id, week)
    if found is None:
        return None
    session, log = found.session, found.session.log
    before = session.past_until(now)
    exercises = tuple(_exercises(session, before, found.names))
    read = SessionReading(
        workout=session.workout,
        week=week,
        log=log,
        url=session.url,
        order=session.order,
        user=user,
        exercises=exercises,
        feedback=found.feedback,
        trained=trained_before(session, exercises, before),
        is_prescribed_later=not exercises and _is_prescribed_later(session),
    )
    if session.is_completed:
        return replace(
            read,
            asked=_asked(session) if session.plan_goes_on else [],
            volume_before=_volume_before(session),
            sets_next=_sets_next(session),
            bias_learnt=_bias_learnt(session, exercises),
        )
    if session.has_ended:
        return read
    return replace(read, around=load_week(session.mesocycle, week, workout_id=workout_id, now=now))


def settled_performance(reading: SessionReading, *, today: date) -> dict[str, str]:
    """Returns, for each muscle with an open question about pump and challenge, why no answer can change anything, or ""
    where one can.

    Most pages need not ask the engine for that."""
    muscles = {one.muscle for one in reading.exercises if reading.asks_performance(one.muscle)}
    if not muscles:
        return {}
    if why := no_next_week(reading.workout, reading.week):
        return dict.fromkeys(muscles, why)
    history = History(reading.mesocycle, today=today, muscles=muscles)
    return {one: performance_has_no_effect(history, reading.workout, reading.week, one) for one in muscles}


def _exercises(session: Session, before: datetime, names: dict[Place, Name]) -> Iterator[SessionExercise]:
    user, log = session.mesocycle.user_id, session.log
    prescriptions = planned_in(session)
    sets = sets_of(log.id if log else None, user_id=user, exercise_ids=list(prescriptions), before=before)
    others = [number for number in sets.done if number not in prescriptions]
    yield from with_sets(session, prescriptions, others, sets, names)


def with_sets(
    session: Session,
    prescriptions: dict[int, Prescription],
    others: list[int],
    sets: SetsAround,
    names: dict[Place, Name],
) -> Iterator[SessionExercise]:
    """Yields the planned exercises, and then `others`, which are not planned, each with its sets. `prescriptions`: by
    exercise id, with `own` and `plan_note`. `names`: of sets that were merged."""
    found = Exercise.objects.with_settings_of(session.mesocycle.user_id).in_bulk(others) if others else {}
    for number in [*prescriptions, *others]:
        prescription = prescriptions.get(number)
        yield SessionExercise(
            exercise=prescription.exercise if prescription else found[number],
            prescription=prescription,
            own=prescription.own if prescription else found[number].own,
            done=sets.done[number],
            last_time=sets.last_time[number],
            best=sets.best[number],
            names={place: name for (of, place), name in names.items() if of == number},
        )


def trained_before(session: Session, exercises: tuple[SessionExercise, ...], before: datetime) -> set[str]:
    """Returns the muscles of the session that were trained before it. A muscle whose exercises here are all new costs
    one index probe for each exercise of the library that trains it."""
    trained = {one.muscle for one in exercises if one.last_time}
    new = {one.muscle for one in exercises} - trained
    if not new or session.is_deload:  # a deload asks nothing
        return trained
    user = session.mesocycle.user_id
    sets = Set.objects.filter(user=user, exercise=OuterRef("id"), performed_at__lt=before)
    if session.log:
        sets = sets.exclude(workout_log=session.log)
    known = Exercise.objects.of_library_of(user).filter(Exists(sets), muscle_group__in=new)
    return trained | set(known.order_by().values_list("muscle_group", flat=True).distinct())


def _asked(session: Session) -> list[Prescription]:
    rows = session.workout.prescriptions.filter(week_number=session.week).select_related("exercise")
    return list(rows.beside_the_plan().order_by("id"))


def _volume_before(session: Session) -> dict[str, Decimal]:
    """Returns the volume in kilograms by muscle of the same workout a week before, where it was completed: without
    recovery sessions and days while ill, which hold nothing to compare with."""
    rows = Set.objects.filter(
        LOADED,
        workout_log__workout=session.workout,
        workout_log__week_number=session.week - 1,
        workout_log__status=WorkoutLog.Status.COMPLETED,
        workout_log__ill=False,
    ).exclude(prescription__kind__in=Prescription.EASY)
    return dict(rows.values_list("exercise__muscle_group").annotate(moved=VOLUME).order_by())


def _sets_next(session: Session) -> dict[str, int]:
    """Returns the sets by muscle that the same workout asks next week; empty where that is not known."""
    rows = session.workout.prescriptions.current().filter(week_number=session.week + 1)
    return dict(rows.values_list("exercise__muscle_group").annotate(prescribed=Sum("sets")).order_by())


def _bias_learnt(session: Session, exercises: tuple[SessionExercise, ...]) -> dict[int, str]:
    if not any(one.prescription and one.prescription.open and one.done for one in exercises):
        return {}
    return biases_learnt_in(session.mesocycle.user_id, workout=session.workout.id, week=session.week)


def _is_prescribed_later(session: Session) -> bool:
    if session.week == session.workout.first_week or session.workout.only_week:
        return False
    ended = [WorkoutLog.Status.COMPLETED, WorkoutLog.Status.SKIPPED]
    return not session.workout.logs.filter(week_number=session.week - 1, status__in=ended).exists()
