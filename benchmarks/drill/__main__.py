"""Runs the checks that take too long for every day, in at most 62 minutes.

    python -m benchmarks.drill [--short]

Each part is a command of its own, so that a part that fails or hangs does not stop the others. At the end prints the
parts that failed, and those that could not run here and why. Exits with 1 if any failed. `--short` runs only the parts
that CI has time for."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drill import balancer, cluster, image, own_backups, pooler, servers

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillPart:
    name: str
    command: Sequence[str]  # arguments of Python
    minutes: float  # the most that it may take
    examples: int = 100  # for each property
    is_short: bool = False  # whether CI runs it too
    needs: Path | None = None  # a path that has to exist
    lacks: str = ""  # why it cannot run here

    def run(self) -> bool:
        """Runs the part. Returns whether it passed."""
        environment = os.environ | {"EXAMPLES": str(self.examples)}
        try:
            command = [sys.executable, *self.command]
            return subprocess.run(command, cwd=ROOT, env=environment, timeout=self.minutes * 60).returncode == 0
        except subprocess.TimeoutExpired:
            print(f"{self.name} took more than {self.minutes:g} minutes.")
            return False


PYTEST = ("-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider")
SHARED = ("-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "5", "--dist", "loadfile", "-p", "no:cacheprovider")
PARTS = (
    DrillPart(name="tests that take long", command=(*SHARED, "-m", "drill"), minutes=8, is_short=True),
    DrillPart(name="properties, 500 examples", command=(*PYTEST, "training/progression"), minutes=5, examples=500),
    DrillPart(name="2,000 hostile requests", command=(*PYTEST, "-s", "benchmarks/fuzz"), minutes=3, examples=2000),
    DrillPart(name="a storm", command=("benchmarks/storm/storm.py", "--facts", "2000", "--minutes", "4"), minutes=5),
    DrillPart(name="a sample of mutants", command=("benchmarks/engine/mutants.py", "--sample", "6"), minutes=4),
    DrillPart(
        name="real logs",
        command=("benchmarks/engine/replay.py", "--lifters", "12", str(LOGS)),
        minutes=3,
        needs=LOGS,
    ),
    DrillPart(name="slow clients", command=("benchmarks/speed/slow_clients.py", "--rounds", "1"), minutes=2),
    *(
        DrillPart(
            name=f"what speaks SQL, on PostgreSQL {version}",
            command=("-m", "benchmarks.drill.servers", str(version)),
            minutes=3,
            lacks="" if servers.programs(version) else f"no PostgreSQL {version} here",
        )
        for version in servers.VERSIONS
    ),
    DrillPart(
        name="behind PgBouncer",
        command=("-m", "benchmarks.drill.pooler"),
        minutes=7,
        lacks="" if pooler.program() else "no PgBouncer here",
    ),
    DrillPart(
        name="a leader that dies five times",
        command=("-m", "benchmarks.drill.failover"),
        minutes=6,
        lacks=cluster.lacks(),
    ),
    DrillPart(
        name="servers that go one after the other",
        command=("-m", "benchmarks.drill.rolling"),
        minutes=4,
        lacks="" if balancer.program() else "no haproxy here",
    ),
    DrillPart(
        name="the recipe for pgBackRest",
        command=("-m", "benchmarks.drill.own_backups"),
        minutes=1,
        lacks=own_backups.lacks(),
    ),
    DrillPart(name="the image", command=("-m", "benchmarks.drill.image"), minutes=5, lacks=image.lacks()),
)


def drill(parts: Sequence[DrillPart]) -> int:
    """Runs the parts and prints the outcome of each. Returns the exit status."""
    failed, left_out = [], []
    for part in parts:
        lacks = part.lacks or (f"{part.needs} is not there" if part.needs and not part.needs.exists() else "")
        if lacks:
            left_out.append(f"{part.name}: {lacks}")
            continue
        print(f"\n== {part.name} ==", flush=True)
        began = time.monotonic()
        passed = part.run()
        if not passed:
            failed.append(part.name)
        print(f"== {part.name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.0f} s ==", flush=True)
    print(f"\n{len(parts) - len(failed) - len(left_out)} of {len(parts)} parts passed.")
    print("\n".join([*(f"Failed: {one}" for one in failed), *(f"Could not run: {one}" for one in left_out)]))
    return 1 if failed else 0


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m benchmarks.drill")
    options.add_argument("--short", action="store_true", help="what CI has time for")
    is_short = options.parse_args().short
    sys.exit(drill([part for part in PARTS if part.is_short or not is_short]))
