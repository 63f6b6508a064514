"""What docs/operations.md tells an owner to type works. The recipe for an owner's own PostgreSQL is run here."""

import re
import shlex
import time

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from metricgain.operations.servers import embedded
from metricgain.operations.tests.own_server import PAGE, RECIPES, OwnServer

TYPED = sorted({words.strip() for words in re.findall(r"manage\.py ((?:backup|restore|pitr)[^`#\n]*)", PAGE)})


@pytest.fixture
def own_server():
    with OwnServer.running(embedded.binaries()) as server:
        server.type(RECIPES["archive"])
        server.restart()
        yield server


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
    own_server.recovered()
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
