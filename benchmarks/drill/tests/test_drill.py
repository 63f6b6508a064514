"""The drill goes on after a part that fails, and says in the end what failed and what could not run."""

from pathlib import Path
from urllib.parse import unquote

import psycopg

from benchmarks.drill import servers
from benchmarks.drill.__main__ import PARTS, DrillPart, drill
from metricgain.operations.servers import embedded, postmaster


def part(name, code, **more):
    return DrillPart(name=name, command=("-c", code), minutes=0.5, **more)


def test_it_goes_on_and_tells_what_failed_and_what_could_not_run(capsys):
    parts = [
        part("one", "raise SystemExit(3)"),
        part("two", "import os; raise SystemExit(os.environ['EXAMPLES'] != '7')", examples=7),
        part("three", "", needs=Path("/nowhere")),
        part("four", "", lacks="no PostgreSQL 12 here"),
    ]
    assert drill(parts) == 1
    told = capsys.readouterr().out
    assert "1 of 4 parts passed." in told
    assert told.endswith(
        "Failed: one\nCould not run: three: /nowhere is not there\nCould not run: four: no PostgreSQL 12 here\n"
    )


def test_a_part_that_hangs_is_ended(capsys):
    assert drill([DrillPart(name="hung", command=("-c", "import time; time.sleep(60)"), minutes=0.01)]) == 1
    assert "hung took more than 0.01 minutes." in capsys.readouterr().out


def test_it_ends_with_nothing_to_say_where_all_passed():
    assert drill([part("one", "")]) == 0


def test_it_takes_62_minutes_at_most():
    assert sum(one.minutes for one in PARTS) <= 62
    assert any(one.is_short for one in PARTS)


def test_a_version_that_is_not_here_is_said(capsys):
    assert servers.programs(12) is None
    assert servers.main(12, []) == 1
    assert "no PostgreSQL 12" in capsys.readouterr().err


def test_a_server_of_its_own_answers_and_is_gone_after():
    with servers.serving(embedded.binaries()) as url:
        socket, _, database = unquote(url.rpartition("/")[2]).rpartition("/")
        with psycopg.connect(host=socket, port=postmaster.PORT, user="postgres", dbname=database) as session:
            assert session.info.server_version // 10000 == 18
    assert not Path(socket).exists()
