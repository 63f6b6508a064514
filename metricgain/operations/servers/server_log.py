"""The log of the embedded PostgreSQL. Standard library only, as for `embedded`."""

import os
import shutil
from pathlib import Path

LARGEST = 10 * 2**20  # bytes; there is one older file of that size beside it
SLOW = "1s"  # statements that take longer stand in it, with their values


def size(log: Path) -> int:
    try:
        return log.stat().st_size
    except FileNotFoundError:
        return 0


def rotate(log: Path) -> None:
    """Copies a log that has become large, and empties it, because the server has it open. What the server writes in
    between is lost."""
    if size(log) > LARGEST:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)


def said_since(log: Path, start: int) -> str:
    """Returns what was written from the byte `start` on."""
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")
