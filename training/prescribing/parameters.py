"""The parameters by which a lifter trains an exercise: from the slot first, then the lifter's settings, then the
library, then the engine's defaults."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from exercises.models import Exercise, ExerciseSettings, Loading
from metricgain.units import converted, in_unit
from metricgain.users.models import User
from training import progression
from training.models import WorkoutExercise
from training.models.bounds import BOUNDS, RIR
from training.progression import Grid, Target

SLIGHTEST = Decimal("0.01")  # what is stored of a weight that is more than nothing


@dataclass(frozen=True, slots=True)
class ExerciseParameters:
    slot: WorkoutExercise
    grid: Grid
    lo: int
    hi: int
    floor_rir: int
    unit: str
    body: Decimal | None  # body mass in kilograms, where it matters and is known

    @property
    def is_hold(self) -> bool:
        return self.slot.exercise.is_hold

    @property
    def can_do(self) -> int | None:
        """How many reps the lifter has said to be able to do with the body alone; None: not said."""
        return self.slot.own.can_do if self.slot.own else None

    @property
    def target_weight(self) -> Decimal | None:
        """The weight that the slot asks for, in this unit and, where it was planned in the other, on the grid."""
        weight = self.slot.target_weight
        return None if weight is None else self.here(weight, reps=0, of=self.slot.unit or self.unit)[0]

    @property
    def moves_nothing_but_the_body(self) -> bool:
        return self.slot.exercise.loading == Loading.BODYWEIGHT

    def here(self, weight: Decimal, *, reps: int, of: str) -> tuple[Decimal, int]:
        """Returns a weight of the unit `of`, and reps with it, as they are in this unit (see `progression.on_grid`)."""
        if of == self.unit or not (weight or self.grid.kind != "load"):
            return weight, reps
        there = max(converted(weight, of=of, to=self.unit), SLIGHTEST if weight else weight)
        return progression.on_grid(there, reps=reps, grid=self.grid)

    def kept_in(self, unit: str) -> "ExerciseParameters":
        """Returns the same in `unit`, which a session at hand keeps."""
        if unit == self.unit:
            return self
        return replace(self, grid=grid_of(self.slot.exercise, self.slot.own, unit=unit, body=self.body), unit=unit)

    def target(self, *, rir: int, sets: int) -> Target:
        can_fail = self.floor_rir == 0
        return Target(lo=self.lo, hi=self.hi, grid=self.grid, next_rir=rir, next_sets=sets, can_fail=can_fail)


def gather_parameters(user: User, slots: list[WorkoutExercise]) -> Iterator[ExerciseParameters]:
    """Yields the parameters of each slot. The slots must have been read `with_settings_of` the user.

    The unit is the lifter's of today; that of a slot says only in which its weight was planned."""
    move_body = (Loading.ADDED, Loading.ASSISTED)
    body = None
    if any(slot.exercise.loading in move_body for slot in slots):
        body = user.body_weights.latest_on(user.today())
    for slot in slots:
        own = slot.own
        unit = unit_of(user, own)
        lo, hi = _rep_range(slot, own)
        mass = body if slot.exercise.loading in move_body else None
        grid = grid_of(slot.exercise, own, unit=unit, body=mass)
        yield ExerciseParameters(
            slot=slot, grid=grid, lo=lo, hi=hi, floor_rir=_floor_rir(slot, own), unit=unit, body=mass
        )


def unit_of(user: User, own: ExerciseSettings | None) -> str:
    """Returns the unit in which the lifter loads an exercise: by its settings, else that of the account."""
    return (own and own.unit) or user.unit


def grid_of(exercise: Exercise, own: ExerciseSettings | None, *, unit: str, body: Decimal | None) -> Grid:
    """Returns the lifter's own list or step where it is in this unit, else the usual grid of the equipment.

    `body`: body mass in kilograms; None where it does not matter or is unknown."""
    default = progression.default_grid(
        equipment=exercise.equipment,
        loading=exercise.loading,
        mechanic=exercise.mechanic,
        unit=unit,
        body=in_unit(body, unit) if body else None,
    )
    if own is None or exercise.loading == Loading.BODYWEIGHT or (own.unit or unit) != unit:
        return default
    if own.weights:
        return replace(default, explicit=tuple(sorted(set(own.weights))))
    least = default.min if own.smallest_weight is None else own.smallest_weight
    return replace(default, step=own.increment or default.step, min=least)


def rest_of(exercise: Exercise, own: ExerciseSettings | None) -> int:
    """Returns the seconds of rest after a set: the lifter's own, else the library's, else the engine's default."""
    said = (own and own.rest_seconds) or exercise.rest_seconds
    return said or progression.usual_rest(mechanic=exercise.mechanic, loading=exercise.loading)


def _rep_range(slot: WorkoutExercise, own: ExerciseSettings | None) -> tuple[int, int]:
    exercise, bound = slot.exercise, BOUNDS[slot.exercise.measure]
    for lo, hi in (
        (slot.target_reps_min, slot.target_reps_max),
        (own and own.rep_min, own and own.rep_max),
        (exercise.rep_min, exercise.rep_max),
    ):
        if lo and hi:
            return bound.as_asked(lo), bound.as_asked(hi)
    if exercise.is_hold:
        return progression.CONFIG.hold_range
    return progression.default_rep_range(
        equipment=exercise.equipment, loading=exercise.loading, mechanic=exercise.mechanic
    )


def _floor_rir(slot: WorkoutExercise, own: ExerciseSettings | None) -> int:
    """Returns the RIR floor of this slot: at least 1 where a failed rep is unsafe."""
    said = next((rir for rir in (slot.target_rir, own and own.rir_floor) if rir is not None), 0)
    return max(RIR.nearest(said), 1 if slot.exercise.unsafe_to_fail else 0)
