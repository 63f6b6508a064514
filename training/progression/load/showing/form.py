"""The form of the day: a good or bad day counts half, until the next session shows the same."""

from decimal import Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.showing.shown import Shown


def risen(now: Shown, *, before: Shown | None, gap_days: int | None, grid: Grid, config: Config = CONFIG) -> Decimal:
    """Returns the reps by which `now` shows more than the hard session before it; 0 where the two cannot be compared:
    none before, another weight, or more than 14 days off since."""
    if before is None or (gap_days or 0) > config.break_days:
        return Decimal(0)
    if not grid.near(now.weight, to=before.weight, config=config):
        return Decimal(0)
    cost = grid.cost_in_reps(before.weight, to=now.weight, k=config.k_choose, config=config)
    return now.capacity - (before.capacity - cost)


def counting(capacity: Decimal, *, risen: Decimal, config: Config = CONFIG) -> Decimal:
    """Returns how much of the `capacity` of a session counts, where it has `risen` by so many reps (negative: fallen):
    one rep of a change counts in full, and half of the rest.

    A rise of 5 reps or more counts in full: the start was too light. Source: simulated lifters, whose strength varies
    by about a rep from day to day. Chapter "Weight and reps".
    """
    beyond = abs(risen) - config.form_free
    if beyond <= 0 or risen >= config.form_start:
        return capacity
    return capacity - (beyond * (1 - config.form_share)).copy_sign(risen)
