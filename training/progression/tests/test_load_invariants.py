"""What holds for every input inside the border; numbers as in benchmarks/engine/invariants.py."""

import math
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from training.progression import CONFIG, Grid, Shown, kept, main_weight, performance, sentence
from training.progression.tests.cases import KG, D, codes, load_after, load_inputs, log, plan, quick, scores

EASIER_ONLY = {"LOAD_BREAK", "LOAD_BREAK_HOLD", "LOAD_RESET", "LOAD_DOWN", "LOAD_HOLD_LIGHTEST"}


def counted_places(inputs):
    kept_sets = [] if inputs["ill"] else kept(inputs["plan"], done=inputs["done"], grid=inputs["grid"])
    return [index for index, _ in kept_sets]


def counted_sets(inputs):
    return [inputs["done"][index] for index in counted_places(inputs)]


def held_weight(inputs):
    counted = counted_sets(inputs)
    return main_weight(counted, grid=inputs["grid"]) if counted else inputs["plan"].weight


def cost(grid, weight, to):
    return grid.cost_in_reps(weight, to=to, k=CONFIG.k_choose)


def is_one_step(grid, weight, to):
    return to in (weight, grid.harder(weight), grid.easier(weight))


@given(load_inputs())
@quick
def test_it_is_deterministic_and_every_number_has_a_reason(inputs):  # I1, I18
    result = load_after(**inputs)
    assert result == load_after(**inputs)
    assert result.reasons
    assert all(sentence(reason).endswith(".") for reason in result.reasons)
    assert result.sets == inputs["next_sets"]
    assert 1 <= result.reps_lo <= result.reps


@given(load_inputs())
@quick
def test_the_weight_is_one_that_can_be_set_and_not_far_from_the_last(inputs):  # I10
    grid, held, weight = inputs["grid"], held_weight(inputs), load_after(**inputs).weight
    assert weight == held or grid.is_on(weight)
    before, after = grid.load_moved(held), grid.load_moved(weight)
    if before is None:
        assert abs(grid.steps(held, to=weight)) <= 4
    elif not is_one_step(grid, held, weight):
        assert before * D("0.6") <= after <= before * 2


@given(load_inputs())
@quick
def test_nothing_that_should_ease_ever_raises_the_weight(inputs):  # I10
    result = load_after(**inputs)
    if codes(result)[0] in EASIER_ONLY:
        assert not inputs["grid"].is_harder(result.weight, than=held_weight(inputs))


@given(load_inputs(), st.integers(15, 200))
@quick
def test_after_a_break_it_is_lighter_but_not_by_more_than_the_factor_and_a_step(inputs, gap_days):  # I10
    result = load_after(**inputs | {"gap_days": gap_days, "recovery": False})
    grid, held = inputs["grid"], held_weight(inputs)
    assert not grid.is_harder(result.weight, than=held)
    before, next_up = grid.load_moved(held), grid.harder(result.weight)
    if before is None:
        assert is_one_step(grid, held, result.weight)
        return
    factor = (
        D("0.99") if gap_days <= 21 else D("0.975") if gap_days <= 28 else D("0.95") if gap_days <= 56 else D("0.925")
    )
    shares = {21: "0.99", 28: "0.975", 56: "0.95", 112: "0.925", 200: "0.9"}
    factor = D(next(share for up_to, share in shares.items() if gap_days <= up_to))
    if result.weight != held:
        assert next_up is None or grid.load_moved(next_up) >= before * factor


@given(load_inputs())
@quick
def test_it_never_asks_for_more_than_was_shown(inputs):  # I11
    result, grid, planned = load_after(**inputs), inputs["grid"], inputs["plan"]
    held = held_weight(inputs)
    counted = counted_sets(inputs)
    if result.recovery or result.reps == 1:  # nobody can be asked for less than one rep
        return
    asked = result.reps + result.rir + cost(grid, held, result.weight)
    if not counted:
        assert asked <= planned.reps + planned.rir
        return
    credited = [each.credited_rir(bias=inputs["bias"]) for each in counted]
    shown = max(
        each.reps - cost(grid, each.weight, held) + (planned.rir if rir is None else rir)
        for each, rir in zip(counted, credited, strict=True)
    )
    if inputs["prev"] is not None and grid.near(held, to=inputs["prev"].weight):
        shown = max(shown, inputs["prev"].capacity - cost(grid, inputs["prev"].weight, held) - 1)  # one weaker day
    stretched = planned.reps + planned.rir - cost(grid, planned.weight, held) + 2
    met = all(rir is None for rir in credited) and len(counted) == planned.sets
    assert asked <= max(shown, stretched if met else 0) + D("1e-6")


@given(load_inputs())
@quick
def test_the_weight_never_rises_when_sore_short_of_targets_or_after_a_missed_set(inputs):  # I12
    result, grid = load_after(**inputs), inputs["grid"]
    counted = counted_sets(inputs)
    speaks_against = (
        inputs["soreness"] == 3
        or (inputs["perf"] is not None and inputs["perf"] >= 2)
        or any(each.is_missed for each in counted)
    )
    if speaks_against or not counted:
        assert not grid.is_harder(result.weight, than=held_weight(inputs))
        assert not {"LOAD_UP", "LOAD_UP_BIG"} & set(codes(result))
    if "LOAD_UP" in codes(result):
        assert grid.is_harder(result.weight, than=held_weight(inputs))
        assert result.reps >= inputs["lo"]


