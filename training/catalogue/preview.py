"""A template as its reader sees it: workouts, weekly sets against landmarks, what stands in for missing equipment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from exercises.models import Equipment, Exercise, MuscleGroup
from exercises.naming.matching import key
from metricgain.bounds import span
from metricgain.users.models import User
from training import progression
from training.models import Template
from training.models.bounds import BOUNDS, asked_otherwise
from training.plan.from_template import sets_to_start_with
from training.progression.config import MuscleVolume

OPTIONS = 6  # exercises offered in the place of one
ALWAYS = Equipment.BODYWEIGHT


@dataclass(frozen=True, slots=True)
class Slot:
    exercise: Exercise
    sets: int
    reps: str  # "8–12" as it is asked; empty: as usual
    said_otherwise: list[str]  # what the plan says that is not planned, or asked, so


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
    """An exercise that needs what the lifter lacks, and the nearest of its muscle that do not, the nearest first."""

    exercise: Exercise
    options: list[Exercise]


@dataclass(slots=True)
class Preview:
    refusals: list[str]  # what is wrong with the plan and no row shows
    workouts: list[tuple[str, list[Slot]]] = field(default_factory=list)
    muscles: list[PreviewSets] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)


def preview_of(template: Template, user: User, *, have: Iterable[str] = ()) -> Preview:
    """`have`: the equipment there is; none said: all. Two queries at most."""
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
                weekly[exercise.muscle_group] += count
                lo, hi = slot.get("target_reps_min"), slot.get("target_reps_max")
                otherwise = [*read.said_of(place, exercise.id), *asked_otherwise(lo, hi, None)]
                slots.append(Slot(exercise, count, _reps(lo, hi), otherwise))
        preview.workouts.append((plan["name"], slots))
    preview.muscles = [
        PreviewSets(one, weekly[one], progression.landmarks(one, experience=user.experience))
        for one in MuscleGroup.values
    ]
    if have := set(have):
        preview.lacking = _lacking(list(exercises.values()), user, have | {ALWAYS})
    return preview


def swapped(config: dict, swaps: dict[int, int]) -> dict:
    """The plan with exercises in the place of others; one that a workout has already is not there twice."""
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


def _reps(lo: int | None, hi: int | None) -> str:
    reps = BOUNDS["reps"]
    return span(reps.as_asked(lo), reps.as_asked(hi)) if lo and hi else ""


def _lacking(exercises: list[Exercise], user: User, have: set[str]) -> list[Lacking]:
    """In the order of the muscle groups; what stands in for one stands in for no other, while there is more."""
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
                one.mechanic != exercise.mechanic,
                -len(words[one.id] & words[exercise.id]),
                len(words[one.id]),
                one.name,
            )
        )
        taken |= {one.id for one in near[:1]}
        lacking.append(Lacking(exercise, near[:OPTIONS]))
    return lacking
