"""A session that has to fit into fewer minutes: which sets go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.progression.border import check_choice, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.grid import MECHANICS
from training.progression.load.rest import session_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An exercise of the session: `sets` asked, of which `done` cannot go any more; `rest` in seconds."""

    muscle: str
    mechanic: str
    sets: int
    rest: int
    done: int = 0

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
    """Sets of each exercise (0: left out) so that the session takes about `minutes`, or as near as that is possible.

    `elsewhere`: sets of each muscle in the week's other sessions; `minimum`: weekly sets that each needs. One set goes
    at a time: of a muscle's further exercises first, isolations before others; then last sets of first exercises,
    where most are left; at the end their only set too, unless the other sessions leave the muscle short of its minimum.
    Among equals the muscle that has most above its minimum gives, then the later exercise. The first sets of a muscle
    are worth the most (Remmert 2025); little but regular work keeps what is there (Iversen 2021). The order is design.
    A longer time never asks for fewer sets of anything, so `start`, what a longer time left, saves working it out anew.
    """
    if not all(isinstance(work, Work) for work in session):
        refuse("session", session, wanted="a sequence of Work")
    check_whole("minutes", minutes, least=1)
    sets = [work.sets for work in session] if start is None else list(start)
    rests = [work.rest for work in session]
    while session_seconds(zip(sets, rests, strict=True), config=config) > minutes * 60:
        place = _dispensable(session, sets, elsewhere=elsewhere, minimum=minimum)
        if place is None:
            break
        sets[place] -= 1
    return tuple(sets)


def _dispensable(
    session: Sequence[Work], sets: Sequence[int], *, elsewhere: Mapping[str, int], minimum: Mapping[str, int]
) -> int | None:
    """The exercise whose last set goes next; None: none may."""
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

    ranks = {place: found for place in range(len(session)) if (found := rank(place)) is not None}
    return min(ranks, key=ranks.__getitem__, default=None)
