"""The templates that come with the app: `fixtures/templates.json`, by slug, with exercises by slug."""

import json
from pathlib import Path

from django.db import transaction

from exercises.library_seed import removed_seeds, seeded_ids
from metricgain.seeding import Seeded, seed_rows
from training.models import Template
from training.models.template_plan import read_plan

TEMPLATES = Path(__file__).parents[1] / "fixtures" / "templates.json"


@transaction.atomic
def seed() -> Seeded:
    """Creates and updates the system templates. What a curator changed stays; what a curator deleted stays deleted."""
    ids = seeded_ids()
    rows = [_row(template, ids) for template in json.loads(TEMPLATES.read_text(encoding="utf-8"))]
    return seed_rows(Template, rows, removed=removed_seeds(Template))


def _row(template: dict, ids: dict[str, int]) -> dict:
    """Returns the columns of a template, with exercises by id in its `config`, as docs/database.md describes. Exercises
    that a curator deleted from the library are left out."""
    plan = {key: template.pop(key) for key in ("duration_weeks", "days_per_week", "workouts")}
    for workout in plan["workouts"]:
        workout["exercises"] = [
            {"exercise_id": ids[slot["exercise"]]} | {key: slot[key] for key in slot if key != "exercise"}
            for slot in workout["exercises"]
            if slot["exercise"] in ids
        ]
    return template | {"config": read_plan(plan).config}
