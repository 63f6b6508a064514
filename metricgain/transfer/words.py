"""The sentences about what was not taken."""

from metricgain.transfer.logbook import Reason

# What a page says of the rows of a reason; {n} rows.
LEFT = {
    Reason.WARM_UP: "warm-ups: counted, not stored",
    Reason.REST: "rests between sets",
    Reason.NOT_DONE: "planned or skipped, not done",
    Reason.NO_DATE: "without a day",
    Reason.UNREADABLE: "with a number or a name that nobody can read",
    Reason.NOTE: "notes without a set",
    Reason.NO_REPS: "without reps, or without seconds where a hold counts them",
    Reason.CARDIO: "cardio, stretching, and names that you left out",
    Reason.IMPOSSIBLE: "with a weight or reps that nobody lifts",
    Reason.TOO_MANY: "beyond set 99 of an exercise in one session",
}


def left_in_words(left: dict[str, int]) -> list[tuple[int, str]]:
    """Returns how many rows, and of which kind, the most first."""
    return sorted(((count, LEFT[Reason(reason)]) for reason, count in left.items() if count), reverse=True)
