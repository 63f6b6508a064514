"""A PostgreSQL of an owner's own, and the recipes of docs/operations.md that are typed for it."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from metricgain.operations.servers import embedded

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "operations.md").read_text()
RECIPES = dict(re.findall(r"<!-- recipe: ([\w ]+) -->\n```\n(.*?)```", PAGE, re.DOTALL))


class OwnServer:
    """A PostgreSQL as a system has it, with its shell: a cluster of its own, for the user as whom PostgreSQL runs."""

    def __init__(self, home: Path, programs: Path):
        self.data, self.archive, self.home = home / "data", home / "archive", home
        self.identity = embedded._identity_of(home)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PGDATA": str(self.data),
            "PGHOST": str(home),
            "PGUSER": "postgres",
            "ARCHIVE": str(self.archive),
            "LC_ALL": "C",
        }

    def type(self, commands: str, **variables: str) -> None:
        done = subprocess.run(
            ["sh", "-euc", commands],
            env=self.environment | variables,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self.identity,
        )
        assert done.returncode == 0, done.stdout

    def start(self):
        options = f"-k {self.home} -c listen_addresses="
        self.type(f"pg_ctl -w -t 60 -l {self.home / 'log'} -o {shlex.quote(options)} start >/dev/null")

    def stop(self):
        self.type("pg_ctl -w -m fast stop")

    def restart(self):
        self.stop()
        self.start()

    def ask(self, question: str) -> list[tuple]:
        with psycopg.connect(host=str(self.home), user="postgres", dbname="postgres", autocommit=True) as session:
            answer = session.execute(question)
            return answer.fetchall() if answer.description else []

    def recovered(self) -> None:
        """Returns when the server has read its log up to the moment."""
        while self.ask("SELECT pg_is_in_recovery()") == [(True,)]:
            time.sleep(0.1)

    @classmethod
    @contextmanager
    def running(cls, programs: Path) -> Iterator["OwnServer"]:
        home = Path(tempfile.mkdtemp(prefix="own-", dir="/tmp"))  # its socket's path has to be short
        home.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(home, *embedded.system_user())
        server = cls(home, programs)
        try:
            server.type("initdb -D $PGDATA -U postgres -A trust -E UTF8 --no-sync")
            server.start()
            yield server
        finally:
            if (server.data / "postmaster.pid").exists():
                server.stop()
            shutil.rmtree(home)
