"""What to aim for in the remaining sets, after the sets before them differed from the plan."""

from dataclasses import dataclass
from decimal import Decimal

from training import progression
from training.models import Prescription
from training.models.done_set import DoneSet
from training.prescribing.week_plan.reading import as_plan
from training.progression import CONFIG, Done, ExercisePlan, Grid, Reason, sentence

NO_PLAN = ExercisePlan(sets=1, weight=None, reps=1, reps_lo=1, rir=None)


@dataclass(frozen=True, slots=True)
class SetTargets:
    """The targets of the remaining sets. `weight`: for all of them; None: the lifter chooses. `words`: why they are
    not as planned. `base`: a plan other than the prescription, worked out from the first set."""

    prescription: Prescription
    weight: Decimal | None
    words: str = ""
    base: ExercisePlan | None = None
    rest: tuple[int, ...] = ()  # the targets of set 2, set 3... at `rest_weight`, once the RIR of the first is said
    rest_weight: Decimal | None = None
    grid: Grid | None = None

    def reps(self, order: int) -> int | None:
        """Returns the reps to aim for in set `order` (1, 2, 3...); None where the weight is too far from the plan to
        say."""
        if self.base:
            return self.base.target(order - 1)
        planned, at = self.prescription.target_reps(order), self.prescription.weight
        if 2 <= order <= len(self.rest) + 1:
            planned, at = self.rest[order - 2], self.rest_weight
        if self.grid is None or at is None or self.weight in (None, at):
            return planned
        return progression.retarget(planned, at, self.weight, self.grid, slope_of(self.prescription))


def targets_of(
    prescription: Prescription, done: list[DoneSet], *, grid: Grid | None, refs: list[DoneSet] | None = None
) -> SetTargets:
    """Returns the targets after `done`, the working sets of the exercise in this session in order. `grid`: that of the
    prescription. A set unlike the plan and unlike `refs`, the sets of last time, changes nothing: it may be a slip."""
    as_planned = SetTargets(prescription, prescription.weight)
    if prescription.exercise.is_hold:
        return as_planned
    if grid is None or not done or not _is_readable(done[-1], prescription, grid):
        return as_planned
    if not (done := _without_odd(prescription, done, grid, refs or [])):
        return as_planned
    if prescription.weight is None:
        return _calibrated(prescription, done[0], grid) or as_planned
    rest_weight, rest, why = prescription.weight, tuple[int, ...](), None
    if done[0].rir is not None and _is_readable(done[0], prescription, grid):
        rest_weight, rest, why = rest_of(prescription, done[0], grid)
    weight, words = done[-1].weight, ""
    lighter = progression.down_set(done[-1].reps, least_reps(prescription), weight, grid)
    if len(done) == 1 and rest:
        weight, words = rest_weight, sentence(why) if why else ""
    elif lighter:
        weight, words = Decimal(lighter.params["weight"]), sentence(lighter)
    return SetTargets(prescription, weight, words, rest=rest, rest_weight=rest_weight, grid=grid)


def rest_of(prescription: Prescription, first: DoneSet, grid: Grid) -> tuple[Decimal, tuple[int, ...], Reason | None]:
    return progression.rest_of_session(
        as_plan(prescription),
        _as_done(first),
        lo=prescription.inputs["lo"],
        hi=prescription.inputs["hi"],
        grid=grid,
        bias=bias_of(prescription),
    )


def bias_of(prescription: Prescription) -> Decimal:
    """Returns by how many reps the lifter says too much RIR of this exercise."""
    return Decimal(prescription.inputs.get("bias", 0))


def slope_of(prescription: Prescription) -> Decimal | None:
    """Returns the lifter's own reps per ln(load) in the exercise; None where it is not known."""
    slope = prescription.inputs.get("slope")
    return Decimal(slope) if slope else None


def _without_odd(prescription: Prescription, done: list[DoneSet], grid: Grid, refs: list[DoneSet]) -> list[DoneSet]:
    plan = as_plan(prescription)
    known, kept = [_as_done(each) for each in refs if _is_readable(each, prescription, grid)], []
    for place, each in enumerate(done):
        readable = _is_readable(each, prescription, grid)
        falls_short = each.reps < least_reps(prescription)  # then the next one should be lighter in any case
        if (
            falls_short
            or not readable
            or not progression.odd(_as_done(each), plan=plan, index=place, refs=known, grid=grid)
        ):
            kept.append(each)
        if readable:
            known.append(_as_done(each))
    return kept


def looks_odd(
    prescription: Prescription | None, done: list[DoneSet], place: int, *, grid: Grid, refs: list[DoneSet]
) -> bool:
    """Returns whether a working set of the session is unlike its aim, unlike `refs`, the sets of last time, and unlike
    the other sets of the session: a slip of the thumb, which is not praised."""

    def readable(one: DoneSet) -> bool:
        return one.unit == grid.unit and bool(one.weight or grid.kind != "load")

    others = [each for each in (*refs, *done[:place], *done[place + 1 :]) if each.counts and each.reps]
    plan = as_plan(prescription) if prescription else NO_PLAN
    return readable(done[place]) and progression.odd(
        _as_done(done[place]),
        plan=plan,
        index=place,
        refs=[_as_done(each) for each in others if readable(each)],
        grid=grid,
    )


def _as_done(one: DoneSet) -> Done:
    return Done(weight=one.weight, reps=one.reps, rir=one.rir)


def _is_readable(one: DoneSet, prescription: Prescription, grid: Grid) -> bool:
    """Whether the targets can follow from a set: it is in the unit of the plan, and moved a load."""
    return one.unit == prescription.unit and bool(one.weight or grid.kind != "load")


def least_reps(prescription: Prescription) -> int:
    """Returns the reps below which a set makes the following sets lighter: the bottom of the rep range, or the target
    of the last set where that is lower."""
    return min(prescription.inputs["lo"], prescription.reps_lo)


def _calibrated(prescription: Prescription, first: DoneSet, grid: Grid) -> SetTargets | None:
    """Returns the targets worked out from the first set, where the plan had no weight; None where it allows none."""
    if not _is_readable(first, prescription, grid):
        return None
    plan = progression.calibrate(
        _as_done(first),
        lo=prescription.inputs["lo"],
        hi=prescription.inputs["hi"],
        grid=grid,
        rir=CONFIG.eased_rir_most if prescription.rir is None else prescription.rir,
        sets=prescription.sets,
    )
    if plan is None:
        return None
    words = sentence(plan.reasons[0]) if plan.weight != first.weight else ""
    return SetTargets(prescription, plan.weight, words, base=plan)
