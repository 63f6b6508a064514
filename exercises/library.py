"""The library that comes with the app, read without Django from `fixtures/library/`, one file per muscle group."""

import json
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures" / "library"


@cache
def rows() -> tuple[dict, ...]:
    """Returns each exercise as {"slug", columns..., "aliases": [its other names]}. Only holds say what they count.
    Callers must not change the rows, because they are read once and shared."""
    paths = sorted(FIXTURES.glob("*.json"))
    return tuple({"measure": "reps"} | row for path in paths for row in json.loads(path.read_text(encoding="utf-8")))
