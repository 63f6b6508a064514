"""Rest between sets, and how long a session takes."""

from collections.abc import Iterable

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


def shown_minutes(seconds: int, *, config: Config = CONFIG) -> int:
    """Returns whole minutes, rounded to five, five at least."""
    check_whole("seconds", seconds, least=0)
    step = config.shown_minutes_step
    return step * max(1, (seconds + 30 * step) // (60 * step))
