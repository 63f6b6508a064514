"""Rest between sets, and how long a session takes."""

from collections.abc import Iterable

from training.progression.border import check_choice, check_whole
from training.progression.load.grid import LOADINGS, MECHANICS

LOADED_COMPOUND, ANY_OTHER = 150, 90
SECONDS_PER_SET = 40
SECONDS_PER_EXERCISE = 120  # finding the station, loading it, a warm-up set


def usual_rest(*, mechanic: str, loading: str) -> int:
    """Seconds of rest after a set of an exercise for which nobody said how long.

    Many joints under a load: 150; one joint, or the body alone: 90. Three minutes beat one where many joints work
    (Schoenfeld 2016); beyond about 90 seconds little is gained on the whole (Singer 2024).
    """
    check_choice("mechanic", mechanic, of=MECHANICS)
    check_choice("loading", loading, of=LOADINGS)
    return LOADED_COMPOUND if mechanic == "compound" and loading in ("weight", "added") else ANY_OTHER


def session_seconds(exercises: Iterable[tuple[int, int]]) -> int:
    """About how long (sets, rest in seconds) take one after the other; an exercise without sets takes no time."""
    seconds = 0
    for sets, rest in exercises:
        check_whole("sets", sets, least=0)
        check_whole("rest", rest, least=0)
        seconds += SECONDS_PER_EXERCISE + sets * (SECONDS_PER_SET + rest) if sets else 0
    return seconds


def shown_minutes(seconds: int) -> int:
    """Rounded to five minutes, five at least: an estimate is no more exact than that."""
    check_whole("seconds", seconds, least=0)
    return max(5, 5 * ((seconds + 150) // 300))
