import pytest

from training.progression import EngineError, muscle_score, plan_sets
from training.progression.sets.set_table import mean_score, stimulus, table_change
from training.progression.tests.set_cases import chest, codes, ctx, ex


@pytest.mark.parametrize(
    ("scores", "expected"),
    [  # (score, sets) of each exercise
        ([(0, 3)], 0),
        ([(None, 3)], None),
        ([(None, 9), (2, 1)], 2),
        ([(0, 1), (1, 1)], 1),  # half goes up
        ([(0, 3), (1, 2)], 0),
        ([(2, 2), (3, 2)], 3),
        ([(2, 3), (3, 2)], 2),
        ([(0, 1), (1, 5), (3, 3)], 2),
        ([(1, 3), (2, 4), (1, 2)], 1),
    ],
)
def test_the_muscle_scores_the_mean_of_its_exercises_by_sets(scores, expected):
    exercises = [ex(str(index), sets, perf) for index, (perf, sets) in enumerate(scores)]
    assert mean_score(exercises) == expected
    assert muscle_score(exercises, challenge=None, rir=2) == expected


@pytest.mark.parametrize(
    ("perf", "challenge", "rir", "expected"),
    [
        (0, 3, 1, 2),
        (1, 3, 1, 2),
        (2, 3, 1, 2),
        (3, 3, 1, 3),
        (0, 3, 0, 0),
        (1, 3, 0, 1),
        (1, 2, 1, 1),
        (1, 2, 3, 1),
        (0, 0, 1, 0),
        (1, 0, 0, 0),
        (1, 1, 3, 1),
        (1, None, 3, 1),
        (2, 0, 3, 2),
        (3, 0, 3, 3),
        (None, 3, 3, None),
        (None, 0, 3, None),
    ],
)
def test_how_hard_it_felt_corrects_the_score(perf, challenge, rir, expected):
    assert muscle_score([ex(perf=perf)], challenge=challenge, rir=rir) == expected


@pytest.mark.parametrize(
    ("pump", "challenge", "expected"),
    [
        *((pump, challenge, "L") for pump, challenge in ((0, 0), (1, 1), (0, 2), (2, 0))),
        *((pump, challenge, "M") for pump, challenge in ((0, 3), (2, 1), (3, 1), (2, 2))),
        *((pump, challenge, "H") for pump, challenge in ((2, 3), (3, 2), (3, 3))),
        # missing: a pump of 2, a challenge of 1
        *((None, challenge, felt) for challenge, felt in ((0, "L"), (1, "M"), (2, "M"), (3, "H"))),
        *((pump, None, felt) for pump, felt in ((0, "L"), (1, "L"), (2, "M"), (3, "M"))),
        (None, None, "M"),
    ],
)
def test_pump_and_challenge_make_the_stimulus(pump, challenge, expected):
    assert stimulus(pump=pump, challenge=challenge) == expected


@pytest.mark.parametrize(
    ("perf", "challenge", "rir", "expected"),
    [
        (0, 3, 2, ["PERF_HARD", "SETS_HOLD_S1P2H"]),
        (1, 3, 2, ["PERF_HARD", "SETS_HOLD_S1P2H"]),
        (2, 3, 2, ["SETS_HOLD_S1P2H"]),
        (3, 3, 2, ["SETS_HOLD_S1P3H"]),
        (1, 3, 0, ["SETS_HOLD_S1P1H"]),
        (0, 0, 2, ["SETS_UP_S1P0L"]),
        (1, 0, 2, ["PERF_EASY", "SETS_UP_S1P0L"]),
        (2, 0, 2, ["SETS_HOLD_S1P2L"]),
    ],
)
def test_a_corrected_score_says_so(perf, challenge, rir, expected):
    assert codes(plan_sets(ctx(f"S1 p2 c{challenge}", rir=rir), chest(perf))) == expected


@pytest.mark.parametrize(
    ("challenge", "rir", "name"), [(4, 2, "challenge"), (1, 6, "rir"), (1, -1, "rir"), (1, None, "rir")]
)
def test_the_muscle_score_refuses_nonsense(challenge, rir, name):
    with pytest.raises(EngineError, match=f"^{name} must be"):
        muscle_score(chest(), challenge=challenge, rir=rir)


@pytest.mark.parametrize("function", [mean_score, lambda each: muscle_score(each, challenge=1, rir=1)])
def test_the_scores_refuse_an_empty_workout(function):
    with pytest.raises(EngineError, match=r"^exercises must be"):
        function([])


@pytest.mark.parametrize(("pump", "challenge", "name"), [(4, 1, "pump"), (1, -1, "challenge")])
def test_the_stimulus_refuses_nonsense(pump, challenge, name):
    with pytest.raises(EngineError, match=f"^{name} must be"):
        stimulus(pump=pump, challenge=challenge)


@pytest.mark.parametrize("strict", [False, True])
def test_the_table_alone(strict):
    facts = {"soreness": 3, "prev_soreness": 3, "perf": 1, "felt": "M"}
    assert table_change(**facts, strict_rp=strict) == (0 if strict else -1)


@pytest.mark.parametrize(
    ("soreness", "prev_soreness", "strict_rp", "change"),
    [(3, 2, False, 0), (3, 3, False, -1), (3, None, False, 0), (3, 3, True, 0), (2, 3, False, 0), (2, 2, False, 0)],
)
def test_sore_twice_costs_a_set_but_not_by_the_book(soreness, prev_soreness, strict_rp, change):
    facts = {"soreness": soreness, "perf": 1, "felt": "L"}
    assert table_change(**facts, prev_soreness=prev_soreness, strict_rp=strict_rp) == change


def test_what_is_not_said_of_a_cell_is_no_second_week_and_not_the_book():
    assert table_change(soreness=3, perf=2, felt="L") == -1
    assert table_change(soreness=3, perf=1, felt="L") == 0
