"""Warm-up sets on the way to the first working set: suggested, never stored."""

from decimal import Decimal

from training.progression.border import check_choice, check_flag, check_whole, refuse
from training.progression.load.grid import MECHANICS, Grid

# Shares of the work weight with their reps. Some lighter sets of the exercise itself are enough, and matter most
# before heavy ones (Ribeiro 2014; Iversen 2021); the shares are coaching custom, not measured.
COLD = ((Decimal("0.5"), 8), (Decimal("0.75"), 4))
HEAVY = (Decimal("0.9"), 1)  # one more where few reps are asked
HEAVY_REPS = 6
WARM = ((Decimal("0.6"), 5),)
ISOLATION = ((Decimal("0.6"), 8),)
# An isolation exercise lighter than this warms up by its own first reps.
LIGHT = {"kg": Decimal(30), "lb": Decimal(65)}
BODY_ALONE = 6


def warm_ups(
    weight: Decimal | None, *, reps: int, grid: Grid, mechanic: str, is_warm: bool
) -> tuple[tuple[Decimal, int], ...]:
    """(weight, reps) of each warm-up set before `reps` at `weight`, lightest first, on the grid and below `weight`.

    `is_warm`: another exercise of the muscle came before, so that one set is enough, none for an isolation. No weight,
    the body alone or help from a machine: none. Added weight: the body alone once.
    """
    if not isinstance(grid, Grid):
        refuse("grid", grid, wanted="a Grid")
    check_whole("reps", reps, least=1)
    check_choice("mechanic", mechanic, of=MECHANICS)
    check_flag("is_warm", is_warm)
    if not weight or grid.kind == "assist":
        return ()
    if grid.kind == "added":
        return () if is_warm else ((Decimal(0), BODY_ALONE),)
    steps = {}
    for share, count in _shares(weight, reps=reps, unit=grid.unit, mechanic=mechanic, is_warm=is_warm):
        step = grid.down_to_grid(share * weight)
        if step is not None and step < weight:
            steps[step] = count
    return tuple(steps.items())


def _shares(weight: Decimal, *, reps: int, unit: str, mechanic: str, is_warm: bool) -> tuple[tuple[Decimal, int], ...]:
    if mechanic == "isolation":
        return () if is_warm or weight < LIGHT[unit] else ISOLATION
    if is_warm:
        return WARM
    return (*COLD, HEAVY) if reps <= HEAVY_REPS else COLD
