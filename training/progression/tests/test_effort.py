"""The RIR that is said of the first set: what it changes in the session, and how far it can be believed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import Done, EngineError, rest_of_session, rir_bias, rir_point, sentence, shown
from training.progression.tests.cases import BAR, KG, PULL_UP_BODY_UNKNOWN, D, load, log, plan, quick, row
from training.progression.tests.cases import shown as read

PLAN = plan("3x100x9 @2", drop="1")


def rest(planned, first, *, lo=8, hi=12, grid=KG, bias="0"):
    weight, targets, reason = rest_of_session(planned, first, lo=lo, hi=hi, grid=grid, bias=D(bias))
    return f"{weight.normalize():f} x {', '.join(map(str, targets))} {reason.code if reason else '-'}"


@pytest.mark.parametrize(
    ("reps", "rir", "expected"),
    [
        (9, 4, "100 x 10, 9 REST_OF_SETS"),  # worked example 1a
        (9, 2, "100 x 8, 7 -"),
        (9, None, "100 x 8, 7 -"),
        (0, 4, "100 x 8, 7 -"),  # a missed set says nothing
        (9, 0, "100 x 6, 5 REST_OF_SETS"),
        (12, 5, "102.5 x 13, 12 UP_SET"),  # 15 are above 12 + 2, and 14 at the next weight
        (12, 4, "100 x 11, 10 REST_OF_SETS"),  # 14 are not; at most 3 more than planned
        (7, 1, "100 x 5, 4 REST_OF_SETS"),  # 6 are within 8 - 2; at most 3 fewer
        (6, 1, "97.5 x 4, 3 DOWN_SET"),
        (1, 0, "97.5 x 1, 1 DOWN_SET"),
    ],
)
def test_what_was_left_in_the_first_set_sets_the_others(reps, rir, expected):
    assert rest(PLAN, Done(weight=D("100"), reps=reps, rir=rir)) == expected


def test_a_lifter_who_says_too_much_is_believed_less():
    first = Done(weight=D("100"), reps=9, rir=4)
    assert rest(PLAN, first, bias="1.7") == "100 x 8, 7 -"
    assert rest(PLAN, first, bias="-1") == "100 x 11, 10 REST_OF_SETS"


@pytest.mark.parametrize(
    ("planned", "first", "more", "expected"),
    [
        # Another weight moves what was planned: 105 costs 1.86 reps.
        (PLAN, Done(weight=D("105"), reps=9, rir=5), {}, "105 x 9, 8 REST_OF_SETS"),
        (plan("3x20x9 @2", drop="1"), Done(weight=D("20"), reps=5, rir=0), {"grid": BAR}, "20 x 5, 4 REST_OF_SETS"),
        (
            plan("2x10x9 @2", drop="1"),
            Done(weight=D("10"), reps=13, rir=4),
            {"grid": PULL_UP_BODY_UNKNOWN},
            "12.5 x 12 UP_SET",
        ),
        # 16 reps here are 11 at the next weight.
        (plan("2x20x9 @2"), Done(weight=D("20"), reps=13, rir=5), {"lo": 11, "hi": 13}, "22.5 x 11 UP_SET"),
        (plan("2x20x9 @2"), Done(weight=D("20"), reps=13, rir=5), {"lo": 12, "hi": 13}, "20 x 12 REST_OF_SETS"),
        (plan("1x100x9 @2"), Done(weight=D("100"), reps=9, rir=5), {}, "100 x  -"),
    ],
)
def test_the_others_take_another_weight_only_where_it_can_be_set(planned, first, more, expected):
    assert rest(planned, first, **more) == expected


def test_the_sentence_names_what_was_left_and_what_comes():
    reason = rest_of_session(PLAN, Done(weight=D("100"), reps=9, rir=4), lo=8, hi=12, grid=KG)[2]
    assert sentence(reason) == "You had 4 left, so go for 10, 9 in the next sets."
    light = rest_of_session(PLAN, Done(weight=D("100"), reps=12, rir=5), lo=8, hi=12, grid=KG)[2]
    assert sentence(light) == "That was light: take 102.5 kg for the next sets."


# -- what a session shows once the RIR is said --------------------------------------------------------


@pytest.mark.parametrize(
    ("sets", "capacity"),
    [
        ([(9, 4), (10, None), (9, None)], "13"),  # worked example 1b
        ([(9, 0), (11, None)], "11"),  # more reps prove more than was said
        ([(8, 3), (9, 1), (9, 4)], "10"),  # of the said sets the one with the most reps, of equals the first
        ([(10, 9), (8, None)], "15"),  # said RIR counts up to 5
        ([(40, 5)], "35"),  # beyond that nothing can be estimated
        ([(10, None), (9, None)], "13"),
        ([(0, 4), (0, None)], "0"),
    ],
)
def test_the_said_rir_gives_the_capacity(sets, capacity):
    done = [Done(weight=D("100"), reps=reps, rir=rir, confirmed=True) for reps, rir in sets]
    assert shown(plan("3x100x9 @3", drop="1"), done=done, grid=KG).capacity == D(capacity)


def test_the_worked_example_of_a_said_rir():  # 1b
    done = [Done(weight=D("100"), reps=9, rir=4), *log("100", 10, 9)]
    result = load(PLAN, done, (8, 12), 1)
    assert (result.weight, result.reps, result.rir, result.reasons[0].code) == (100, 12, 1, "REPS_UP")
    assert (
        sentence(result.reasons[0]) == "Go for 12 reps: in this workout you last did 9 with 4 in reserve, now leave 1."
    )


@pytest.mark.parametrize(
    ("arguments", "more", "expected"),
    [row("2b", "3x100x10 @2; 100 x 10; 8-12 @1 -> 100 x 8-10 @1 REPS_MATCH", drop="1", bias=D("1.7"))],
)
def test_the_worked_example_of_a_bias(arguments, more, expected):
    planned, _, reps, next_rir = arguments
    done = [Done(weight=D("100"), reps=10, rir=3), *log("100", 9, 8)]
    result = load(planned, done, reps, next_rir, **more)
    assert f"{read(result)} {result.reasons[0].code}" == expected


# -- the bias -----------------------------------------------------------------------------------------

OPEN = plan("3x100x9 @0", drop="1", open=True)


@pytest.mark.parametrize(
    ("points", "others", "expected"),
    [
        (["2.2", "1.8", "2.5"], [], "1.7"),  # worked example 2a
        (["0", "0", "0.7"], [], "0"),
        ([], [], "0"),
        ([], ["3", "3", "3"], "0"),
        ([], ["3", "3", "3", "3"], "2"),
        (["-1"], ["3", "3", "3", "3"], "-0.5"),
        (["0.5"], [], "0"),
        (["-0.6"], [], "-0.1"),
        (["-9"], [], "-2"),
        (["9", *["1"] * 8], [], "0.5"),  # the last eight
        (["1", "2"], [], "1"),
    ],
)
def test_the_bias_is_a_median_moved_towards_nothing(points, others, expected):
    assert rir_bias([D(each) for each in points], [D(each) for each in others]) == D(expected)


@given(st.lists(st.decimals(-40, 40, places=2)), st.lists(st.decimals(-40, 40, places=2)))
@quick
def test_the_bias_is_small_and_nothing_without_points(points, others):  # I26
    assert abs(rir_bias(points, others)) <= 2
    assert rir_bias([], others[:3]) == 0


@pytest.mark.parametrize(
    ("first", "before", "expected"),
    [
        (("100", 10), [("100", 10, 2), ("100", 10, 3)], "1.7"),  # 12.5 promised, 10 done, 0.8 for the rest
        (("100", 10), [("100", 10, 2)], "1.2"),
        (("100", 10), [("100", 10, 2), ("100", 10, None)], "1.2"),
        (("100", 9), [("100", 10, 2)], "0"),  # stopped at the target
        (("100", 10), [("100", 10, 1)], "0.2"),
        (("100", 10), [("100", 10, 4)], "3.2"),
        (("100", 10), [("100", 10, 0), ("100", 10, 5)], None),
        (("100", 10), [], None),
        (("100", 0), [("100", 10, 2)], None),
        (("110", 10), [("100", 10, 2)], None),  # far from the plan
        (("102.5", 10), [("100", 10, 2)], "0.26"),  # 102.5 costs 0.94
    ],
)
def test_an_open_set_tests_what_was_said_before(first, before, expected):
    weight, reps = first
    said = [Done(weight=D(each[0]), reps=each[1], rir=each[2]) for each in before]
    point = rir_point(OPEN, first=Done(weight=D(weight), reps=reps), before=said, grid=KG)
    assert (point if point is None else point.quantize(D("0.01"))) == (None if expected is None else D(expected))


def test_only_an_open_plan_is_a_test():
    with pytest.raises(EngineError, match="an open plan"):
        rir_point(PLAN, first=Done(weight=D("100"), reps=9), before=[], grid=KG)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: rir_point(replace(OPEN, weight=D(0)), first=log("100", 9)[0], before=[], grid=KG), "planned weight"),
        (lambda: rir_point(OPEN, first=log("0", 9)[0], before=[], grid=KG), r"\bfirst"),
        (lambda: rir_point(OPEN, first=log("100", 9)[0], before=log("0", 9), grid=KG), r"\bbefore"),
        (lambda: rir_bias([1]), r"\bpoints"),
        (lambda: rir_bias([D("NaN")]), r"\bpoints"),
        (lambda: rir_bias([], [D("Infinity")]), r"\bothers"),
    ],
)
def test_a_bias_refuses_what_cannot_be(make, named):  # I20
    with pytest.raises(EngineError, match=named):
        make()


@pytest.mark.parametrize("bias", ["2.1", "-2.1", "NaN"])
def test_a_bias_beyond_two_reps_is_refused(bias):
    with pytest.raises(EngineError, match="bias"):
        shown(PLAN, done=log("100", 9), grid=KG, bias=D(bias))
