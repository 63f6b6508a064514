"""What to aim for in the remaining sets, after the sets before them differed from the plan."""

from dataclasses import dataclass
from decimal import Decimal

from training import progression
from training.models import Prescription
from training.models.done_set import DoneSet
from training.progression import CONFIG, Done, ExercisePlan, Grid, sentence


@dataclass(frozen=True, slots=True)
class SetTargets:
    """The targets of the remaining sets. `weight`: for all of them; None: the lifter chooses. `words`: why it is not
    the planned weight."""

    prescription: Prescription
    weight: Decimal | None
    words: str = ""
    calibrated: ExercisePlan | None = None
    grid: Grid | None = None

    def reps(self, order: int) -> int | None:
        """Returns the reps to aim for in set `order` (1, 2, 3...); None where the weight is too far from the plan to
        say."""
        if self.calibrated:
            return self.calibrated.target(order - 1)
        planned = self.prescription.target_reps(order)
        if self.grid is None or self.weight in (None, self.prescription.weight):
            return planned
        return progression.retarget(planned, self.prescription.weight, self.weight, self.grid)


def targets_of(prescription: Prescription, done: list[DoneSet], *, grid: Grid | None) -> SetTargets:
    """Returns the targets after `done`, the working sets of the exercise in this session in order. `grid`: that of the
    prescription."""
    as_planned = SetTargets(prescription, prescription.weight)
    if grid is None or not done or done[-1].unit != prescription.unit or not (done[-1].weight or grid.kind != "load"):
        return as_planned
    if prescription.weight is None:
        return _calibrated(prescription, done[0], grid) or as_planned
    weight = done[-1].weight
    lighter = progression.down_set(done[-1].reps, least_reps(prescription), weight, grid)
    if lighter:
        return SetTargets(prescription, Decimal(lighter.params["weight"]), sentence(lighter), grid=grid)
    return SetTargets(prescription, weight, grid=grid)


def least_reps(prescription: Prescription) -> int:
    """Returns the reps below which a set makes the following sets lighter: the bottom of the rep range, or the target
    of the last set where that is lower."""
    return min(prescription.inputs["lo"], prescription.reps_lo)


def _calibrated(prescription: Prescription, first: DoneSet, grid: Grid) -> SetTargets | None:
    """Returns the targets worked out from the first set, where the plan had no weight; None where it allows none."""
    if first.unit != prescription.unit or not (first.weight or grid.kind != "load"):
        return None
    plan = progression.calibrate(
        Done(weight=first.weight, reps=first.reps, rir=first.rir),
        lo=prescription.inputs["lo"],
        hi=prescription.inputs["hi"],
        grid=grid,
        rir=CONFIG.eased_rir_most if prescription.rir is None else prescription.rir,
        sets=prescription.sets,
    )
    if plan is None:
        return None
    words = sentence(plan.reasons[0]) if plan.weight != first.weight else ""
    return SetTargets(prescription, plan.weight, words, calibrated=plan)
