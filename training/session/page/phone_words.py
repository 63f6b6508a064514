"""Sentences of the workout page that the phone says too, where there is no signal. The page carries them all (`HTML`),
and `say` of static/js/drawing.js puts numbers in as `say` does here. {n} tells one from many."""

from decimal import Decimal
from functools import cache

from django.utils.html import format_html_join

from exercises.models import Loading
from metricgain.numbers import plain
from training.models.done_set import DoneSet
from training.progression import Reason, default_grid, sentence

MINUS = "\N{MINUS SIGN}"
WORDS: dict[str, str | tuple[str, str]] = {  # by name; of one and of many where that differs
    # How far an entry got, and what its lifter can do about it.
    "kept": "On this phone.",
    "sending": "Sending…",
    "stored": "Stored.",
    "refused": "Needs you.",
    "why": "Needs you: {why}",
    "again": "Send again",
    "discard": "Discard",
    "lost": "Kept {stands} from another device.",
    "yours": "Yours: {weight} × {reps}.",
    "mine": "Use mine",
    "dismiss": "Leave it",
    # What it did.
    "undone": "Taken back.",
    "sets": ("{n} set.", "{n} sets."),
    "removed": "Removed.",
    "moved": "Moved.",
    "swapped": "Swapped in.",
    "added": "Added.",
    "reopened": "Reopened.",
    "shortened": "Cut down to {minutes} minutes.",
    "whole": "The whole workout again.",
    "stray": "{label}:",
    # What follows from all of them.
    "count": "{done} of {asked} sets done.",
    "receipt": ("{done} of {n} set stored.", "{done} of {n} sets stored."),
    "waiting": "{n} on this phone.",
    "nth": "set {order}",
    "aim": "Aim for {reps}.",
    "record": "Record.",
    "weight": "{more} {unit}",
    "help": "{more} {unit} help",
    "reps": ("{more} rep", "{more} reps"),
}
HTML = format_html_join(
    "",
    '<p id="{}" data-one="{}">{}</p>',
    ((name, words[0], words[1]) for name, words in WORDS.items() if isinstance(words, tuple)),
) + format_html_join(
    "", '<p id="{}">{}</p>', ((name, words) for name, words in WORDS.items() if isinstance(words, str))
)
# One step of an exercise of which nobody knows which weights there are, by unit.
USUAL_STEPS = {
    unit: plain(default_grid(equipment="other", loading=Loading.WEIGHT, unit=unit).step) for unit in ("kg", "lb")
}


def say(name: str, *, n: int = 0, **values: object) -> str:
    words = WORDS[name]
    if isinstance(words, tuple):
        words = words[0 if abs(n) == 1 else 1]
    return words.format(n=n, **values)


def aim_words(reps: int | None) -> str:
    """Empty: too far from the plan to say."""
    return "" if reps is None else say("aim", reps=reps)


def difference_words(one: DoneSet, last: DoneSet, *, kind: str) -> str:
    """What `one` has over the set `last` of another day; empty: nothing, or not to be said in one unit. `kind`:
    of the grid."""
    if one.unit != last.unit and (one.weight or last.weight):
        return ""
    weight, reps = one.weight - last.weight, one.reps - last.reps
    words = [say("help" if kind == "assist" else "weight", more=_signed(weight), unit=one.unit)] if weight else []
    if reps:
        words.append(say("reps", n=reps, more=_signed(reps)))
    return ", ".join(words)


def _signed(number: Decimal | int) -> str:
    return (MINUS if number < 0 else "+") + plain(abs(number))


@cache
def lighter_words(lo: int, *, unit: str, kind: str) -> tuple[str, str]:
    """What the engine says of the sets left after one below `lo`, with {weight} to be put in; and where no weight is
    left on the body, empty where there is no such setting."""

    def words(weight: str) -> str:
        return sentence(Reason("DOWN_SET", {"lo": lo, "weight": weight, "unit": unit, "kind": kind}))

    return words("{weight}"), words("0") if kind == "added" else ""
