"""Supersets: which exercises are done in turn, whose turn it is, and how long they rest.

The mark of an exercise is a number that it shares with the others of its superset; None: it is alone."""

from collections.abc import Collection, Iterable, Sequence
from itertools import count, groupby

from training.progression.config import CONFIG, Config


def supersets(marks: Sequence[int | None], *, config: Config = CONFIG) -> list[tuple[int, ...]]:
    """Returns the places of the exercises of each superset. `marks`: those of a session's exercises, in order.

    Two or three neighbours with the same mark are a superset. A mark that no neighbour shares says nothing, so taking
    an exercise out, or moving it away, needs no other change."""
    found = []
    for mark, run in groupby(range(len(marks)), key=marks.__getitem__):
        places = tuple(run) if mark is not None else ()
        parts = (places[at : at + config.superset_most] for at in range(0, len(places), config.superset_most))
        found += [part for part in parts if len(part) > 1]
    return found


def superset_at(marks: Sequence[int | None], place: int, *, config: Config = CONFIG) -> tuple[int, ...]:
    """Returns the places of the superset of the exercise at `place`; its own alone, where it is alone."""
    return next((one for one in supersets(marks, config=config) if place in one), (place,))


def units(marks: Sequence[int | None], *, config: Config = CONFIG) -> list[tuple[int, ...]]:
    """Returns the places of supersets, and of each exercise that is alone, in order."""
    return list(dict.fromkeys(superset_at(marks, place, config=config) for place in range(len(marks))))


def may_pair(marks: Sequence[int | None], one: int, other: int, *, config: Config = CONFIG) -> bool:
    """Returns whether two exercises are there, neighbours, and few enough with those that they are paired with."""
    if not {one, other} <= set(range(len(marks))):
        return False
    both = {place for of in (one, other) for place in superset_at(marks, of, config=config)}
    return abs(one - other) == 1 and len(both) <= config.superset_most


def pair(
    marks: Sequence[int | None], one: int, other: int, *, taken: Collection[int | None] = (), config: Config = CONFIG
) -> list[int | None]:
    """Returns the marks with two neighbours in one superset, with all that they were paired with before. It gets a new
    mark, which is not among `taken` either: marks that stand for something elsewhere."""
    there = [superset_at(marks, place, config=config) for place in (one, other)]
    if there[0] == there[1]:
        return list(marks)
    both = {place for of in there for place in of}
    mark = next(number for number in count(1) if number not in {*marks, *taken})
    return [mark if place in both else each for place, each in enumerate(marks)]


def unpair(marks: Sequence[int | None], place: int, *, config: Config = CONFIG) -> list[int | None]:
    """Returns the marks with the exercise at `place` alone, and those that it leaves alone."""
    was = superset_at(marks, place, config=config)
    left = [None if each == place else mark for each, mark in enumerate(marks)]
    still = {each for one in supersets(left, config=config) for each in one}
    return [mark if each in still or each not in was else None for each, mark in enumerate(left)]


def turn(rounds: Sequence[int | None], last: int) -> int | None:
    """Returns the place in its superset of the exercise whose set comes next; None where none is left. `rounds`: the
    round of the next set of each; None: it has none left. `last`: the place of the exercise that was done last.

    The earliest round goes on first; within it they follow each other in order, and after the last the first."""
    order = [(last + step) % len(rounds) for step in range(1, len(rounds) + 1)]
    left = [(found, place) for place in order if (found := rounds[place]) is not None]
    return min(left, key=lambda one: one[0])[1] if left else None


def in_turn(exercises: Iterable[tuple[int | None, int, int]], *, config: Config = CONFIG) -> list[tuple[int, int]]:
    """Returns (sets, seconds of rest) of each exercise as its superset takes them. `exercises`: (mark, sets, seconds of
    rest) of each. The longest rest of a superset comes once a round, a short one within it."""
    given = list(exercises)
    rests = [rest for _, _, rest in given]
    for places in supersets([mark if sets else None for mark, sets, _ in given], config=config):
        longest = max(rests[place] for place in places)
        last = max(places, key=lambda place: (given[place][1], place))
        for place in places:
            rests[place] = longest if place == last else config.superset_rest
    return [(sets, rest) for (_, sets, _), rest in zip(given, rests, strict=True)]
