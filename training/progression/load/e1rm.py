"""The one-repetition maximum that a set speaks for: to look at, never to prescribe from."""

from decimal import Decimal

from training.progression.border import check_decimal
from training.progression.config import CONFIG, Config
from training.progression.load.plan import Done


def e1rm(weight: Decimal, reps: int, rir: Decimal | int | None, *, config: Config = CONFIG) -> Decimal | None:
    """Estimated one-repetition maximum in the unit of `weight`, not rounded; None where no estimate holds.

    `weight`: the load moved, body mass included. `rir`: 0..10, None counts as 0. No estimate from a missed set,
    from more than 5 in reserve or from more than 30 reps to failure. Source: Berger's exponential;
    people tell their reserve well only near failure (Halperin 2022).
    """
    return _estimate(weight, reps, rir, most=config.most_reps, config=config)


def shown_e1rm(weight: Decimal, reps: int, rir: Decimal | int | None, *, config: Config = CONFIG) -> Decimal | None:
    """`e1rm` where it is good enough to be shown to a lifter: from 15 reps to failure or fewer."""
    return _estimate(weight, reps, rir, most=config.e1rm_shown_reps, config=config)


def _estimate(weight: Decimal, reps: int, rir: Decimal | int | None, *, most: int, config: Config) -> Decimal | None:
    check_decimal("weight", weight, above_zero=True)
    done = Done(weight=weight, reps=reps, rir=rir)
    spare = Decimal(rir or 0)
    to_failure = reps + spare
    if done.is_missed or spare > config.most_rir or to_failure > most:
        return None
    return weight * (config.k_choose * to_failure).exp() / config.berger_scale
