"""How the programs of this folder print their tables: where and when they were measured, and into which document.

A table in docs/performance.md stands between two comments that name it. `--into FILE` puts a new one there."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def provenance(*facts: str) -> str:
    """Returns the sentence that stands above a table: the command, the day, the commit, the machine and `facts`."""
    command = " ".join([Path(sys.argv[0]).resolve().relative_to(ROOT).as_posix(), *_options()])
    commit = _git("rev-parse", "--short", "HEAD") + (", with changes," if _git("diff", "HEAD", "--", ":!docs") else "")
    load = os.getloadavg()[0]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores with a load of {load:.1f} at the end"
    return f"Printed by `{command}` on {date.today()} at {commit}: " + "; ".join([*facts, machine]) + "."


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _options() -> list[str]:
    """Returns the command's options without those that say where files lie."""
    said = " ".join(sys.argv[1:])
    return re.sub(r"--(into|save|against) \S+", "", said).split()


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Returns a table in Markdown."""
    head, *body = ("| " + " | ".join(cells) + " |" for cells in (columns, *rows))
    return "\n".join([head, "|" + "---|" * len(columns), *body])


def put(text: str, name: str, into: Path | None) -> None:
    """Prints the text and puts it into the document, in place of what stands there between the comments of `name`.
    Raises ValueError where the document has no such place."""
    print(text)
    if into is None:
        return
    place = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    document = into.read_text()
    if not place.search(document):
        raise ValueError(f"{into} has no place for {name}.")
    into.write_text(place.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", document))
