import shutil
import time
from contextlib import closing

import pytest

from metricgain.operations.backups import loading, manifests, restoring, taking
from metricgain.operations.servers import databases, embedded

WEEK_LOST = "DELETE FROM users WHERE email = 'alice@example.org'"
SETTINGS = (
    "SELECT setrole, setconfig FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase"
    " WHERE datname = current_database() ORDER BY setrole"
)


@pytest.fixture(scope="module")
def dump(house):
    """Makes a backup of everything, as it was when alice had trained."""
    assert house.run("backup").returncode == 0
    [path] = house.dumps()
    return path


@pytest.fixture(scope="module")
def everything(house, dump):
    return house.everything()


def test_the_drill(house, dump, everything, tmp_path_factory):
    """The drill backs up, loses the server with all its data, restores, and compares every row of every table."""
    assert len(everything["sets"]) == 3
    embedded.stop(house.data_dir)
    shutil.rmtree(embedded.cluster_of(house.data_dir))
    done = house.run("restore", str(dump))
    assert done.returncode == 0, done.stderr
    assert "100 %" in done.stdout
    assert "Restored" in done.stdout
    assert house.everything() == everything
    house.ask("INSERT INTO users (email, password_hash) VALUES ('carol@example.org', '')")  # its keys go on
    house.ask("DELETE FROM users WHERE email = 'carol@example.org'")
    assert house.run("migrate", "--check").returncode == 0


def test_a_restored_database_takes_whichever_secret_comes_first(house, dump):
    """The backup may come to a machine that has another one."""
    house.ask("INSERT INTO installation (id, secret_fingerprint) VALUES (1, 'of another') ON CONFLICT (id) "
              "DO UPDATE SET secret_fingerprint = EXCLUDED.secret_fingerprint")  # fmt: skip
    before = set(house.dumps())
    assert house.run("backup").returncode == 0
    [made] = set(house.dumps()) - before
    assert house.run("restore", "--overwrite", str(made)).returncode == 0
    assert house.ask("SELECT secret_fingerprint FROM installation") == [(None,)]


def test_it_does_not_overwrite_by_accident(house, dump):
    house.ask("UPDATE users SET full_name = 'Alice' WHERE email = 'alice@example.org'")
    done = house.run("restore", str(dump))
    assert done.returncode == 1
    assert "--overwrite" in done.stderr
    assert house.ask("SELECT 1 FROM users WHERE full_name = 'Alice'")


def test_overwriting_takes_a_backup_of_what_was_there(house, dump, everything):
    house.ask(WEEK_LOST)
    before = set(house.dumps())
    done = house.run("restore", "--overwrite", str(dump))
    assert done.returncode == 0, done.stderr
    assert house.everything() == everything
    [safety] = set(house.dumps()) - before
    about = manifests.read(manifests.manifest_of(safety))
    assert (about.reason, about.tables["users"].rows) == ("before restoring", 1)
    assert str(safety) in done.stdout
    assert house.databases() == {"metricgain", "postgres"}


def test_it_may_be_served_meanwhile(inside, dump, everything):
    """The swap ends open sessions. They find the restored database when they connect again."""
    inside.ask(WEEK_LOST)
    inside.ask("ALTER DATABASE metricgain SET lock_timeout = '80s'")
    inside.ask("ALTER ROLE CURRENT_USER IN DATABASE metricgain SET statement_timeout = '90s'")
    with closing(inside.connect()) as worker:
        worker.execute("SELECT 1")
        restoring.restore(dump, print, overwrite=True)
        with pytest.raises(databases.psycopg.OperationalError):
            worker.execute("SELECT 1")
    assert inside.everything() == everything
    assert inside.ask("SHOW lock_timeout") == [("80s",)]
    assert inside.ask("SHOW statement_timeout") == [("90s",)]
    inside.ask("ALTER DATABASE metricgain RESET lock_timeout")
    inside.ask("ALTER ROLE CURRENT_USER IN DATABASE metricgain RESET statement_timeout")


def test_settings_of_the_database_that_are_lists_stay_lists(inside, dump):
    wanted = {"search_path": """app, public, "$user", "a ""b'", ''"""}
    wanted |= {"temp_tablespaces": "pg_default, pg_default", "DateStyle": "ISO, DMY"}
    inside.ask("CREATE SCHEMA app")
    for setting, value in wanted.items():
        inside.ask(f"ALTER DATABASE metricgain SET {setting} = {value}")
    inside.ask("ALTER ROLE CURRENT_USER IN DATABASE metricgain SET search_path = public, app")
    kept = inside.ask(SETTINGS)
    restoring.restore(dump, print, overwrite=True)
    assert inside.ask(SETTINGS) == kept
    inside.ask("ALTER ROLE CURRENT_USER IN DATABASE metricgain RESET ALL")
    inside.ask("ALTER DATABASE metricgain RESET ALL")


def test_an_older_schema_is_brought_forward(house, dump, everything, tmp_path):
    house.run("migrate", "users", "0003", "-v0")
    house.run("backup", "--to", str(tmp_path))
    [older] = tmp_path.glob("*.dump")
    done = house.run("restore", "--overwrite", str(older))
    assert done.returncode == 0, done.stderr
    assert "Migrating the older schema forward (" in done.stdout
    assert house.run("migrate", "--check").returncode == 0
    house.run("restore", "--overwrite", str(dump))


