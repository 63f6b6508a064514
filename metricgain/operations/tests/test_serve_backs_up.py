"""`serve` takes a backup when the last is older than a day, and before it migrates."""

import time
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

from metricgain.operations import preparing
from metricgain.operations.backups import keeping, manifests, noted, taking
from metricgain.operations.servers import databases
from metricgain.operations.tests.serving import free_port


@pytest.fixture(autouse=True)
def no_backups_yet(house):
    house.forget_backups()
    house.ask("DELETE FROM installation")


def serve_until(house, phrase, **environment):
    with house.started("serve", PORT=str(free_port()), **environment) as process:
        said = []
        deadline = time.monotonic() + 120
        for line in process.stdout:
            said.append(line)
            if phrase in line or time.monotonic() > deadline:
                break
        process.terminate()
        said.append(process.communicate(timeout=30)[0])
        return "".join(said)


def test_a_server_that_runs_makes_the_daily_backup(house):
    said = serve_until(house, "Daily backup made", WORKERS="2")
    [dump] = house.dumps()
    assert f"Daily backup made: {dump}" in said
    assert said.index("MetricGain is at") < said.index("Daily backup")
    assert manifests.read(manifests.manifest_of(dump)).reason == "daily"


def test_it_serves_without_one_and_says_so_loudly(house, tmp_path):
    (tmp_path / "file").touch()
    said = serve_until(house, "NO DAILY BACKUP", BACKUP_DIR=str(tmp_path / "file"))
    assert "MetricGain is at" in said
    assert f"NO DAILY BACKUP. No backup was made: cannot write to {tmp_path / 'file'}" in said


def test_one_is_due_once_a_day_and_only_for_somebody(inside, monkeypatch):
    said = []
    keeping.back_up_if_due(said.append)
    keeping.back_up_if_due(said.append)
    assert len(inside.dumps()) == len(said) == 1
    monkeypatch.setattr(noted, "DAY", noted.DAY * 0)
    keeping.back_up_if_due(said.append)
    assert len(inside.dumps()) == len(said) == 2
    monkeypatch.setattr(databases, "has_people", lambda: False)
    keeping.back_up_if_due(said.append)
    assert len(inside.dumps()) == 2


def test_the_backups_of_another_database_do_not_count(inside):
    made = taking.take()
    inside.ask("UPDATE installation SET last_backup_at = NULL")
    about = manifests.manifest_of(made.path)
    about.write_text(about.read_text().replace(made.manifest.database, "7/another"))
    assert taking.is_due(inside.backups, now=made.manifest.made_at)


def test_one_backup_does_for_all_machines(inside, tmp_path, monkeypatch):
    made = taking.take()
    elsewhere, now = tmp_path / "of another machine", made.manifest.made_at
    assert not taking.is_due(elsewhere, now=now)
    assert taking.is_due(elsewhere, now=now + noted.DAY)
    made.path.unlink()
    assert taking.is_due(elsewhere, now=now)  # its own machine sees that it is lost
    monkeypatch.setattr(noted.socket, "gethostname", lambda: "another")
    assert not taking.is_due(elsewhere, now=now)


def test_two_machines_make_no_backup_at_the_same_time(inside, tmp_path):
    with taking.only_backup():
        with pytest.raises(taking.BackupRuns, match="on another machine"):
            taking.take(tmp_path / "of another machine")
        keeping.back_up_if_due(pytest.fail)
    assert taking.take(tmp_path / "of another machine").path.exists()


def test_a_backup_elsewhere_is_not_the_daily_one(inside, tmp_path):
    taking.take(tmp_path / "usb")
    assert taking.is_due(inside.backups, now=datetime.now(UTC))


def test_before_migrating_comes_a_backup(house):
    house.run("migrate", "users", "0003", "-v0")
    said = serve_until(house, "MetricGain is at")
    [dump] = house.dumps()
    assert f"Backup before migrating: {dump}" in said
    assert manifests.read(manifests.manifest_of(dump)).reason == "before migrating"
    assert house.ask("SELECT 1 FROM django_migrations WHERE app = 'users' AND name ~ '^0004'")


def test_without_a_backup_nothing_is_migrated_unless_told(inside, monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(preparing.databases, "has_people", lambda: True)
    (tmp_path / "file").touch()
    monkeypatch.setattr(taking.settings, "BACKUP_DIR", tmp_path / "file")
    with pytest.raises(CommandError, match=r"backup comes first.*cannot write.*MIGRATE_WITHOUT_BACKUP"):
        preparing.back_up_first(said.append)
    monkeypatch.setattr(preparing.settings, "MIGRATES_WITHOUT_BACKUP", True)
    preparing.back_up_first(said.append)
    assert "WITHOUT A BACKUP" in said[0]


def test_an_empty_database_is_migrated_without_one(inside, monkeypatch):
    monkeypatch.setattr(preparing.databases, "has_people", lambda: False)
    preparing.back_up_first(print)
    assert inside.dumps() == []
