"""Finding the setting that a demonstrated capacity is good for."""

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
    """The hardest setting at which `gives` still returns `need`; the lightest one if none does.

    `gives`: setting -> reps to failure shown there, fewer towards harder. `near`: where to begin, a guess and
    perhaps off the grid. The search takes 60 grid steps at most and then stays where it got.
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