def test_a_newer_schema_is_refused(inside, dump, everything, tmp_path):
    newer = tmp_path / dump.name
    shutil.copy(dump, newer)
    written = manifests.manifest_of(dump).read_text()
    manifests.manifest_of(newer).write_text(written.replace("training.0002_guards", "training.0099_wonders"))
    with pytest.raises(restoring.RestoreRefused, match=r"newer MetricGain.*training.0099_wonders.*git pull"):
        restoring.restore(newer, print, overwrite=True)
    assert inside.everything() == everything


def test_a_spoilt_file_changes_nothing(inside, dump, everything, tmp_path):
    spoilt = tmp_path / dump.name
    spoilt.write_bytes(dump.read_bytes()[:-1000])
    shutil.copy(manifests.manifest_of(dump), manifests.manifest_of(spoilt))
    before = inside.dumps()
    with pytest.raises(loading.Broken, match="not whole"):
        restoring.restore(spoilt, print, overwrite=True)
    manifests.manifest_of(spoilt).unlink()
    with pytest.raises(loading.NotLoaded, match="not beside"):
        restoring.restore(spoilt, print, overwrite=True)
    with pytest.raises(loading.Broken, match="not whole"):
        restoring.restore(spoilt, print, overwrite=True, without_manifest=True)
    assert inside.everything() == everything
    assert inside.dumps() == before


def test_a_restore_that_fails_at_the_last_moment_changes_nothing(inside, dump, everything, monkeypatch):
    def tampered(path, manifest, into, say, load=loading.load):
        load(path, manifest, into, say)
        with databases.session(into) as session:
            session.execute("DELETE FROM sets WHERE set_number = 2")

    monkeypatch.setattr(loading, "load", tampered)
    with pytest.raises(loading.Broken, match="sets has 2 rows and should have 3"):
        restoring.restore(dump, print, overwrite=True)
    assert inside.everything() == everything
    assert inside.databases() == {"metricgain", "postgres"}


def test_a_restore_that_is_killed_changes_nothing(house, dump, everything):
    with house.started("restore", "--overwrite", str(dump)) as process:
        for line in process.stdout:
            if "beside yours" in line:
                break
        time.sleep(0.1)
        process.kill()
    assert house.everything() == everything
    assert house.run("restore", "--overwrite", str(dump)).returncode == 0
    assert house.everything() == everything
    assert house.databases() == {"metricgain", "postgres"}


def test_a_failed_safety_backup_stops_it_unless_told(inside, dump, everything, monkeypatch):
    def fails(*arguments, **more):
        raise taking.BackupFailed("No backup was made: the disk is full.")

    monkeypatch.setattr(taking, "take_in", fails)
    with pytest.raises(restoring.RestoreRefused, match=r"disk is full.*--without-safety-backup"):
        restoring.restore(dump, print, overwrite=True)
    said = []
    restoring.restore(dump, said.append, overwrite=True, without_safety_backup=True)
    [aside] = inside.databases() - {"metricgain", "postgres"}
    assert f"as {aside}." in said[-1]
    assert inside.everything() == everything
    databases.drop(aside)


def test_a_plain_dump_comes_in_without_manifest(inside, dump, everything, tmp_path):
    mine = tmp_path / "mine.dump"
    shutil.copy(dump, mine)
    restoring.restore(mine, print, overwrite=True, without_manifest=True)
    assert inside.everything() == everything


def test_a_dump_of_another_application_is_refused(inside, everything, tmp_path):
    foreign = tmp_path / "foreign.dump"
    pg_dump = embedded.binaries() / "pg_dump"
    done = loading.clients.output(pg_dump, "-Fc", f"--file={foreign}", f"--dbname={databases.conninfo('postgres')}")
    assert done.returncode == 0, done.stderr
    with pytest.raises(loading.Broken, match="another application"):
        restoring.restore(foreign, print, overwrite=True, without_manifest=True)
    assert inside.everything() == everything


def test_a_disk_that_is_full_is_told(inside, dump, everything, monkeypatch, tmp_path):
    fake = tmp_path / "pg_restore"
    fake.write_text(
        "#!/bin/sh\necho 'pg_restore: error: could not execute query: ERROR:  could not extend file: "
        "No space left on device' >&2; exit 1\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(loading.clients, "program", lambda name, **more: fake)
    with pytest.raises(loading.NotLoaded, match="disk of the database server is full"):
        restoring.restore(dump, print, overwrite=True, without_safety_backup=True)
    assert inside.everything() == everything


def test_jobs_of_a_backup_are_not_done_again_and_their_files_are_left_out(house, dump):
    """Last in this file, because it leaves them in the database."""
    columns = "INSERT INTO jobs (kind, queue, arguments, is_recurring) VALUES"
    house.ask(f"{columns} ('mail', 'soon', '{{}}', false), ('look', 'later', '{{}}', true)")
    house.ask("INSERT INTO job_chunks (job_id, number, data) SELECT id, 0, 'file' FROM jobs WHERE kind = 'mail'")
    before = set(house.dumps())
    assert house.run("backup").returncode == 0
    [made] = set(house.dumps()) - before
    assert house.run("restore", "--overwrite", str(made)).returncode == 0
    assert dict(house.ask("SELECT kind, state FROM jobs")) == {"mail": "interrupted", "look": "waiting"}
    assert house.ask("SELECT 1 FROM job_chunks") == []