@given(load_inputs(least_reps=1, min_size=1))
@quick
def test_one_more_rep_in_every_set_never_costs_more_than_a_rep(inputs):  # I13
    better = inputs | {"done": [replace(each, reps=each.reps + 1) for each in inputs["done"]]}
    better["perf"] = performance(inputs["plan"], done=better["done"], grid=inputs["grid"])
    inputs["perf"] = performance(inputs["plan"], done=inputs["done"], grid=inputs["grid"])
    assume(counted_places(inputs) == counted_places(better) != [])  # of sets that count
    held, grid = held_weight(inputs), inputs["grid"]
    before, after = (
        result.reps + result.rir + cost(grid, held, result.weight)
        for result in (load_after(**inputs), load_after(**better))
    )
    assert after >= before - 1


@given(load_inputs(), st.sampled_from([D("0.45359237"), D("2.2046226218"), D("3"), D("0.1")]))
@quick
def test_it_reasons_alike_in_every_unit(inputs, factor):  # I14
    grid = inputs["grid"]
    scaled = inputs | {
        "plan": replace(inputs["plan"], weight=inputs["plan"].weight * factor),
        "done": [replace(each, weight=each.weight * factor) for each in inputs["done"]],
        "prev": inputs["prev"] and replace(inputs["prev"], weight=inputs["prev"].weight * factor),
        "grid": replace(
            grid,
            step=grid.step and grid.step * factor,
            min=grid.min * factor,
            explicit=tuple(each * factor for each in grid.explicit),
            body=grid.body and grid.body * factor,
        ),
    }
    here, there = load_after(**inputs), load_after(**scaled)
    assert (there.reps, there.reps_lo, there.rir, codes(there)) == (
        here.reps,
        here.reps_lo,
        here.rir,
        codes(here),
    )
    assert there.weight == here.weight * factor


@given(
    steps=st.integers(8, 80),
    reps=st.lists(st.integers(4, 16), min_size=1, max_size=5),
    rir=st.integers(0, 3),
    next_rir=st.integers(0, 3),
    lo=st.integers(5, 12),
    challenge=scores,
    shown_before=st.none() | st.integers(4, 16),
)
@example(steps=8, reps=[4, 4], rir=0, next_rir=3, lo=12, challenge=None, shown_before=None)
@quick
def test_kilograms_and_pounds_ask_for_the_same_capacity(  # I14
    steps, reps, rir, next_rir, lo, challenge, shown_before
):
    kg = steps * D("2.5")
    lb = (kg / D("0.45359237") / 5).to_integral_value() * 5
    capacities = []
    for weight, grid in ((kg, KG), (lb, Grid(kind="load", step=D("5"), unit="lb"))):
        planned = plan(f"{len(reps)}x{weight}x{lo + 2} @{rir}")
        facts = {"done": log(weight, *reps), "lo": lo, "hi": lo + 4, "grid": grid, "next_rir": next_rir}
        some = {"weight": weight, "reps": D(1), "rir": D(0), "best": D(1), "drop": D(1)}
        facts["prev"] = shown_before and Shown(capacity=D(shown_before), **some)
        facts["perf"] = performance(planned, done=facts["done"], grid=grid)
        result = load_after(planned, **facts, challenge=challenge, next_sets=3)
        in_kg = result.weight * (1 if grid is KG else D("0.45359237"))
        started = kg if grid is KG else lb * D("0.45359237")
        capacities.append((in_kg / started).ln() / CONFIG.k_choose + result.reps + result.rir)
    step = (1 + D("2.5") / kg).ln() / CONFIG.k_choose  # of light weights, a step is worth more than a rep
    assert abs(capacities[0] - capacities[1]) <= max(1, step)


@given(load_inputs(min_size=1))
@quick
def test_without_a_second_fall_nothing_is_reset(inputs):  # I22
    result = load_after(**inputs | {"fell_twice": False, "recovery": False})
    assert not {"LOAD_RESET", "LOAD_RECOVERY"} & set(codes(result))


@pytest.mark.parametrize(("reps", "rir"), [(18, 0), (4, 4)])
def test_no_search_takes_more_than_sixty_steps(reps, rir):  # I20
    fine = Grid(kind="load", step=D("0.01"))
    for name in ("harder", "easier"):
        with patch.object(Grid, name, autospec=True, side_effect=getattr(Grid, name)) as moves:
            result = load_after(
                plan("1x100x10 @2"),
                done=log("100", reps),
                lo=8,
                hi=12,
                grid=fine,
                next_rir=rir,
                next_sets=1,
                perf=1,
            )
        assert moves.call_count <= 61
    assert abs(result.weight - 100) == D("0.6")
    assert math.isclose(abs(fine.steps(D("100"), to=result.weight)), 60)
