"""What is asked of a lifter (`ExercisePlan`) and what was done (`Done`), for one exercise in one workout."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from training.progression.border import check_decimal, check_flag, check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.reasons.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePlan:
    """`sets` x `weight` x `reps` at `rir`; the reps are shown as `reps_lo`-`reps`.

    sets: 1..15. weight: in the exercise's own unit; None: ask the lifter. reps: the target of set 1, from 1.
    reps_lo: the target of the last set, 1..reps. rir: 0..5; None: a deload ("4 or more"). drop: reps that each further
    set may lose, 0..2. recovery: whether it is a recovery session. open: whether set 1 asks for as many reps as the
    lifter has. seconds: of each set of a hold, whose reps are then 1; None: no hold. reasons: the strongest first.
    Raises EngineError when a value is out of range.
    """

    sets: int
    weight: Decimal | None
    reps: int
    reps_lo: int
    rir: int | None
    drop: Decimal = Decimal("0")
    recovery: bool = False
    reasons: tuple[Reason, ...] = ()
    open: bool = False
    seconds: int | None = None

    def __post_init__(self) -> None:
        check_whole("sets", self.sets, least=1, most=CONFIG.most_sets)
        if self.weight is not None:
            check_decimal("planned weight", self.weight)
        check_whole("planned reps", self.reps, least=1)
        check_whole("reps_lo", self.reps_lo, least=1, most=self.reps)
        check_whole_or_missing("planned RIR", self.rir, least=0, most=CONFIG.most_rir)
        check_decimal("drop", self.drop, most=CONFIG.most_drop)
        check_flag("recovery", self.recovery)
        check_flag("open", self.open)
        check_whole_or_missing("planned seconds", self.seconds, least=1)
        if self.seconds is not None:
            check_whole("planned reps of a hold", self.reps, least=1, most=1)
        if not isinstance(self.reasons, tuple) or not all(isinstance(each, Reason) for each in self.reasons):
            refuse("reasons", self.reasons, wanted="a tuple of reasons")

    def carries(self, code: str) -> bool:
        return any(reason.code == code for reason in self.reasons)

    def target(self, index: int) -> int:
        """Returns the target reps of the set at `index` (0-based), as shown to the lifter."""
        return max(self.reps_lo, math.floor(self.reps - self.drop * index))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One logged working set. reps: 0 is a missed set. rir: 0..10, halves too; None: not logged. confirmed: whether the
    lifter was asked if it is right, and said yes. seconds: of a hold, whose reps are then 1; 0 is a missed set."""

    weight: Decimal
    reps: int
    rir: Decimal | int | None = None
    confirmed: bool = False
    seconds: int | None = None

    def __post_init__(self) -> None:
        check_flag("confirmed", self.confirmed)
        check_whole_or_missing("logged seconds", self.seconds, least=0)
        check_decimal("logged weight", self.weight)
        check_whole("logged reps", self.reps, least=0)
        if self.rir is None:
            return
        if type(self.rir) is int:
            check_whole("logged RIR", self.rir, least=0, most=CONFIG.most_logged_rir)
        else:
            check_decimal("logged RIR", self.rir, most=Decimal(CONFIG.most_logged_rir))

    @property
    def is_missed(self) -> bool:
        return 0 in (self.reps, self.seconds)

    def credited_rir(self, config: Config = CONFIG, *, bias: Decimal = Decimal(0)) -> Decimal | None:
        """Returns the logged RIR as far as it can be believed: less the lifter's `bias`, 0 to 5; None on a missed set
        (Halperin 2022)."""
        if self.rir is None or self.is_missed:
            return None
        most = Decimal(config.most_rir)
        return min(max(min(Decimal(self.rir), most) - bias, Decimal(0)), most)


def shown_lo(reps: int, *, drop: Decimal, sets: int, lo: int) -> int:
    """Returns the lower end of the reps shown: the target of the last set, but at least min(lo, reps) and 1."""
    return max(math.floor(reps - drop * (sets - 1)), min(lo, reps), 1)


def check_plan(plan: object, *, grid: Grid) -> None:
    if not isinstance(plan, ExercisePlan):
        refuse("plan", plan, wanted="a Plan")
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    if plan.weight is not None:
        grid.check_weight("planned weight", plan.weight)


def check_done(done: object, *, grid: Grid, name: str = "done") -> None:
    """Checks the sets of one session. Weight 0 on a loaded exercise is refused."""
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    if not isinstance(done, Sequence) or not all(isinstance(each, Done) for each in done):
        refuse(name, done, wanted="a sequence of Done")
    for each in done:
        grid.check_weight(f"weight in {name}", each.weight)


def check_bias(bias: object, *, config: Config) -> None:
    """Checks for a Decimal from -2 to 2: the reps by which the lifter says too much RIR."""
    most = config.bias_most
    if not isinstance(bias, Decimal) or not bias.is_finite() or abs(bias) > most:
        refuse("bias", bias, wanted=f"a Decimal from -{most} to {most}")
