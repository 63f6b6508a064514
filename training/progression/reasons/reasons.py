"""Why a number is what it is: a code with its parameters, and one plain sentence for each code.

Codes are stored and never renamed; sentences may be improved at any time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from metricgain.numbers import plain
from training.progression.border import EngineError, check_whole, refuse
from training.progression.reasons.hold_reasons import HOLD_PHRASES, HOLD_TEMPLATES
from training.progression.reasons.set_reasons import (
    CELL_CODES,
    OF_MUSCLE,
    SET_PHRASES,
    SET_TEMPLATES,
    Param,
    whole,
)

# The facts of a reason for sets that belong to one exercise of the muscle (see `told_here`).
OF_ONE_EXERCISE = ("here", "elsewhere")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `params` holds only text, whole numbers and None, so that JSON does not change them."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if type(self.code) is not str or not self.code:
            refuse("code", self.code, wanted="the name of a reason")
        for name, value in self.params.items():
            if name == "code" or not (value is None or type(value) in (str, int)):
                refuse(f"reason parameter {name}", value, wanted="text, a whole number or None")
        object.__setattr__(self, "params", dict(self.params))

    def to_dict(self) -> dict[str, Param]:
        """Returns the reason as it is stored: {"code": "LOAD_UP", "delta": "2.5", ...}."""
        return {"code": self.code, **self.params}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Param]) -> "Reason":
        code = stored.get("code")
        if not isinstance(code, str):
            refuse("code", code, wanted="the name of a reason")
        return cls(code, {name: value for name, value in stored.items() if name != "code"})


def percent(share: Decimal) -> str:
    """Returns a share of the load in per cent, with at most one decimal and at least 0.1, so that a change never reads
    as none."""
    rounded = (share * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return plain(max(rounded, Decimal("0.1")))


def hold_sets(sets: int) -> Reason:
    """SETS_HOLD_PLAN: the sets stay as planned (sets are held until feedback can move them)."""
    check_whole("sets", sets, least=1)
    return Reason("SETS_HOLD_PLAN", {"sets": sets})


def sore_today(sets: int) -> Reason:
    """SETS_SORE_TODAY: a planned extra set waits, because the lifter is still sore at the start."""
    check_whole("sets", sets, least=1)
    return Reason("SETS_SORE_TODAY", {"sets": sets})


def chosen_sets(sets: int, *, today: bool) -> Reason:
    """LIFTER_SETS_TODAY or LIFTER_SETS_PLAN: the lifter chose the sets, for today or from now on."""
    check_whole("sets", sets, least=1)
    return Reason("LIFTER_SETS_TODAY" if today else "LIFTER_SETS_PLAN", {"sets": sets})


def swapped(exercise: str) -> Reason:
    """LIFTER_SWAPPED: the lifter chose this exercise in place of `exercise`, given by name."""
    return Reason("LIFTER_SWAPPED", {"exercise": exercise})


def said_off(bias: Decimal) -> Reason:
    """RIR_BIAS: the lifter says `bias` reps too much RIR, or too little where it is below 0."""
    n = max(round(abs(bias), 1), Decimal("0.1"))
    return Reason("RIR_BIAS", {"n": plain(n), "too": "many" if bias > 0 else "few"})


def added() -> Reason:
    """LIFTER_ADDED: the lifter added this exercise."""
    return Reason("LIFTER_ADDED")


def swap_new() -> Reason:
    """SWAP_NEW: an exercise gains no sets before its first session."""
    return Reason("SWAP_NEW")


def deload_now() -> Reason:
    """DELOAD_NOW: the lifter asked for less work this week."""
    return Reason("DELOAD_NOW")


def repeated(week: int) -> Reason:
    """WEEK_REPEATED: the lifter repeats week `week`."""
    check_whole("week", week, least=1)
    return Reason("WEEK_REPEATED", {"week": week})


def shortened(minutes: int) -> Reason:
    """SHORTENED: the lifter had `minutes` minutes today."""
    check_whole("minutes", minutes, least=1)
    return Reason("SHORTENED", {"minutes": minutes})


def moves_sets(reason: Reason) -> bool:
    """Returns whether the reason says that single exercises of its muscle gained or lost a set. At the others it says
    nothing."""
    return reason.code == "SORE_TWICE" or (reason.code in CELL_CODES and bool(reason.params["n"]))


def is_of_muscle(reason: Reason) -> bool:
    """Returns whether the reason is told once for its muscle: it is about sets, and no change of a single exercise."""
    return reason.code in OF_MUSCLE and not moves_sets(reason)


def told_of_muscle(reason: Reason) -> Reason:
    """Returns the reason of one of the muscle's exercises as it is told of the whole muscle."""
    return Reason(reason.code, {name: fact for name, fact in reason.params.items() if name not in OF_ONE_EXERCISE})


