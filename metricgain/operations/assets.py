"""Collects the static files that are served, hashed and compressed, once per change."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command

from metricgain.web import staticfiles

UNFINISHED = "unfinished"


@contextmanager
def collected() -> Iterator[None]:
    """Collects the files if needed and keeps them up to date inside the block. Load the application inside, because it
    reads the manifest.

    A running server is not disturbed: it has its manifest in memory, and the files in it keep their hashed names."""
    root = Path(settings.STATIC_ROOT)
    if os.access(root, os.R_OK) and not os.access(root.parent, os.W_OK):  # the files of an image
        with collected_before():
            yield
        return
    _check(root)
    with root.with_name(f"{root.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = _stamp(root)
        wanted, found = _fingerprint(), stamp.read_text() if stamp.exists() else ""
        if found != wanted or not _manifest().exists():
            stamp.write_text(UNFINISHED)
            # A killed run may have left half a file under its final, hashed name. Without `clear` it would stay.
            call_command("collectstatic", interactive=False, verbosity=0, clear=found == UNFINISHED)
            stamp.write_text(wanted)
        else:
            staticfiles.storage().reload()
        yield


@contextmanager
def collected_before() -> Iterator[None]:
    """Takes the files as `manage.py prepare` left them. Raises CommandError where there are none."""
    if not _manifest().exists():
        raise CommandError(
            f"There are no collected files in {settings.STATIC_ROOT} (STATIC_ROOT). Run `manage.py prepare` first, "
            "or serve without --no-prepare."
        )
    staticfiles.storage().reload()
    yield


def _check(root: Path) -> None:
    """Makes the directory above. Raises CommandError where the files cannot lie, also among those of somebody else:
    after a start that broke off all files are deleted there."""
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        has_files = root.exists() and any(root.iterdir())
        is_ours = _stamp(root).exists() or _manifest().exists()
    except (OSError, ValueError) as error:
        raise CommandError(f"STATIC_ROOT={root} cannot be used: {error}") from error
    if has_files and not is_ours:
        raise CommandError(f"STATIC_ROOT={root} has other files. Give the collected files a directory of their own.")


def _stamp(root: Path) -> Path:
    return root.with_name(f"{root.name}.stamp")


def _manifest() -> Path:
    return Path(settings.STATIC_ROOT, staticfiles.storage().manifest_name)


def _fingerprint() -> str:
    """Hashes everything that decides the result: names, sizes and times of the sources, and the code that collects.
    Where the files are does not: a DATA_DIR that was moved or copied keeps them."""
    digest = hashlib.sha256()
    for package in ("django", "whitenoise", "rjsmin"):
        digest.update(f"{package} {version(package)} ".encode())
    digest.update(Path(settings.BASE_DIR, "metricgain", "web", "staticfiles.py").read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
