"""The bounds of an exercise's numbers, which the database checks too."""

from exercises.kinds import Measure
from metricgain.bounds import Bound

# What the range of an exercise (`rep_min` to `rep_max`) may span, by what it counts: no more than the engine asks.
REPS = Bound(rule="The range of an exercise lies within {least} to {most} reps.", unit="reps", least=1, most=30)
SECONDS = Bound(rule="The range of a hold lies within {least} to {most} seconds.", unit="seconds", least=5, most=600)


def range_bound(measure: str) -> Bound:
    return SECONDS if measure == Measure.SECONDS else REPS


# Of a lifter's own exercise settings.
SIDE_PAUSE = Bound(
    rule="A pause between the sides lasts {least} to {most} seconds.",
    unit="seconds",
    least=5,
    most=120,
    instead="Leave it empty for none.",
)
