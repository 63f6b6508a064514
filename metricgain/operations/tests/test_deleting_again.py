"""Accounts that were deleted stay deleted: an older backup is restored, and the ledger applies to it. Each test goes on
from the one before."""

import time
from pathlib import Path

import pytest

from metricgain.operations import deleting_again
from metricgain.operations.backups import restoring
from metricgain.users.leaving import ledger

ALICE, CAROL = "alice@example.org", "carol@example.org"
DELETE = """
from metricgain.users.leaving.deletion import delete_account
from metricgain.users.models import User

delete_account(User.objects.get(email="{}"))
"""


def sign_up(house, email: str) -> int:
    house.ask("INSERT INTO users (email, password_hash) VALUES (%s, '')", email)
    return house.ask("SELECT id FROM users WHERE email = %s", email)[0][0]


def delete(house, email: str) -> None:
    done = house.run("shell", "-v0", "-c", DELETE.format(email))
    assert done.returncode == 0, done.stderr


def emails(house) -> set[str]:
    return {row[0] for row in house.ask("SELECT email FROM users")}


def dumped(house) -> Path:
    before = set(house.dumps())
    done = house.run("backup")
    assert done.returncode == 0, done.stderr
    [made] = set(house.dumps()) - before
    return made


@pytest.fixture(scope="module")
def dump(house):
    """A backup with alice in it, before anybody was deleted."""
    made = dumped(house)
    assert not (house.backups / ledger.FILE).exists()
    return made


@pytest.fixture(scope="module")
def older(house, tmp_path_factory) -> Path:
    """A backup of a version that kept no ledger."""
    folder = tmp_path_factory.mktemp("older")
    assert house.run("migrate", "users", "0004", "-v0").returncode == 0
    assert house.run("backup", "--to", str(folder)).returncode == 0
    assert house.run("migrate", "-v0").returncode == 0
    [made] = folder.glob("*.dump")
    return made


@pytest.fixture
def deleted(inside, older, dump):
    """Alice and carol, who came after the backup, have deleted their accounts; the tests go on from here."""
    if ALICE in emails(inside):
        sign_up(inside, CAROL)
        for email in (ALICE, CAROL):
            delete(inside, email)
    return inside


def test_who_was_deleted_since_is_deleted_again(deleted, dump):
    [highest] = deleted.ask("SELECT max(user_id) FROM accounts_deleted")
    said = []
    restoring.restore(dump, said.append, overwrite=True)
    assert "Deleted again: 1 account that was deleted since" in said
    assert emails(deleted) == {"bob@example.org"}
    assert deleted.ask("SELECT 1 FROM sets") == []
    assert deleted.ask("SELECT count(*) FROM accounts_deleted") == [(2,)]
    # The id of carol, whom the backup does not know, is not given away again.
    assert sign_up(deleted, "dave@example.org") > highest[0]


def test_a_backup_from_before_there_was_a_ledger_is_of_the_same_instance(deleted, older):
    done = deleted.run("restore", "--overwrite", str(older))
    assert "Deleted again: 1 account that was deleted since" in done.stdout, done.stderr
    assert emails(deleted) == {"bob@example.org"}


def test_without_the_file_the_table_of_the_replaced_database_is_enough(deleted, dump):
    (deleted.backups / ledger.FILE).unlink()
    restoring.restore(dump, print, overwrite=True)
    assert ALICE not in emails(deleted)


def test_the_next_backup_writes_up_what_the_file_lacks(deleted):
    (deleted.backups / ledger.FILE).unlink(missing_ok=True)
    dumped(deleted)
    written = (deleted.backups / ledger.FILE).read_text()
    dumped(deleted)
    assert (deleted.backups / ledger.FILE).read_text() == written
    assert len(ledger.in_files([deleted.backups])) == 2


def test_an_id_that_came_again_is_left_alone(deleted, dump):
    """The account has the number of one that was deleted, and is another."""
    gone, bob = (deleted.ask("SELECT min(user_id) FROM accounts_deleted")[0][0], "bob@example.org")
    restoring.restore(dump, print, overwrite=True)
    deleted.ask("UPDATE users SET id = %s WHERE email = %s", gone, bob)
    again = dumped(deleted)
    said = []
    restoring.restore(again, said.append, overwrite=True)
    assert not any("Deleted again" in line for line in said)
    assert emails(deleted) == {bob}


def test_a_backup_of_another_instance_is_left_alone(deleted, dump):
    """It has the same ids and the same moments, as a copy would; only its first migration was another time."""
    restoring.restore(dump, print, overwrite=True)
    [line] = [line for line in deleting_again.known() if line.user_id == deleted_id(deleted)]
    deleted.ask("UPDATE django_migrations SET applied = applied + interval '1 second'")
    deleted.ask(
        "INSERT INTO users (id, email, password_hash, created_at) OVERRIDING SYSTEM VALUE VALUES (%s, %s, '', %s)",
        line.user_id,
        ALICE,
        line.user_created_at,
    )
    other = dumped(deleted)
    said = []
    restoring.restore(other, said.append, overwrite=True)
    assert not any("Deleted again" in line for line in said)
    assert ALICE in emails(deleted)
    deleted.ask("UPDATE django_migrations SET applied = applied - interval '1 second'")


def deleted_id(house) -> int:
    return house.ask("SELECT min(user_id) FROM accounts_deleted")[0][0]


def test_a_start_deletes_again_what_its_owner_recovered_by_other_means(inside):
    """The test before left alice in a database that is ours again."""
    said = []
    deleting_again.settle(said.append)
    assert said == ["Deleted again: 1 account that was deleted since"]
    assert ALICE not in emails(inside)


def test_a_ledger_that_cannot_be_read_stops_a_restore(deleted, dump):
    path = deleted.backups / ledger.FILE
    kept = path.read_text()
    path.unlink()
    path.mkdir()
    everything = deleted.everything()
    with pytest.raises(restoring.RestoreRefused, match="ledger of deleted accounts cannot be read"):
        restoring.restore(dump, print, overwrite=True, without_safety_backup=True)
    assert deleted.everything() == everything
    path.rmdir()
    path.write_text(kept)


def test_a_recovery_to_a_moment_deletes_again(deleted):
    erin = "erin@example.org"
    done = deleted.run("pitr", "enable")
    assert done.returncode == 0, done.stderr
    sign_up(deleted, erin)
    time.sleep(1.1)
    [[before]] = deleted.ask("SELECT clock_timestamp()")
    time.sleep(0.1)
    delete(deleted, erin)
    lines = ledger.in_files([deleted.backups / ledger.ARCHIVE])
    assert len(lines) == 1
    done = deleted.run("pitr", "recover", "--to", before.isoformat())
    assert done.returncode == 0, done.stderr
    assert "Deleted again: 1 account that was deleted since" in done.stdout
    assert erin not in emails(deleted)
