import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from metricgain.operations.servers import embedded, postmaster, running
from metricgain.operations.tests.lived_in import House
from metricgain.tests import database


@contextmanager
def own_directory() -> Iterator[Path]:
    """A DATA_DIR of its own. Not pytest's `tmp_path`, which only its maker may enter: as root, PostgreSQL runs as
    another user."""
    (settings.BASE_DIR / "var").mkdir(exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="data-", dir=settings.BASE_DIR / "var"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        running.stop_all(path)
        shutil.rmtree(path)
        shutil.rmtree(f"{path}-backups", ignore_errors=True)
        if embedded.socket_directory(path) != embedded.cluster_of(path):
            shutil.rmtree(embedded.socket_directory(path), ignore_errors=True)


@pytest.fixture(scope="module")
def data_dir(static_files) -> Iterator[Path]:
    """Has the static files already: to collect them is half of the work of a first `serve`."""
    with own_directory() as path:
        shutil.copytree(settings.STATIC_ROOT, path / "static")
        shutil.copy(settings.DATA_DIR / "static.stamp", path)
        yield path


@pytest.fixture(scope="session")
def furnished() -> House:
    """The house that all others are copies of. The first test process that needs it furnishes it for all."""
    found = House(settings.DATA_DIR / database.FURNISHED)
    is_ready = found.data_dir / "ready"
    with (settings.DATA_DIR / f"{database.FURNISHED}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready.exists():
            found.data_dir.mkdir(exist_ok=True)
            found.furnish()
            is_ready.touch()
    return found


@pytest.fixture(scope="module")
def house(data_dir, furnished) -> House:
    """A MetricGain that alice has trained with. It has a DATA_DIR and a server of its own."""
    found = House(data_dir)
    found.move_in(furnished)
    return found


@pytest.fixture
def inside(house, monkeypatch) -> Iterator[House]:
    """Lets the test call the modules directly, on that house: they work on the database that Django's connection points
    to."""
    place = {"HOST": str(embedded.socket_directory(house.data_dir)), "PORT": str(postmaster.PORT)}
    place |= {"NAME": embedded.DATABASE, "USER": "postgres", "PASSWORD": ""}
    connection.close()
    for key, value in place.items():
        monkeypatch.setitem(connection.settings_dict, key, value)
    monkeypatch.setattr(settings, "DATA_DIR", house.data_dir)
    monkeypatch.setattr(settings, "BACKUP_DIR", house.backups)
    monkeypatch.setattr(settings, "EMBEDDED_POSTGRES", True)
    yield house
    connection.close()