def told_here(reason: Reason, *, sets: int, perf: int | None, missed: bool) -> Reason:
    """Returns the muscle's reason as it is told at one of its exercises.

    `sets`: those that it gained, below 0 where it lost one; 0: what is told is of the whole muscle. `perf`: its own
    score; where that is good, it was another exercise that fell short. `missed`: whether any set of the muscle missed
    its target; then not all were hit."""
    if reason.code not in CELL_CODES:
        return reason
    params: dict[str, Param] = {**reason.params, "missed": int(missed)}
    if sets:
        params |= {"here": sets, "elsewhere": int(perf is None or perf < 2)}
    return Reason(reason.code, params)


def retold(reason: Reason, *, reps: int, rir: int) -> Reason:
    """Returns the reason with other reps and RIR asked, where it names them."""
    asked: dict[str, Param] = {"reps": reps, "rir": rir}
    return Reason(reason.code, {**reason.params, **{name: asked[name] for name in asked if name in reason.params}})


TEMPLATES: dict[str, str] = {
    "PLAN_START": "Your plan starts at {start}.",
    "SEED_ASK": "Pick a weight you could lift {mid} times with {rir} left.",
    "SEED_HISTORY": "Estimated from your {last}.",
    "SEED_HISTORY_BREAK": "Estimated from your {last}, with {days} days off taken into account.",
    "SEED_FIRST_SET": "Worked out from your first set: {r} reps with {start}.",
    "SWAP_NEW": "This exercise is new, so no set is added before its first session.",
    "NEXT_MESO_SETS": "Starts at {beginning}, after {chosen} in week {week} of the last mesocycle{why}.",
    "NEXT_MESO_ESTIMATE": "Only an estimate: your last hard workout was {days} days ago.",
    "SETS_SORE_TODAY": "The planned extra set waits, because you are still sore.",
    "SETS_HOLD_PLAN": "Same sets as planned.",
    "MESO_OPEN": "From what you showed in your last hard weeks: {reps} reps here with {rir} left.",
    "MESO_OPEN_BREAK": (
        "From what you showed in your last hard weeks: {reps} reps here with {rir} left, {pct} % off after {days} days."
    ),
    "START_CAN": "{reps} reps, because you can do {can} and {rir} stay in you.",
    "START_ASK": "Start at {reps} reps, and say how many you had left.",
    "REPS_UP": "Go for {reps} reps: in this workout you last did {r} with {reserve}, now leave {rir}.",
    "REPS_STRETCH": "Aim for {reps} reps and leave {rir}: {beyond} than you have shown, because {earned}.",
    "REPS_STRONG_DAY": (
        "{reps} reps: this workout went {n} better than the time before, and half of that counts until you do it again."
    ),
    "REPS_WEAK_DAY": "{reps} reps: one weaker day counts half, until it happens again.",
    "REPS_MATCH": "Match or beat {reps} reps with {rir} in reserve.",
    "REPS_EASIER": "{reps} reps, easier than last time in this workout, because you should leave {rir} in reserve.",
    "LOAD_UP": "{harder} because you outgrew {outgrown}.",
    "LOAD_UP_BIG": "{harder}: a big step, so {reps} reps are enough to start.",
    "LOAD_DOWN": "{easier} to bring you back {towards}.",
    "LOAD_HOLD_BIG": "The weight stays: {start} would be too easy, so build up reps here.",
    "LOAD_HOLD_ODD": (
        "The weight stays: {weight} {unit} × {reps} is far from everything else. Do it once more, and it counts."
    ),
    "LOAD_HOLD_BELOW": "Slightly short of {lo} reps: give this weight one more try and aim for {reps}.",
    "LOAD_HOLD_SORE": "The weight stays, because you are still sore.",
    "LOAD_HOLD_MISSED": "The weight stays, because {fell_short}.",
    "LOAD_HOLD_LAST_SETS": "The weight stays until your last sets reach the range too.",
    "LOAD_STEP_TOO_BIG": "The next setting ({next} {unit}) is too far away, so add reps first.",
    "STEP_HINT": "{hint}",
    "LOAD_NO_HEAVIER": "Nothing heavier is available here, so add reps.",
    "LOAD_HOLD_LIGHTEST": "This is the lightest setting already: do what you can.",
    "LOAD_RESET": "You fell two sessions in a row: {off}, so that you can build up again.",
    "LOAD_RECOVERY": "Recovery: the same weight for half the reps.",
    "LOAD_SKIPPED": "You left it out last time, so the weight is the one that was planned then.",
    "LOAD_ILL": "You were ill last time, so it is what was planned for that day.",
    "LOAD_BREAK": "After {days} days off: {off}. Your strength comes back fast.",
    "LOAD_BREAK_HOLD": "The same weight after {days} days off, with more left in reserve.",
    "SORE_TODAY": "{reps} reps with {rir} left, one more than planned{same_weight}, because you are still sore today.",
    "RIR_BREAK": "{rir} left, one more than planned, after {days} days.",
    "RIR_STEP": "{rir} left, because it falls by at most one from session to session.",
    "RIR_BIAS": "You usually have {n} {bias} left than you say, so that is counted in.",
    "DOWN_SET": "Fewer than {lo} reps: take {start} for the next sets.",
    "UP_SET": "That was light: take {start} for the next sets.",
    "REST_OF_SETS": "You had {q} left, so go for {reps} in the next sets.",
    "ODD_ASK": "{weight} {unit} × {reps}? {like}.",
    # Chosen by the lifter, not by the engine.
    "LIFTER_SETS_TODAY": "You chose {count} for today. Next week goes on from the plan.",
    "LIFTER_SETS_PLAN": "You chose {count} from now on.",
    "LIFTER_SWAPPED": "You chose it in place of {exercise}.",
    "LIFTER_ADDED": "You added it.",
    "WEEK_REPEATED": "You repeat week {week}, so this week asks what that week asked.",
    "SHORTENED": "Cut down to {minutes} minutes today; next week goes on from the full plan.",
    "DELOAD_NOW": "You asked for a deload: {how_much} this week.",
    "DELOAD": "Deload week: {how_much}, so that fatigue is gone before the next mesocycle.",
    **HOLD_TEMPLATES,
    **SET_TEMPLATES,
}


