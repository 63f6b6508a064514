"""Where the processes that serve count what /metrics tells. Standard library only: prometheus-client looks for the
directory when it is imported."""

import os
import shutil
import sys
from pathlib import Path

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"  # the variable by which it finds the files


def share(directory: Path) -> None:
    """Lets all processes of this server count in files of this directory, and forgets those of an earlier run. Must
    come before the application is loaded. Raises RuntimeError where it comes too late."""
    if "prometheus_client" in sys.modules:
        raise RuntimeError("prometheus-client is imported already: each process would count for itself.")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    os.environ[DIRECTORY] = str(directory)
