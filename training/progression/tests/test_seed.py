from dataclasses import FrozenInstanceError
from unittest.mock import patch

import pytest

from training.progression import EngineError, Grid, Past, seed, sentence, start_plan, swap_rir
from training.progression.tests.cases import ASSISTED, BAR, KG, PULL_UP, PULL_UP_BODY_UNKNOWN, D, codes, log, shown

HOLES = Grid(kind="load", explicit=(D("40"), D("60"), D("100"), D("110")))
ONE_SETTING = Grid(kind="added", explicit=(D("0"),), body=D("80"))
FINE = Grid(kind="load", step=D("0.001"))
LISTED_BODY_UNKNOWN = Grid(kind="added", explicit=(D("0"), D("8"), D("16"), D("24")))
ASSISTED_BODY_UNKNOWN = Grid(kind="assist", step=D("5"))


def past(days_ago, weight, *reps, rir=2, logged=None):
    return Past(days_ago=days_ago, done=tuple(log(weight, *reps, rir=logged)), rir=rir)


def seeded(*history, lo=8, hi=12, rir=3, grid=KG, sets=3):
    return seed(history, lo=lo, hi=hi, grid=grid, rir=rir, sets=sets)


EXAMPLE_30 = past(7, "100", 10), past(14, "100", 9), past(21, "95", 10, rir=3)


def test_the_median_of_three_sessions_sets_the_weight():  # example 30
    first = seeded(*EXAMPLE_30)
    assert (shown(first), codes(first), first.sets, first.drop) == ("95 x 8-10 @3", ["SEED_HISTORY"], 3, 1)
    assert sentence(first.reasons[0]) == "Estimated from your last 3 sessions."


def test_after_a_break_it_is_lighter():  # example 31
    first = seeded(past(40, "100", 10))
    assert (shown(first), codes(first)) == ("92.5 x 8-10 @3", ["SEED_HISTORY_BREAK"])
    assert sentence(first.reasons[0]) == "Estimated from your last session, with 40 days off taken into account."


def test_the_body_counts_as_load():  # example 45
    pull_up = seeded(past(7, "0", 12, rir=1), lo=6, hi=12, rir=2, grid=PULL_UP)
    assert shown(pull_up) == "2.5 x 6-9 @2"
    assisted = seeded(past(7, "30", 12, rir=1), rir=2, grid=ASSISTED)
    assert shown(assisted) == "30 x 8-10 @2"


# -- which sets count -------------------------------------------------------------------------------


def test_the_order_of_the_sessions_does_not_matter():
    assert seeded(*reversed(EXAMPLE_30)) == seeded(EXAMPLE_30[1], EXAMPLE_30[0], EXAMPLE_30[2])


def test_only_the_last_three_sessions_count():
    assert seeded(*EXAMPLE_30, past(22, "200", 10), past(23, "200", 10)) == seeded(*EXAMPLE_30)
    assert seeded(past(6, "200", 10), *EXAMPLE_30).weight == 95  # 200, 100 and 100 x 9: the 100 x 10


def test_of_two_sessions_the_mean_counts():
    assert shown(seeded(past(1, "100", 10, rir=3), past(2, "80", 10, rir=3))) == "87.5 x 8-10 @3"  # sqrt(8000) = 89.4
    assert sentence(seeded(past(1, "100", 10), past(2, "80", 10)).reasons[0]) == "Estimated from your last 2 sessions."


def test_of_one_day_the_first_three_given_count():
    same_day = [past(5, weight, 10, rir=3) for weight in ("50", "60", "70", "80")]
    assert seeded(*same_day).weight == 60
    assert seeded(*reversed(same_day)).weight == 70


@pytest.mark.parametrize(("days_ago", "is_asked"), [(180, False), (181, True)])
def test_half_a_year_is_how_far_it_looks_back(days_ago, is_asked):
    assert (seeded(past(days_ago, "100", 10)) is None) == is_asked


def test_without_a_rep_there_is_nothing_to_go_by():
    assert seeded() is None
    assert seeded(past(5, "100")) is None
    assert seeded(past(5, "100", 0, 0)) is None


def test_sessions_without_a_rep_are_left_out_before_three_are_taken():
    missed = [past(days_ago, "150", 0) for days_ago in (1, 2, 3)]
    first = seeded(*missed, past(40, "100", 10))
    assert first == seeded(past(40, "100", 10))


def test_a_session_is_worth_its_best_set():
    assert seeded(past(5, "100", 6, 10, 8)) == seeded(past(5, "100", 10))
    mixed = Past(days_ago=5, done=(*log("80", 12), *log("100", 10), *log("300", 0)), rir=2)
    assert seeded(mixed) == seeded(past(5, "100", 10))
    easy = Past(days_ago=5, done=(*log("100", 10, rir=0), *log("100", 9, rir=3)), rir=2)
    assert seeded(easy) == seeded(past(5, "100", 12, rir=0))


