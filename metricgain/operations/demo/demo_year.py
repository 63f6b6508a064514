"""The events of the demo's year: its mesocycles, and what comes in between. `training` does the lifting.

The year counts backwards from today: the last block is always in its third week, so that Today has a workout."""

from dataclasses import dataclass, field
from datetime import date, timedelta

type Place = tuple[int, int]  # (week, which workout of the week)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A mesocycle of the year. Exercises and templates are named by slug."""

    name: str
    weeks: int
    template: str | None = None  # None: a copy of the mesocycle before
    rest: int = 0  # weeks without training before it
    missed: tuple[int, ...] = ()  # weeks that began a week later, because the lifter was away
    left_out: tuple[int, ...] = ()  # weeks that the lifter skipped as a whole
    skipped: tuple[Place, ...] = ()
    swapped: dict[Place, tuple[str, str]] = field(default_factory=dict)
    shortened: dict[Place, str] = field(default_factory=dict)  # one set less of this exercise, on that day
    added: dict[Place, str] = field(default_factory=dict)
    backfilled: tuple[Place, ...] = ()
    left_open: tuple[Place, ...] = ()
    notes: dict[Place, str] = field(default_factory=dict)

    @property
    def lasts(self) -> int:
        """Calendar weeks, including the rest before the block."""
        return self.rest + self.weeks + len(self.missed)


YEAR = (
    Block(
        name="Full body, a new start",
        template="full-body-3",
        weeks=5,
        skipped=((3, 2),),
        notes={(1, 1): "First session in a while. Keeping it easy.", (4, 3): "Leg press moved well today."},
    ),
    Block(name="Full body II", weeks=5, backfilled=((2, 2),), notes={(4, 1): "Slept badly, still fine."}),
    Block(
        name="Upper / Lower",
        template="upper-lower-4",
        weeks=5,
        rest=1,
        shortened={(2, 1): "dumbbell-lateral-raise"},
        notes={(1, 2): "Squats again after a year. Depth first, weight later."},
    ),
    Block(
        name="Upper / Lower II",
        weeks=5,
        swapped={(2, 1): ("barbell-bench-press", "dumbbell-bench-press")},
        skipped=((3, 4),),
        notes={(2, 1): "Shoulder did not like the bar. Dumbbells feel fine."},
    ),
    Block(
        name="Upper / Lower III",
        weeks=6,
        missed=(4,),
        left_open=((2, 3),),
        notes={(4, 1): "Back from a week away."},
    ),
    Block(
        name="One muscle a day",
        template="bro-split-5",
        weeks=5,
        added={(2, 5): "cable-curl"},
        skipped=((3, 3),),
        notes={(1, 1): "Back to the bar for chest, the shoulder is quiet."},
    ),
    Block(name="One muscle a day II", weeks=5, left_out=(3,), notes={(4, 1): "A cold kept me away all week."}),
    Block(
        name="Push / Pull / Legs",
        template="push-pull-legs-6",
        weeks=4,
        skipped=((2, 6),),
        notes={(3, 3): "Six days are a lot. Legs are tired."},
    ),
    Block(
        name="Upper / Lower IV",
        template="upper-lower-4",
        weeks=5,
        rest=1,
        missed=(3,),
        swapped={(2, 4): ("dumbbell-bulgarian-split-squat", "hack-squat")},
        shortened={(4, 1): "barbell-curl"},
        skipped=((4, 2),),
        notes={(2, 4): "No bench free for split squats."},
    ),
    Block(
        name="Upper / Lower V",
        weeks=5,
        added={(1, 1): "plank"},
        notes={(1, 1): "Fresh after the deload.", (2, 3): "Pull-ups felt light."},
    ),
)
WEEKS_INTO_THE_LAST = 2
LONGEST = sum(block.lasts for block in YEAR[:-1]) + WEEKS_INTO_THE_LAST + 1
SHORTEST = YEAR[-2].lasts + WEEKS_INTO_THE_LAST + 1


def blocks_of(weeks: int, *, today: date) -> list[tuple[Block, date]]:
    """Returns the blocks that fit into the last `weeks` (the current week included), each with its first Monday."""
    begins = today - timedelta(days=today.weekday(), weeks=WEEKS_INTO_THE_LAST)
    following, found = YEAR[-1], [(YEAR[-1], begins)]
    weeks -= WEEKS_INTO_THE_LAST + 1
    for block in reversed(YEAR[:-1]):
        weeks -= block.lasts
        if weeks < 0:
            break
        begins -= timedelta(weeks=block.weeks + len(block.missed) + following.rest)
        found.insert(0, (block, begins))
        following = block
    return found


def template_of(block: Block) -> str:
    """Returns the template of a block, or of the block that it is a copy of."""
    return next(one.template for one in YEAR[YEAR.index(block) :: -1] if one.template)
