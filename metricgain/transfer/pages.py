"""What the page of an import shows, by how far the import is."""

from collections import Counter

from django.forms import Form
from django.utils.dateparse import parse_date

from exercises.models import Equipment, Measure, MuscleGroup
from metricgain.jobs.models import Job
from metricgain.transfer.forms import ColumnsForm, StoreForm
from metricgain.transfer.history.name_meanings import KNOWN, LEFT_OUT, NEW, chosen, library_of, unsure_first
from metricgain.transfer.history.often_trained import often_trained
from metricgain.transfer.keeping import storing_jobs
from metricgain.transfer.logbook import NotTakenBecause
from metricgain.transfer.words import LEFT, left_in_words
from training.models import Import


def page_of(import_: Import, *, refused: Form | None = None) -> tuple[str, dict[str, object]]:
    """Returns the name of the template and what it shows."""
    if import_.stored_at:
        return "import_stored", _stored(import_)
    storing = storing_jobs(import_.user).filter(arguments__import_id=import_.id).first()
    running = storing if storing and not storing.is_over else None
    look: dict = import_.look or {}
    if running is None and not look:
        running = import_.job
    if running and not running.is_over:
        return "import_under_way", {"job": running}
    if not look:
        return "import_refused", {"sentence": "The file was not read to its end. Choose it again."}
    if "names" not in look and (table := look.get("table")):
        return "import_columns", columns_of(import_, table, refused)
    if "names" not in look:
        return "import_refused", {"sentence": look["refused"]}
    return "import_look", _look(import_, look, refused) | {"failed": storing and storing.state != Job.State.DONE}


def columns_of(import_: Import, table: dict, refused: Form | None = None) -> dict[str, object]:
    said = import_.choices.get("columns") or table["said"]
    return {"form": refused or ColumnsForm(head=table["head"], said=said), "head": table["head"]}


def _look(import_: Import, look: dict, refused: Form | None) -> dict[str, object]:
    places = {one["name"]: place for place, one in enumerate(look["names"])}
    exercises = dict(library_of(import_.user).values_list("id", "name"))
    names = unsure_first(chosen(look["names"], import_.choices.get("names", {})))
    left = Counter(look["left"])
    for one in names:
        left.update({NotTakenBecause.CARDIO.value: one["sets"]} if one["how"] == LEFT_OUT else one["left"])
    rows = [
        one
        | {
            "place": places[one["name"]],
            "means": exercises.get(one["exercise"] or 0, ""),
            "new_words": _in_words(one["guess"]),
        }
        for one in names
    ]
    sets = sum(one["sets"] - sum(one["left"].values()) for one in names if one["how"] != LEFT_OUT)
    return {
        "look": look,
        "first": parse_date(look["first"]),
        "last": parse_date(look["last"]),
        "form": refused or StoreForm(look=look, choices=import_.choices),
        "samples": [one | {"day": parse_date(one["day"])} for one in look["samples"]],
        "unsure": [one for one in rows if one["how"] != KNOWN and not one["is_chosen"]],
        "sure": [one for one in rows if one["how"] == KNOWN or one["is_chosen"]],
        "sets": sets,
        "new": sum(one["how"] == NEW for one in names),
        "left": left_in_words(left),
        "left_rows": [one | {"why": LEFT[NotTakenBecause(one["reason"])]} for one in look["left_rows"]],
    }


def _in_words(guess: dict[str, str]) -> str:
    """Returns "Chest, barbell", or "Abs, bodyweight, in seconds"."""
    named = [guess["name"]] if guess.get("name") else []
    words = [*named, MuscleGroup(guess["muscle_group"]).label, Equipment(guess["equipment"]).label.lower()]
    return ", ".join([*words, *(["in seconds"] if guess["measure"] == Measure.SECONDS else [])])


def _stored(import_: Import) -> dict[str, object]:
    return {
        "left": left_in_words((import_.look or {}).get("left", {})),
        "gave_way": (import_.look or {}).get("gave_way", 0),
        "changed": (import_.look or {}).get("changed", 0),
        "usual": often_trained(import_),
    }
