"""The stretch: a rep or two more than was shown, for lifters who make every rep and say no RIR.

Without it, who does exactly what is asked would be asked the same for ever.
"""

from decimal import Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.plan import ExercisePlan
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing.performance import AS_PLANNED
from training.progression.load.showing.shown import Shown
from training.progression.load.target import Signals

EASY, RIGHT, HARD, VERY_HARD = 0, 1, 2, 3  # on the scale of challenge


def stretch(plan: ExercisePlan, *, shown: Shown, signals: Signals, config: Config = CONFIG) -> int:
    """Returns the reps to ask beyond the aim of the plan just done: 0, 1 or 2.

    They are 0 unless no RIR was said, every planned set was done at its target or more, none missed or odd, the score
    is known and 0 or 1, the muscle is not still sore today, and no gap of more than 10 days lies between. Then the
    answer to `challenge` decides: an easy session asks 2 more, one that was harder than its RIR should feel 0, any
    other 1. Source: simulated lifters. Chapter "Weight and reps".
    """
    gap = signals.gap_days or 0
    if shown.is_said or not shown.met or plan.rir is None or signals.perf is None or signals.perf > AS_PLANNED:
        return 0
    if signals.soreness == STILL_SORE or gap > config.gap_days:
        return 0
    if signals.challenge == EASY:
        return config.stretch_easy
    hardest_by: dict[int | None, int] = {HARD: config.stretch_hard_rir, VERY_HARD: 0}
    hardest = hardest_by.get(signals.challenge)
    return config.stretch if hardest is None or plan.rir <= hardest else 0


def stretched(aim: Decimal | None, *, by: int) -> Decimal:
    """Returns the capacity to assume with a stretch of `by` reps; 0, which decides nothing, without one."""
    return aim + by if aim is not None and by else Decimal(0)
