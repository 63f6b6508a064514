import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from metricgain.operations import embedded, running


@pytest.fixture(scope="module")
def data_dir():
    """A DATA_DIR of its own. Not pytest's `tmp_path`, which only its maker may enter: as root, PostgreSQL runs as
    another user."""
    (settings.BASE_DIR / "var").mkdir(exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="data-", dir=settings.BASE_DIR / "var"))
    path.chmod(0o755)
    yield path
    running.stop_all(path)
    shutil.rmtree(path)
    if embedded.socket_directory(path) != embedded.cluster_of(path):
        shutil.rmtree(embedded.socket_directory(path), ignore_errors=True)