@pytest.mark.parametrize(
    ("planned", "logged", "weight"),
    [
        (3, None, "100"),
        (2, None, "95"),  # 97.4
        (None, None, "90"),  # nobody knows: none in reserve
        (0, 3, "100"),
        (3, D("2.5"), "97.5"),  # 98.7
        (3, 5, "105"),
        (3, 9, "105"),  # beyond 5 nobody can tell
    ],
)
def test_logged_effort_wins_over_the_target(planned, logged, weight):
    assert seeded(past(5, "100", 10, rir=planned, logged=logged)).weight == D(weight)


def test_reps_beyond_thirty_promise_no_heavier_weight():
    most = seeded(past(5, "0", 25, rir=5), grid=PULL_UP)
    assert seeded(past(5, "0", 50, rir=5), grid=PULL_UP) == most
    assert seeded(past(5, "0", 24, rir=5), grid=PULL_UP).weight < most.weight
    assert shown(seeded(past(5, "100", 33, rir=2), lo=30, hi=30, rir=5)) == "100 x 30 @5"
    assert shown(seeded(past(5, "100", 32, rir=2), lo=30, hi=30, rir=5)) == "95 x 30 @5"


# -- which setting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "reps", "expected"),
    [
        ("100", 10, "100 x 8-10 @3"),
        ("101", 10, "100 x 8-10 @3"),  # 101 is not on the grid
        ("100", 9, "95 x 8-10 @3"),  # 97.4
        ("100", 11, "102.5 x 8-10 @3"),  # 102.65
        ("100", 20, "127.5 x 8-10 @3"),  # 129.95
        ("100", 27, "155 x 8-10 @3"),  # 156.1
        ("100", 1, "77.5 x 8-10 @3"),  # 78.99
    ],
)
def test_it_takes_the_easier_of_the_two_nearest_settings(weight, reps, expected):
    assert shown(seeded(past(5, weight, reps, rir=3))) == expected


def test_any_number_of_sets_and_any_effort_will_do():
    for sets, rir in ((1, 0), (15, 5)):
        first = seeded(past(5, "100", 10, rir=rir), rir=rir, sets=sets)
        assert (first.weight, first.sets, first.rir) == (100, sets, rir)


def test_the_middle_of_the_range_is_rounded_down():
    assert shown(seeded(past(5, "100", 10, rir=3), lo=8, hi=13)) == "100 x 8-10 @3"
    assert shown(seeded(past(5, "100", 5, rir=3), lo=5, hi=5)) == "100 x 5 @3"


def test_holes_in_a_list_only_ever_make_it_easier():
    assert shown(seeded(past(5, "100", 9, rir=3), grid=HOLES)) == "60 x 8-10 @3"
    assert shown(seeded(past(5, "60", 30, rir=3), grid=HOLES)) == "60 x 8-10 @3"  # good for 93


@pytest.mark.parametrize(
    ("weight", "reps", "grid", "expected"),
    [
        ("20", 9, BAR, "20 x 8-9 @3"),
        ("20", 5, BAR, "20 x 5 @3"),
        ("20", 1, BAR, "20 x 1 @3"),
        ("15", 15, BAR, "20 x 4 @3"),  # 15 - ln(20/15)/0.0262 = 4.02
        ("15", 5, BAR, "20 x 1 @3"),  # nobody can be asked for less
        ("0", 7, PULL_UP, "0 x 7 @3"),
        ("40", 5, HOLES, "40 x 5 @3"),
        ("2.5", 3, KG, "2.5 x 3 @3"),
    ],
)
def test_at_the_lightest_setting_the_target_is_what_it_gives(weight, reps, grid, expected):
    assert shown(seeded(past(5, weight, reps, rir=3), grid=grid)) == expected


@pytest.mark.parametrize(
    ("days_ago", "weight", "reps", "grid", "expected"),
    [
        (5, "0", 10, ONE_SETTING, "0 x 8-10 @3"),
        (5, "0", 11, ONE_SETTING, "0 x 8-11 @3"),
        (5, "0", 25, ONE_SETTING, "0 x 8-25 @3"),
        (20, "0", 25, ONE_SETTING, "0 x 8-24 @3"),
        (5, "0", 40, ONE_SETTING, "0 x 8-27 @3"),  # 30 with 3 in reserve are as much as is believed
        (5, "110", 20, HOLES, "110 x 8-20 @3"),
        (5, "100", 20, HOLES, "110 x 8-16 @3"),
        (5, "0", 14, ASSISTED, "0 x 8-14 @3"),
        (5, "5", 10, ASSISTED, "5 x 8-10 @3"),
    ],
)
def test_at_the_heaviest_setting_reps_are_not_given_up(days_ago, weight, reps, grid, expected):
    assert shown(seeded(past(days_ago, weight, reps, rir=3), grid=grid)) == expected


