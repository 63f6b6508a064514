"""What a simulated lifter was asked, did and answered: all that a coach may look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, Protocol

from training.progression import Done, ExercisePlan, Grid


class Place(NamedTuple):
    """A session: mesocycle from 0, week from 1, workout of the week from 0."""

    mesocycle: int
    week: int
    workout: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedMovement:
    """An exercise in one workout of the week, and the weight and sets with which the lifter began it.

    experience: that of the lifter, for the landmarks. first_weight: on the grid, as the lifter picked it for the middle
    of the range at the first RIR."""

    name: str
    workout: int
    position: int
    muscle: str
    grid: Grid
    lo: int
    hi: int
    first_weight: Decimal
    first_sets: int
    experience: str = "intermediate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a coach asks of an exercise in a session. is_open: its first set is to be all that the lifter has."""

    plan: ExercisePlan
    is_open: bool = False


@dataclass(slots=True)
class Felt:
    """The answers about a muscle in a session, 0 to 3 each; None: not asked, or not answered."""

    soreness: int | None = None
    pump: int | None = None
    challenge: int | None = None


@dataclass(slots=True)
class SessionRecord:
    """A session, on a day counted from the first one. A session that was missed has no sets."""

    day: int
    felt: dict[str, Felt] = field(default_factory=dict)  # by muscle
    asks: dict[str, Ask] = field(default_factory=dict)  # by exercise
    done: dict[str, list[Done]] = field(default_factory=dict)  # by exercise
    is_ill: bool = False


@dataclass(slots=True)
class TrainingRecord:
    """A lifter's sessions in the order in which they were due. `weeks`: of each mesocycle, with its deload."""

    movements: Sequence[SimulatedMovement]
    weeks: int
    sessions: dict[Place, SessionRecord] = field(default_factory=dict)

    def muscles_of(self, workout: int) -> list[str]:
        return list(dict.fromkeys(one.muscle for one in self.movements if one.workout == workout))

    def of_muscle(self, workout: int, muscle: str) -> list[SimulatedMovement]:
        return [one for one in self.movements if one.workout == workout and one.muscle == muscle]

    def trained(self, muscle: str, *, mesocycle: int) -> Iterator[tuple[Place, SessionRecord]]:
        """Yields the sessions of a mesocycle in which the muscle was trained, latest first."""
        names = {one.name for one in self.movements if one.muscle == muscle}
        for place in reversed(self.sessions):
            if place.mesocycle < mesocycle:
                return
            session = self.sessions[place]
            if any(session.done.get(name) for name in names):
                yield place, session


class Coach(Protocol):
    """Asks a lifter, one session after the other. A coach belongs to one lifter, so it may remember."""

    def asks(self, record: TrainingRecord, place: Place) -> dict[str, Ask]:
        """Returns what the session at `place` asks, by exercise. The session is in the record already, with its day and
        today's answers about soreness."""

    def next_set(self, ask: Ask, movement: SimulatedMovement, done: Sequence[Done]) -> tuple[Decimal, int]:
        """Returns the weight and the target reps that the page shows for the set after `done`."""
