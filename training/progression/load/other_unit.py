"""What was lifted or asked in the other unit, on the grid of this one: plates of 20 kg are no plates of 44.09 lb."""

import math
from decimal import Decimal

from training.progression.border import check_whole
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid


def on_grid(weight: Decimal, *, reps: int, grid: Grid, config: Config = CONFIG) -> tuple[Decimal, int]:
    """Returns the setting nearest to `weight` (tie: the easier) and the reps that it costs the same to do there.

    `weight`: converted to the grid's unit, so that it may lie between two settings. `reps`: from 0, which stays 0. They
    stay where the loads count as the same (`config.near_share`) or are not known; else they change as the load does
    (Berger), rounded down, to 1 at least. Raises EngineError where a value is out of range.
    """
    grid.check_weight("weight", weight)
    check_whole("reps", reps, least=0)
    setting = _nearest(weight, grid=grid)
    here, there = grid.load_moved(weight), grid.load_moved(setting)
    if reps == 0 or here is None or there is None or abs(there - here) <= config.near_share * max(here, there):
        return setting, reps
    expected = math.floor(reps - grid.cost_in_reps(weight, to=setting, k=config.k_choose, config=config))
    return setting, max(1, min(expected, max(reps, config.most_reps)))


def _nearest(weight: Decimal, *, grid: Grid) -> Decimal:
    if grid.is_on(weight):
        return weight
    easier, harder = grid.down_to_grid(weight), grid.harder(weight)
    if easier is None or harder is None:
        setting = harder if easier is None else easier
        assert setting is not None, "a grid has a setting"
        return setting
    return harder if abs(harder - weight) < abs(weight - easier) else easier
