"""Two rules that the phone works with too. Their tables of cases test the page's JavaScript as well."""

import json
from pathlib import Path

import pytest

from training.progression import Done, ExercisePlan, odd, rest_of_session
from training.progression.tests.cases import D
from training.progression.tests.test_retarget import grid_in

REST_CASES = json.loads(Path(__file__).with_name("rest_cases.json").read_text())
ODD_CASES = json.loads(Path(__file__).with_name("odd_cases.json").read_text())


def done(weight, reps, rir):
    return Done(weight=D(weight), reps=reps, rir=rir)


@pytest.mark.parametrize("case", REST_CASES, ids=lambda case: f"{case['kind']} {case['used']} {case['code']}")
def test_the_other_sets_follow_the_first_as_in_the_table(case):
    asked = case["asked"]
    plan = ExercisePlan(
        sets=len(asked),
        weight=D(case["planned"]),
        reps=asked[0],
        reps_lo=asked[-1],
        rir=case["rir"],
        drop=D(case["drop"]),
    )
    assert [plan.target(place) for place in range(len(asked))] == asked
    first = done(case["used"], case["reps"], case["said"])
    weight, targets, why = rest_of_session(
        plan, first, lo=case["lo"], hi=case["hi"], grid=grid_in(case), bias=D(case["bias"])
    )
    assert (str(weight), list(targets), why.code if why else "") == (case["weight"], case["targets"], case["code"])


@pytest.mark.parametrize("case", ODD_CASES, ids=lambda case: f"{case['kind']} {case['one']} {case['odd']}")
def test_a_set_is_odd_as_in_the_table(case):
    weight, reps = case["aim"] or (None, 1)
    plan = ExercisePlan(sets=1, weight=None if weight is None else D(weight), reps=reps, reps_lo=reps, rir=case["rir"])
    refs = [done(*one) for one in case["refs"]]
    assert odd(done(*case["one"]), plan=plan, refs=refs, grid=grid_in(case)) is case["odd"]


def test_the_tables_have_every_outcome():
    assert {case["code"] for case in REST_CASES} == {"", "REST_OF_SETS", "UP_SET", "DOWN_SET"}
    assert len({(case["kind"], case["body"] is None, case["odd"]) for case in ODD_CASES}) == 10
