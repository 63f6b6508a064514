"""Lifters train two mesocycles; no sentence on the way may contradict a number, an answer, or another sentence."""

from decimal import Decimal

import pytest

from training.tests.trainees import (
    Life,
    Trainee,
    goes_beyond,
    misses_reps,
    says_easy,
    says_nothing,
    says_some,
    stops_by_feel,
)

CHEST, BACK = "chest", "back"
TRAINEES = {
    "stops at the number": Trainee(exercises=(CHEST, CHEST, BACK), weeks=4, seed=2),
    "says the RIR of first sets, in pounds": Trainee(says_rir=True, unit="lb", start=None, seed=3),
    "goes beyond and comes late": Trainee(
        performs=goes_beyond, weeks=4, late=(((1, 2), 12), ((1, 3), 25), ((2, 1), 12), ((2, 2), 9)), seed=10
    ),
    "misses reps": Trainee(performs=misses_reps, exercises=(CHEST, CHEST), seed=5),
    "gets weaker and never answers": Trainee(
        performs=stops_by_feel, answers=says_nothing, growth=-1.5, weeks=4, seed=6
    ),
    "is assisted, with little time": Trainee(
        loading="assisted", start=Decimal(20), exercises=(BACK, BACK), answers=says_easy, minutes=30, growth=1, seed=15
    ),
    "pulls up, skips, and is ill": Trainee(
        loading="added",
        start=None,
        answers=says_some,
        performs=goes_beyond,
        weeks=4,
        skips=frozenset({(1, 2, 1), (2, 2, 2)}),
        ill=frozenset({(1, 3, 2), (2, 2, 1)}),
        seed=14,
    ),
    "uses heavier weights": Trainee(performs=stops_by_feel, heavier=Decimal(5), exercises=(CHEST, CHEST), seed=12),
}


ALWAYS = {"stops at the number", "pulls up, skips, and is ill"}  # the plainest one, and the one with most to tell


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in ALWAYS else pytest.mark.drill) for name in TRAINEES]
)
def test_no_page_contradicts_itself(db, name):
    life = Life(TRAINEES[name])
    found = life.live()
    assert sum(len(told.sentences) + bool(told.of_muscle) for told in life.told) > len(life.told)
    assert not found, "\n".join(found)
