import pytest

from training.progression import EngineError, sentence, start_body, start_plan, swap_rir
from training.progression.tests.cases import KG, PULL_UP, D, codes, shown

WEEK_1 = {"lo": 8, "hi": 12, "grid": KG, "rir": 3, "sets": 3}


def test_the_first_plan_takes_the_lifters_own_weight():
    first = start_plan(D("97.30"), **WEEK_1)
    assert (first.sets, shown(first), first.drop) == (3, "97.3 x 8-10 @3", 1)
    assert sentence(first.reasons[0]) == "Your plan starts at 97.3 kg."


def test_without_a_weight_it_asks_and_never_guesses():
    first = start_plan(None, **WEEK_1)
    assert first.weight is None
    assert codes(first) == ["SEED_ASK"]
    assert sentence(first.reasons[0]) == "Pick a weight you could lift 10 times with 3 left."


def test_the_lifters_own_target_wins_over_the_middle_of_the_range():
    assert shown(start_plan(D("100"), **WEEK_1, reps=7)) == "100 x 7 @3"


@pytest.mark.parametrize(
    ("lo", "hi", "reps", "expected"),
    [
        (8, 13, None, "100 x 8-10 @3"),
        (5, 5, None, "100 x 5 @3"),
        (8, 12, 1, "100 x 1 @3"),
        (1, 30, 40, "100 x 1-40 @3"),
    ],
)
def test_the_range_shown_ends_at_its_least_and_a_lower_target_stands_alone(lo, hi, reps, expected):
    assert shown(start_plan(D("100"), **WEEK_1 | {"lo": lo, "hi": hi}, reps=reps)) == expected


@pytest.mark.parametrize(("rir", "expected"), [(0, 2), (1, 2), (2, 2), (3, 3), (5, 5)])
def test_an_exercise_swapped_in_starts_with_two_in_reserve_at_least(rir, expected):
    assert swap_rir(rir) == expected


@pytest.mark.parametrize("rir", [-1, 6, None])
def test_a_reserve_that_cannot_be_is_refused(rir):
    with pytest.raises(EngineError, match=r"^rir must be"):
        swap_rir(rir)
    with pytest.raises(EngineError, match=r"^rir must be"):
        start_plan(D("100"), **WEEK_1 | {"rir": rir})


@pytest.mark.parametrize("change", [{"rir": 0}, {"rir": 5}, {"sets": 1}, {"sets": 15}])
def test_the_border_itself_is_inside(change):
    assert start_plan(D("100"), **WEEK_1 | change).reps == 10


def test_added_weight_may_start_at_nothing():
    assert start_plan(D("0"), **WEEK_1 | {"grid": PULL_UP}).weight == 0


@pytest.mark.parametrize(
    ("weight", "change", "named"),
    [
        (D("0"), {}, "weight"),
        (100.0, {}, "weight"),
        (D("100"), {"lo": 0}, "lo"),
        (D("100"), {"hi": 31}, "hi"),
        (D("100"), {"lo": 12, "hi": 8}, "lo"),
        (D("100"), {"rir": None}, "rir"),
        (D("100"), {"sets": 16}, "sets"),
        (D("100"), {"sets": 0}, "sets"),
        (D("100"), {"reps": 0}, "reps"),
    ],
)
def test_it_refuses_a_start_outside_the_border(weight, change, named):  # I20
    with pytest.raises(EngineError, match=f"^{named} must"):
        start_plan(weight, **WEEK_1 | change)


@pytest.mark.parametrize(
    ("can", "rir", "expected"),
    [
        (12, 3, "9 reps, because you can do 12 and 3 stay in you."),
        (20, 3, "12 reps, because you can do 20 and 8 stay in you."),  # the top of the range
        (2, 3, "1 reps, because you can do 2 and 1 stay in you."),
        (None, 3, "Start at 8 reps, and say how many you had left."),
    ],
)
def test_the_body_alone_starts_from_what_the_lifter_can_do(can, rir, expected):
    first = start_body(can, lo=8, hi=12, grid=PULL_UP, rir=rir, sets=3)
    assert (first.weight, first.sets, first.rir) == (0, 3, rir)
    assert sentence(first.reasons[0]) == expected


@pytest.mark.parametrize("can", [0, -1, 1.5])
def test_nobody_can_do_less_than_one(can):
    with pytest.raises(EngineError, match="can"):
        start_body(can, lo=8, hi=12, grid=PULL_UP, rir=3, sets=3)
