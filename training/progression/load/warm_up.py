"""Warm-up sets on the way to the first working set: suggested, never stored."""

from decimal import Decimal

from training.progression.border import check_choice, check_flag, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import MECHANICS, Grid


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
    """Returns (weight, reps) of each warm-up set before sets of `reps` at `weight`: lightest first, on the grid, below
    `weight`.

    `is_warm`: another exercise of the muscle came before. Then one warm-up set is enough, and none before an isolation.
    There is none without a weight, with the body alone, or with help. Added weight gets one set with the body alone. A
    light isolation gets none: its own first reps warm the muscle up. `is_deload`: the few reps of a deload are no heavy
    set, so there is no single before them.
    """
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    check_whole("reps", reps, least=1)
    check_choice("mechanic", mechanic, of=MECHANICS)
    check_flag("is_warm", is_warm)
    check_flag("is_deload", is_deload)
    if not weight or grid.kind == "assist":
        return ()
    if grid.kind == "added":
        return () if is_warm else ((Decimal(0), config.warm_up_body_reps),)
    shares = _shares(weight, unit=grid.unit, mechanic=mechanic, is_warm=is_warm, config=config)
    is_heavy = reps <= config.warm_up_heavy_reps and not is_deload
    if is_heavy and mechanic == "compound" and not is_warm:
        shares = (*shares, config.warm_up_heavy)
    steps = {}
    for share, count in shares:
        step = grid.down_to_grid(share * weight)
        if step is not None and step < weight:
            steps[step] = count
    return tuple(steps.items())


def _shares(
    weight: Decimal, *, unit: str, mechanic: str, is_warm: bool, config: Config
) -> tuple[tuple[Decimal, int], ...]:
    if mechanic == "isolation":
        return () if is_warm or weight < dict(config.warm_up_light)[unit] else (config.warm_up_isolation,)
    return (config.warm_up_warm,) if is_warm else config.warm_up_cold
