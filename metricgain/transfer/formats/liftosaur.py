"""Liftosaur: planned sets stand beside those that were done."""

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSet, NotTakenBecause


class Liftosaur(RowFormat):
    app = "Liftosaur"
    meanings = {
        "workout datetime": "date",
        "day name": "title",
        "exercise": "exercise",
        "is warmup set?": "warm-up",
        "completed reps": "reps",
        "completed rpe": "rpe",
        "required weight value": "asked weight",
        "required weight unit": "asked unit",
        "completed weight value": "weight",
        "completed weight unit": "unit",
        "notes": "note",
    }
    needs = frozenset({"date", "title", "exercise", "reps", "weight", "warm-up"})

    def logged(self, row: Row) -> AppSet:
        if not row["reps"]:
            raise Left(NotTakenBecause.NOT_DONE)
        one = super().logged(row)
        if one.weight is None:  # done with what was asked
            one.weight, one.unit = cells.number(row["asked weight"]), cells.unit(row["asked unit"])
        return one
