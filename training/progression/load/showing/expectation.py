"""What to expect of the next first set, from the lifter's own log: shown beside the aim, and deciding nothing.

The formula was fitted to public logs, and checked on lifters that it had never seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from training.progression.border import check_decimal, check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSet:
    """The first working set of an earlier session, in any workout: no deload, recovery session, odd set, or day while
    ill. days_ago: before the next session. load: the load moved. reps: 1..30. rir: said, else asked; None: unknown.
    Raises EngineError when a value is out of range."""

    days_ago: int
    load: Decimal
    reps: int
    rir: Decimal | None = None

    def __post_init__(self) -> None:
        check_whole("days_ago", self.days_ago, least=0)
        check_decimal("load", self.load, above_zero=True)
        check_whole("reps", self.reps, least=1, most=CONFIG.most_reps)
        if self.rir is not None:
            check_decimal("RIR of a first set", self.rir, most=Decimal(CONFIG.most_logged_rir))


def expect(
    history: Sequence[FirstSet], *, load: Decimal, rir: int | None, config: Config = CONFIG
) -> tuple[int, int, int] | None:
    """Returns (reps, fewest, most) to expect of the first set at `load`, the load moved, with `rir` in reserve; None
    where too little is known: fewer than 4 sessions, or the last more than 28 days ago.

    `history`: oldest first; the last 20 count. It is true in about two of three cases, so a page says "probably". It
    never sets a weight, a target or a number of sets.
    """
    _check_history(history)
    check_decimal("load", load, above_zero=True)
    check_whole_or_missing("rir", rir, least=0, most=config.most_rir)
    known = history[-config.expect_sessions :]
    if len(known) < config.expect_least or known[-1].days_ago > config.expect_days:
        return None
    reps = [each.reps + (Decimal(0) if rir is None or each.rir is None else each.rir - rir) for each in known]
    aim, loads = load.ln(), [each.load.ln() for each in known]
    moved = [one - config.expect_reps * (aim - at) for one, at in zip(reps, loads, strict=True)]
    latest = moved[::-1][: len(config.expect_last)]
    same = [one for one, each in zip(reps, known, strict=True) if _is_same(each.load, load, config=config)]
    foretold = (
        sum((share * one for share, one in zip(config.expect_last, latest, strict=True)), config.expect_constant)
        + config.expect_same * (same[-1] if same else latest[0])
        + config.expect_middle * median(reps[-config.expect_middle_of :])
        + config.expect_curve * _on_the_curve(known, reps, at=aim, config=config)
    )
    whole = min(max(int(foretold.to_integral_value(ROUND_HALF_UP)), 1), config.most_reps)
    apart = abs(aim - loads[-1])
    wide = next((reps for most, reps in config.expect_bands if apart <= most), config.expect_widest)
    return whole, max(whole - wide, 1), whole + wide


def slope(history: Sequence[FirstSet], *, config: Config = CONFIG) -> Decimal | None:
    """Returns the reps per ln(load) that the lifter loses in this exercise, 4..38; None where the last 90 days have
    fewer than 8 sessions or fewer than 3 weights.

    It is for `retarget` alone, never for choosing a weight.
    """
    _check_history(history)
    known = [each for each in history if each.days_ago <= config.slope_days]
    if len(known) < config.slope_sessions or len({each.load for each in known}) < config.slope_weights:
        return None
    least, most = config.slope_limits
    own = _fit(known, [Decimal(each.reps) for each in known], config=config)[0]
    return min(max(own, least), most).quantize(Decimal("0.01"))


def _check_history(history: object) -> None:
    if not isinstance(history, Sequence) or not all(isinstance(each, FirstSet) for each in history):
        refuse("history", history, wanted="a sequence of FirstSet")
    days = [each.days_ago for each in history]
    if days != sorted(days, reverse=True):
        refuse("history", days, wanted="oldest first")


def _is_same(load: Decimal, other: Decimal, *, config: Config) -> bool:
    return abs(load - other) <= config.expect_same_share * other


def _fit(known: Sequence[FirstSet], reps: Sequence[Decimal], *, config: Config) -> tuple[Decimal, Decimal, Decimal]:
    """Returns the slope, and the weighted means of ln(load) and reps. Recent sessions weigh more; a usual slope counts
    as something known, so that few weights cannot bend it."""
    shares = [(Decimal(1) / 2) ** (Decimal(each.days_ago) / config.curve_half_life) for each in known]
    loads, all_of_it = [each.load.ln() for each in known], sum(shares, Decimal(0))
    load = sum((share * one for share, one in zip(shares, loads, strict=True)), Decimal(0)) / all_of_it
    rep = sum((share * one for share, one in zip(shares, reps, strict=True)), Decimal(0)) / all_of_it
    both, spread = config.curve_prior * config.curve_slope, config.curve_prior
    for share, at, one in zip(shares, loads, reps, strict=True):
        both -= share * (at - load) * (one - rep)
        spread += share * (at - load) ** 2
    return max(Decimal(0), both / spread), load, rep


def _on_the_curve(known: Sequence[FirstSet], reps: Sequence[Decimal], *, at: Decimal, config: Config) -> Decimal:
    fitted, load, rep = _fit(known, reps, config=config)
    return rep - fitted * (at - load)
