"""Rest between sets, and how long a session takes."""

from collections.abc import Iterable, Sequence
from statistics import median

from training.progression.border import check_choice, check_whole
from training.progression.config import CONFIG, Config
from training.progression.load.grid import LOADINGS, MECHANICS


def usual_rest(*, mechanic: str, loading: str, config: Config = CONFIG) -> int:
    """Returns the seconds of rest after a set of an exercise without a rest of its own: more for a loaded compound than
    for an isolation or the body alone."""
    check_choice("mechanic", mechanic, of=MECHANICS)
    check_choice("loading", loading, of=LOADINGS)
    is_loaded_compound = mechanic == "compound" and loading in ("weight", "added")
    return config.rest_loaded_compound if is_loaded_compound else config.rest_any_other


def session_seconds(exercises: Iterable[tuple[int, int]], *, config: Config = CONFIG) -> int:
    """Returns about how many seconds a session takes. `exercises`: (sets, seconds of rest) of each. One without sets
    takes no time."""
    seconds = 0
    for sets, rest in exercises:
        check_whole("sets", sets, least=0)
        check_whole("rest", rest, least=0)
        seconds += config.exercise_seconds + sets * (config.set_seconds + rest) if sets else 0
    return seconds


def set_pace(between: Sequence[int], *, mechanic: str, config: Config = CONFIG) -> int:
    """Returns about how many seconds one more set of an exercise takes.

    `between`: the seconds from one check mark to the next in its last five sessions. Their median counts, each limited
    to 30..420; with fewer than three of them it is a usual number, more for a compound.
    """
    check_choice("mechanic", mechanic, of=MECHANICS)
    for seconds in between:
        check_whole("seconds between sets", seconds, least=0)
    if len(between) < config.pace_sets:
        return config.pace_compound if mechanic == "compound" else config.pace_isolation
    least, most = config.pace_limits
    return int(median(min(max(seconds, least), most) for seconds in between))


def time_room(
    limit: int, planned: Sequence[tuple[int, int]], *, warm_up: int | None = None, config: Config = CONFIG
) -> int:
    """Returns how many more sets fit into a workout of `limit` minutes, 0 or more.

    `planned`: (sets, seconds of one set) of each exercise, with the sets that muscles before have taken; `warm_up`:
    minutes, None: five. A set of the slowest exercise counts. It stops growth and takes nothing away.
    """
    check_whole("limit", limit, least=1)
    warm_up = config.warm_up_minutes if warm_up is None else warm_up
    check_whole("warm_up", warm_up, least=0)
    for sets, seconds in planned:
        check_whole("sets", sets, least=0)
        check_whole("seconds of a set", seconds, least=1)
    if not planned:
        return config.most_sets
    left = (limit - warm_up) * 60 - sum(sets * seconds for sets, seconds in planned)
    return max(0, left // max(seconds for _, seconds in planned))


def shown_minutes(seconds: int, *, config: Config = CONFIG) -> int:
    """Returns whole minutes, rounded to five, five at least."""
    check_whole("seconds", seconds, least=0)
    step = config.shown_minutes_step
    return step * max(1, (seconds + 30 * step) // (60 * step))
