"""What docs/operations.md tells an owner to type works. The recipe for an owner's own PostgreSQL is run here."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from metricgain.operations.servers import embedded

PAGE = (settings.BASE_DIR / "docs" / "operations.md").read_text()
RECIPES = dict(re.findall(r"<!-- recipe: ([\w ]+) -->\n```\n(.*?)```", PAGE, re.DOTALL))
TYPED = sorted({words.strip() for words in re.findall(r"manage\.py ((?:backup|restore|pitr)[^`#\n]*)", PAGE)})


class OwnServer:
    """A PostgreSQL as a system has it, with its shell: a cluster of its own, for the user as whom PostgreSQL runs."""

    def __init__(self, home: Path):
        self.data, self.archive, self.home = home / "data", home / "archive", home
        self.identity = embedded._identity_of(home)
        self.environment = {
            "PATH": f"{embedded.binaries()}:{os.environ['PATH']}",
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

    def ask(self, question: str) -> list[tuple]:
        with psycopg.connect(host=str(self.home), user="postgres", dbname="postgres", autocommit=True) as session:
            answer = session.execute(question)
            return answer.fetchall() if answer.description else []


@pytest.fixture
def own_server():
    home = Path(tempfile.mkdtemp(prefix="own-", dir="/tmp"))  # its socket's path has to be short
    home.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(home, *embedded.system_user())
    server = OwnServer(home)
    try:
        server.type("initdb -D $PGDATA -U postgres -A trust -E UTF8 --no-sync")
        server.start()
        server.type(RECIPES["archive"])
        server.stop()
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(home)


def test_the_recipe_for_a_server_of_ones_own_brings_a_user_back(own_server):
    own_server.ask("CREATE TABLE users AS SELECT 'alice' AS name")
    own_server.type(RECIPES["base backup"])
    [base] = (own_server.archive / "base").iterdir()
    own_server.ask("INSERT INTO users VALUES ('bob')")
    [[before]] = own_server.ask("SELECT clock_timestamp()")
    time.sleep(0.1)
    own_server.ask("DELETE FROM users")
    own_server.stop()
    own_server.type(RECIPES["recover"], TIME=before.isoformat(), BASE=str(base))
    own_server.start()
    while own_server.ask("SELECT pg_is_in_recovery()") == [(True,)]:
        time.sleep(0.1)
    assert own_server.ask("SELECT name FROM users ORDER BY 1") == [("alice",), ("bob",)]
    own_server.type(RECIPES["afterwards"])
    own_server.type("sleep 1; " + RECIPES["base backup"])
    assert len(list((own_server.archive / "base").iterdir())) == 2


def test_the_recipe_lets_go_of_what_a_week_does_not_need(own_server):
    own_server.type(RECIPES["base backup"])
    own_server.ask("CREATE TABLE more AS SELECT 1 AS one")
    own_server.ask("SELECT pg_switch_wal()")
    own_server.type("sleep 1; find $ARCHIVE -mindepth 2 -exec touch -d '10 days ago' {} +")
    [old] = (own_server.archive / "base").iterdir()
    pieces = set((own_server.archive / "wal").iterdir())
    own_server.type(RECIPES["base backup"])
    [new] = (own_server.archive / "base").iterdir()
    assert new != old
    assert not pieces <= set((own_server.archive / "wal").iterdir())


@pytest.mark.parametrize("typed", TYPED)
def test_every_command_of_the_page_is_one(typed):
    name, *words = shlex.split(typed.rstrip(".,;:)"))
    if words:
        load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(words)
    assert name in get_commands()


@pytest.mark.parametrize(
    "unit", sorted((settings.BASE_DIR / "deploy").glob("metricgain*.*")), ids=lambda unit: unit.name
)
def test_the_units_agree_with_the_page(unit):
    """Not every machine that tests has systemd, so this compares the units with what the page says."""
    written = unit.read_text()
    assert "/srv/metricgain/app" in PAGE
    assert unit.name in PAGE
    if unit.suffix == ".service":
        assert "User=metricgain\nWorkingDirectory=/srv/metricgain/app\n" in written
    for arguments in re.findall(r"ExecStart=\S+/python manage\.py (.*)", written):
        name, *words = shlex.split(arguments)
        load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(words)
