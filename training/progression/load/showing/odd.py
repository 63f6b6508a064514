"""Odd sets: those that are like nothing that was asked or done before, most of them slips of the thumb.

An odd set counts as done. It shows nothing about what the lifter is capable of, until another set confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from training.progression.border import check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.plan import Done, ExercisePlan, check_done, check_plan


class SetLike(Protocol):
    """A set as far as it can be like another one: a Done, or a mark."""

    @property
    def weight(self) -> Decimal: ...
    @property
    def reps(self) -> int: ...
    @property
    def rir(self) -> Decimal | int | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likeness:
    """What a set may be like: `reps` at `weight` with `rir` in reserve, asked or done."""

    weight: Decimal
    reps: int
    rir: Decimal


def odd(
    one: Done, *, plan: ExercisePlan, index: int = 0, refs: Sequence[Done] = (), grid: Grid, config: Config = CONFIG
) -> bool:
    """Returns whether a set is like neither its aim nor any set of `refs`.

    `index`: its 0-based place in the session. `refs`: all working sets of the last three sessions of the exercise in
    this workout; at the row, where the lifter is asked about the set, also those already logged in this session. A
    missed set is never odd, nor one that the lifter has confirmed, nor any without an aim and without `refs`. It is
    decided by ratios, so alike in every unit. Chapter "A set that looks like a slip".
    """
    if not isinstance(one, Done):
        refuse("one", one, wanted="a Done")
    check_plan(plan, grid=grid)
    check_whole("index", index, least=0)
    check_done([one], grid=grid, name="one")
    check_done(refs, grid=grid, name="refs")
    return _is_odd(one, plan=plan, index=index, refs=refs, grid=grid, config=config)


def kept(
    plan: ExercisePlan, *, done: Sequence[Done], refs: Sequence[Done] = (), grid: Grid, config: Config = CONFIG
) -> list[tuple[int, Done]]:
    """Returns (0-based index, set) of the planned sets that count. Odd ones are left out, unless another odd set of the
    session confirms them: at about the same weight, within 3 reps or 30 %. Where nothing was asked or done before, the
    sets of the session are compared with each other."""
    first = list(enumerate(done[: plan.sets]))
    if plan.weight is None and not refs:
        return _alike(plan, first, grid=grid, config=config)
    strange = {
        index: one for index, one in first if _is_odd(one, plan=plan, index=index, refs=refs, grid=grid, config=config)
    }
    return [
        (index, one)
        for index, one in first
        if index not in strange
        or any(_are_twins(one, other, grid=grid, config=config) for at, other in strange.items() if at != index)
    ]


def kept_among(
    done: Sequence[Done], *, rir: int | None, refs: Sequence[Done], grid: Grid, config: Config = CONFIG
) -> list[Done]:
    """Returns the sets of a session that count, where its plan is not known but for its target RIR, 0..5. `done`: one
    at least."""
    sets = min(len(done), config.most_sets)
    plan = ExercisePlan(sets=sets, weight=None, reps=1, reps_lo=1, rir=rir)
    return [one for _, one in kept(plan, done=done, refs=refs, grid=grid, config=config)] + list(done[sets:])


def _alike(plan: ExercisePlan, sets: list[tuple[int, Done]], *, grid: Grid, config: Config) -> list[tuple[int, Done]]:
    """Returns the sets of a session without an aim and without a history: those like another one of it, where there are
    such; else all."""
    alike = [
        (index, one)
        for index, one in sets
        if not _is_odd(
            one, plan=plan, index=index, refs=[each for at, each in sets if at != index], grid=grid, config=config
        )
    ]
    return alike if sum(not one.is_missed for _, one in alike) > 1 else sets


def _is_odd(one: Done, *, plan: ExercisePlan, index: int, refs: Sequence[Done], grid: Grid, config: Config) -> bool:
    if one.is_missed or one.confirmed:
        return False
    asked = Decimal(plan.rir or 0)
    known = [_likeness(each, asked=asked) for each in refs]
    if plan.weight is not None:
        known.append(_Likeness(weight=plan.weight, reps=plan.target(index), rir=asked))
    return bool(known) and not any(_is_like(one, other, grid=grid, config=config) for other in known)


def is_like(one: SetLike, other: SetLike, *, asked: int, grid: Grid, config: Config = CONFIG) -> bool:
    """Returns whether a set is like `other`, of which `asked` RIR are assumed where none was said."""
    return _is_like(one, _likeness(other, asked=Decimal(asked)), grid=grid, config=config)


def _likeness(done: SetLike, *, asked: Decimal) -> _Likeness:
    return _Likeness(weight=done.weight, reps=done.reps, rir=asked if done.rir is None else Decimal(done.rir))


def _is_like(one: SetLike, other: _Likeness, *, grid: Grid, config: Config) -> bool:
    if not _is_about_as_heavy(one.weight, other.weight, grid=grid, config=config):
        return False
    gained = -grid.cost_in_reps(other.weight, to=one.weight, k=config.k_expect, config=config)
    shown = other.reps + other.rir
    expected = max(shown + gained, Decimal(1))
    if one.reps > expected + max(Decimal(config.odd_reps_above), expected * config.odd_share_above):
        return False
    if one.rir is None and config.odd_times_below * one.reps < other.reps + gained:
        return False
    cost = grid.cost_in_reps(other.weight, to=one.weight, k=config.k_choose, config=config)
    return one.reps + Decimal(one.rir or 0) + cost <= shown + config.odd_capacity + config.round_trip


def _is_about_as_heavy(weight: Decimal, other: Decimal, *, grid: Grid, config: Config) -> bool:
    here, there = grid.load_moved(weight), grid.load_moved(other)
    if here is None or there is None:
        return abs(grid.steps(other, to=weight)) <= config.odd_steps
    least, most = config.odd_load if grid.kind == "load" else config.odd_body_load
    # Compared by multiplication, which is exact.
    return there * least <= here <= there * most


def _are_twins(one: Done, other: Done, *, grid: Grid, config: Config) -> bool:
    apart = max(Decimal(config.odd_twin_reps), config.odd_twin_share * max(one.reps, other.reps))
    return grid.near(one.weight, to=other.weight, config=config) and abs(one.reps - other.reps) <= apart
