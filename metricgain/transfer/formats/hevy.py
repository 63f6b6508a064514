"""Hevy: dates in the phone's language and clock, and supersets."""

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSession


class Hevy(RowFormat):
    app = "Hevy"
    meanings = {
        "title": "title",
        "start_time": "date",
        "end_time": "end",
        "description": "session note",
        "exercise_title": "exercise",
        "superset_id": "superset",
        "exercise_notes": "note",
        "set_type": "kind",
        "weight_kg": "weight",
        "weight_lbs": "weight",
        "reps": "reps",
        "distance_km": "distance",
        "distance_miles": "distance",
        "distance_meters": "distance",
        "duration_seconds": "seconds",
        "rpe": "rpe",
    }
    needs = frozenset({"title", "date", "exercise", "kind", "weight", "reps"})

    def session(self, row: Row) -> AppSession:
        session = super().session(row)
        if session.seconds is None and row["end"]:
            try:
                took = self.dates.moment(row["end"]).at - session.starts
            except (Left, TypeError):  # TypeError: only one of the two has a time zone
                return session
            session.seconds = cells.believed(int(took.total_seconds()))
        return session

    def text(self, written: str) -> str:
        return written.replace("\\n", "\n")
