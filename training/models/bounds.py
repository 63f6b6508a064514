"""The bounds of a plan, the same for forms, imports, reading and storing. Bounds that the engine has too come from its
CONFIG.

The checks of the database are as wide or wider, because the version before may write more. Reading a plan brings such
values inside the bounds."""

from collections.abc import Iterator
from decimal import Decimal

from exercises.bounds import SECONDS
from metricgain.bounds import Bound, span, wrong_in_range
from training.progression import CONFIG

_weeks = [weeks for weeks, _ in CONFIG.rir_by_weeks]

WEEKS = Bound(rule="A mesocycle has {least} to {most} weeks.", unit="weeks", least=min(_weeks), most=max(_weeks))
DAYS = Bound(rule="A week has {least} to {most} workouts.", unit="workouts", least=1, most=7)
EXERCISES = Bound(rule="A workout has {least} to {most} exercises.", unit="exercises", least=1, most=30)
DAY_IS_FULL = f"A day has {EXERCISES.most} exercises at most. Remove one first."
SETS = Bound(
    rule="An exercise has {least} to {most} sets.",
    unit="sets",
    least=1,
    most=CONFIG.most_sets,
    instead="To leave it out, remove it.",
)
RIR = Bound(
    rule="A plan keeps {least} to {most} reps in reserve.", unit="reps in reserve", least=0, most=CONFIG.most_rir
)
# A mark, which counts nothing: any small number will do.
SUPERSET = Bound(rule="A superset is marked by a number from {least} to {most}.", unit="", least=1, most=99)
MINUTES = Bound(rule="A limit lies within {least} to {most} minutes.", unit="minutes", least=20, most=180)
# Keyed by what an exercise counts in a set.
BOUNDS = {
    "reps": Bound(
        rule="A rep range lies within {least} to {most} reps.",
        unit="reps",
        least=1,
        most=100,
        asked=CONFIG.most_reps,
    ),
    "seconds": Bound(
        rule="A range of seconds lies within {least} to {most} seconds.",
        unit="seconds",
        least=SECONDS.least,
        most=SECONDS.most,
        asked=SECONDS.most,
    ),
}
# What was held, which may be far more than any plan asks.
HELD = Bound(
    rule="A hold lasts {least} to {most} seconds.",
    unit="seconds",
    least=0,
    most=3600,
    instead="Type 0 for a failed set.",
)
HEAVIEST = Decimal("9999.99")


def left_out(unit: str, rule: str) -> str:
    return f"Its {unit} are left out. {rule}"


def asked_otherwise(lo: int | None, hi: int | None, rir: int | None, *, measure: str = "reps") -> Iterator[str]:
    """Yields a sentence for each number of a slot that MetricGain will not ask as the plan says it."""
    bound = BOUNDS[measure]
    if (lo is None) != (hi is None):
        yield left_out(bound.unit, wrong_in_range(lo, hi))
    elif lo and hi and hi > bound.as_asked(hi):
        yield f"The plan says {span(lo, hi)} {bound.unit}; MetricGain asks for {bound.asked} at most."
    if rir is not None and not RIR.holds(rir):
        yield RIR.brought_inside(rir)