def sentence(reason: Reason) -> str:
    """Returns the sentence of a reason. Raises EngineError for a code without a sentence, or a missing parameter."""
    template = TEMPLATES.get(reason.code)
    if template is None:
        raise EngineError(f"no sentence for the reason {reason.code!r}")
    try:
        words = {name: phrase(reason.params) for name, phrase in PHRASES.items() if f"{{{name}}}" in template}
        return template.format(**reason.params, **words)
    except KeyError as missing:
        raise EngineError(f"the reason {reason.code} lacks {missing.args[0]!r}") from missing


def _start(params: Mapping[str, Param]) -> str:
    kind, weight, unit = params["kind"], params["weight"], params["unit"]
    if kind == "assist":
        return f"{weight} {unit} of help"
    if kind == "added":
        return "your own body weight" if weight == "0" else f"{weight} {unit} added"
    return f"{weight} {unit}"


def _harder(params: Mapping[str, Param]) -> str:
    step = f"{params['delta']} {params['unit']}"
    return (f"{step} less help" if params["kind"] == "assist" else f"+{step}") + _from_to(params)


def _easier(params: Mapping[str, Param]) -> str:
    step = f"{params['delta']} {params['unit']}"
    return (f"{step} more help" if params["kind"] == "assist" else f"-{step}") + _from_to(params)


