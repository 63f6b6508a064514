"""Collects the static files that are served, hashed and compressed, once per change."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from metricgain.web import staticfiles

UNFINISHED = "unfinished"


@contextmanager
def collected() -> Iterator[None]:
    """Collects the files if needed and keeps them up to date inside the block. Load the application inside, because it
    reads the manifest.

    A running server is not disturbed: it has its manifest in memory, and the files in it keep their hashed names."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "static.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = settings.DATA_DIR / "static.stamp"
        wanted, found = _fingerprint(), stamp.read_text() if stamp.exists() else ""
        if found != wanted or not Path(settings.STATIC_ROOT, staticfiles.storage().manifest_name).exists():
            stamp.write_text(UNFINISHED)
            # A killed run may have left half a file under its final, hashed name. Without `clear` it would stay.
            call_command("collectstatic", interactive=False, verbosity=0, clear=found == UNFINISHED)
            stamp.write_text(wanted)
        else:
            staticfiles.storage().reload()
        yield


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
