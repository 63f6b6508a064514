"""Bests: which sets hold them, which sets of a session are records, and what a new set has to be compared with.

A record is a set that shows more than the sessions before: reps and RIR rose, or estimated strength did.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.showing.odd import is_like


class SetMark(NamedTuple):
    """A working set as bests compare it. rir: said, else asked; None: neither, so that it proves its reps alone."""

    weight: Decimal
    reps: int
    rir: Decimal | int | None = None

    def to_failure(self, config: Config = CONFIG) -> Decimal:
        """Returns its reps and its RIR, as far as that can be believed."""
        return self.reps + min(Decimal(self.rir or 0), Decimal(config.most_rir))

    def tests_strength(self, config: Config = CONFIG) -> bool:
        """Whether it allows an estimate that is good enough to show, as in `shown_e1rm`."""
        near_failure = self.rir is not None and self.rir <= config.most_rir
        return near_failure and self.to_failure(config) <= config.e1rm_shown_reps


def shows_something(mark: SetMark, *, kind: str) -> bool:
    """Returns whether the set can be a best: not a missed set, nor a loaded exercise without a load."""
    return mark.reps > 0 and (mark.weight > 0 or kind != "load")


def frontier(marks: Iterable[SetMark], *, grid: Grid, config: Config = CONFIG) -> tuple[SetMark, ...]:
    """Returns the marks that no other mark equals or beats in both weight and reps, the easiest weight first.

    A record against these marks is a record against all.
    """
    best: list[SetMark] = []
    shown = {mark for mark in marks if shows_something(mark, kind=grid.kind)}
    in_order = sorted(
        shown, key=lambda one: (_hardness(one, grid), one.to_failure(config), one.rir is None), reverse=True
    )
    for mark in in_order:
        if not any(_covers(other, mark, config=config) for other in best):
            best.append(mark)
    return tuple(reversed(best))


def records(done: Iterable[SetMark], *, earlier: Iterable[SetMark], grid: Grid, config: Config = CONFIG) -> list[bool]:
    """Returns for each set of a session, in the order in which they were done, whether it is a record.

    `earlier`: the sets of the sessions before that count. Without any there is no record: the first session sets the
    marks. A set of the same session is no mark to beat, but what it has shown is not shown again. The JavaScript of the
    page is tested with the same table of cases.
    """
    best, own, found = frontier(earlier, grid=grid, config=config), list[SetMark](), list[bool]()
    for mark in done:
        shows = shows_something(mark, kind=grid.kind)
        is_new = shows and not any(_reaches(other, mark, before=other, grid=grid, config=config) for other in own)
        found.append(is_new and rose(mark, best=best, grid=grid, config=config))
        if shows:
            own.append(mark)
    return found


def rose(mark: SetMark, *, best: Sequence[SetMark], grid: Grid, config: Config = CONFIG) -> bool:
    """Returns whether a set shows more than `best`, a frontier: what no mark of it has shown, and either as many reps
    and RIR as one of them at a weight at least as hard, or a rep more of estimated strength than all of them.

    A rep, because strength is estimated from whole reps: at other weights it differs by up to one where nothing
    changed.
    """
    if any(_reaches(other, mark, before=other, grid=grid, config=config) for other in best):
        return False
    return any(_reaches(mark, other, before=other, grid=grid, config=config) for other in best) or _is_stronger(
        mark, [other for other in best if other.tests_strength(config)], grid=grid, config=config
    )


def that_count(marks: Sequence[tuple[SetMark, bool]], *, grid: Grid, config: Config = CONFIG) -> list[bool]:
    """Returns for each mark of an exercise whether it counts: odd sets do not, until they were done again.

    `marks`: the different sets of all sessions, and whether each is beyond doubt, because it was done more than once or
    was asked. At a weight with several sets all but the best are, and the best is if it is like the next one. So is the
    longest run of sets that are each like the one with the next weight. Others count if they are like a set that counts
    (see `odd`). Where no two sets are alike and none is beyond doubt, all of them count.
    """
    counting = [is_sure for _, is_sure in marks]
    of = [mark for mark, _ in marks]
    in_order = sorted(range(len(of)), key=lambda place: (of[place].weight, -of[place].to_failure(config)))
    if all(counting):
        return counting
    run, longest = list[int](), list[int]()
    for _, (top, *others) in groupby(in_order, key=lambda place: of[place].weight):
        for place in others:
            counting[place] = True
        counting[top] |= bool(others) and is_like(of[top], of[others[0]], asked=0, grid=grid, config=config)
        one = others[0] if others else top
        is_next = bool(run) and any(
            is_like(of[first], of[then], asked=0, grid=grid, config=config)
            for first, then in ((one, run[-1]), (run[-1], one))
        )
        run = [*run, one] if is_next else [one]
        longest = max(run, longest, key=len)
    if len(longest) > 1:
        for place in longest:
            counting[place] = True
    known = [mark for mark, counts in zip(of, counting, strict=True) if counts]
    waiting = {place for place, counts in enumerate(counting) if not counts}
    if not known:
        return [True] * len(of)
    while like := {place for place in waiting if _is_like_any(of[place], known, grid=grid, config=config)}:
        known += [of[place] for place in like]
        waiting -= like
    return [place not in waiting for place in range(len(of))]


def _is_like_any(mark: SetMark, known: Sequence[SetMark], *, grid: Grid, config: Config) -> bool:
    nearest = sorted(known, key=lambda other: abs(other.weight - mark.weight))  # so that one comparison mostly does
    return any(is_like(mark, other, asked=0, grid=grid, config=config) for other in nearest)


def _hardness(mark: SetMark, grid: Grid) -> Decimal:
    return -mark.weight if grid.kind == "assist" else mark.weight


def _covers(mark: SetMark, other: SetMark, *, config: Config) -> bool:
    """Returns whether `mark`, at a weight at least as hard, shows all that `other` does, whatever comes later."""
    if mark.rir is None:
        return mark.reps >= other.to_failure(config)
    return other.rir is not None and mark.to_failure(config) >= other.to_failure(config)


def _reaches(mark: SetMark, other: SetMark, *, before: SetMark, grid: Grid, config: Config) -> bool:
    """Returns whether `mark` is as hard as `other`, with as many reps: those to failure, if the RIR of `before` is
    known, which is the earlier of the two."""
    if grid.is_harder(other.weight, than=mark.weight):
        return False
    if before.rir is None:
        return mark.reps >= other.reps
    return mark.to_failure(config) >= other.to_failure(config)


def _is_stronger(mark: SetMark, tests: Sequence[SetMark], *, grid: Grid, config: Config) -> bool:
    if not tests or not mark.tests_strength(config):
        return False
    return all(
        mark.to_failure(config) + config.round_trip
        >= other.to_failure(config)
        - grid.cost_in_reps(other.weight, to=mark.weight, k=config.k_choose, config=config)
        + 1
        for other in tests
    )