def test_the_search_is_short_on_the_finest_grid():  # I20
    for reps in (1, 30):
        with (
            patch.object(Grid, "harder", autospec=True, side_effect=Grid.harder) as up,
            patch.object(Grid, "easier", autospec=True, side_effect=Grid.easier) as down,
        ):
            first = seeded(past(5, "100", reps, rir=3), grid=FINE)
        assert up.call_count + down.call_count <= 4
        expected = 100 * (D("0.0262") * (min(reps + 3, 30) - 13)).exp()
        assert 0 <= expected - first.weight < D("0.001")


# -- breaks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_ago", "factor", "code"),
    [
        (0, "1", "SEED_HISTORY"),
        (14, "1", "SEED_HISTORY"),
        (22, "0.975", "SEED_HISTORY_BREAK"),
        (28, "0.975", "SEED_HISTORY_BREAK"),
        (29, "0.95", "SEED_HISTORY_BREAK"),
        (56, "0.95", "SEED_HISTORY_BREAK"),
        (57, "0.925", "SEED_HISTORY_BREAK"),
        (112, "0.925", "SEED_HISTORY_BREAK"),
        (113, "0.90", "SEED_HISTORY_BREAK"),
        (180, "0.90", "SEED_HISTORY_BREAK"),
    ],
)
@pytest.mark.parametrize("effort", [10, 12, 16])
def test_days_away_take_their_share_of_the_load_exactly(days_ago, factor, code, effort):
    first = seeded(past(days_ago, "200", effort, rir=3), lo=effort, hi=effort)
    assert (first.weight, first.reps, first.rir, codes(first)) == (200 * D(factor), effort, 3, [code])


def test_the_last_of_the_sessions_tells_how_long_it_has_been():
    first = seeded(past(50, "200", 10, rir=3), past(15, "200", 10, rir=3))
    assert (first.weight, first.reasons[0].params) == (D("197.5"), {"k": 2, "days": 15})  # 0.99 of 200


def test_at_the_lightest_setting_the_break_takes_reps():
    assert shown(seeded(past(15, "20", 10, rir=3), grid=BAR)) == "20 x 8-9 @3"  # 0.975 is 0.97 reps
    assert shown(seeded(past(120, "20", 10, rir=3), grid=BAR)) == "20 x 5 @3"  # 0.9 is 4.02 reps


# -- body mass unknown: one step is two reps --------------------------------------------------------


@pytest.mark.parametrize(
    ("days_ago", "weight", "reps", "grid", "expected"),
    [
        (5, "10", 10, PULL_UP_BODY_UNKNOWN, "10 x 8-10 @3"),
        (5, "10", 11, PULL_UP_BODY_UNKNOWN, "10 x 8-10 @3"),
        (5, "10", 12, PULL_UP_BODY_UNKNOWN, "12.5 x 8-10 @3"),
        (5, "10", 9, PULL_UP_BODY_UNKNOWN, "7.5 x 8-10 @3"),
        (5, "10", 8, PULL_UP_BODY_UNKNOWN, "7.5 x 8-10 @3"),
        (5, "10", 7, PULL_UP_BODY_UNKNOWN, "5 x 8-10 @3"),
        (5, "2.5", 5, PULL_UP_BODY_UNKNOWN, "0 x 7 @3"),
        (5, "0", 5, PULL_UP_BODY_UNKNOWN, "0 x 5 @3"),
        (5, "8", 14, LISTED_BODY_UNKNOWN, "24 x 8-10 @3"),
        (5, "30", 12, ASSISTED_BODY_UNKNOWN, "25 x 8-10 @3"),
        (5, "30", 9, ASSISTED_BODY_UNKNOWN, "35 x 8-10 @3"),
        (5, "90", 12, ASSISTED, "85 x 8-10 @3"),  # the help takes all of the body
        # Up to 28 days the setting stays and reps come off: 0.97 of them.
        (14, "10", 10, PULL_UP_BODY_UNKNOWN, "10 x 8-10 @3"),
        (15, "10", 10, PULL_UP_BODY_UNKNOWN, "10 x 8-9 @3"),
        (28, "10", 10, PULL_UP_BODY_UNKNOWN, "10 x 8-9 @3"),
        (28, "10", 11, PULL_UP_BODY_UNKNOWN, "10 x 8-10 @3"),
        # Beyond it is one step easier, and where there is none the reps come off: 1.96, 2.98, 4.02.
        (29, "10", 10, PULL_UP_BODY_UNKNOWN, "7.5 x 8-10 @3"),
        (180, "10", 10, PULL_UP_BODY_UNKNOWN, "7.5 x 8-10 @3"),
        (29, "30", 10, ASSISTED_BODY_UNKNOWN, "35 x 8-10 @3"),
        (29, "0", 10, PULL_UP_BODY_UNKNOWN, "0 x 8 @3"),
        (60, "0", 10, PULL_UP_BODY_UNKNOWN, "0 x 7 @3"),
        (180, "0", 10, PULL_UP_BODY_UNKNOWN, "0 x 5 @3"),
        (180, "0", 2, PULL_UP_BODY_UNKNOWN, "0 x 1 @3"),
    ],
)
def test_without_body_mass_a_step_is_two_reps(days_ago, weight, reps, grid, expected):
    assert shown(seeded(past(days_ago, weight, reps, rir=3), grid=grid)) == expected


