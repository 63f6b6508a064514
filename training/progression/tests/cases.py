"""Short words for the engine's inputs, and Hypothesis strategies for everything inside its border."""

import os
import re
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from training.progression import (
    CONFIG,
    Background,
    Done,
    ExercisePlan,
    Grid,
    Shown,
    Signals,
    Target,
    performance,
    plan_load,
    plan_next_meso,
)

D = Decimal
# Quick by default; EXAMPLES=5000 goes deeper.
quick = settings(max_examples=int(os.environ.get("EXAMPLES", "100")), deadline=None, database=None)

KG = Grid(kind="load", step=D("2.5"))
LB = Grid(kind="load", step=D("5"), unit="lb")
BAR = Grid(kind="load", step=D("2.5"), min=D("20"))
PULL_UP = Grid(kind="added", step=D("2.5"), body=D("80"))
PULL_UP_BODY_UNKNOWN = Grid(kind="added", step=D("2.5"))
ASSISTED = Grid(kind="assist", step=D("5"), body=D("80"))


def plan(text, *, drop="0", reasons=(), open=False):
    """Reads a plan such as "3x100x10 @2" or "3x100x9-11 @2": sets, weight, reps or range, target RIR."""
    sets, weight, lo, hi, rir = re.fullmatch(r"(\d+)x([\d.]+)x(\d+)(?:-(\d+))? @(\d)", text).groups()
    reps_lo = int(lo) if hi or drop == "0" else 1
    return ExercisePlan(
        sets=int(sets),
        weight=D(weight),
        reps=int(hi or lo),
        reps_lo=reps_lo,
        rir=int(rir),
        drop=D(drop),
        reasons=tuple(reasons),
        open=open,
    )


def log(weight, *reps, rir=None):
    return [Done(weight=D(weight), reps=each, rir=rir) for each in reps]


def load_after(plan, *, done, config=CONFIG, **facts):
    """Calls `plan_load` with all that it needs as flat keyword arguments."""
    target = Target(**{one.name: facts.pop(one.name) for one in fields(Target) if one.name in facts})
    earlier = Background(**{one.name: facts.pop(one.name) for one in fields(Background) if one.name in facts})
    return plan_load(plan, done=done, target=target, signals=Signals(**facts), background=earlier, config=config)


def opening_after(plan, *, done, week, rir, sets, days_since_last=None, **target):
    """Calls `plan_next_meso` in the same way."""
    target = Target(**target, next_rir=rir, next_sets=sets)
    return plan_next_meso(plan, done=done, target=target, week=week, days_since_last=days_since_last)


def shown(planned):
    """Returns what the lifter would read, such as "100 x 9-11 @2"."""
    reps = f"{planned.reps_lo}-{planned.reps}" if planned.reps_lo < planned.reps else f"{planned.reps}"
    return f"{planned.weight.normalize():f} x {reps} @{planned.rir}"


def codes(planned):
    return [reason.code for reason in planned.reasons]


def row(name, text, *, drop="0", reasons=(), **more):
    """One case as a lifter would note it: "plan; log [@ logged RIR]; range @ next RIR -> expected CODE".

    Each set asks `drop` reps fewer than the one before."""
    facts, expected = text.split(" -> ")
    planned, logged, target = facts.split("; ")
    done = []
    if logged != "skipped":
        weight, reps, rir = re.fullmatch(r"([\d.]+) x ([\d,]+)(?: @([\d.]+))?", logged).groups()
        done = log(weight, *map(int, reps.split(",")), rir=rir and D(rir))
    lo, hi, next_rir = map(int, re.fullmatch(r"(\d+)-(\d+) @(\d)", target).groups())
    arguments = plan(planned, drop=drop, reasons=reasons), done, (lo, hi), next_rir
    return pytest.param(arguments, more, expected, id=name)


def load(planned, done, reps, next_rir, grid=KG, **more):
    lo, hi = reps
    facts = {"soreness": 1, "perf": 1, "next_sets": 3} | more
    return load_after(planned, done=done, lo=lo, hi=hi, grid=grid, next_rir=next_rir, **facts)


# -- strategies -------------------------------------------------------------------------------------

halves = st.integers(0, 20).map(lambda n: D(n) / 2)
scores = st.none() | st.integers(0, 3)


