"""What the sets still to do aim for, when those before them went another way than planned."""

from dataclasses import dataclass
from decimal import Decimal

from training import progression
from training.models import Prescription
from training.models.done_set import DoneSet
from training.progression import CONFIG, Done, ExercisePlan, Grid, sentence


@dataclass(frozen=True, slots=True)
class SetTargets:
    """`weight` for every set to come (None: the lifter's to choose), `words` why it is not the planned one."""

    prescription: Prescription
    weight: Decimal | None
    words: str = ""
    calibrated: ExercisePlan | None = None
    grid: Grid | None = None

    def reps(self, order: int) -> int | None:
        """Reps to aim for in the set at place `order` (1, 2, 3...); None: too far from the plan to say."""
        if self.calibrated:
            return self.calibrated.target(order - 1)
        planned = self.prescription.target_reps(order)
        if self.grid is None or self.weight in (None, self.prescription.weight):
            return planned
        return progression.retarget(planned, self.prescription.weight, self.weight, self.grid)


def targets_of(prescription: Prescription, done: list[DoneSet], *, grid: Grid | None) -> SetTargets:
    """What to aim for after `done`, the session's working sets of the exercise in order. `grid`: the prescription's."""
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
    """A set of fewer makes the sets after it lighter: of the range, or what was asked where that is less."""
    return min(prescription.inputs["lo"], prescription.reps_lo)


def _calibrated(prescription: Prescription, first: DoneSet, grid: Grid) -> SetTargets | None:
    """Where nobody knew a weight, the first set tells."""
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
