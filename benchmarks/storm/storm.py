"""A storm: phones log whole workouts while the network fails and the server and PostgreSQL are killed with -9, and
while the exercises that they log are merged.

    python benchmarks/storm/storm.py [--facts 10000] [--phones 24] [--browsers 1] [--seeds 1,2,3]

Starts a real `manage.py serve` on a PostgreSQL of its own (fsync on) in a directory of its own. Some phones are real
Chromium, the others speak the same protocol over HTTP. During the storm and at its end, every edit that the server
acknowledged is looked up in the database. Exits with 1 if one is lost or doubled, or if an older edit replaced it."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

COLUMNS = (
    "seed | facts | edits | posts | drops | merges | swaps | reopenings | answers lost | kill -9 of the server | "
    "of PostgreSQL | acknowledged | left on phones | lost | doubled | wrong-latest | looks in the midst | minutes"
)


def prepare(directory: Path) -> None:
    """Sets up Django so that everything, its settings too, uses this directory."""
    directory.chmod(0o755)  # as root, PostgreSQL runs as another user
    for name in ("SITE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "DEMO", "DEBUG", "EMAIL_URL", "HOST", "BACKUP_DIR"):
        os.environ[name] = ""
    os.environ |= {"DEBUG": "off", "DEMO": "off", "DATA_DIR": str(directory), "DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "metricgain.settings"
    import django

    django.setup()


def one_storm(seed: int, **options) -> bool:
    """Runs one storm. Returns whether nothing was wrong. Imports here, because the modules use the directory that
    `prepare` sets."""
    from django.conf import settings
    from django.db import connections

    from benchmarks.storm.flaky_proxy import Weather
    from benchmarks.storm.storm_course import Options, Storm
    from metricgain.operations.tests.machine import Machine
    from metricgain.operations.tests.serving import free_port

    port = free_port()
    machine = Machine(settings.DATA_DIR, PORT=str(port), WORKERS="3")
    try:
        machine.start_database()
        machine.start_server()
        weather = Weather(port, seed=seed)
        storm = Storm(machine, weather, Options(seed=seed, **options))
        storm.gather()
        storm.run()
        show(storm)
        weather.end()
    finally:
        connections.close_all()
        machine.stop()
    return storm.row.is_good


def show(storm) -> None:
    row, last = storm.row, storm.row.last
    edits = storm.counts.entries + sum(len(one.said) for one in storm.browsers.phones)
    killed = storm.machine.killed
    looks = ", ".join(f"{one.acknowledged:,}" for one in row.middle)
    cells = [row.seed, f"{last.facts:,}", f"{edits:,}", f"{storm.counts.posts:,}", storm.counts.drops]
    cells += [storm.counts.merges, storm.counts.swaps, storm.counts.reopenings, storm.weather.lost_answers]
    cells += [killed["server"], killed["database"], f"{last.acknowledged:,}", last.left, len(last.lost)]
    cells += [len(last.doubled), len(last.outdated), looks, f"{row.minutes:.1f}"]
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    for words in row.faults[:20]:
        print(f"  {words}", file=sys.stderr, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--facts", type=int, default=10_000)
    options.add_argument("--phones", type=int, default=24)
    options.add_argument("--browsers", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seeds", help="several, one storm each: 1,2,3")
    options.add_argument("--pace", type=float, default=0.1, help="seconds between two entries of a lifter")
    options.add_argument("--every", type=float, default=8, help="seconds between two blows (kills and the like)")
    options.add_argument("--minutes", type=float, default=20, help="at most, for each storm")
    options.add_argument("--data-dir", type=Path, help="a DATA_DIR to use and to leave, instead of a new one")
    asked = options.parse_args()
    directory = asked.data_dir or Path(tempfile.mkdtemp(prefix="metricgain-storm-"))
    prepare(directory)
    signal.signal(signal.SIGTERM, lambda *ignored: sys.exit(1))  # an exception, so that every `finally` runs
    try:
        print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}", flush=True)
        seeds = [int(seed) for seed in asked.seeds.split(",")] if asked.seeds else [asked.seed]
        common = {"facts": asked.facts, "phones": asked.phones, "browsers": asked.browsers}
        common |= {"pace": asked.pace, "every": asked.every, "minutes": asked.minutes}
        good = [one_storm(seed, **common) for seed in seeds]
    finally:
        if not asked.data_dir:
            shutil.rmtree(directory, ignore_errors=True)
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
