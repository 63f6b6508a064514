"""What `plan_load` needs besides the plan and its log: the target of the next session, and signals from the lifter."""

from dataclasses import dataclass

from training.progression.border import check_flag, check_rep_range, check_score, check_whole, check_whole_or_missing
from training.progression.config import Config
from training.progression.load.grid import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The target of the next session of an exercise: reps in the range `lo`-`hi`, a weight of `grid`, the week's RIR
    `next_rir` (0-5), and `next_sets` sets, which the rules for sets decide."""

    lo: int
    hi: int
    grid: Grid
    next_rir: int
    next_sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known about the exercise and its muscle. soreness: 0-3. perf: the score 0-3 of `performance`.
    fell_twice: see the function `fell_twice`. recovery: whether the session is to be a recovery session. gap_days: days
    since the muscle's last session. None: not known."""

    soreness: int | None = None
    perf: int | None = None
    fell_twice: bool = False
    recovery: bool = False
    gap_days: int | None = None


def check_target(target: Target, *, config: Config) -> None:
    check_rep_range(target.lo, target.hi, most=config.most_reps)
    check_whole("next_rir", target.next_rir, least=0, most=config.most_rir)
    check_whole("next_sets", target.next_sets, least=1, most=config.most_sets)


def check_signals(signals: Signals) -> None:
    check_score("soreness", signals.soreness)
    check_score("perf", signals.perf)
    check_flag("fell_twice", signals.fell_twice)
    check_flag("recovery", signals.recovery)
    check_whole_or_missing("gap_days", signals.gap_days, least=0)
