"""Warm-up sets on the way to the first working set: suggested, never stored."""

from decimal import Decimal
from typing import NamedTuple

from training.progression.border import check_choice, check_flag, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import MECHANICS, Grid


class Climb(NamedTuple):
    """The way to any weight: (share of it, reps) of each warm-up set, and the least weight that needs any. A share of 0
    is the body alone."""

    least: Decimal
    shares: tuple[tuple[Decimal, int], ...]

    def to(self, weight: Decimal | None, grid: Grid) -> tuple[tuple[Decimal, int], ...]:
        """Returns (weight, reps) of each warm-up set before `weight`: lightest first, on the grid, below it. Without a
        weight there is none.

        A phone works it out too, for a weight that was typed without a signal: `warmUps` in static/js/warming-up.js."""
        if not weight or weight < self.least:
            return ()
        steps = {}
        for share, count in self.shares:
            step = grid.down_to_grid(share * weight) if share else share
            if step is not None and step < weight:
                steps[step] = count
        return tuple(steps.items())


def warm_ups(
    weight: Decimal | None,
    *,
    reps: int,
    grid: Grid,
    mechanic: str,
    is_warm: bool,
    is_deload: bool = False,
    config: Config = CONFIG,
) -> tuple[tuple[Decimal, int], ...]:
    """Returns (weight, reps) of each warm-up set before sets of `reps` at `weight`: see `climb`."""
    way = climb(reps=reps, grid=grid, mechanic=mechanic, is_warm=is_warm, is_deload=is_deload, config=config)
    return way.to(weight, grid)


def climb(
    *, reps: int, grid: Grid, mechanic: str, is_warm: bool, is_deload: bool = False, config: Config = CONFIG
) -> Climb:
    """Returns the way to any weight for sets of `reps`.

    `is_warm`: another exercise of the muscle came before. Then one warm-up set is enough, and none before an isolation.
    There is none with the body alone, or with help. Added weight gets one set with the body alone. A light isolation
    gets none: its own first reps warm the muscle up. `is_deload`: the few reps of a deload are no heavy set, so there
    is no single before them.
    """
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    check_whole("reps", reps, least=1)
    check_choice("mechanic", mechanic, of=MECHANICS)
    check_flag("is_warm", is_warm)
    check_flag("is_deload", is_deload)
    none = Decimal(0)
    if grid.kind == "assist" or (is_warm and (grid.kind == "added" or mechanic == "isolation")):
        return Climb(none, ())
    if grid.kind == "added":
        return Climb(none, ((none, config.warm_up_body_reps),))
    if mechanic == "isolation":
        return Climb(dict(config.warm_up_light)[grid.unit], (config.warm_up_isolation,))
    if is_warm:
        return Climb(none, (config.warm_up_warm,))
    is_heavy = reps <= config.warm_up_heavy_reps and not is_deload
    return Climb(none, (*config.warm_up_cold, *((config.warm_up_heavy,) if is_heavy else ())))
