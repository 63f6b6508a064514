"""The places where types do not hold yet may only get fewer. A number that fell is lowered here, and none is raised."""

import tokenize
from collections import Counter
from pathlib import Path

from django.conf import settings

UNHELD = {"errors": 27, "Any": 7, "cast": 0, "type: ignore": 0}


def source_files() -> list[Path]:
    root = Path(settings.BASE_DIR)
    files = [path for path in root.rglob("*.py") if not {".venv", "var", "tests"} & set(path.relative_to(root).parts)]
    return [path for path in files if path.name != "conftest.py"]


def test_what_types_do_not_hold_only_gets_less():
    found = Counter(dict.fromkeys(UNHELD, 0))
    found["errors"] = len((Path(settings.BASE_DIR) / ".ci" / "mypy-baseline.txt").read_text().splitlines())
    for path in source_files():
        with tokenize.open(path) as file:
            for token in tokenize.generate_tokens(file.readline):
                found[token.string] += token.type == tokenize.NAME and token.string in ("Any", "cast")
                found["type: ignore"] += token.type == tokenize.COMMENT and "type: ignore" in token.string
    assert {name: found[name] for name in UNHELD} == UNHELD
