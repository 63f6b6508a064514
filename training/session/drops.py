"""What a drop and myo-reps start with, before the lifter changes it."""

from decimal import Decimal

from training.progression import Grid

DROP = Decimal("0.8")  # of the weight before
MYO_REPS = 4  # three to five


def drop_weight(weight: Decimal, grid: Grid) -> Decimal:
    """Returns the setting nearest to a fifth lighter, one easier at least; `weight` itself where there is none. Of an
    assisted exercise it is more help. `dropWeight` in static/js/continuing.js does the same; one table tests both."""
    aim = weight / DROP if grid.kind == "assist" else weight * DROP
    here = weight
    while (easier := grid.easier(here)) is not None:
        if here != weight and abs(easier - aim) >= abs(here - aim):
            break
        here = easier
    return here
