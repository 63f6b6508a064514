"""The sentences about sets. Each cell of the set table has a code for each direction, such as SETS_UP_S0P1L."""

from collections.abc import Callable, Mapping
from itertools import product

Param = str | int | None
_Params = Mapping[str, Param]

_CELLS = ["".join(cell) for cell in product(("S0", "S1", "S2", "S3", "Sx"), ("P0", "P1", "P2", "P3"), "LMH")]
_UP, _HOLD, _DOWN = (["_".join(("SETS", direction, cell)) for cell in _CELLS] for direction in ("UP", "HOLD", "DOWN"))
CELL_CODES = frozenset((*_UP, *_HOLD, *_DOWN))

SET_TEMPLATES: dict[str, str] = {
    **dict.fromkeys(_UP, "{grown}."),
    **dict.fromkeys(_HOLD, "Same sets for {muscle} because {held}."),
    **dict.fromkeys(_DOWN, "{lost}."),
    "SORE_TWICE": "Still sore two weeks in a row: that calls for one set fewer.",
    "PERF_HARD": "It was harder than {rir} in reserve should be.",
    "PERF_EASY": "You found it easy, so it counts as better than planned.",
    "RECOVERY": "Recovery for {muscle}: half the sets and half the reps, because {fell}.",
    "SETS_RESUME": "Back from recovery with {count} for {muscle}, between week 1 and what was too much.",
    "SETS_HOLD_SORE_TODAY": "No extra set for {muscle}: you are still sore today.",
    "SETS_HOLD_SORE_BEFORE": "No extra set for {muscle} yet: you were still sore after this workout last time.",
    "SETS_ILL": "You were ill, so the sets stay as they were.",
    "SETS_SKIPPED": "You left it out last time, so the sets stay as they were.",
    "SETS_BREAK": "After {days} days off: {count} for {muscle} to ease back in.",
    "CAP_INCOMPLETE": "Extra sets have to wait: you finished {done} of {planned}.",
    "CAP_GAP": "No extra sets for {muscle} after {days} days off.",
    "CAP_LAST_WEEK": "Extra sets for the last hard week are limited to {most}.",
    "CAP_MRV": "The weekly ceiling for {muscle} is {mrv} sets.",
    "CAP_WEEK_RATE": "One week adds at most {most} sets for {muscle}, and {added} are added already.",
    "CAP_SESSION": "This workout already has {sets} sets for {muscle}, and more than {most} add little.",
    "CAP_TIME": "No extra set for {muscle}: it would not fit into {minutes} minutes.",
    "CAP_EXERCISE": (
        "No exercise here can take another set: each gains at most one a week, has at most {most}, "
        "and must first go to plan."
    ),
    "FLOOR_ONE_SET": "One set fewer was due, but one of each exercise is the least.",
    "DELOAD_ILL": "You were ill on {days} days this week: think about a deload now.",
    "EARLY_DELOAD": "{needed} of your {trained} muscles needed recovery lately: think about a deload now.",
}

# The reasons that a muscle has as a whole, unless they moved the sets of single exercises.
OF_MUSCLE = frozenset((*SET_TEMPLATES, "SETS_HOLD_PLAN")) - {"SORE_TWICE", "DELOAD_ILL", "EARLY_DELOAD"}


def is_about_sets(code: str) -> bool:
    """Returns whether the reason with this code is about the number of sets, not about weight and reps."""
    return code in SET_TEMPLATES or code in {
        "NEXT_MESO_SETS",
        "SETS_HOLD_PLAN",
        "SETS_SORE_TODAY",
        "LIFTER_SETS_TODAY",
        "LIFTER_SETS_PLAN",
        "SHORTENED",
    }


def set_count(sets: int) -> str:
    """Returns "1 set", "2 sets" and so on."""
    return f"{sets} set" if sets == 1 else f"{sets} sets"


def whole(params: _Params, name: str) -> int:
    """A number among the facts of a reason. Raises KeyError for anything else, as where it is missing."""
    value = params[name]
    if not isinstance(value, int):
        raise KeyError(name)
    return value


def _change_in_sets(params: _Params, *, sign: str, due: str, why: str) -> str:
    """At an exercise that gained or lost a set it says so; else it is about the muscle."""
    n, muscle = whole(params, "n"), params["muscle"]
    if params.get("here"):
        return f"{sign}{set_count(abs(whole(params, 'here')))} here ({muscle}: {why})"
    return f"{f'{sign}{set_count(n)} for {muscle}' if n else due} because {why}"


_RECOVERED: dict[Param, str] = {
    0: "you did not get sore",
    1: "you recovered well in time",
    2: "you recovered only just in time",
    3: "you were still sore",
    None: "you did not say how sore you got",
}
_WENT: dict[Param, str] = {
    0: "you beat your targets",
    1: "you hit your targets",
    2: "you missed some targets",
    3: "you fell below last week",
}
_WENT_WITH_LESS_LEFT: dict[Param, str] = {
    2: "you made your reps with less left than planned",
    3: "you had less left than last week",
}
_WENT_ELSEWHERE: dict[Param, str] = {
    2: "you missed some targets in another exercise",
    3: "you fell below last week in another exercise",
}
_RATED: dict[Param, str] = {"hard": "it was harder than planned", "easy": "you found it easy"}
_FELT_HIGH = "pump and effort were high"


def _recovered(params: _Params) -> str:
    if params["soreness"] == 3 and params.get("today") == 3:
        return "you are still sore today"
    return _RECOVERED[params["soreness"]]


def _went(params: _Params) -> str:
    # Only where a set made fewer reps than its target may it be said so. Earlier rows do not say it.
    table = _WENT
    if not params.get("short", 1):
        table = _WENT | _WENT_WITH_LESS_LEFT
    elif params.get("elsewhere"):
        table = _WENT | _WENT_ELSEWHERE
    if params.get("missed"):
        table = table | {1: "you came close to your targets"}
    return _RATED.get(params["rated"]) or table[params["perf"]]


def _grown(params: _Params) -> str:
    why = f"{_recovered(params)} and {_went(params)}"
    return _change_in_sets(params, sign="+", due=f"More sets for {params['muscle']} were due", why=why)


def _lost(params: _Params) -> str:
    due = f"One set fewer for {params['muscle']} was due"
    return _change_in_sets(params, sign="-", due=due, why=_strained(params))


def _held(params: _Params) -> str:
    """Returns the strongest cause that held the sets: still sore, then performance, then recovery, then stimulus."""
    if params["soreness"] == 3:
        return _recovered(params)
    if whole(params, "perf") >= 2:
        return _went(params)
    if params["soreness"] in (2, None):
        return _recovered(params)
    return _FELT_HIGH


def _strained(params: _Params) -> str:
    sore = _recovered(params)
    if whole(params, "perf") >= 2:
        return f"{sore} and {_went(params)}"
    if params["stimulus"] == "H":
        return f"{sore} and {_FELT_HIGH}"
    return f"{sore} two weeks in a row"


def _fell(params: _Params) -> str:
    cause, fell_by = params["cause"], params["fell_by"]
    if cause == "sore":
        return "you fell below last week, it was very hard and you were still sore"
    if cause == "fell":
        return _WENT[3]
    by = "" if fell_by is None else f", by up to {fell_by} rep{'' if fell_by == 1 else 's'} a set"
    return f"you fell two sessions in a row{by}"


def _count(params: _Params) -> str:
    return set_count(whole(params, "sets"))


SET_PHRASES: dict[str, Callable[[_Params], str]] = {
    "grown": _grown,
    "lost": _lost,
    "held": _held,
    "fell": _fell,
    "count": _count,
}
