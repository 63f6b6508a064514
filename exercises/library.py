"""The library as it comes with the app: `fixtures/library/`, a file a muscle group. Read without Django."""

import json
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures" / "library"


@cache
def rows() -> tuple[dict, ...]:
    """Each exercise: {"slug", columns..., "aliases": [its other names]}. Not to be changed: it is read once."""
    paths = sorted(FIXTURES.glob("*.json"))
    return tuple(row for path in paths for row in json.loads(path.read_text(encoding="utf-8")))
