"""What holds for every history and every start of a mesocycle; numbers as in benchmarks/engine/invariants.py."""

import math
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from training.progression import CONFIG, Done, Past, kept, main_weight, retarget, seed, sentence
from training.progression.load.seed import _recent
from training.progression.tests.cases import (
    D,
    codes,
    grids,
    halves,
    load_inputs,
    opening_after,
    quick,
    rep_ranges,
    weights,
)

FACTORS = st.sampled_from([D("0.45359237"), D("2.2046226218"), D("3"), D("0.1")])


def scaled_grid(grid, factor):
    return replace(
        grid,
        step=grid.step and grid.step * factor,
        min=grid.min * factor,
        explicit=tuple(each * factor for each in grid.explicit),
        body=grid.body and grid.body * factor,
    )


def scaled_sets(done, factor):
    return tuple(replace(each, weight=each.weight * factor) for each in done)


@st.composite
def histories(draw, grid, least=0, most=5):
    """Draws sessions on different days, some of which were missed altogether."""
    days = draw(st.lists(st.integers(0, 200), min_size=least, max_size=most, unique=True))
    return [
        Past(
            days_ago=each,
            done=tuple(
                Done(weight=draw(weights(grid)), reps=draw(st.integers(0, 40)), rir=draw(st.none() | halves))
                for _ in range(draw(st.integers(0, 3)))
            ),
            rir=draw(st.none() | st.integers(0, 5)),
        )
        for each in days
    ]


@st.composite
def seed_inputs(draw, kinds=("load", "added", "assist")):
    grid = draw(grids(kinds))
    lo, hi = draw(rep_ranges())
    return {
        "history": draw(histories(grid)),
        "lo": lo,
        "hi": hi,
        "grid": grid,
        "rir": draw(st.integers(0, 5)),
        "sets": draw(st.integers(1, 15)),
    }


@st.composite
def next_meso_inputs(draw):
    """Draws keyword arguments of plan_next_meso, `plan` among them."""
    inputs = draw(load_inputs(min_size=1))
    names = ("plan", "done", "lo", "hi", "grid")
    return {name: inputs[name] for name in names} | {
        "rir": draw(st.integers(0, 4)),
        "sets": draw(st.integers(1, 15)),
        "week": draw(st.integers(1, 6)),
        "days_since_last": draw(st.none() | st.integers(0, 200)),
    }


def cost(grid, weight, to):
    return grid.cost_in_reps(weight, to=to, k=CONFIG.k_choose)


def counted(inputs):
    """Returns (weight, reps to failure, days ago) of every set that a seed may go by."""
    return [
        (each.weight, each.reps + (Decimal(past.rir or 0) if each.rir is None else min(each.rir, 5)), past.days_ago)
        for past in inputs["history"]
        for each in past.done
        if past.days_ago <= 180 and each.reps > 0
    ]


# -- seed -------------------------------------------------------------------------------------------


