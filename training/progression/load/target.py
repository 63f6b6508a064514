"""What `plan_load` needs besides the plan and its log: the target of the next session, signals from the lifter, and
what earlier sessions say."""

from dataclasses import dataclass
from decimal import Decimal

from training.progression.border import (
    check_flag,
    check_rep_range,
    check_score,
    check_whole,
    check_whole_or_missing,
    refuse,
)
from training.progression.config import Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, check_bias, check_done
from training.progression.load.showing.shown import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The target of the next session of an exercise: reps in the range `lo`-`hi`, a weight of `grid`, the week's RIR
    `next_rir` (0-5), and `next_sets` sets, which the rules for sets decide. can_fail: whether the exercise may be taken
    to failure (its RIR floor is 0)."""

    lo: int
    hi: int
    grid: Grid
    next_rir: int
    next_sets: int
    can_fail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known about the exercise and its muscle. soreness: the answer 0-3 at the start of the session that is
    planned, and no earlier one. perf: the score 0-3 of `performance`. fell_twice: see the function `fell_twice`.
    recovery: whether the session is to be a recovery session. gap_days: the muscle's days off; a break counts until the
    exercise was trained after it. challenge: the answer 0-3 after the session just done. ill: whether the lifter was
    ill in that session. None: not known."""

    soreness: int | None = None
    perf: int | None = None
    fell_twice: bool = False
    recovery: bool = False
    gap_days: int | None = None
    challenge: int | None = None
    ill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What sessions before the one just done say of the exercise in this workout. prev: what its hard session before
    showed; None where there is none, or more than 14 days lie between. refs: the working sets of its last three
    sessions, odd ones too. bias: the reps by which the lifter says too much RIR. is_last: whether the session just done
    is the last one of the exercise here: sentences name both weights where another lies between."""

    prev: Shown | None = None
    refs: tuple[Done, ...] = ()
    bias: Decimal = Decimal(0)
    is_last: bool = True


def check_target(target: Target, *, config: Config) -> None:
    check_rep_range(target.lo, target.hi, most=config.most_reps)
    check_whole("next_rir", target.next_rir, least=0, most=config.most_rir)
    check_whole("next_sets", target.next_sets, least=1, most=config.most_sets)
    check_flag("can_fail", target.can_fail)


def check_signals(signals: Signals) -> None:
    check_score("soreness", signals.soreness)
    check_score("perf", signals.perf)
    check_flag("fell_twice", signals.fell_twice)
    check_flag("recovery", signals.recovery)
    check_whole_or_missing("gap_days", signals.gap_days, least=0)
    check_score("challenge", signals.challenge)
    check_flag("ill", signals.ill)


def check_background(background: Background, *, grid: Grid, config: Config) -> None:
    if background.prev is not None and not isinstance(background.prev, Shown):
        refuse("prev", background.prev, wanted="what a session showed")
    check_done(background.refs, grid=grid, name="refs")
    check_bias(background.bias, config=config)
    check_flag("is_last", background.is_last)
