"""Measures how full the disks of the database and of the backups are. Standard library only, for `watching`."""

import math
import os
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

NEARLY_FULL = 90  # per cent, as `df` counts
ROOM_AGAIN = 88  # per cent below which a warning may come again
A_MOMENT = 1.0  # seconds that a disk may take to answer
FRESH = 5.0  # seconds that a measurement is good for


@dataclass(frozen=True, slots=True)
class Disk:
    name: str  # shown by /healthz, which everybody can read, so it is no path
    path: Path
    percent: int
    free: int  # bytes that users other than root can write

    @property
    def is_nearly_full(self) -> bool:
        return self.percent >= NEARLY_FULL


def under(data_dir: Path, backup_dir: Path) -> list[Disk]:
    """Returns the disks of both directories; one disk where both are on the same."""
    found: dict[int, Disk] = {}
    for name, path in (("disk", data_dir), ("backup_disk", backup_dir)):
        path = next(above for above in (path, *path.parents) if above.exists())
        found.setdefault(os.stat(path).st_dev, measured(name, path))
    return list(found.values())


def measured(name: str, path: Path) -> Disk:
    usage = shutil.disk_usage(path)
    seen = usage.used + usage.free  # space reserved for root counts as neither
    return Disk(name, path, percent=math.ceil(usage.used * 100 / seen) if seen else 0, free=usage.free)


class DiskGauge:
    """Reads the disks, at most every few seconds. A disk that does not answer, such as a NAS that is switched off,
    delays a caller by A_MOMENT at most."""

    def __init__(self):
        self._known: list[Disk] = []
        self._measured_at = -FRESH
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def read(self, data_dir: Path, backup_dir: Path) -> list[Disk]:
        with self._lock:
            is_due = time.monotonic() - self._measured_at >= FRESH
            if is_due and not (self._thread and self._thread.is_alive()):
                self._measured_at = time.monotonic()
                self._thread = threading.Thread(target=self._measure, args=[data_dir, backup_dir], daemon=True)
                self._thread.start()
                self._thread.join(A_MOMENT)
            return self._known

    def _measure(self, data_dir: Path, backup_dir: Path) -> None:
        self._known = under(data_dir, backup_dir)


gauge = DiskGauge()
