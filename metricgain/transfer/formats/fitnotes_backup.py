"""FitNotes, its backup: a database of SQLite. Older ones lack columns and tables."""

import re
from zoneinfo import ZoneInfo

from metricgain.transfer.files.database import Database
from metricgain.transfer.formats import cells
from metricgain.transfer.formats.book import Book
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.dates import Dates
from metricgain.transfer.logbook import AppLog, AppSet

LOG = ("_id", "exercise_id", "date", "metric_weight", "reps", "distance", "duration_seconds")
ID = re.compile("[0-9]{1,18}")
OF_A_SET = "1"  # what a comment belongs to


def recognises(database: Database) -> bool:
    has = {table: set(database.tables.get(table, ())) for table in ("training_log", "exercise")}
    return {"exercise_id", "date", "metric_weight", "reps"} <= has["training_log"] and {"_id", "name"} <= has[
        "exercise"
    ]


def read(database: Database, zone: ZoneInfo) -> AppLog:
    book, dates = Book("FitNotes", zone), Dates()
    names = {row["_id"]: cells.name(row["name"]) for row in database.rows("exercise", ("_id", "name"))}
    of_days = {row["date"]: row["comment"] for row in database.rows("workoutcomment", ("date", "comment"))}
    notes = {
        row["owner_id"]: row["comment"]
        for row in database.rows("comment", ("owner_type_id", "owner_id", "comment"))
        if row["owner_type_id"] in (OF_A_SET, "")
    }
    supersets = {
        (row["date"], row["exercise_id"]): row["workout_group_id"]
        for row in database.rows("workoutgroupexercise", ("date", "exercise_id", "workout_group_id"))
    }
    for row in database.rows("training_log", LOG, order=("date", "_id")):
        line = int(row["_id"]) if ID.fullmatch(row["_id"]) else 0
        try:
            moment = dates.moment(row["date"])
            session = book.session(row["date"], "", moment)
            session.note = of_days.get(row["date"], "")
            one = AppSet(
                line=line,
                exercise=names.get(row["exercise_id"], ""),
                weight=cells.number(row["metric_weight"]),
                unit="kg",
                reps=cells.count(row["reps"]),
                seconds=cells.seconds(row["duration_seconds"]),
                superset=supersets.get((row["date"], row["exercise_id"]), ""),
                note=notes.get(row["_id"], ""),
                went_far=bool(cells.number(row["distance"])),
            )
            book.take(session, one)
        except Left as why:
            book.leave(line, why.reason, [names.get(row["exercise_id"], ""), *row.values()])
    return book.closed()
