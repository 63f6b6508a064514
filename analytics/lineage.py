"""The lineage of a mesocycle: the chain of mesocycles that were made from each other, what each step changed, and its
outcome.

The number of queries does not grow with the chain."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Avg, F, Sum
from django.db.models.functions import Coalesce

from analytics.strength import EASY, Tested, body_on, in_words, point, without_slips
from exercises.models import Exercise, Loading, MuscleGroup
from metricgain.numbers import plain
from metricgain.users.models import User
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Set, WorkoutLog

MOST_STEPS = 12  # the most steps of the chain on one page; the latest are shown


@dataclass(frozen=True, slots=True)
class ExerciseChange:
    """An exercise's estimated strength in the first week that tests it and in the last, in the lifter's unit, in
    reps or in seconds."""

    exercise: Exercise
    unit: str
    first: Decimal
    last: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent; None where `first` is 0."""
        return (100 * (self.last / self.first - 1)).quantize(Decimal("0.1")) if self.first else None

    @property
    def change(self) -> str:
        """The change as text, such as "+2.5 %", with a space that does not break."""
        if self.percent is None:
            return "\N{EN DASH}"
        sign = "+" if self.percent > 0 else "\N{MINUS SIGN}" if self.percent < 0 else ""
        return f"{sign}{plain(abs(self.percent))}\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class LineageSets:
    """A muscle's weekly sets asked in the first week and in the last week before the deload."""

    muscle: str
    start: int
    end: int

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)


@dataclass(frozen=True, slots=True)
class MuscleFeedback:
    """The means of a mesocycle's answers, 0 to 3; None without answers."""

    soreness: Decimal | None
    pump: Decimal | None
    challenge: Decimal | None

    @property
    def is_known(self) -> bool:
        return any(one is not None for one in (self.soreness, self.pump, self.challenge))


@dataclass(slots=True)
class LineageStep:
    """One mesocycle of the chain. `swapped` has (old, new) names of exercises."""

    mesocycle: Mesocycle
    rules: list[str] = field(default_factory=list)  # engine versions of its prescriptions
    swapped: list[tuple[str, str]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    days_before: int | None = None
    weeks_before: int | None = None
    muscles: list[LineageSets] = field(default_factory=list)
    strength: list[ExerciseChange] = field(default_factory=list)
    felt: MuscleFeedback | None = None
    prescribed_sets: int = 0
    done_sets: int = 0
    minutes: int | None = None

    @property
    def has_parent(self) -> bool:
        return self.days_before is not None

    @property
    def days_changed(self) -> bool:
        return self.has_parent and self.days_before != self.mesocycle.days_per_week

    @property
    def weeks_changed(self) -> bool:
        return self.has_parent and self.weeks_before != self.mesocycle.planned_weeks

    @property
    def changes_something(self) -> bool:
        return bool(self.swapped or self.added or self.removed or self.days_changed or self.weeks_changed)

    @property
    def adherence_percent(self) -> int | None:
        return round(100 * min(1, self.done_sets / self.prescribed_sets)) if self.prescribed_sets else None

    @property
    def stronger(self) -> int:
        return sum(one.last > one.first for one in self.strength)


def lineage_of(mesocycle: Mesocycle, user: User) -> list[LineageStep]:
    """Returns the chain through `mesocycle`, latest first: all that it was made from, and those made from it."""
    chain = _chain(mesocycle, user)
    steps = {one.id: LineageStep(one) for one in chain}
    exercises = _tell_what_was_prescribed(steps)
    _tell_what_was_done(steps, user, exercises)
    _tell_what_was_felt(steps)
    return list(reversed(steps.values()))


def _chain(mesocycle: Mesocycle, user: User) -> list[Mesocycle]:
    """Returns the chain, oldest first. Where several mesocycles were made from one, the chain goes on with the latest,
    or with the one that leads to `mesocycle`."""
    every = {one.id: one for one in Mesocycle.objects.planned_by(user).order_by("created_at", "id")}
    chain = [every[mesocycle.id]]
    while (parent := every.get(chain[0].parent_mesocycle_id or 0)) and parent not in chain:
        chain.insert(0, parent)
    children = {one.parent_mesocycle_id: one for one in every.values()}
    while (child := children.get(chain[-1].id)) and child not in chain:
        chain.append(child)
    return chain[-MOST_STEPS:] if mesocycle in chain[-MOST_STEPS:] else chain[:MOST_STEPS]


def _tell_what_was_prescribed(steps: dict[int, LineageStep]) -> dict[int, Exercise]:
    """Fills in sets, exercises and rules of each step, in two queries. Returns the exercises by id."""
    rows = (
        Prescription.objects.current()
        .filter(workout__mesocycle__in=list(steps))
        .values_list("workout__mesocycle", "week_number", "kind", "exercise", "workout__only_week", "engine_version")
        .annotate(prescribed=Sum("sets"))
    )
    sets: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)  # (mesocycle, week) -> exercise -> sets
    rules: dict[int, set[str]] = defaultdict(set)
    for mesocycle, week, kind, exercise, only_week, version, prescribed in rows.order_by():
        rules[mesocycle].add(version)
        running = steps[mesocycle].mesocycle
        is_prescribed_in_full = not running.is_active or week <= running.current_week
        if kind == Prescription.Kind.NORMAL and only_week is None and is_prescribed_in_full:
            sets[mesocycle, week][exercise] += prescribed
    exercises = Exercise.objects.in_bulk({exercise for counted in sets.values() for exercise in counted})
    for id_, step in steps.items():
        step.rules = sorted(rules[id_])
        weeks = sorted(week for of, week in sets if of == id_)
        if weeks:
            step.muscles = _muscle_sets(sets[id_, weeks[0]], sets[id_, weeks[-1]], exercises)
        parent = steps.get(step.mesocycle.parent_mesocycle_id or 0)
        if parent:
            step.days_before = parent.mesocycle.days_per_week
            step.weeks_before = parent.mesocycle.planned_weeks
            before = max((week for of, week in sets if of == parent.mesocycle.id), default=None)
            if weeks and before:
                _tell_exercises(step, sets[parent.mesocycle.id, before], sets[id_, weeks[0]], exercises)
    return exercises


