import os
import signal
import time
from contextlib import closing

import psycopg
import pytest
from django.core.management import CommandError, call_command

from metricgain.operations.backups import loading, manifests, taking
from metricgain.operations.servers import clients, databases


@pytest.fixture(autouse=True)
def no_backups_yet(house):
    house.forget_backups()


def replaced(monkeypatch, tmp_path, name, script):
    """Replaces this program of PostgreSQL by a shell script that may call the real one."""
    real = clients.program
    fake = tmp_path / name
    fake.write_text(f"#!/bin/sh\n{script.replace('REAL', str(real(name, at_least=18)))}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(clients, "program", lambda wanted, **more: fake if wanted == name else real(wanted, **more))


def wait_until(true, patience=20):
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def dump_waits(house):
    return bool(
        house.ask("SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_dump' AND wait_event_type = 'Lock'")
    )


def test_it_says_what_it_made_in_a_line(house):
    done = house.run("backup")
    assert (done.returncode, done.stderr) == (0, "")
    [dump] = house.dumps()
    assert done.stdout.startswith(f"Backup made: {dump} (")
    assert done.stdout.count("\n") == 1
    assert house.left_over() == []


def test_nobody_else_may_read_it(house):
    house.run("backup")
    assert house.backups.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in house.backups.glob("metricgain-*")} == {0o600}


def test_its_manifest_says_what_is_in_it(inside):
    made = taking.take()
    found = manifests.read(manifests.manifest_of(made.path))
    assert found == made.manifest
    assert found.tables["users"].rows == 2
    assert found.tables["sets"].rows == 3
    assert found.server_version.startswith("18.")
    assert "training.0001_plan_and_log" in found.migrations
    assert (found.size, found.sha256) == (made.path.stat().st_size, manifests.checksum(made.path))


def test_cron_hears_of_failures_alone(house, tmp_path):
    done = house.run("backup", "--verbosity", "0", "--to", str(tmp_path / "here"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (tmp_path / "file").touch()
    done = house.run("backup", "--verbosity", "0", "--to", str(tmp_path / "file"))
    assert done.returncode == 1
    assert f"cannot write to {tmp_path / 'file'}" in done.stderr
    assert "BACKUP_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_goes_where_it_is_told_to_and_lists_what_is_there(house, tmp_path):
    assert "No backups" in house.run("backup", "--list", "--to", str(tmp_path)).stdout
    house.run("backup", "--to", str(tmp_path))
    [dump] = tmp_path.glob("*.dump")
    assert str(dump) in house.run("backup", "--list", BACKUP_DIR=str(tmp_path)).stdout
    assert house.dumps() == []


def test_verify_restores_it_elsewhere_and_compares_every_row(house):
    before = house.databases()
    done = house.run("backup", "--verify")
    assert done.returncode == 0, done.stderr
    assert "Verified: all " in done.stdout
    assert house.databases() == before


def test_what_is_written_meanwhile_is_in_neither_dump_nor_count(house):
    """The dump is delayed after its snapshot was taken, and alice goes on logging. Dump and manifest still agree."""
    with house.connect() as session, closing(house.connect()) as alice:
        session.execute("BEGIN; LOCK TABLE sets IN ACCESS EXCLUSIVE MODE")
        with house.started("backup", "--verify") as backup:
            wait_until(lambda: dump_waits(house))
            alice.execute("INSERT INTO users (email, password_hash) VALUES ('late@example.org', '')")
            session.execute("COMMIT")
            said, complained = backup.communicate(timeout=60)
    house.ask("DELETE FROM users WHERE email = 'late@example.org'")
    assert backup.returncode == 0, complained
    assert "Verified" in said
    [dump] = house.dumps()
    assert manifests.read(manifests.manifest_of(dump)).tables["users"].rows == 2


def test_two_at_once_take_turns(house):
    with house.connect() as session:
        session.execute("BEGIN; LOCK TABLE sets IN ACCESS EXCLUSIVE MODE")
        with house.started("backup") as first:
            wait_until(lambda: dump_waits(house))
            second = house.run("backup")
            session.execute("COMMIT")
            assert first.wait(30) == 0
    assert second.returncode == 75
    assert "Run this again" in second.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_killed_it_leaves_nothing_that_looks_whole(house, how):
    house.run("backup")
    [good] = house.dumps()
    with house.connect() as session:
        session.execute("BEGIN; LOCK TABLE sets IN ACCESS EXCLUSIVE MODE")
        with house.started("backup") as killed:
            wait_until(lambda: dump_waits(house))
            killed.send_signal(how)
            killed.communicate(timeout=20)
        if how == signal.SIGTERM:
            assert house.left_over() == []
            wait_until(lambda: not dump_waits(house))
        assert house.dumps() == [good]
        session.execute("COMMIT")
    assert house.run("backup", "--verify").returncode == 0
    assert len(house.dumps()) == 2
    assert house.left_over() == []


def test_a_full_disk_is_told_and_costs_nothing(inside, monkeypatch, tmp_path):
    good = taking.take()
    replaced(
        monkeypatch,
        tmp_path,
        "pg_dump",
        'for last; do case "$last" in --file=*) ;; *) set -- "$@" "$last";; '
        'esac; shift; done; exec REAL --file=/dev/full "$@"',
    )
    with pytest.raises(taking.BackupFailed, match=r"disk of .* is full.*earlier backups"):
        taking.take()
    assert inside.dumps() == [good.path]
    assert inside.left_over() == []


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("kill -9 $$", "pg_dump was killed"),
        ('echo "pg_dump: error: permission denied for table sets" >&2; exit 1', "permission denied for table sets"),
        ("exit 0", "cannot be read back"),  # and wrote nothing
    ],
)
def test_a_dump_that_fails_is_no_backup(inside, monkeypatch, tmp_path, script, reason):
    good = taking.take()
    replaced(monkeypatch, tmp_path, "pg_dump", script)
    with pytest.raises(taking.BackupFailed, match=reason):
        taking.take()
    assert inside.dumps() == [good.path]
    assert inside.left_over() == []


