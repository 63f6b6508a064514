"""The sentences about what was not taken."""

from collections.abc import Mapping

from metricgain.transfer.logbook import NotTakenBecause

# What a page says of the rows of a reason; {n} rows.
LEFT = {
    NotTakenBecause.WARM_UP: "warm-ups: counted, not stored",
    NotTakenBecause.REST: "rests between sets",
    NotTakenBecause.NOT_DONE: "planned or skipped, not done",
    NotTakenBecause.NO_DATE: "without a day",
    NotTakenBecause.UNREADABLE: "with a number or a name that nobody can read",
    NotTakenBecause.NOTE: "notes without a set",
    NotTakenBecause.NO_REPS: "without reps, or without seconds where a hold counts them",
    NotTakenBecause.CARDIO: "cardio, stretching, and names that you left out",
    NotTakenBecause.IMPOSSIBLE: "with a weight or reps that nobody lifts",
    NotTakenBecause.TO_COME: "on a day that is still to come",
    NotTakenBecause.TOO_MANY: "beyond set 99 of an exercise in one session",
}


def left_in_words(left: Mapping[str, int]) -> list[tuple[int, str]]:
    """Returns how many rows, and of which kind, the most first."""
    return sorted(((count, LEFT[NotTakenBecause(reason)]) for reason, count in left.items() if count), reverse=True)