@st.composite
def grids(draw, kinds=("load", "added", "assist")):
    kind = draw(st.sampled_from(kinds))
    body = None if kind == "load" else draw(st.none() | st.integers(45, 140).map(D))
    if draw(st.booleans()):
        least = 1 if kind == "load" else 0
        listed = draw(st.lists(st.integers(least, 80), min_size=1, max_size=25, unique=True))
        return Grid(kind=kind, explicit=tuple(sorted(D(each) / 2 * 5 for each in listed)), body=body)
    step = D(draw(st.sampled_from(["0.5", "1.25", "2", "2.5", "5", "10"])))
    least = draw(st.sampled_from([D(0), step, D(20)]))
    return Grid(kind=kind, step=step, min=least, body=body)


@st.composite
def weights(draw, grid):
    """Draws weights: mostly settings of the grid, sometimes weights off the grid."""
    settings_of_grid = grid.explicit or [grid.min + each * grid.step for each in range(1, 61)]
    on_grid = draw(st.sampled_from(settings_of_grid))
    off = draw(st.sampled_from([D(0), D(0), D(0), D("0.7"), D("-1.1")]))
    return on_grid + off if on_grid + off > 0 else on_grid


@st.composite
def rep_ranges(draw):
    lo = draw(st.integers(1, 20))
    return lo, draw(st.integers(lo, min(30, lo + 10)))


@st.composite
def plans(draw, grid, lo, hi, weight=None):
    reps = draw(st.integers(max(1, lo - 3), hi + 2))
    return ExercisePlan(
        sets=draw(st.integers(1, 6)),
        weight=draw(weights(grid)) if weight is None else weight,
        reps=reps,
        reps_lo=draw(st.integers(max(1, reps - 4), reps)),
        rir=draw(st.integers(0, 4)),
        drop=draw(st.integers(0, 200)) / D(100),
    )


@st.composite
def logs(draw, grid, plan, least_reps=0, min_size=0):
    """Draws a log around the plan: mostly its weight, reps near the target, and sometimes a logged RIR."""

    def done():
        weight = plan.weight if draw(st.integers(0, 3)) else draw(weights(grid))
        reps = max(least_reps, plan.reps + draw(st.integers(-12, 12)))
        return Done(weight=weight, reps=max(0, reps), rir=draw(st.none() | halves))

    return [done() for _ in range(draw(st.integers(min_size, plan.sets + 1)))]


@st.composite
def earlier(draw, grid, plan):
    """Draws what the session before showed."""
    some = {"rir": D(2), "drop": D(1)}
    reps = D(draw(st.integers(1, 40))) / 2
    weight = plan.weight if draw(st.booleans()) else draw(weights(grid))
    return Shown(weight=weight, capacity=reps + 2, reps=reps, best=reps, **some)


@st.composite
def load_inputs(draw, kinds=("load", "added", "assist"), least_reps=0, min_size=0):
    """Draws keyword arguments of plan_load, `plan` among them, from anywhere inside the border."""
    grid = draw(grids(kinds))
    lo, hi = draw(rep_ranges())
    planned = draw(plans(grid, lo, hi))
    done = draw(logs(grid, planned, least_reps, min_size))
    prev_done = draw(logs(grid, planned))
    perf = performance(planned, done=done, prev_done=prev_done, grid=grid, prev_rir=planned.rir)
    return {
        "plan": planned,
        "done": done,
        "lo": lo,
        "hi": hi,
        "grid": grid,
        "next_rir": draw(st.integers(0, 4)),
        "next_sets": draw(st.integers(1, 6)),
        "soreness": draw(scores),
        "perf": perf,
        "fell_twice": perf == 3 and draw(st.booleans()),
        "recovery": draw(st.integers(0, 9)) == 0,
        "gap_days": draw(st.none() | st.integers(0, 14) | st.integers(0, 200)),
        "challenge": draw(scores),
        "ill": draw(st.integers(0, 9)) == 0,
        "can_fail": draw(st.booleans()),
        "bias": draw(st.sampled_from([D(0), D("0.5"), D(-2), D(2)])),
        "prev": draw(st.none() | earlier(grid, planned)),
    }
