"""The templates that come with the app: `fixtures/templates.json`, by slug, with exercises by slug."""

import json
from pathlib import Path

from django.db import transaction

from exercises.catalogue import seeded_ids
from metricgain.seeding import Seeded, seed_rows
from training.models import Template

TEMPLATES = Path(__file__).parent / "fixtures" / "templates.json"


@transaction.atomic
def seed() -> Seeded:
    """Creates and betters the system templates; keeps what a curator changed."""
    ids = seeded_ids()
    return seed_rows(Template, [_row(template, ids) for template in json.loads(TEMPLATES.read_text(encoding="utf-8"))])


def _row(template: dict, ids: dict[str, int]) -> dict:
    """A template row: names, and the plan with exercises by id as the database document has it."""
    plan = {key: template.pop(key) for key in ("duration_weeks", "days_per_week", "workouts")}
    for workout in plan["workouts"]:
        workout["exercises"] = [
            {"exercise_id": ids[slot["exercise"]]} | {key: slot[key] for key in slot if key != "exercise"}
            for slot in workout["exercises"]
        ]
    return template | {"config": plan}
