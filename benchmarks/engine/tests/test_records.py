"""What is celebrated while a simulated lifter trains, whose true strength is known."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from benchmarks.engine.simulation.course import Course, take
from benchmarks.engine.simulation.engine_1_2 import Engine12
from benchmarks.engine.simulation.lifter import Habits, Nature
from benchmarks.engine.simulation.rows import Kind
from training.progression import SetMark, records

# A lifter who feels the reserve exactly, has no good or bad days, tires from set to set only, and grows by nothing.
EVEN = Nature(
    growth=0,
    day_noise=0,
    set_noise=0,
    misjudged=0,
    misjudged_far=0,
    judging=0,
    judging_far=0,
    start_noise=0,
    set_fatigue=0,
)
RISING = replace(EVEN, drift=0.5)  # 2 % in four hard weeks
LIFTERS = 4


class Watched(Engine12):
    """A coach who keeps the record of the lifter."""

    def asks(self, record, place):
        self.record = record
        return super().asks(record, place)


def celebrated(nature: Nature, says: str) -> Iterator[int]:
    """Yields in how many sessions of two mesocycles each exercise of each lifter has a record."""
    kind = Kind(name="", nature=nature, habits=Habits(stops="number", says=says), course=Course(mesocycles=2))
    for seed in range(LIFTERS):
        lifter, movements = kind.lifter(Random(f"{seed}"))
        coach = Watched()
        take(lifter, movements, coach, kind.course)
        for one in movements:
            earlier, count = list[SetMark](), 0
            for place, session in coach.record.sessions.items():
                if place.week == kind.course.weeks or one.name not in session.asks:
                    continue
                rir = session.asks[one.name].plan.rir
                done = [
                    SetMark(each.weight, each.reps, rir if each.rir is None else each.rir)
                    for each in session.done[one.name]
                ]
                count += any(records(done, earlier=earlier, grid=one.grid))
                earlier += done
            yield count


@pytest.mark.parametrize("says", ["first", "all"])
def test_where_strength_does_not_change_nothing_is_celebrated(says):
    assert set(celebrated(EVEN, says)) == {0}


@pytest.mark.parametrize("says", ["first", "all"])
def test_two_per_cent_more_strength_are_celebrated_a_few_times(says):
    counts = list(celebrated(RISING, says))
    assert len(counts) / 2 <= sum(counts) <= 2 * len(counts)
    assert max(counts) <= 4
