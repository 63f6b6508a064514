"""The estimated one-repetition maximum (e1RM) of a set: shown, never decided by."""

from decimal import Decimal

from training.progression.border import check_decimal
from training.progression.config import CONFIG, Config
from training.progression.load.plan import Done


def e1rm(weight: Decimal, reps: int, rir: Decimal | int | None, *, config: Config = CONFIG) -> Decimal | None:
    """Returns the e1RM in the unit of `weight`, not rounded; None where a set allows no estimate.

    `weight`: the load moved, body mass included. `rir`: 0..10, None counts as 0. A missed set, more than 5 RIR or more
    than 30 reps to failure allow no estimate. Source: Berger's exponential; people judge their RIR well only near
    failure (Halperin 2022).
    """
    return _estimate(weight, reps, rir, most=config.most_reps, config=config)


def shown_e1rm(weight: Decimal, reps: int, rir: Decimal | int | None, *, config: Config = CONFIG) -> Decimal | None:
    """Returns `e1rm` where it is good enough to show, which is up to 15 reps to failure; else None."""
    return _estimate(weight, reps, rir, most=config.e1rm_shown_reps, config=config)


def _estimate(weight: Decimal, reps: int, rir: Decimal | int | None, *, most: int, config: Config) -> Decimal | None:
    check_decimal("weight", weight, above_zero=True)
    done = Done(weight=weight, reps=reps, rir=rir)
    spare = Decimal(rir or 0)
    to_failure = reps + spare
    if done.is_missed or spare > config.most_rir or to_failure > most:
        return None
    return weight * (config.k_choose * to_failure).exp() / config.berger_scale
