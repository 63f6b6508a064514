"""When a set is a record, and which earlier sets a new set has to be compared with."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

Mark = tuple[Decimal, int]  # weight, reps


def frontier(marks: Iterable[Mark], *, less_is_more: bool = False) -> tuple[Mark, ...]:
    """Returns the marks that no other mark equals or beats in both weight and reps, lightest first.

    A record against these marks is a record against all. `less_is_more`: the weight is help, so less weight is better.
    """
    sign = 1 if less_is_more else -1
    best: list[Mark] = []
    for weight, reps in sorted(set(marks), key=lambda mark: (sign * mark[0], -mark[1])):
        if not best or reps > best[-1][1]:
            best.append((weight, reps))
    return tuple(sorted(best))


def is_record(mark: Mark, *, earlier: Sequence[Mark], less_is_more: bool = False) -> bool:
    """Returns whether no earlier set has both at least its weight and at least its reps. Without an earlier set there
    is no record."""
    weight, reps = mark
    if reps < 1 or not earlier:
        return False

    def beats(other: Mark) -> bool:
        as_hard = other[0] <= weight if less_is_more else other[0] >= weight
        return as_hard and other[1] >= reps

    return not any(beats(other) for other in earlier)


def records(done: Iterable[Mark], *, earlier: Iterable[Mark], kind: str) -> list[bool]:
    """Returns for each set of `done`, in the order in which they were done, whether it is a record against `earlier`
    and the sets before it.

    `kind`: the kind of the grid. The JavaScript of the page is tested with the same table of cases."""
    less_is_more = kind == "assist"
    before = [mark for mark in earlier if shows_something(mark, kind=kind)]
    if not before:
        return [False for _ in done]  # the first time
    found = []
    for mark in done:
        shows = shows_something(mark, kind=kind)
        found.append(shows and is_record(mark, earlier=before, less_is_more=less_is_more))
        if shows:
            before.append(mark)
    return found


def shows_something(mark: Mark, *, kind: str) -> bool:
    """Returns whether the set counts for records: not a missed set, nor a loaded exercise without a load."""
    weight, reps = mark
    return reps > 0 and (weight > 0 or kind != "load")