def _from_to(params: Mapping[str, Param]) -> str:
    """Names both weights where another session lies between them."""
    return f" (from {params['was']} to {params['now']} {params['unit']})" if "was" in params else ""


def _is_in_range(params: Mapping[str, Param]) -> bool:
    """Whether the reps asked are in the rep range. Rows of earlier versions do not say how many those are."""
    return "reps" not in params or whole(params, "lo") <= whole(params, "reps") <= whole(params, "hi")


def _outgrown(params: Mapping[str, Param]) -> str:
    if _is_in_range(params):
        return f"the {params['lo']}-{params['hi']} range"
    return f"your range, and {params['reps']} reps are still above it"


def _towards(params: Mapping[str, Param]) -> str:
    if _is_in_range(params):
        return f"towards the {params['lo']}-{params['hi']} range"
    return "towards your range"


def _same_weight(params: Mapping[str, Param]) -> str:
    # Rows of earlier versions have LOAD_HOLD_SORE for it.
    return ", and the same weight" if params.get("held") else ""


def _fell_short(params: Mapping[str, Param]) -> str:
    # Rows of earlier versions do not say it.
    return "some sets fell short of their target" if params.get("short", 1) else "you had less left than planned"


def _reserve(params: Mapping[str, Param]) -> str:
    rir0 = params["rir0"]
    # Rows of earlier versions do not say whether the RIR was said.
    return f"{rir0} planned in reserve" if params.get("said") == 0 else f"{rir0} in reserve"


def _beyond(params: Mapping[str, Param]) -> str:
    return "one more" if params["n"] == 1 else f"{params['n']} more"


def _earned(params: Mapping[str, Param]) -> str:
    return "you made every rep and found it easy" if params["easy"] else "you made every rep"


def _hint(params: Mapping[str, Param]) -> str:
    if params["kind"] == "assist":
        return "If your machine has a smaller step, set it here."
    return (
        f"A {params['plate']} {params['unit']} plate would make the step smaller; or set the step that you really have."
    )


def _bias(params: Mapping[str, Param]) -> str:
    return "fewer" if params["too"] == "many" else "more"


def _like(params: Mapping[str, Param]) -> str:
    if params.get("r1") is None:
        return f"The plan is {params['w1']} {params['unit']} × {params['aim']}"
    return f"Last time it was {params['w1']} {params['unit']} × {params['r1']}"


def _off(params: Mapping[str, Param]) -> str:
    pct = params["pct"]
    return "one step easier" if pct is None else f"{pct} % lighter"


def _last(params: Mapping[str, Param]) -> str:
    return "last session" if params["k"] == 1 else f"last {params['k']} sessions"


def _beginning(params: Mapping[str, Param]) -> str:
    return "1 set" if params["sets"] == 1 else f"{params['sets']} sets"


_WORK: dict[Param, str] = {
    "less": "less work",
    "half": "half the work",
    "third": "about a third of the work",
    "quarter": "about a quarter of the work",
    "light": "a light day",
}


def _how_much(params: Mapping[str, Param]) -> str:
    """How much of the hard session's work it is. Rows of earlier versions do not say it."""
    return _WORK[params.get("work", "half")]


def _why(params: Mapping[str, Param]) -> str:
    if whole(params, "sets") > whole(params, "chosen"):
        return ", because it was easy to recover from"
    return ", so that there is room to grow"


PHRASES: dict[str, Callable[[Mapping[str, Param]], str]] = {
    "start": _start,
    "reserve": _reserve,
    "beyond": _beyond,
    "earned": _earned,
    "same_weight": _same_weight,
    "fell_short": _fell_short,
    "outgrown": _outgrown,
    "towards": _towards,
    "hint": _hint,
    "bias": _bias,
    "like": _like,
    "harder": _harder,
    "easier": _easier,
    "off": _off,
    "last": _last,
    "beginning": _beginning,
    "why": _why,
    "how_much": _how_much,
    **HOLD_PHRASES,
    **SET_PHRASES,
}