def test_a_pg_dump_older_than_the_server_is_not_used(inside, monkeypatch, tmp_path):
    monkeypatch.setattr(clients, "found", lambda name: ((15, tmp_path / name),))
    with pytest.raises(clients.NoClient, match=r"pg_dump of PostgreSQL 18 .* 15.*postgresql-client-18"):
        taking.take()
    monkeypatch.setattr(clients, "found", lambda name: ((15, "15"), (18, "embedded"), (17, "17"), (18, "system")))
    assert clients.program("pg_dump", at_least=16) == "17"
    assert clients.program("pg_dump", at_least=18) == "embedded"


def truncate(dump):
    os.truncate(dump, dump.stat().st_size // 2)


def flip(dump):
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "reason", "code"),
    [
        (truncate, "not whole", 3),
        (flip, "checksum differs", 3),
        (lambda dump: dump.write_text("-- PostgreSQL database dump"), "not a backup of MetricGain", 3),
        (lambda dump: manifests.manifest_of(dump).write_text("{}"), "not the manifest", 3),
        (lambda dump: manifests.manifest_of(dump).unlink(), "not beside", 3),
        (lambda dump: dump.unlink(), "There is no backup", 3),
    ],
)
def test_a_spoilt_one_does_not_pass(inside, capsys, spoil, reason, code):
    made = taking.take()
    spoil(made.path)
    with pytest.raises(CommandError, match=reason) as failure:
        call_command("backup", "--verify", str(made.path))
    assert failure.value.returncode == code


def test_one_that_comes_back_otherwise_does_not_pass(inside, monkeypatch):
    made = taking.take()

    def tampered(path, manifest, into, say, load=loading.load):
        load(path, manifest, into, say)
        with databases.session(into) as session:
            session.execute("UPDATE sets SET reps = reps + 1 WHERE set_number = 1")
            session.execute("DELETE FROM users WHERE email = 'bob@example.org'")

    monkeypatch.setattr(loading, "load", tampered)
    with pytest.raises(loading.Broken, match=r"sets has rows with other contents; users has 1 rows and should have 2"):
        loading.verify(made.path, print)
    assert not [name for name in inside.databases() if "verify" in name]


def test_old_ones_go_after_a_new_one_is_made_and_what_is_not_ours_stays(house):
    for day in (1, 2, 3):
        house.run("backup")
        [fresh] = [dump for dump in house.dumps() if "-2020-" not in dump.name]
        aged = house.backups / f"metricgain-2020-01-0{day}T120000Z.dump"
        about = manifests.manifest_of(fresh)
        written = about.read_text().replace(fresh.name[11:21], f"2020-01-0{day}")
        fresh.rename(aged)
        manifests.manifest_of(aged).write_text(written)
        about.unlink()
    (house.backups / "metricgain-mine.dump").write_text("a dump of my own")
    (house.backups / "metricgain-2020-01-01T000000Z.dump").write_text("without a manifest")
    done = house.run("backup", BACKUP_DAYS="2")
    assert "Removed 2" in done.stdout
    names = [dump.name for dump in house.dumps()]
    assert "metricgain-2020-01-03T120000Z.dump" in names
    assert "metricgain-mine.dump" in names
    assert "metricgain-2020-01-01T000000Z.dump" in names
    assert len(names) == 4
    assert len(list(house.backups.glob("*.json"))) == 2


def test_a_role_that_may_not_create_databases_is_told(inside, monkeypatch):
    made = taking.take()
    inside.ask("CREATE ROLE clerk LOGIN")
    monkeypatch.setitem(databases.connection.settings_dict, "USER", "clerk")
    with pytest.raises(databases.DatabaseRefused, match='ALTER ROLE "clerk" CREATEDB'):
        loading.verify(made.path, print)
    inside.ask("DROP ROLE clerk")


def test_a_database_that_is_not_there_is_told(inside, monkeypatch):
    monkeypatch.setitem(databases.connection.settings_dict, "NAME", "elsewhere")
    with pytest.raises(databases.DatabaseRefused, match="does not answer"):
        taking.take()


def test_the_password_is_in_no_argument(monkeypatch):
    monkeypatch.setitem(databases.connection.settings_dict, "PASSWORD", "s3cret")
    monkeypatch.setitem(databases.connection.settings_dict, "OPTIONS", {"sslmode": "require", "pool": True})
    assert "s3cret" not in databases.conninfo()
    assert psycopg.conninfo.conninfo_to_dict(databases.conninfo())["sslmode"] == "require"
    assert databases.environment()["PGPASSWORD"] == "s3cret"