def _muscle_sets(start: Counter[int], end: Counter[int], exercises: dict[int, Exercise]) -> list[LineageSets]:
    def by_muscle(sets: Counter[int]) -> Counter[str]:
        counted: Counter[str] = Counter()
        for exercise, count in sets.items():
            counted[exercises[exercise].muscle_group] += count
        return counted

    first, last = by_muscle(start), by_muscle(end)
    return [LineageSets(one, first[one], last[one]) for one in MuscleGroup.values if first[one] or last[one]]


def _tell_exercises(
    step: LineageStep, before: Iterable[int], now: Iterable[int], exercises: dict[int, Exercise]
) -> None:
    """Fills in how the exercises changed. One that left and one of the same muscle that came are a swap; all others
    were added or removed."""
    gone = sorted((exercises[one] for one in set(before) - set(now)), key=str)
    for came in sorted((exercises[one] for one in set(now) - set(before)), key=str):
        left = next((one for one in gone if one.muscle_group == came.muscle_group), None)
        if left:
            gone.remove(left)
            step.swapped.append((left.name, came.name))
        else:
            step.added.append(came.name)
    step.removed = [one.name for one in gone]


def _tell_what_was_done(steps: dict[int, LineageStep], user: User, exercises: dict[int, Exercise]) -> None:
    """Fills in the sets done and asked in ended sessions, minutes, and strength, in four queries and one for body
    mass."""
    ended = [WorkoutLog.Status.COMPLETED, WorkoutLog.Status.SKIPPED]
    logs = WorkoutLog.objects.filter(mesocycle__in=list(steps), user=user, status__in=ended)
    over = set(logs.values_list("workout", "week_number"))
    prescribed = Prescription.objects.current().filter(workout__mesocycle__in=list(steps)).order_by()
    by_session = prescribed.values_list("workout__mesocycle", "workout", "week_number").annotate(prescribed=Sum("sets"))
    for mesocycle, workout, week, sets in by_session:
        if (workout, week) in over:
            steps[mesocycle].prescribed_sets += sets
    took = logs.completed().filter(duration_minutes__gt=0).values_list("mesocycle").order_by()
    for mesocycle, minutes in took.annotate(mean=Avg("duration_minutes")):
        steps[mesocycle].minutes = round(minutes)
    _tell_strength(steps, user, exercises)


def _tell_strength(steps: dict[int, LineageStep], user: User, exercises: dict[int, Exercise]) -> None:
    rows = (
        Set.objects.working()
        .filter(user=user, workout_log__mesocycle__in=list(steps))
        .values_list(
            "workout_log__mesocycle",
            "workout_log__week_number",
            "workout_log__local_date",
            "workout_log__performed_at",
            "workout_log__status",
            "workout_log__ill",
            "exercise",
            "prescription__kind",
            "weight_kg",
            Coalesce("seconds", "reps"),
            "rir",
            "prescription__rir",
        )
    )
    tested: dict[int, dict[tuple[int, int], list[Tested]]] = defaultdict(lambda: defaultdict(list))
    days: dict[tuple[int, int], date] = {}
    for mesocycle, week, local, at, status, ill, exercise, kind, *one in rows:
        if status == WorkoutLog.Status.COMPLETED:
            steps[mesocycle].done_sets += 1
        reps = one[1]
        if reps and not ill and kind not in EASY:
            tested[exercise][mesocycle, week].append(tuple(one))
            days.setdefault((mesocycle, week), local or user.day_of(at))
    known = exercises | Exercise.objects.in_bulk(set(tested) - set(exercises))
    body = body_on(user) if any(one.loading != Loading.WEIGHT for one in known.values()) else None
    order = list(MuscleGroup.values)
    for number, done in tested.items():
        exercise, points = known[number], defaultdict(list)
        latest = body(max(days[week] for week in done)) if body else None
        for (mesocycle, week), sets in sorted(without_slips(exercise, done, body_kg=latest).items()):
            day = days[mesocycle, week]
            points[mesocycle].append(point(day, exercise, sets, body(day) if body else None))
        for mesocycle, found in points.items():
            strength = in_words(user, exercise, found)
            if len(strength.points) > 1:
                (_, first), (_, last) = strength.points[0], strength.points[-1]
                steps[mesocycle].strength.append(ExerciseChange(exercise, strength.unit, first, last))
    for step in steps.values():
        step.strength.sort(key=lambda one: (order.index(one.exercise.muscle_group), one.exercise.name))


def _tell_what_was_felt(steps: dict[int, LineageStep]) -> None:
    said = MuscleGroupFeedback.objects.filter(workout_log__mesocycle__in=list(steps)).order_by()
    means = said.values_list(F("workout_log__mesocycle")).annotate(
        Avg("soreness_level"), Avg("pump_level"), Avg("challenge_level")
    )
    for mesocycle, *levels in means:
        rounded = (None if one is None else Decimal(one).quantize(Decimal("0.1")) for one in levels)
        steps[mesocycle].felt = MuscleFeedback(*rounded)
