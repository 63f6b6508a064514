"""Bands of days without training: the rules treat all days of a band alike."""

from bisect import bisect_left
from decimal import Decimal

from training.progression.border import check_whole_or_missing
from training.progression.config import CONFIG, Config


def gap_band(days: int | None, *, config: Config = CONFIG) -> int:
    """Returns the band of `days`, from 0 (no gap, or not known) to 6 (the longest break). Within a band the plan of an
    exercise is the same.

    `days`: since the muscle's last session, from 0. Chapter "After a break".
    """
    check_whole_or_missing("days", days, least=0)
    bounds = [config.gap_days, config.break_days, *(days for days, _ in config.break_factors)]
    return 0 if days is None else bisect_left(bounds, days)


def break_factor(days: int, *, config: Config = CONFIG) -> Decimal:
    """Returns the share of the load to use after `days` without training; 1 up to 14 days.

    Chapter "After a break".
    """
    if days <= config.break_days:
        return Decimal(1)
    for up_to, factor in config.break_factors:
        if days <= up_to:
            return factor
    return config.longest_break_factor