def test_without_body_mass_the_median_is_found_at_one_setting():
    history = past(1, "0", 14, rir=3), past(2, "10", 10, rir=3), past(3, "5", 9, rir=3)
    assert shown(seeded(*history, grid=PULL_UP_BODY_UNKNOWN)) == "5 x 8-10 @3"  # 14, 18 and 13 at 0
    far_apart = past(1, "0", 10, rir=3), past(2, "20", 10, rir=3)
    assert shown(seeded(*far_apart, grid=PULL_UP_BODY_UNKNOWN)) == "10 x 8-10 @3"


def test_a_set_with_all_of_the_body_taken_off_counts_only_where_there_is_no_other():
    helped = Past(days_ago=5, done=(*log("85", 30), *log("30", 12)), rir=1)
    assert seeded(helped, grid=ASSISTED) == seeded(past(5, "30", 12, rir=1), grid=ASSISTED)
    first = seeded(past(1, "85", 30), past(5, "30", 12, rir=1), grid=ASSISTED)
    assert shown(first) == "30 x 8-10 @3"
    assert shown(seeded(past(5, "85", 12, rir=3), grid=ASSISTED)) == "80 x 8-10 @3"


def test_without_body_mass_the_search_takes_sixty_steps_at_most():  # I20
    far_apart = past(1, "0", 10, rir=3), past(2, "400", 10, rir=3)
    assert seeded(*far_apart, grid=PULL_UP_BODY_UNKNOWN).weight == 150


# -- border -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"history": None}, "history"),
        ({"history": ["100x10"]}, "history"),
        ({"history": [past(5, "0", 10)]}, "a past session"),
        ({"grid": None}, "grid"),
        ({"lo": 0}, "lo"),
        ({"hi": 31}, "hi"),
        ({"lo": 13}, "13-12"),
        ({"rir": None}, "rir"),
        ({"rir": -1}, "rir"),
        ({"rir": 6}, "rir"),
        ({"sets": 0}, "sets"),
        ({"sets": 16}, "sets"),
    ],
)
@pytest.mark.parametrize("history", [(), EXAMPLE_30])
def test_it_refuses_what_is_outside_the_border_even_without_a_history(change, named, history):  # I20
    inside = {"history": history, "lo": 8, "hi": 12, "grid": KG, "rir": 3, "sets": 3}
    seed(**inside)
    with pytest.raises(EngineError, match=named):
        seed(**inside | change)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"days_ago": -1}, "days_ago"),
        ({"days_ago": 5.0}, "days_ago"),
        ({"done": log("100", 10)}, "done of a past session"),
        ({"done": ("100x10",)}, "done of a past session"),
        ({"rir": -1}, "RIR"),
        ({"rir": 6}, "RIR"),
        ({"rir": 2.0}, "RIR"),
    ],
)
def test_it_refuses_a_session_that_cannot_have_been(change, named):  # I20
    inside = {"days_ago": 5, "done": tuple(log("100", 10)), "rir": 2}
    Past(**inside)
    with pytest.raises(EngineError, match=named):
        Past(**inside | change)


def test_a_past_session_does_not_change():
    with pytest.raises(FrozenInstanceError):
        EXAMPLE_30[0].days_ago = 8


# -- swapped in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rir", "expected"), [(0, 2), (1, 2), (2, 2), (3, 3), (5, 5)])
def test_an_exercise_swapped_in_starts_with_two_in_reserve_at_least(rir, expected):
    assert swap_rir(rir) == expected
    assert start_plan(None, lo=8, hi=12, grid=KG, rir=swap_rir(rir), sets=3).rir == expected


@pytest.mark.parametrize("rir", [None, -1, 6, 2.0])
def test_a_swap_refuses_effort_that_is_none(rir):  # I20
    with pytest.raises(EngineError, match="rir"):
        swap_rir(rir)
