"""Recovery to a moment, on the embedded PostgreSQL: a mistake, and the time before it. Each test goes on from the one
before."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from metricgain.operations.backups import keeping
from metricgain.operations.point_in_time import roll_forward, walarchive
from metricgain.operations.tests.serving import free_port


@pytest.fixture(scope="module")
def archived(house):
    done = house.run("pitr", "enable")
    assert done.returncode == 0, done.stderr
    assert "Restarting PostgreSQL" in done.stdout
    time.sleep(1.1)
    return house


def now(house):
    return house.ask("SELECT clock_timestamp()")[0][0]


def emails(house):
    return {row[0] for row in house.ask("SELECT email FROM users")}


def sign_up(house, email):
    house.ask("INSERT INTO users (email, password_hash) VALUES (%s, '')", email)


def test_a_user_deleted_by_mistake_comes_back(archived):
    house = archived
    sign_up(house, "carol@example.org")
    house.ask("INSERT INTO jobs (kind, queue, arguments) VALUES ('mail', 'soon', '{}')")
    everything, before = house.everything(), now(house)
    time.sleep(0.1)
    house.ask("DELETE FROM users WHERE email = 'alice@example.org'")
    assert not house.ask("SELECT 1 FROM sets")
    done = house.run("pitr", "recover", "--to", before.isoformat())
    assert done.returncode == 0, done.stderr
    assert house.ask("SELECT state FROM jobs") == [("interrupted",)]  # the mail may have been sent since
    assert house.everything() | {"jobs": []} == everything | {"jobs": []}
    assert "postgres.before-" in done.stdout
    assert len(list(house.data_dir.glob("postgres.before-*"))) == 1
    assert not (house.data_dir / "recovering").exists()
    assert house.ask("SHOW archive_mode") == [("on",)]
    assert house.ask("SHOW restore_command") == [("",)]
    house.before = before


def test_too_early_it_goes_back_again_along_what_was_undone(archived):
    """After a recovery, an owner may want a later moment of the old line, or one since then. Both are in the
    archive."""
    house = archived
    time.sleep(1.1)
    sign_up(house, "dave@example.org")
    since = now(house)
    time.sleep(0.1)
    house.ask("DELETE FROM users WHERE email = 'bob@example.org'")
    undone = (house.before + timedelta(seconds=0.05)).isoformat()
    assert house.run("pitr", "recover", "--to", undone).returncode == 0
    assert "alice@example.org" in emails(house)
    assert "dave@example.org" not in emails(house)
    done = house.run("pitr", "recover", "--to", since.isoformat())
    assert done.returncode == 0, done.stderr
    assert emails(house) >= {"alice@example.org", "bob@example.org", "carol@example.org", "dave@example.org"}


def test_a_lost_cluster_comes_back_to_the_last_archived_moment(archived):
    house = archived
    sign_up(house, "erin@example.org")
    house.run("pitr", "base-backup")  # which also hands over the log
    everything = house.everything()
    house.run("stop")
    (house.data_dir / "postgres").rename(house.data_dir / "lost")
    done = house.run("pitr", "recover", "--to", "latest")
    assert done.returncode == 0, done.stderr
    assert house.everything() == everything


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("2020-01-01 12:00", "The earliest moment to come back to is"),
        ("2099-01-01 12:00Z", "is still to come"),
        ("yesterday", "is not a time. For example"),
    ],
)
def test_a_moment_that_cannot_be_is_told(inside, archived, to, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("pitr", "recover", "--to", to)


def test_it_does_not_work_under_a_server(archived):
    with archived.started("serve", PORT=str(free_port())) as serving:
        for line in serving.stdout:
            if "Ctrl-C" in line:
                break
        done = archived.run("pitr", "recover", "--to", now(archived).isoformat())
    assert done.returncode == 1
    assert "make stop" in done.stderr


def test_a_recovery_that_fails_changes_nothing(inside, archived, monkeypatch):
    everything = said_by_lifters(inside)
    monkeypatch.setattr(roll_forward.walarchive, "restore_command", lambda wal: "false")
    with pytest.raises(roll_forward.RecoveryFailed, match="as it was"):
        call_command("pitr", "recover", "--to", datetime.now(UTC).isoformat())
    assert said_by_lifters(inside) == everything
    assert not (inside.data_dir / "recovering").exists()


def said_by_lifters(house) -> dict[str, list[tuple]]:
    """Returns all rows but those of jobs, which a worker that was killed may be writing at its end."""
    return {table: rows for table, rows in house.everything().items() if table != "jobs"}


def test_a_server_that_runs_makes_a_base_backup_a_day_and_lets_go_of_the_old(inside, archived, monkeypatch):
    archive = walarchive.of_this_server()
    count, pieces = len(archive.bases()), len(list(archive.wal.iterdir()))
    keeping.back_up_if_due(print)
    assert len(archive.bases()) == count
    assert walarchive.keep_up(now=datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert len(archive.bases()) == count + 1
    archive.hand_over()
    assert archive.prune(now=datetime.now(UTC) + timedelta(days=8))
    assert len(archive.bases()) == 1
    assert len(list(archive.wal.iterdir())) < pieces


def test_status_says_how_far_back_and_what_is_wrong(archived):
    assert "any moment from 20" in archived.run("pitr", "status").stdout
    archived.ask("ALTER SYSTEM SET archive_command = 'false'")
    archived.ask("SELECT pg_reload_conf()")
    sign_up(archived, "frank@example.org")
    archived.ask("SELECT pg_switch_wal()")
    for _ in range(100):
        done = archived.run("pitr", "status")
        if done.returncode:
            break
    assert "could not archive 0000" in done.stderr
    assert archived.run("pitr", "disable").returncode == 0
    assert "Off." in archived.run("pitr", "status").stdout
    assert archived.ask("SHOW archive_mode") == [("off",)]
