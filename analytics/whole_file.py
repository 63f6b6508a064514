"""Where a command writes to: standard output, or a file that is there only when it is complete."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError, OutputWrapper


@contextmanager
def whole_file(path: Path | None, *, instead: OutputWrapper) -> Iterator[BinaryIO]:
    """Opens a file that only its owner can read and that gets its name when it is complete; without a path, standard
    output, or what stands `instead` of it in a test. Raises CommandError where it cannot be written."""
    if path is None:
        yield getattr(sys.stdout, "buffer", None) or vars(instead)["_out"]
        return
    if path.exists() and not path.is_file():  # such as /dev/null or a pipe, which must not be replaced
        with path.open("wb") as file:
            yield file
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            yield file
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"Cannot write {path}: {error.strerror}") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)
