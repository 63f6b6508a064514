"""Finds the weight for a capacity that the lifter has shown, and the whole reps in it."""

import math
from collections.abc import Callable
from decimal import Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid


def hardest_giving(
    need: Decimal | int,
    *,
    gives: Callable[[Decimal], Decimal],
    near: Decimal,
    grid: Grid,
    config: Config = CONFIG,
) -> Decimal:
    """Returns the hardest setting at which `gives` still returns `need`, or the lightest setting if none does.

    `gives`: setting -> reps to failure to expect there, fewer at harder settings. `near`: a guess to begin with, which
    may be off the grid. The search stops after 60 grid steps and returns the setting that it has reached.
    """
    weight = grid.down_to_grid(near)
    if weight is None:
        weight = grid.harder(near)
    assert weight is not None, "a grid has a setting"
    for _ in range(config.most_search_steps):
        harder = grid.harder(weight)
        if harder is None or gives(harder) < need:
            break
        weight = harder
    for _ in range(config.most_search_steps):
        easier = grid.easier(weight)
        if easier is None or gives(weight) >= need:
            break
        weight = easier
    return weight


def whole_reps(reps: Decimal, *, config: Config = CONFIG) -> int:
    """Returns the whole reps in `reps`. A hair is added first: a load moved there and back must cancel out."""
    return math.floor(reps + config.round_trip)
