"""Days without training, in the bands by which the rules tell them apart."""

from bisect import bisect_left

from training.progression.border import check_whole_or_missing
from training.progression.config import CONFIG, Config


def gap_band(days: int | None, *, config: Config = CONFIG) -> int:
    """0 (no gap, or none known) .. 5 (the longest break): within a band every plan is the same.

    `days`: since the muscle's last session, from 0. Chapter "After a break".
    """
    check_whole_or_missing("days", days, least=0)
    bounds = [config.gap_days, config.break_days, *(days for days, _ in config.break_factors)]
    return 0 if days is None else bisect_left(bounds, days)
