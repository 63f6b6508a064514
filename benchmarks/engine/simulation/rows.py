"""The rows of the table: kinds of lifters, with their equipment and their calendar."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from benchmarks.engine.simulation.course import Course, CourseResult, Pause, take
from benchmarks.engine.simulation.lifter import Habits, Nature, SimulatedLifter
from benchmarks.engine.simulation.measures import Measures, measured
from benchmarks.engine.simulation.record import Coach, SimulatedMovement
from training.progression import Grid, hard_rir

LIFTERS = 40
SEEDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What is lifted. once: the least and most load that a lifter moves once at the start; as a share of body mass,
    where the body is moved. body: the least and most mass. knows_body: whether the coach knows it."""

    grid: Grid
    lo: int = 8
    hi: int = 12
    once: tuple[float, float] = (70.0, 150.0)
    body: tuple[float, float] = (65.0, 95.0)
    knows_body: bool = False


def _steps(step: str, least: str = "0", unit: str = "kg", kind: str = "load") -> Grid:
    return Grid(kind=kind, step=Decimal(step), min=Decimal(least), unit=unit)


BARBELL = Kit(grid=_steps("2.5", "20"))
BARBELL_LB = Kit(grid=_steps("5", "45", unit="lb"), once=(154.0, 330.0))
DUMBBELLS = Kit(grid=Grid(kind="load", explicit=tuple(Decimal(2 * each) for each in range(1, 31))), once=(24.0, 60.0))
MACHINE = Kit(grid=_steps("5", "5"), lo=10, hi=15, once=(50.0, 110.0))
CABLE = Kit(grid=_steps("5", "5"), lo=10, hi=15, once=(17.0, 31.0))
CABLE_PLATES = replace(CABLE, grid=_steps("2.5", "5"))
PULL_UPS = Kit(grid=_steps("2.5", kind="added"), lo=6, hi=15, once=(1.35, 1.7), knows_body=True)
ASSISTED = Kit(grid=_steps("5", kind="assist"), lo=6, hi=12, once=(0.85, 1.15), knows_body=True)
BODY = Kit(grid=Grid(kind="added", explicit=(Decimal(0),)), lo=8, hi=20, once=(1.4, 1.9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row of the table."""

    name: str
    habits: Habits = field(default_factory=Habits)
    nature: Nature = field(default_factory=Nature)
    kit: Kit = BARBELL
    course: Course = field(default_factory=Course)
    exercises: int = 1  # of the muscle, in each workout
    first_sets: tuple[int, int] = (2, 3)
    experience: str = "intermediate"

    def outcomes(self, coach: Callable[[], Coach], *, lifters: int, seeds: int) -> Iterator[CourseResult]:
        for seed in range(seeds):
            for number in range(lifters):
                chance = Random(f"{seed} {number}")
                lifter, movements = self.lifter(chance)
                yield take(lifter, movements, coach(), self.course)

    def lifter(self, chance: Random) -> tuple[SimulatedLifter, list[SimulatedMovement]]:
        """Returns a lifter of this kind, and the exercises as the lifter begins them."""
        kit, body = self.kit, chance.uniform(*self.kit.body)
        strength: dict[str, float] = {}
        movements = []
        grid = replace(kit.grid, body=Decimal(round(body)) if kit.knows_body else None)
        nature = replace(self.nature, growth=self.nature.growth * math.exp(chance.gauss(0, 0.25)))
        lifter = SimulatedLifter(nature=nature, habits=self.habits, chance=chance, strength=strength, body=round(body))
        first_sets = chance.choice(self.first_sets)
        for workout in range(2):
            for position in range(self.exercises):
                least, most = kit.once
                once = math.exp(chance.uniform(math.log(least), math.log(most)))
                name = f"{workout}.{position}"
                strength[name] = math.log(once * (body if kit.grid.kind != "load" else 1))
                movements.append(
                    SimulatedMovement(
                        name=name,
                        workout=workout,
                        position=position,
                        muscle="chest",
                        grid=grid,
                        lo=kit.lo,
                        hi=kit.hi,
                        first_weight=_picked(lifter, strength[name], grid, self),
                        first_sets=first_sets,
                        experience=self.experience,
                    )
                )
        return lifter, movements


def _picked(lifter: SimulatedLifter, strength: float, grid: Grid, kind: Kind) -> Decimal:
    """Returns the weight that the lifter picks for the middle of the range, about right."""
    nature, rir = lifter.nature, hard_rir(kind.course.weeks, week=1)
    reps = (kind.kit.lo + kind.kit.hi) // 2 + rir
    misjudged = lifter.chance.gauss(nature.start_near + nature.start_far * rir, nature.start_noise)
    return lifter.weight_for(grid, strength, reps=reps + misjudged)


NUMBER, FEELING, BEATS = Habits(stops="number"), Habits(stops="feeling"), Habits(stops="beats")
SAYS_FIRST = replace(NUMBER, says="first")
NOVICE = Nature(growth=1.02)
SHRINKS = Nature(growth=0.0, drift=-0.104)
WEEKS_3, WEEKS_7 = Course(weeks=3), Course(weeks=7)

KINDS = (
    Kind(name="stops at the number"),
    Kind(name="stops at the number, opens when told", habits=replace(NUMBER, opens=True)),
    Kind(name="stops at the number, RIR on first set", habits=SAYS_FIRST),
    Kind(name="stops at the number, RIR on all sets", habits=replace(NUMBER, says="all")),
    Kind(name="felt RIR, not said", habits=FEELING),
    Kind(name="felt RIR, said on first set", habits=replace(FEELING, says="first")),
    Kind(name="beats, not said", habits=BEATS),
    Kind(name="beats, RIR on first set", habits=replace(BEATS, says="first")),
    Kind(name="own heavier weights, felt RIR, not said", habits=replace(FEELING, heavier=0.2)),
    Kind(name="novice, stops at the number", nature=NOVICE, experience="beginner"),
    Kind(name="novice, opens when told", nature=NOVICE, habits=replace(NUMBER, opens=True), experience="beginner"),
    Kind(name="novice, RIR on first set", nature=NOVICE, habits=SAYS_FIRST, experience="beginner"),
    Kind(name="light cable 5 kg, stops at the number", kit=CABLE),
    Kind(name="light cable 5 kg, RIR on first set", kit=CABLE, habits=SAYS_FIRST),
    Kind(name="the same with 2.5 kg plates, stops", kit=CABLE_PLATES),
    Kind(name="machine 5 kg, stops at the number", kit=MACHINE),
    Kind(name="dumbbells 2 kg, stops at the number", kit=DUMBBELLS),
    Kind(name="lb, RIR on first set", kit=BARBELL_LB, habits=SAYS_FIRST),
    Kind(name="says 2 too few", habits=replace(SAYS_FIRST, says_more=-2)),
    Kind(name="says 1 too few", habits=replace(SAYS_FIRST, says_more=-1)),
    Kind(name="says 1 too many", habits=replace(SAYS_FIRST, says_more=1)),
    Kind(name="says 2 too many", habits=replace(SAYS_FIRST, says_more=2)),
    Kind(name="shrinks, stops at the number", nature=SHRINKS),
    Kind(name="shrinks, beats", nature=SHRINKS, habits=BEATS),
    Kind(name="shrinks, RIR on first set", nature=SHRINKS, habits=SAYS_FIRST),
    Kind(name="3 weeks, RIR on first set", course=WEEKS_3, habits=SAYS_FIRST),
    Kind(name="7 weeks, RIR on first set", course=WEEKS_7, habits=SAYS_FIRST),
    Kind(name="7 weeks, stops at the number", course=WEEKS_7),
    Kind(name="a slip in 0.5 % of sets, RIR first set", habits=replace(FEELING, says="first", slips=0.005)),
)

BREAKS = tuple(
    Kind(
        name=f"{days} days off, {percent:g} % lost, {name}",
        habits=habits,
        course=Course(pause=Pause(days=days, percent=percent)),
    )
    for days, percent in ((21, 2.0), (56, 6.0), (140, 12.0))
    for name, habits in (("RIR on first set", SAYS_FIRST), ("beats", BEATS), ("stops at the number", NUMBER))
)

ILL = Course(ill=(1, 2))
ILLNESSES = (
    Kind(name="ill in week 2, RIR on first set", course=ILL, habits=SAYS_FIRST),
    Kind(name="ill in week 2, beats", course=ILL, habits=BEATS),
    Kind(name="ill in week 2, stops at the number", course=ILL),
)

FURTHER = (
    Kind(name="two exercises a muscle, stops at the number", exercises=2),
    Kind(name="two exercises a muscle, RIR on first set", exercises=2, habits=SAYS_FIRST),
    Kind(name="three exercises a muscle, RIR on first set", exercises=3, habits=SAYS_FIRST),
    Kind(
        name="two exercises, time for 5 sets, RIR on first set", exercises=2, habits=replace(SAYS_FIRST, sets_of_day=5)
    ),
    Kind(name="lighter or heavier after set 1, stops at the number", habits=replace(NUMBER, switches=0.3)),
    Kind(name="lighter or heavier after set 1, RIR on first set", habits=replace(SAYS_FIRST, switches=0.3)),
    Kind(name="pull-ups, body mass known, RIR on first set", kit=PULL_UPS, habits=SAYS_FIRST),
    Kind(
        name="pull-ups, body mass unknown, RIR on first set", kit=replace(PULL_UPS, knows_body=False), habits=SAYS_FIRST
    ),
    Kind(name="assisted, body mass known, RIR on first set", kit=ASSISTED, habits=SAYS_FIRST),
    Kind(
        name="assisted, body mass unknown, RIR on first set", kit=replace(ASSISTED, knows_body=False), habits=SAYS_FIRST
    ),
    Kind(name="says 2 too few, opens when told", habits=replace(SAYS_FIRST, says_more=-2, opens=True)),
    Kind(name="says 2 too many, opens when told", habits=replace(SAYS_FIRST, says_more=2, opens=True)),
    Kind(name="body alone, stops at the number", kit=BODY),
    Kind(name="body alone, RIR on first set", kit=BODY, habits=SAYS_FIRST),
    *(
        Kind(name=f"{kit}, {weeks} weeks, RIR on first set", kit=of, course=Course(weeks=weeks), habits=SAYS_FIRST)
        for kit, of, lengths in (("dumbbells", DUMBBELLS, (3, 5, 7)), ("lb", BARBELL_LB, (3, 7)))
        for weeks in lengths
    ),
    Kind(name="misses a session in ten, RIR on first set", course=Course(missed=0.1), habits=SAYS_FIRST),
    Kind(name="sorer, RIR on first set", nature=Nature(sore=0.7), habits=SAYS_FIRST),
)


def row(kind: Kind, coach: Callable[[], Coach], *, lifters: int = LIFTERS, seeds: int = SEEDS) -> Measures:
    return measured([*kind.outcomes(coach, lifters=lifters, seeds=seeds)], kind.course)
