"""The preview of a template: its workouts, weekly sets against the landmarks, and exercises to replace those whose
equipment is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from exercises.likeness import unlike
from exercises.models import Equipment, Exercise, MuscleGroup
from exercises.naming.matching import key
from metricgain.bounds import span
from metricgain.users.models import User
from training import progression
from training.models import Template
from training.models.bounds import BOUNDS, asked_otherwise
from training.plan.from_template import sets_to_start_with
from training.progression.config import MuscleVolume

OPTIONS = 6  # exercises offered in place of one
ALWAYS = Equipment.BODYWEIGHT
ARCHIVED = (
    "It is archived, so a mesocycle starts without it. To train it, take it out of the archive in your library first."
)


@dataclass(frozen=True, slots=True)
class Slot:
    exercise: Exercise
    sets: int
    reps: str  # the rep range as it is asked, "8–12"; empty: as usual
    said_otherwise: list[str]  # sentences about numbers of the template that are not planned, or asked, as they stand


@dataclass(frozen=True, slots=True)
class PreviewSets:
    """A muscle's sets in the first week."""

    muscle: str
    sets: int
    landmarks: MuscleVolume

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def words(self) -> str:
        if self.sets > self.landmarks.mrv:
            return "over MRV"
        if self.sets < self.landmarks.mev:
            return "is kept" if self.sets else "none"
        return "grows"


@dataclass(frozen=True, slots=True)
class Lacking:
    """An exercise whose equipment the lifter lacks, and similar ones of its muscle that can be done, the most similar
    first."""

    exercise: Exercise
    options: list[Exercise]


@dataclass(slots=True)
class Preview:
    refusals: list[str]  # what is wrong with the plan and is not shown in a row
    workouts: list[tuple[str, list[Slot]]] = field(default_factory=list)
    muscles: list[PreviewSets] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)


def preview_of(template: Template, user: User, *, have: Iterable[str] = ()) -> Preview:
    """Returns the preview of a template, in two queries at most. `have`: the lifter's equipment; empty: all."""
    read = template.plan
    plans = read.workouts
    exercises = Exercise.objects.of_library_of(user).in_bulk(read.exercises())
    sets = sets_to_start_with(plans, exercises, user.experience)
    preview = Preview(refusals=read.refusals)
    weekly: Counter[str] = Counter()
    for place, plan in enumerate(plans, start=1):
        slots = []
        for slot in plan["exercises"]:
            if exercise := exercises.get(slot["exercise_id"]):
                count = slot.get("target_sets") or sets[place, exercise.id]
                weekly[exercise.muscle_group] += 0 if exercise.archived_at else count
                lo, hi = slot.get("target_reps_min"), slot.get("target_reps_max")
                otherwise = [
                    *read.said_of(place, exercise.id),
                    *asked_otherwise(lo, hi, None, measure=exercise.measure),
                ]
                otherwise += [ARCHIVED] if exercise.archived_at else []
                slots.append(Slot(exercise, count, _range(lo, hi, exercise), otherwise))
        preview.workouts.append((plan["name"], slots))
    preview.muscles = [
        PreviewSets(one, weekly[one], progression.landmarks(one, experience=user.experience))
        for one in MuscleGroup.values
    ]
    if have := set(have):
        preview.lacking = _lacking(list(exercises.values()), user, have | {ALWAYS})
    return preview


def swapped(config: dict, swaps: dict[int, int]) -> dict:
    """Returns the plan with exercises swapped. An exercise that is in a workout already is not added twice."""
    workouts = []
    for plan in config["workouts"]:
        slots, seen = [], set()
        for slot in plan["exercises"]:
            exercise = swaps.get(slot["exercise_id"], slot["exercise_id"])
            if exercise not in seen:
                slots.append(slot | {"exercise_id": exercise})
            seen.add(exercise)
        workouts.append(plan | {"exercises": slots})
    return config | {"workouts": workouts}


def _range(lo: int | None, hi: int | None, exercise: Exercise) -> str:
    bound, unit = BOUNDS[exercise.measure], " s" if exercise.is_hold else ""
    return f"{span(bound.as_asked(lo), bound.as_asked(hi))}{unit}" if lo and hi else ""


def _lacking(exercises: list[Exercise], user: User, have: set[str]) -> list[Lacking]:
    """Returns the exercises whose equipment is missing, by muscle group. The best replacement of one is not the best of
    another, as long as there are others."""
    order = list(MuscleGroup.values)
    missing = [one for one in exercises if one.equipment not in have]
    missing.sort(key=lambda one: (order.index(one.muscle_group), one.name))
    if not missing:
        return []
    muscles = {one.muscle_group for one in missing}
    found = Exercise.objects.usable_by(user).filter(muscle_group__in=muscles, equipment__in=have)
    found = found.exclude(id__in=[one.id for one in exercises])
    words = {one.id: key(one.name) for one in [*found, *missing]}
    taken, lacking = set(), []
    for exercise in missing:
        near = [one for one in found if one.muscle_group == exercise.muscle_group]
        near.sort(
            key=lambda one: (
                one.id in taken,
                *unlike(one, exercise)[:2],
                -len(words[one.id] & words[exercise.id]),
                *unlike(one, exercise)[2:],
            )
        )
        taken |= {one.id for one in near[:1]}
        lacking.append(Lacking(exercise, near[:OPTIONS]))
    return lacking
