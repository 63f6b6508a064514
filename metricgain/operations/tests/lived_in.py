"""A MetricGain that somebody has used. Tests of backups, restoring and recovery work on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from metricgain.operations.backups import manifests
from metricgain.operations.servers import embedded, postmaster

ALICE_TRAINS = """
from exercises.models import Exercise
from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

alice = UserFactory(email="alice@example.org")
bench = Exercise.objects.filter(user=None).first()
Lifter(alice).log(planned_workout(alice, bench), 1, bench, 9, 10, 11, weight="82.5", rir=2)
UserFactory(email="bob@example.org")
"""


class House:
    def __init__(self, data_dir: Path):
        self.data_dir = data_dir
        self.backups = Path(f"{data_dir}-backups")

    def furnish(self) -> None:
        embedded.start(self.data_dir, fsync=False)
        for command in (["migrate", "-v0"], ["seed", "-v0"], ["shell", "-v0", "-c", ALICE_TRAINS]):
            done = self.run(*command)
            assert done.returncode == 0, done.stderr
        embedded.stop(self.data_dir)

    def move_in(self, furnished: "House") -> None:
        source = embedded.cluster_of(furnished.data_dir)
        subprocess.run(["cp", "-a", source, embedded.cluster_of(self.data_dir)], check=True)
        embedded.start(self.data_dir, fsync=False)

    def environment(self, **more: str) -> dict[str, str]:
        """Returns the environment without the owner's settings, because those in the shell or in a `.env` are not for
        tests."""
        ours = {"DATA_DIR": str(self.data_dir), "DATABASE_URL": "", "BACKUP_DIR": "", "BACKUP_DAYS": "", "WORKERS": "1"}
        return os.environ | ours | more

    def begin(self, *command: str, stdout, stderr, **environment: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=self.environment(**environment),
            stdout=stdout,
            stderr=stderr,
            text=True,
        )

    @contextmanager
    def started(self, *command: str, **environment: str) -> Iterator[subprocess.Popen]:
        """Starts a command, and kills it when its test ends."""
        pipe = subprocess.PIPE
        with self.begin(*command, stdout=pipe, stderr=pipe, **environment) as process:
            try:
                yield process
            finally:
                process.kill()

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        with self.started(*command, **environment) as process:
            said, complained = process.communicate(timeout=120)
        return subprocess.CompletedProcess(command, process.returncode, said, complained)

    def connect(self, database: str = embedded.DATABASE) -> psycopg.Connection:
        host = str(embedded.socket_directory(self.data_dir))
        return psycopg.connect(host=host, port=postmaster.PORT, user="postgres", dbname=database, autocommit=True)

    def ask(self, question: str, *parameters: object, database: str = embedded.DATABASE) -> list[tuple]:
        with self.connect(database) as session:
            answer = session.execute(question, parameters)
            return answer.fetchall() if answer.description else []

    def databases(self) -> set[str]:
        return {row[0] for row in self.ask("SELECT datname FROM pg_database WHERE NOT datistemplate")}

    def everything(self) -> dict[str, list[tuple]]:
        """Returns every row of every table, as text; not when the last backup was made, which is none of its facts."""
        tables = self.ask("SELECT relname FROM pg_stat_user_tables WHERE relname <> 'installation' ORDER BY 1")
        return {table: sorted(self.ask(f'SELECT t::text FROM "{table}" t')) for (table,) in tables}

    def dumps(self) -> list[Path]:
        return sorted(self.backups.glob("*.dump"))

    def left_over(self) -> list[str]:
        """Returns the names of files that belong to no finished backup."""
        whole = {name for path in self.dumps() for name in (path.name, manifests.manifest_of(path).name)}
        return sorted(path.name for path in self.backups.glob("metricgain-*") if path.name not in whole)

    def forget_backups(self) -> None:
        shutil.rmtree(self.backups, ignore_errors=True)
