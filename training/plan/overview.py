"""A plan at a glance: its days with sets and minutes, the weekly sets of each muscle, and warnings."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list

from exercises.kinds import PARTS_OF, Part
from exercises.models import Exercise, Loading, MuscleGroup
from exercises.parts import Counted, PartSets, sets_of_parts
from metricgain.bounds import span
from metricgain.numbers import plain
from training import progression
from training.models import Mesocycle, Prescription, Set, Workout, WorkoutExercise
from training.models.bounds import asked_otherwise
from training.prescribing.parameters import ExerciseParameters, gather_parameters, rest_of
from training.prescribing.week_plan.reading import prescriptions_of
from training.progression import PlanWarning
from training.progression.config import MuscleVolume

# The parts without which a plan is seldom meant to be, and what trains them.
WANTED = {
    Part.LATS: "pulldowns or pull-ups",
    Part.UPPER_BACK: "rows",
    Part.QUADS: "squats, leg presses or leg extensions",
    Part.HAMSTRINGS: "leg curls or Romanian deadlifts",
    Part.GLUTES: "hip thrusts, squats or lunges",
    Part.SIDE_DELTS: "lateral raises",
    Part.REAR_DELTS: "reverse flies or face pulls",
}


@dataclass(frozen=True, slots=True)
class SlotLine:
    """An exercise of a day. `place`: 1, 2, 3... `sets`: in a running plan, the sets it has come to by now. `rest`:
    seconds, as its superset takes them. `is_trained`: it has a set there, so a weight to start with no longer counts.
    `pairs_with`: the next exercise, where the two may become a superset."""

    parameters: ExerciseParameters
    place: int
    sets: int
    rest: int
    is_trained: bool
    is_paired: bool
    pairs_with: Exercise | None

    @property
    def slot(self) -> WorkoutExercise:
        return self.parameters.slot

    @property
    def muscle(self) -> str:
        return self.slot.exercise.muscle_group

    @property
    def said_otherwise(self) -> list[str]:
        """The sentences about numbers of the plan that are not asked as they are planned."""
        slot = self.slot
        lo, hi, measure = slot.target_reps_min, slot.target_reps_max, slot.exercise.measure
        return list(asked_otherwise(lo, hi, slot.target_rir, measure=measure))

    @property
    def target(self) -> str:
        """ "3 × 8–12", "3 × 8–12 from 60 kg", "3 × 20–60 s"."""
        unit = " s" if self.parameters.is_hold else ""
        words = f"{self.sets} × {span(self.parameters.lo, self.parameters.hi)}{unit}"
        weight = self.parameters.target_weight
        if weight is None or self.is_trained or self.slot.exercise.loading == Loading.BODYWEIGHT:
            return words
        return f"{words} from {plain(weight)} {self.parameters.unit}"


@dataclass(frozen=True, slots=True)
class DayOverview:
    workout: Workout
    lines: list[SlotLine]

    @property
    def units(self) -> list[tuple[int, ...]]:
        """The places in `lines` of supersets, and of each exercise that is alone."""
        return progression.units([line.slot.superset for line in self.lines])

    @property
    def sets(self) -> int:
        return sum(line.sets for line in self.lines)

    minutes_step = progression.CONFIG.shown_minutes_step

    @property
    def minutes(self) -> int:
        """About how many minutes the day takes, in steps of `minutes_step`; 0 without sets."""
        seconds = progression.session_seconds((line.sets, line.rest) for line in self.lines)
        return progression.shown_minutes(seconds) if seconds else 0

    @property
    def is_too_long(self) -> bool:
        """Whether it takes longer than the lifter has said that it may."""
        most = self.workout.minutes_at_most
        return most is not None and self.minutes > most

    @property
    def by_muscle(self) -> dict[str, int]:
        sets: dict[str, int] = {}
        for line in self.lines:
            sets[line.muscle] = sets.get(line.muscle, 0) + line.sets
        return sets


@dataclass(frozen=True, slots=True)
class MuscleLine:
    """The weekly sets of a muscle. `elsewhere`: those that are not on the day of the page."""

    muscle: str
    sets: int
    elsewhere: int
    landmarks: MuscleVolume

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def scale(self) -> int:
        """The number of sets at the end of the scale of its bar."""
        return max(self.landmarks.mrv, self.sets) + 1

    @property
    def over(self) -> int:
        """How many landmarks its sets have reached: 0 below MEV, 1 as it should be, 2 above MAV, 3 above MRV."""
        landmarks = self.landmarks
        return (self.sets >= landmarks.mev) + (self.sets > landmarks.mav[1]) + (self.sets > landmarks.mrv)


@dataclass(frozen=True, slots=True)
class PlanOverview:
    mesocycle: Mesocycle
    days: list[DayOverview]
    muscles: list[MuscleLine]
    parts: list[PartSets]
    warnings: list[str]

    def day(self, workout: Workout) -> DayOverview:
        return next(day for day in self.days if day.workout == workout)


def load_overview(mesocycle: Mesocycle, *, at: Workout | None = None) -> PlanOverview:
    """Reads the overview. `mesocycle` must come with its user. `at`: the day of the page. It takes two queries, four
    for a running plan, and one more where body mass is part of a load."""
    workouts = list(mesocycle.workouts.of_plan())
    slots = WorkoutExercise.objects.filter(workout__in=workouts).with_settings_of(mesocycle.user)
    prescribed = _sets_prescribed(mesocycle) if mesocycle.is_active else {}
    trained = _trained(mesocycle) if mesocycle.is_active else set()
    planned: dict[int, list[ExerciseParameters]] = {workout.id: [] for workout in workouts}
    for parameters in gather_parameters(mesocycle.user, list(slots.order_by("position", "id"))):
        planned[parameters.slot.workout_id].append(parameters)
    days = [DayOverview(workout, list(_lines(planned[workout.id], prescribed, trained))) for workout in workouts]
    of_days = [day.by_muscle for day in days]
    experience = mesocycle.user.experience
    weekly = progression.weekly_sets(of_days)
    parts = sets_of_parts(_counted(days))
    warnings = progression.plan_warnings(of_days, experience=experience)
    here = next((day.by_muscle for day in days if day.workout == at), {})
    return PlanOverview(
        mesocycle=mesocycle,
        days=days,
        muscles=[
            MuscleLine(
                muscle,
                weekly[muscle],
                weekly[muscle] - here.get(muscle, 0),
                progression.landmarks(muscle, experience=experience),
            )
            for muscle in MuscleGroup.values
            if muscle in weekly
        ],
        parts=parts,
        warnings=[*_words(days, warnings), *_words_of_parts(days, parts)],
    )


def _lines(
    planned: list[ExerciseParameters], prescribed: dict[tuple[int, int], int], trained: set[tuple[int, int]]
) -> Iterator[SlotLine]:
    slots = [parameters.slot for parameters in planned]
    marks = [slot.superset for slot in slots]
    sets = [prescribed.get((slot.workout_id, slot.exercise_id), slot.target_sets) for slot in slots]
    timed = progression.in_turn(
        (slot.superset, count, rest_of(slot.exercise, slot.own)) for slot, count in zip(slots, sets, strict=True)
    )
    paired = [unit for unit in progression.units(marks) if len(unit) > 1]
    for place, (count, rest) in enumerate(timed):
        beside = slots[place + 1].exercise if progression.may_pair(marks, place, place + 1) else None
        yield SlotLine(
            parameters=planned[place],
            place=place + 1,
            sets=count,
            rest=rest,
            is_trained=(slots[place].workout_id, slots[place].exercise_id) in trained,
            is_paired=any(place in unit for unit in paired),
            pairs_with=None if any({place, place + 1} <= {*unit} for unit in paired) else beside,
        )


def _sets_prescribed(mesocycle: Mesocycle) -> dict[tuple[int, int], int]:
    """Returns the sets, by (workout id, exercise id), that a running plan has come to: those asked last, leaving out
    changes for today, deloads and recovery sessions."""
    rows = sorted(prescriptions_of(mesocycle.id), key=lambda row: row.week_number)
    return {
        (row.workout_id, row.exercise_id): row.sets
        for row in rows
        if row.kind == Prescription.Kind.NORMAL and not row.is_for_today
    }


def _trained(mesocycle: Mesocycle) -> set[tuple[int, int]]:
    """Returns (workout id, exercise id) of every exercise that has a set in the mesocycle."""
    sets = Set.objects.filter(workout_log__mesocycle=mesocycle)
    return set(sets.order_by().values_list("workout_log__workout", "exercise").distinct())


def _words(days: list[DayOverview], warnings: tuple[PlanWarning, ...]) -> Iterator[str]:
    untrained = [str(MuscleGroup(one.muscle).label) for one in warnings if one.muscle and one.code == "UNTRAINED"]
    for one in warnings:
        muscle = str(MuscleGroup(one.muscle).label) if one.muscle else ""
        day = days[one.day].workout.name if one.day is not None else ""
        match one.code:
            case "OVER_MRV":
                yield (
                    f"{muscle}: {one.sets} sets a week. Most people recover from {one.limit} at most (MRV), and later "
                    "weeks add sets. Start with fewer to leave room to grow."
                )
            case "ABOVE_MAV":
                yield (
                    f"{muscle}: {one.sets} sets a week are more than most people grow well from ({one.limit}), so "
                    "there is little room to add sets."
                )
            case "LONG_DAY":
                yield f"{day} has {one.sets} sets. After {one.limit} you do the rest tired: move some to another day."
            case "EMPTY_DAY":
                yield f"{day} has no exercise yet."
    if untrained:
        yield f"No sets for {get_text_list(untrained, 'and')}. That is fine if you mean it."


def _counted(days: list[DayOverview]) -> Iterator[Counted]:
    for line in (line for day in days for line in day.lines):
        yield Counted(line.slot.exercise.part, line.slot.exercise.secondary_parts, line.sets)


def _words_of_parts(days: list[DayOverview], parts: list[PartSets]) -> Iterator[str]:
    """Yields a sentence for each part that a plan lacks. A group without any set has a sentence of its own, and of one
    with an exercise whose parts nobody knows nothing can be said."""
    lines = [line for day in days for line in day.lines if line.sets]
    unknown = {line.muscle for line in lines if not (line.slot.exercise.part or line.slot.exercise.movement)}
    groups, trained = {line.muscle for line in lines} - unknown, {one.part for one in parts}
    for part in (part for group, of_group in PARTS_OF.items() if group in groups for part in of_group):
        if part in WANTED and part not in trained:
            yield f"No {part.label.lower()} in this plan: {WANTED[part]} would train them. That is fine if you mean it."
