"""When a set is a record, and which earlier sets a new one has to be held against."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

Mark = tuple[Decimal, int]  # weight, reps


def frontier(marks: Iterable[Mark], *, less_is_more: bool = False) -> tuple[Mark, ...]:
    """Those of `marks` that no other has both the weight and the reps of, lightest first.

    What is a record against these is one against all. `less_is_more`: the weight is help, so that less counts as more.
    """
    sign = 1 if less_is_more else -1
    best: list[Mark] = []
    for weight, reps in sorted(set(marks), key=lambda mark: (sign * mark[0], -mark[1])):
        if not best or reps > best[-1][1]:
            best.append((weight, reps))
    return tuple(sorted(best))


def is_record(mark: Mark, *, earlier: Sequence[Mark], less_is_more: bool = False) -> bool:
    """Whether no earlier set has at least its weight and at least its reps. The first time ever is no record."""
    weight, reps = mark
    if reps < 1 or not earlier:
        return False

    def beats(other: Mark) -> bool:
        as_hard = other[0] <= weight if less_is_more else other[0] >= weight
        return as_hard and other[1] >= reps

    return not any(beats(other) for other in earlier)
