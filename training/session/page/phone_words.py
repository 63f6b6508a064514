"""Sentences of the workout page that the phone shows too, without a signal. The page carries them all (`HTML`), and
`say` in static/js/drawing.js fills in numbers as `say` does here. {n} chooses between singular and plural."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from django.forms import Field
from django.utils.html import format_html_join

from exercises.models import Loading
from metricgain.number_fields import Rounding, WholeField
from metricgain.numbers import plain
from metricgain.units import KG_PER_LB
from training.models.bounds import HELD
from training.models.done_set import DoneSet
from training.models.log import LEFT_OPEN_AFTER
from training.progression import CONFIG, Reason, default_grid, sentence
from training.session.drops import DROP, MYO_REPS
from training.session.forms import SetForm

MINUS = "\N{MINUS SIGN}"
TYPED: dict[str, Field] = {name: SetForm.base_fields[name] for name in ("weight", "reps", "rir")}
FAULTS = ("required", "invalid", "max_value", "min_value", "max_digits", "max_decimal_places")
HELD_SECONDS = WholeField(**HELD.field)  # of a hold, in the place of reps
REFUSALS = {  # what is wrong with a number of a set, by field and code
    f"{name}_{code}": str(field.error_messages[code])
    for name, field in {**TYPED, "seconds": HELD_SECONDS}.items()
    for code in FAULTS
    if code in field.error_messages and (field.required or code != "required")
}
WORDS: dict[str, str | tuple[str, str]] = {  # by name; (singular, plural) where they differ
    # The state of an entry, and what the lifter can do about it.
    "kept": "On this phone.",
    "sending": "Sending…",
    "stored": "Stored.",
    "refused": "Needs you.",
    "why": "Needs you: {why}",
    "again": "Send again",
    "discard": "Discard",
    "lost": "Kept {stands} from another device.",
    "yours": "Yours: {set}.",
    "mine": "Use mine",
    "dismiss": "Leave it",
    # What an entry did.
    "undone": "Taken back.",
    "sets": ("{n} set.", "{n} sets."),
    "removed": "Removed.",
    "moved": "Moved.",
    "swapped": "Swapped in.",
    "paired": "Paired.",
    "alone": "Alone again.",
    "superset": "Superset",
    "added": "Added.",
    "reopened": "Reopened.",
    "shortened": "Cut down to {minutes} minutes.",
    "whole": "The whole workout again.",
    "stray": "{label}:",
    # What all entries add up to, and the set rows.
    "count": ("{done} of {n} set done.", "{done} of {n} sets done."),
    "receipt": ("{done} of {n} set stored.", "{done} of {n} sets stored."),
    "waiting": "{n} on this phone.",
    "begun": "{done} of {n}: {sets}",
    "done": "{weight} {unit} × {reps}",
    "done_bare": "{reps} reps",
    "done_hold": "{weight} {unit} × {reps} s",
    "done_bare_hold": "{reps} s",
    "nth": "set {order}",
    "nth_drop": "drop of set {order}",
    "nth_myo": "myo-reps of set {order}",
    "drop": "+ drop",
    "myo": "+ myo",
    "leave": "Remove",
    "then": "{sets} + {next}",
    "a_side": "{sets} a side",
    "aim": "Aim for {reps}.",
    "aim_left": "{reps} or more, stop with {rir} left.",
    "aim_all": "{reps}, all you have.",
    "aim_open": "{reps} or more: as many as you have in you.",
    # A set that may be a slip of the thumb.
    "odd": "{weight} {unit} × {reps}? Is that right?",
    "yes": "Yes",
    "change": "Change",
    "record": "Record.",
    # What was done in a finished session.
    "part_of": "{done} of {n}",
    "volume": "{volume} {unit}",
    "minutes": "{minutes} min",
    "unknown": "–",
    "rounded": "Rounded to {weight} {unit}.",
    "weight": "{more} {unit}",
    "help": "{more} {unit} help",
    "reps": ("{more} rep", "{more} reps"),
    "reps_hold": "{more} s",
    **REFUSALS,
}
HOLD_FOR = "Hold for {} s."  # the phone draws no other aim of a hold than the server's
HTML = format_html_join(
    "",
    '<p id="{}" data-one="{}">{}</p>',
    ((name, words[0], words[1]) for name, words in WORDS.items() if isinstance(words, tuple)),
) + format_html_join(
    "", '<p id="{}">{}</p>', ((name, words) for name, words in WORDS.items() if isinstance(words, str))
)


def _bounds(field: Field) -> dict[str, int]:
    """Returns what the phone needs to refuse what the field refuses: see `faultsIn` in static/js/numbers.js."""
    rounds, whole = isinstance(field, Rounding), isinstance(field, WholeField)
    least, most, digits, places = (
        getattr(field, name, None) for name in ("min_value", "max_value", "max_digits", "decimal_places")
    )
    known = {
        "required": field.required or None,
        "whole": whole or None,
        "rounds": rounds or None,
        "least": least,
        "most": most,
        "below": None if digits is None else 10 ** (digits - places),
        "places": None if rounds else places,
    }
    return {name: int(value) for name, value in known.items() if value is not None}


# Numbers of the rules that the phone works with, as JSON.
RULES = json.dumps(
    {
        "kExpect": float(CONFIG.k_expect),
        "kChoose": float(CONFIG.k_choose),
        "retargetLimit": float(CONFIG.retarget_limit),
        "stepsLimit": CONFIG.steps_limit,
        "repsPerStep": CONFIG.reps_per_step,
        "creditedRir": CONFIG.most_rir,
        "testReps": CONFIG.e1rm_shown_reps,
        "restBeyond": CONFIG.rest_beyond,
        "restMost": CONFIG.rest_most,
        "kgPerLb": float(KG_PER_LB),
        "drop": float(DROP),
        "myoReps": MYO_REPS,
        "supersetRest": CONFIG.superset_rest,
        "supersetMost": CONFIG.superset_most,
        "leftOpen": LEFT_OPEN_AFTER // timedelta(milliseconds=1),
        "bounds": {name: _bounds(field) for name, field in TYPED.items()},
        # Apart from the bounds of fields, all of which scripts of the version before look for in a row.
        "held": _bounds(HELD_SECONDS),
        "holdStep": CONFIG.hold_step,
        "odd": {
            "load": [float(each) for each in CONFIG.odd_load],
            "bodyLoad": [float(each) for each in CONFIG.odd_body_load],
            "steps": CONFIG.odd_steps,
            "repsAbove": CONFIG.odd_reps_above,
            "shareAbove": float(CONFIG.odd_share_above),
            "timesBelow": float(CONFIG.odd_times_below),
            "capacity": CONFIG.odd_capacity,
        },
    },
    separators=(",", ":"),
)
# By unit, the step of an exercise whose grid is not known.
USUAL_STEPS = {
    unit: plain(default_grid(equipment="other", loading=Loading.WEIGHT, unit=unit).step) for unit in ("kg", "lb")
}


def in_milliseconds(at: datetime) -> str:
    """Returns a moment as phones count time."""
    return f"{int(at.timestamp())}{at.microsecond // 1000:03}"


def say(name: str, *, n: int = 0, **values: object) -> str:
    words = WORDS[name]
    if isinstance(words, tuple):
        words = words[0 if abs(n) == 1 else 1]
    return words.format(n=n, **values)


def aim_words(reps: int | None, *, rir: int | None = None, is_open: bool = False, is_hold: bool = False) -> str:
    """Returns the reps to aim for as a sentence; "" where the weight is too far from the plan to say. `rir`: the reps
    to keep in reserve; None: in a deload, and where nothing is planned. `is_hold`: the `reps` are seconds."""
    if reps is None:
        return ""
    if is_hold:
        return HOLD_FOR.format(reps)
    if is_open:
        return say("aim_open", reps=reps)
    return say("aim" if rir is None else "aim_left" if rir else "aim_all", reps=reps, rir=rir)


def done_words(weight: str, unit: str, reps: Iterable[int], *, is_hold: bool = False) -> str:
    """Returns sets with one weight in short: "80 kg × 8, 7, 6". `weight`: "0" with the body alone. `is_hold`: the
    `reps` are seconds."""
    said = ", ".join(map(str, reps))
    name = f"{'done_bare' if weight == '0' else 'done'}{'_hold' if is_hold else ''}"
    return say(name, weight=weight, unit=unit, reps=said)


def difference_words(one: DoneSet, last: DoneSet, *, kind: str) -> str:
    """Returns the difference of `one` to `last`, the same set of the last session: "+2.5 kg, +1 rep". "" where they are
    equal, or in different units. `kind`: the kind of the grid."""
    if one.unit != last.unit and (one.weight or last.weight):
        return ""
    weight, reps = one.weight - last.weight, one.counted - last.counted
    words = [say("help" if kind == "assist" else "weight", more=_signed(weight), unit=one.unit)] if weight else []
    if reps:
        words.append(say("reps" if one.seconds is None else "reps_hold", n=reps, more=_signed(reps)))
    return ", ".join(words)


def _signed(number: Decimal | int) -> str:
    return (MINUS if number < 0 else "+") + plain(abs(number))


@cache
def rest_words(lo: int, *, unit: str, kind: str) -> dict[str, str]:
    """Returns the engine's sentences about the sets after one that differed from the plan, with {weight}, {q} and
    {reps} to fill in: `lighter`, `bare` (lighter, with the body alone; "" where that is no setting of the grid),
    `heavier`, and `rest`, at the same weight."""

    def words(code: str, weight: str) -> str:
        return sentence(Reason(code, {"lo": lo, "weight": weight, "unit": unit, "kind": kind}))

    return {
        "lighter": words("DOWN_SET", "{weight}"),
        "bare": words("DOWN_SET", "0") if kind == "added" else "",
        "heavier": words("UP_SET", "{weight}"),
        "rest": sentence(Reason("REST_OF_SETS", {"q": "{q}", "reps": "{reps}"})),
    }
