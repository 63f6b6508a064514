"""Shortening a session: which sets go so that it fits into fewer minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.progression.border import check_choice, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import MECHANICS
from training.progression.load.rest import session_seconds
from training.progression.supersets import in_turn, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An exercise of the session: `sets` are asked, `done` of them are done and cannot go; `rest` is in seconds.
    `superset`: its mark."""

    muscle: str
    mechanic: str
    sets: int
    rest: int
    done: int = 0
    superset: int | None = None

    def __post_init__(self) -> None:
        check_choice("mechanic", self.mechanic, of=MECHANICS)
        check_whole("sets", self.sets, least=1)
        check_whole("rest", self.rest, least=0)
        check_whole("done", self.done, least=0, most=self.sets)


def shorten(
    session: Sequence[Work],
    *,
    minutes: int,
    elsewhere: Mapping[str, int],
    minimum: Mapping[str, int],
    start: Sequence[int] | None = None,
    config: Config = CONFIG,
) -> tuple[int, ...]:
    """Returns the sets of each exercise (0: left out) so that the session takes about `minutes`, or as near as it can.

    `elsewhere`: sets of each muscle in the week's other sessions. `minimum`: weekly sets that each muscle needs.
    `start`: the result for a longer time, to go on from: more minutes never leave fewer sets of any exercise.

    One set goes at a time. First go the sets of all but the muscle's first exercise, isolations before others. Then go
    the last sets of first exercises, where most sets are left. At the end their only set goes too, unless the other
    sessions give the muscle less than its minimum. Among equals it is the muscle with most sets above its minimum, then
    the later exercise. A superset loses the set of its exercise with most sets, and its only sets together: it stays
    whole or goes whole. The first sets of a muscle are worth the most (Remmert 2025), and little but regular work keeps
    a muscle (Iversen 2021). The order is design.
    """
    if not all(isinstance(work, Work) for work in session):
        refuse("session", session, wanted="a sequence of Work")
    check_whole("minutes", minutes, least=1)
    sets = [work.sets for work in session] if start is None else list(start)
    together = units([work.superset for work in session], config=config)
    while _seconds(session, sets, config) > minutes * 60:
        places = _dispensable(session, sets, together, elsewhere=elsewhere, minimum=minimum)
        if not places:
            break
        for place in places:
            sets[place] -= 1
    return tuple(sets)


def _seconds(session: Sequence[Work], sets: Sequence[int], config: Config) -> int:
    timed = ((work.superset, count, work.rest) for work, count in zip(session, sets, strict=True))
    return session_seconds(in_turn(timed, config=config), config=config)


def _dispensable(
    session: Sequence[Work],
    sets: Sequence[int],
    together: Sequence[tuple[int, ...]],
    *,
    elsewhere: Mapping[str, int],
    minimum: Mapping[str, int],
) -> tuple[int, ...]:
    """Returns the places of the exercises that lose their last set next: one, or those of a superset that goes whole;
    none where none may."""
    in_week = {work.muscle: elsewhere.get(work.muscle, 0) for work in session}
    first: dict[str, int] = {}
    for place, work in enumerate(session):
        in_week[work.muscle] += sets[place]
        first.setdefault(work.muscle, place)

    def rank(place: int) -> tuple[int, int, int, int] | None:
        work, is_first = session[place], first[session[place].muscle] == place
        least = minimum.get(work.muscle, 0)
        above = in_week[work.muscle] - least
        if sets[place] <= work.done:
            return None
        if not is_first:
            return 0, int(work.mechanic != "isolation"), -above, -place
        if sets[place] > 1:
            return 1, -sets[place], -above, -place
        return (2, -above, 0, -place) if elsewhere.get(work.muscle, 0) >= least else None

    ranks: dict[tuple[int, ...], tuple[int, int, int, int]] = {}
    for unit in together:
        found = {place: of for place in unit if (of := rank(place)) is not None}
        further = [place for place in found if sets[place] > 1]
        if further:
            ranks[max((sets[place], place) for place in further)[1:]] = min(found[place] for place in further)
        elif len(found) == len(unit):
            ranks[unit] = max(found.values())
    return min(ranks, key=ranks.__getitem__, default=())