@given(seed_inputs())
@quick
def test_a_seed_is_deterministic_and_whole_and_says_why(inputs):  # I1, I2, I18, I20
    first = seed(**inputs)
    assert first == seed(**inputs)
    assert (first is None) == (not counted(inputs))
    if first is None:
        return
    assert (first.sets, first.rir, first.drop) == (inputs["sets"], inputs["rir"], 1)
    is_heaviest = inputs["grid"].harder(first.weight) is None
    assert 1 <= first.reps <= (30 if is_heaviest else (inputs["lo"] + inputs["hi"]) // 2)
    assert first.reps_lo == min(inputs["lo"], first.reps)
    days = min(days for _, _, days in counted(inputs))
    assert codes(first) == ["SEED_HISTORY_BREAK" if days > 14 else "SEED_HISTORY"]
    assert all(sentence(reason).endswith(".") for reason in first.reasons)


@given(seed_inputs(), st.randoms(use_true_random=False))
@quick
def test_a_seed_does_not_depend_on_the_order_of_sessions_or_sets(inputs, random):
    shuffled = [replace(past, done=tuple(random.sample(past.done, len(past.done)))) for past in inputs["history"]]
    random.shuffle(shuffled)
    assert seed(**inputs | {"history": shuffled}) == seed(**inputs)


@given(seed_inputs())
@quick
def test_a_seed_is_a_setting_and_never_more_than_was_shown(inputs):  # I10, I11
    first = seed(**inputs)
    if first is None:
        return
    grid = inputs["grid"]
    assert grid.is_on(first.weight)
    if first.reps == 1:  # nobody can be asked for less
        return
    asked = first.reps + first.rir
    assert any(asked + cost(grid, weight, first.weight) <= effort for weight, effort, _ in counted(inputs))


@given(seed_inputs(kinds=("load",)))
@quick
def test_after_a_break_a_seed_is_not_harder_and_not_below_the_factor_by_more_than_a_step(inputs):  # I10
    fresh_days = [replace(past, days_ago=index) for index, past in enumerate(by_day(inputs["history"]))]
    first, fresh = seed(**inputs), seed(**inputs | {"history": fresh_days})
    if first is None or any(past.days_ago > 180 for past in inputs["history"]):
        return
    grid, days = inputs["grid"], min(days for _, _, days in counted(inputs))
    assert not grid.is_harder(first.weight, than=fresh.weight)
    assert first.reps <= fresh.reps
    factor = next(
        (share for most, share in [(14, 1), (28, D("0.975")), (56, D("0.95")), (112, D("0.925"))] if days <= most),
        D("0.9"),
    )
    next_up = grid.harder(first.weight)
    if grid.easier(first.weight) is not None or first.reps == fresh.reps:
        assert next_up is None or next_up > fresh.weight * factor


def by_day(history):
    return sorted(history, key=lambda past: past.days_ago)


def counting(history, grid) -> list[int]:
    """Returns how many sets count of each session that the seed looks at."""
    return [len(past.done) for past in _recent(history, grid=grid, config=CONFIG)]


@given(seed_inputs())
@quick
def test_one_more_rep_in_every_set_never_seeds_less(inputs):  # I13
    better = [
        replace(past, done=tuple(replace(each, reps=each.reps and each.reps + 1) for each in past.done))
        for past in inputs["history"]
    ]
    assume(
        counting(inputs["history"], inputs["grid"]) == counting(better, inputs["grid"])
    )  # no set becomes odd, or likely
    here, there = seed(**inputs), seed(**inputs | {"history": better})
    if here is not None:
        capacity = there.reps - here.reps + cost(inputs["grid"], here.weight, there.weight)
        assert capacity >= -1


@given(seed_inputs(), FACTORS)
@quick
def test_a_seed_reasons_alike_in_every_unit(inputs, factor):  # I14
    scaled = inputs | {
        "history": [replace(past, done=scaled_sets(past.done, factor)) for past in inputs["history"]],
        "grid": scaled_grid(inputs["grid"], factor),
    }
    here, there = seed(**inputs), seed(**scaled)
    assert (here is None) == (there is None)
    if here is not None:
        assert there == replace(here, weight=here.weight * factor)


# -- next mesocycle ---------------------------------------------------------------------------------


def held_weight(inputs):
    return main_weight(inputs["done"][: inputs["plan"].sets], grid=inputs["grid"])


@given(next_meso_inputs())
@quick
def test_a_next_mesocycle_is_deterministic_and_says_why(inputs):  # I1, I2, I18, I20
    first = opening_after(**inputs)
    assert first == opening_after(**inputs)
    assert (first.sets, first.recovery) == (inputs["sets"], False)
    assert first.rir == inputs["rir"] or "LOAD_HOLD_ODD" in codes(first)  # which repeats the plan
    assert 1 <= first.reps_lo <= first.reps
    assert all(sentence(reason).endswith(".") for reason in first.reasons)
    assert ("NEXT_MESO_SETS" in codes(first)) == (first.sets != inputs["plan"].sets)
    assert ("NEXT_MESO_ESTIMATE" in codes(first)) == ((inputs["days_since_last"] or 0) > 21)


@given(next_meso_inputs())
@quick
def test_a_next_mesocycle_asks_for_no_more_than_was_shown(inputs):  # I10, I11, I12
    first, grid, planned = opening_after(**inputs), inputs["grid"], inputs["plan"]
    sets = [each for _, each in kept(planned, done=inputs["done"], grid=grid)]
    assume(sets)
    held = main_weight(sets, grid=grid)
    assert first.weight == held or grid.is_on(first.weight)
    if any(each.is_missed for each in sets) or (inputs["days_since_last"] or 0) > 21:
        assert not grid.is_harder(first.weight, than=held)
    before, after = grid.load_moved(held), grid.load_moved(first.weight)
    if before is None:
        assert abs(grid.steps(held, to=first.weight)) <= 4
    elif first.weight not in (held, grid.harder(held), grid.easier(held)):
        assert before * D("0.6") <= after <= before * 2
    if first.reps > 1:
        asked = first.reps + first.rir + cost(grid, held, first.weight)
        shown = []
        for each in sets:
            credited = each.credited_rir()
            shown.append(each.reps - cost(grid, each.weight, held) + (planned.rir if credited is None else credited))
        assert asked <= max(shown)


@given(next_meso_inputs(), FACTORS)
@quick
def test_a_next_mesocycle_reasons_alike_in_every_unit(inputs, factor):  # I14
    scaled = inputs | {
        "plan": replace(inputs["plan"], weight=inputs["plan"].weight * factor),
        "done": scaled_sets(inputs["done"], factor),
        "grid": scaled_grid(inputs["grid"], factor),
    }
    here, there = opening_after(**inputs), opening_after(**scaled)
    assert (there.reps, there.reps_lo, there.drop, codes(there)) == (here.reps, here.reps_lo, here.drop, codes(here))
    assert there.weight == here.weight * factor


# -- inside a session -------------------------------------------------------------------------------


@given(st.data(), FACTORS)
@quick
def test_another_weight_asks_for_what_the_load_says_in_every_unit(data, factor):  # I1, I11, I14
    grid = data.draw(grids())
    reps, w_plan, w_new = data.draw(st.integers(1, 40)), data.draw(weights(grid)), data.draw(weights(grid))
    expected = retarget(reps, w_plan, w_new, grid)
    assert expected == retarget(reps, w_plan, w_new, grid)
    assert expected == retarget(reps, w_plan * factor, w_new * factor, scaled_grid(grid, factor))
    here, there = grid.load_moved(w_plan), grid.load_moved(w_new)
    if here is None or there is None:
        steps = grid.steps(w_plan, to=w_new)
        assert expected == (None if abs(steps) > 4 else max(1, math.floor(reps - 2 * steps)))
    elif expected is None:
        assert not D("0.8") <= there / here <= D("1.25")
    elif expected > 1:
        assert expected <= reps - (there / here).ln() / D("0.05") < expected + 1
