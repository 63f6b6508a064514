"""The sentences of holds, whose seconds progress."""

from collections.abc import Callable, Mapping

from training.progression.reasons.set_reasons import Param

HOLD_TEMPLATES: dict[str, str] = {
    "SECONDS_ASK": "Pick a weight that you can hold for {seconds} s.",
    "SECONDS_START": "Start at {seconds} s. Hold on if you can: next time goes by that.",
    "SECONDS_HISTORY": "From the last time, when you held every set for {lasted} s{ago}.",
    "SECONDS_OPEN": "{due} s would be due; it opens below that, so that there is room to grow.",
    "SECONDS_UP": "Every set lasted {lasted} s or longer, so {seconds} s now.",
    "SECONDS_HEAVIER": "{harder} because you outgrew the range with {lasted} s, and {seconds} s to start with.",
    "SECONDS_LIGHTER": "{easier} because {lasted} s is below your range.",
    "SECONDS_LONGER": "Nothing heavier is available here, so hold longer: {seconds} s.",
    "SECONDS_TOP": "{seconds} s is long enough: a harder variant does more than more seconds.",
    "SECONDS_TRY": "Not every set lasted {seconds} s: give it one more try.",
    "SECONDS_DOWN": "Your shortest set was {lasted} s, so {seconds} s until all sets last.",
    "SECONDS_MATCH": "{seconds} s again: not all sets were done.",
    "SECONDS_SORE": "No longer than last time, because you are still sore.",
    "SECONDS_BREAK": "A little shorter after {days} days off. It comes back fast.",
    "SECONDS_RECOVERY": "Recovery: the same weight for half the time.",
    "SECONDS_SKIPPED": "You left it out last time, so it asks the same again.",
}


def _ago(params: Mapping[str, Param]) -> str:
    return "" if params["days"] is None else f", less for {params['days']} days off"


HOLD_PHRASES: dict[str, Callable[[Mapping[str, Param]], str]] = {"ago": _ago}
