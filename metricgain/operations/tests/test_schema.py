"""A database that lacks something is not served; one that has more is."""

import re
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from metricgain.operations import preparing
from metricgain.operations.backups import restoring, taking
from metricgain.operations.servers import databases, embedded, schema
from metricgain.operations.tests.serving import free_port, served

COLUMN = "ALTER TABLE workout_logs {} COLUMN performed_edited_at {}"


@contextmanager
def changed(house, change: str, back: str):
    house.ask(change)
    try:
        yield
    finally:
        house.ask(back)


def without_a_column(house):
    return changed(house, COLUMN.format("DROP", ""), COLUMN.format("ADD", "timestamptz"))


def of_a_newer_version(house):
    row = "('training', '0099_wonders', now())"
    return changed(
        house,
        f"INSERT INTO django_migrations (app, name, applied) VALUES {row}",
        "DELETE FROM django_migrations WHERE name = '0099_wonders'",
    )


def test_a_database_that_our_migrations_made_has_all_and_nothing_else(inside):
    with databases.session() as opened:
        assert schema.compare(opened) == schema.Comparison(missing=[], unknown=[], newer=[])


def test_serve_refuses_a_missing_column_in_a_sentence(house):
    with without_a_column(house):
        done = house.run("serve", PORT=str(free_port()))
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert "lacks what MetricGain needs: column workout_logs.performed_edited_at. Restore a backup" in sentence


def test_a_missing_table_is_named_once_without_its_columns(inside):
    with (
        changed(inside, "ALTER TABLE merged_sets RENAME TO away", "ALTER TABLE away RENAME TO merged_sets"),
        pytest.raises(CommandError, match=r"needs: table merged_sets\. Restore"),
    ):
        schema.check(print)


def test_tables_are_ours_wherever_on_the_search_path_they_lie(inside):
    """A schema that comes before `public` on the path may belong to something else."""
    user = inside.ask("SELECT current_user")[0][0]
    path = f'ALTER ROLE "{user}" IN DATABASE metricgain {{}} search_path'
    with (
        changed(inside, "CREATE SCHEMA ahead", "DROP SCHEMA ahead"),
        changed(inside, path.format("SET") + " = ahead, public", path.format("RESET")),
        databases.session() as opened,
    ):
        assert schema.compare(opened) == schema.Comparison(missing=[], unknown=[], newer=[])


def test_a_missing_index_that_writes_go_by_is_refused(inside):
    [[definition]] = inside.ask("SELECT indexdef FROM pg_indexes WHERE indexname = 'unique_body_weight_per_day'")
    assert "(user_id, date)" in definition
    drop = "ALTER TABLE body_weights DROP CONSTRAINT unique_body_weight_per_day"
    add = "ALTER TABLE body_weights ADD CONSTRAINT unique_body_weight_per_day UNIQUE (user_id, date)"
    with changed(inside, drop, add), pytest.raises(CommandError, match="unique index unique_body_weight_per_day"):
        schema.check(print)


def test_what_a_newer_version_took_away_asks_for_that_version(inside):
    with (
        without_a_column(inside),
        of_a_newer_version(inside),
        pytest.raises(CommandError, match=r"newer MetricGain changed it \(training.0099_wonders\).*git pull"),
    ):
        schema.check(print)


def test_what_serve_does_not_know_is_said_once_and_served(house):
    with (
        of_a_newer_version(house),
        changed(house, "CREATE TABLE wonders (id int, what text)", "DROP TABLE wonders"),
        changed(house, "ALTER TABLE sets ADD tempo text", "ALTER TABLE sets DROP tempo"),
        served(house.data_dir, PORT=str(free_port())) as said,
    ):
        pass
    lines = [line for line in said.splitlines() if "does not know" in line]
    assert [line.split(": ")[1] for line in lines] == [
        "table wonders, column sets.tempo, migration training.0099_wonders"
    ]


def test_of_many_things_the_first_are_named_and_the_rest_is_counted(inside):
    [[tables]] = inside.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    with databases.session("postgres") as opened:
        found = schema.compare(opened).missing
    assert sum(one.startswith("table ") for one in found) == tables
    assert schema.named(found).endswith(f", {found[4]} and {len(found) - 5} more")


@pytest.mark.parametrize(
    ("forgotten", "reason"),
    [
        ("^00(0[5-9]|1)", '"share_token" of relation .* already exists'),  # numbered anew when its branch landed
        ("^0005", "0006_.* is applied before its dependency training.0005_"),
    ],
)
def test_a_migration_that_cannot_be_is_told_in_a_sentence(inside, django_db_blocker, forgotten, reason):
    forget = f"UPDATE django_migrations SET app = 'branch' WHERE app = 'training' AND name ~ '{forgotten}'"
    with (
        changed(inside, forget, "UPDATE django_migrations SET app = 'training' WHERE app = 'branch'"),
        django_db_blocker.unblock(),
        pytest.raises(CommandError, match=f"{reason}.*changed nothing"),
    ):
        preparing.migrate()


def test_a_backup_that_lacks_a_column_is_not_restored(inside):
    with without_a_column(inside):
        made = taking.take()
    everything = inside.everything()
    with pytest.raises(restoring.RestoreRefused, match=r"lacks .*workout_logs.performed_edited_at.*is as it was"):
        restoring.restore(made.path, print, overwrite=True, without_safety_backup=True)
    assert inside.everything() == everything
    assert inside.databases() == {"metricgain", "postgres"}


@pytest.fixture
def of_a_role_that_may_little(house):
    """The address of an empty database in which the role may create tables, and no extension."""
    house.ask("CREATE ROLE little LOGIN")
    house.ask("CREATE DATABASE little")
    house.ask("GRANT CREATE ON SCHEMA public TO little", database="little")
    url = embedded.database_url(house.data_dir).removesuffix(embedded.DATABASE)
    yield f"{url.replace('postgres@', 'little@')}little"
    house.ask("DROP DATABASE little WITH (FORCE)")
    house.ask("DROP ROLE little")


def test_a_role_that_may_not_create_the_extension_is_told_the_command_that_does(house, of_a_role_that_may_little):
    done = house.run("serve", PORT=str(free_port()), DATABASE_URL=of_a_role_that_may_little)
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert "The role little may not create the extension pg_trgm in the database little" in sentence
    command = re.search(r'psql -d "little" -c "(.+)"', sentence)[1]
    house.ask(command, database="little")
    with served(house.data_dir, PORT=str(free_port()), DATABASE_URL=of_a_role_that_may_little) as said:
        assert "MetricGain is at" in said


def test_whatever_needs_the_extension_tells_the_package(inside, monkeypatch):
    schema.check_extensions()  # all is well
    made = taking.take()
    everything = inside.everything()
    monkeypatch.setattr(schema, "TRIGRAMS", schema.TRIGRAMS.replace("pg_trgm", "pg_nowhere"))
    for verb in (
        schema.check_extensions,
        lambda: restoring.restore(made.path, print, overwrite=True, without_safety_backup=True),
        lambda: call_command("migrate", verbosity=0),
    ):
        with pytest.raises(CommandError, match="package postgresql-contrib"):
            verb()
    assert inside.everything() == everything
