"""The same lifter in other units, and the same week with less to do: invariants that compare two results."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import (
    CONFIG,
    Done,
    calibrate,
    fell_twice,
    performance,
    plan_deload,
    seed,
    target_rir,
)
from training.progression.tests.cases import KG as KG_GRID
from training.progression.tests.cases import LB as LB_GRID
from training.progression.tests.cases import (
    D,
    codes,
    grids,
    load_after,
    log,
    logs,
    plan,
    plans,
    quick,
    rep_ranges,
    scores,
    weights,
)
from training.progression.tests.test_seed import past

LB = D("0.45359237")
FACTORS = st.sampled_from([LB, D("2.2046226218"), D("3"), D("0.1")])


def in_lb(kg):
    """Returns the setting of a pound grid that is nearest to a weight in kilograms."""
    return max(5, (D(kg) / LB / 5).to_integral_value() * 5)


def capacity(result, start):
    return (result.weight / start).ln() / CONFIG.k_choose + result.reps + result.rir


# -- kilograms and pounds, each on its own grid -----------------------------------------------------


def load_twins(random):
    """Returns what plan_load makes of a session in kilograms and of its twin in pounds."""
    kg, sets, lo = random.randrange(16, 81) * D("2.5"), random.randint(1, 5), random.randint(5, 12)
    best = lo + random.randint(-3, 8)
    reps = [max(1, best - random.randint(0, 2) * index) for index in range(sets)]
    perf = random.choice([0, 1, 1, 1, 2, 3])
    facts = {
        "lo": lo,
        "hi": lo + random.randint(2, 6),
        "next_rir": random.randint(0, 3),
        "next_sets": sets,
        "perf": perf,
        "fell_twice": perf == 3 and random.random() < 0.5,
        "soreness": random.choice([None, 0, 1, 2, 3]),
        "gap_days": random.choice([None, 7, 7, 7, 12, 20, 40, 80, 130]),
    }
    rir = random.randint(0, 3)
    return facts["hi"], *(
        (start, load_after(plan(f"{sets}x{start}x{lo + 2} @{rir}"), done=log(start, *reps), grid=grid, **facts))
        for start, grid in ((kg, KG_GRID), (in_lb(kg), LB_GRID))
    )


EASED = {"LOAD_BREAK", "LOAD_BREAK_HOLD", "LOAD_RESET"}


def test_native_grids_ask_for_the_same_capacity_and_nearly_the_same_weight():  # I14
    random = Random(14)
    twins = [load_twins(random) for _ in range(1000)]
    normal = []
    for hi, (kg_start, kg), (lb_start, lb) in twins:
        assert (kg.rir, kg.sets) == (lb.rir, lb.sets)
        apart = abs(capacity(kg, kg_start) - capacity(lb, lb_start))
        if {codes(kg)[0], codes(lb)[0]} & EASED:
            # Reps that stop at hi cannot make up for what rounding took off the weight.
            assert apart <= (2 if hi in (kg.reps, lb.reps) else 1)
        else:
            assert apart <= 1
            normal.append((kg, lb))
    assert len(normal) > 400
    assert all(abs(kg.weight - lb.weight * LB) <= 5 for kg, lb in normal)
    assert sum(abs(kg.weight - lb.weight * LB) <= 3 for kg, lb in normal) >= 0.99 * len(normal)
    assert sum(kg.reps == lb.reps for kg, lb in normal) >= 0.9 * len(normal)


def test_native_grids_seed_the_same_capacity():  # I14
    random = Random(14)
    for _ in range(300):
        kg, reps, rir = random.randrange(16, 81) * D("2.5"), random.randint(4, 16), random.randint(0, 3)
        days, lo, next_rir = random.randint(1, 180), random.randint(5, 12), random.randint(0, 3)
        facts = {"lo": lo, "hi": lo + 4, "rir": next_rir, "sets": 3}
        in_kg = seed([past(days, kg, reps, rir=rir)], grid=KG_GRID, **facts)
        in_pounds = seed([past(days, in_lb(kg), reps, rir=rir)], grid=LB_GRID, **facts)
        assert in_kg.reps == in_pounds.reps
        step = max(D("2.5") / in_kg.weight, 5 / in_pounds.weight)
        apart = capacity(in_kg, kg) - capacity(in_pounds, in_lb(kg))
        assert abs(apart) <= (1 + step).ln() / CONFIG.k_choose


# -- any other unit: all weights multiplied ---------------------------------------------------------


def scaled(value, factor):
    """Returns a grid, a plan, a set or a list of sets in another unit."""
    if isinstance(value, list):
        return [scaled(each, factor) for each in value]
    if hasattr(value, "explicit"):
        return replace(
            value,
            step=value.step and value.step * factor,
            min=value.min * factor,
            explicit=tuple(each * factor for each in value.explicit),
            body=value.body and value.body * factor,
        )
    return replace(value, weight=value.weight * factor)


@given(st.data(), FACTORS)
@quick
def test_scores_are_the_same_in_every_unit(data, factor):  # I14
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    planned = data.draw(plans(grid, lo, hi))
    done, prev, prev2 = (data.draw(logs(grid, planned)) for _ in range(3))
    facts = {"done": done, "prev_done": prev, "grid": grid}
    there = {name: scaled(value, factor) for name, value in facts.items()}
    rir = data.draw(st.none() | st.integers(0, 4))
    assert performance(planned, **facts, prev_rir=rir) == performance(scaled(planned, factor), **there, prev_rir=rir)
    fell = fell_twice(3, prev_perf=3, prev2_done=prev2, **facts)
    assert fell == fell_twice(3, prev_perf=3, prev2_done=scaled(prev2, factor), **there)


@given(st.data(), FACTORS)
@quick
def test_deload_and_calibration_are_the_same_in_every_unit(data, factor):  # I14
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    last = data.draw(plans(grid, lo, hi))
    week = {"best_reps": last.reps, "session_index": data.draw(st.integers(0, 1)), "sessions_in_week": 2}
    here = plan_deload(last, grid=grid, **week)
    assert plan_deload(scaled(last, factor), grid=scaled(grid, factor), **week) == scaled(here, factor)
    first = Done(weight=data.draw(weights(grid)), reps=data.draw(st.integers(1, 30)))
    facts = {"lo": lo, "hi": hi, "rir": 2, "sets": 3}
    here = calibrate(first, grid=grid, **facts)
    there = calibrate(scaled(first, factor), grid=scaled(grid, factor), **facts)
    assert replace(there, reasons=here.reasons) == scaled(here, factor)


# -- less to do -------------------------------------------------------------------------------------


@given(st.data())
@quick
def test_a_deload_moves_less_in_every_way(data):  # I16
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    last = data.draw(plans(grid, lo, hi))
    best = data.draw(st.none() | st.integers(1, 40))
    sessions = data.draw(st.integers(1, 7))
    facts = {"best_reps": best, "grid": grid, "sessions_in_week": sessions}
    facts |= {"mode": data.draw(st.sampled_from(["rp", "simple"])), "now": data.draw(st.booleans())}
    week = [plan_deload(last, session_index=index, **facts) for index in range(sessions)]
    reps = last.reps if best is None else best
    before = grid.load_moved(last.weight)
    for deload in week:
        assert 1 <= deload.sets <= last.sets
        assert 1 <= deload.reps_lo <= deload.reps <= reps
        assert not grid.is_harder(deload.weight, than=last.weight)
        if before is not None:
            after = grid.load_moved(deload.weight)
            assert after <= before
            volume = deload.sets * deload.reps * after
            assert volume < last.sets * reps * before or (last.sets == 1 and volume <= reps * before)
    assert all(not grid.is_harder(later.weight, than=week[0].weight) for later in week)


@pytest.mark.parametrize("weeks", range(3, 8))
@pytest.mark.parametrize("floor_rir", range(6))
def test_the_last_week_and_only_the_last_has_no_target_effort(weeks, floor_rir):  # I17
    values = [target_rir(weeks, week=week, floor_rir=floor_rir) for week in range(1, weeks + 1)]
    assert values[-1] is None
    assert None not in values[:-1]
    assert min(values[:-1]) >= floor_rir


# -- away from the plan -----------------------------------------------------------------------------


@given(st.data(), st.booleans())
@quick
def test_sets_at_many_weights_all_to_one_side_of_the_plan_are_not_judged_by_the_conversion(data, heavier):  # I21
    grid = data.draw(grids())
    lo, hi = data.draw(rep_ranges())
    planned = data.draw(plans(grid, lo, hi))
    side = [D("1.15"), D("1.3"), D("1.8"), D("3")] if heavier else [D("0.1"), D("0.4"), D("0.7"), D("0.85")]
    factors = data.draw(st.lists(st.sampled_from(side), min_size=1, max_size=planned.sets))
    done = [Done(weight=planned.weight * factor, reps=data.draw(st.integers(0, 40))) for factor in factors]
    if any(grid.near(each.weight, to=planned.weight) for each in done):
        return
    prev_done = data.draw(logs(grid, planned))
    score = performance(planned, done=done, prev_done=prev_done, grid=grid, prev_rir=data.draw(scores))
    assert score != (0 if grid.is_harder(done[0].weight, than=planned.weight) else 3)


def test_away_from_the_plan_logged_effort_may_condemn_and_praise():  # I21
    planned = plan("3x100x10 @2")
    facts = {"prev_done": log("100", 10, 10, 10), "grid": KG_GRID}
    assert performance(planned, done=log("80", 3, 3, 3, rir=0), **facts) == 3
    assert performance(planned, done=log("80", 3, 3, 3), **facts) == 2
    assert performance(planned, done=log("120", 12, 12, 12, rir=2), **facts) == 0
    assert performance(planned, done=log("120", 12, 12, 12), **facts) == 1
    partly = [*log("120", 12, 12, rir=2), *log("120", 12)]
    assert performance(planned, done=partly, **facts) == 1


def test_one_exercise_in_two_units_gives_the_same_reasons():  # I14, examples 17 and 18
    done = (12, 11, 10)
    facts = {"lo": 8, "hi": 12, "next_rir": 1, "next_sets": 3, "perf": 1}
    kg = load_after(plan("3x100x12 @2"), done=log("100", *done), grid=KG_GRID, **facts)
    lb = load_after(plan("3x220x12 @2"), done=log("220", *done), grid=LB_GRID, **facts)
    assert codes(kg) == codes(lb) == ["LOAD_UP"]
    assert (kg.reps_lo, kg.reps, kg.rir) == (lb.reps_lo, lb.reps, lb.rir)
