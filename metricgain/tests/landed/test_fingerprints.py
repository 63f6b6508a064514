"""A migration that has landed has made databases. An edit of it reaches none of them, and they are left behind."""

import pytest
from django.contrib.postgres.operations import TrigramExtension
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from metricgain.tests.landed import fingerprints

pytestmark = pytest.mark.django_db


def test_no_migration_that_has_landed_is_edited():
    landed, present = fingerprints.landed(), fingerprints.present()
    edited = {name for name in landed if present.get(name) != landed[name]}
    assert not edited, (
        f"{sorted(edited)} made databases as they were, which an edit does not reach. Take it back, and make a new "
        "migration for what it was about (manage.py makemigrations)."
    )


def test_every_migration_is_in_the_list():
    new = fingerprints.present().keys() - fingerprints.landed().keys()
    assert not new, f"{sorted(new)}: once they are as they shall stay, run .venv/bin/{fingerprints.COMMAND}"


def test_the_command_adds_what_is_new_and_changes_nothing(tmp_path, monkeypatch):
    whole = fingerprints.LIST.read_text()
    lines = whole.splitlines(keepends=True)
    edited, kept = f"{lines[0].split()[0]} {'0' * 64}\n", lines[2:]
    monkeypatch.setattr(fingerprints, "LIST", tmp_path / "migrations.txt")
    fingerprints.LIST.write_text("".join([edited, *kept]))
    assert fingerprints.append() == [lines[1].split()[0]]
    assert fingerprints.LIST.read_text() == "".join([edited, *kept, lines[1]])
    assert fingerprints.append() == []


def told(*operations, after="0003_merged_sets") -> str:
    migration = migrations.Migration("0099_wonders", "training")
    migration.operations, migration.dependencies = list(operations), [("training", after)]
    loader = MigrationLoader(connection)
    loader.graph.add_node(("training", "0099_wonders"), migration)
    loader.graph.add_dependency(migration, ("training", "0099_wonders"), ("training", "0005_template_share_token"))
    return fingerprints.told(loader, migration)


def column(name="tempo", **more):
    return migrations.AddField("set", name, models.TextField(null=True, **more))


def fill(apps, schema_editor):
    apps.get_model("training", "Set").objects.update(tempo="3-1-1")


def fill_otherwise(apps, schema_editor):
    apps.get_model("training", "Set").objects.update(tempo="2-0-2")


def python(code):
    return migrations.RunPython(code, migrations.RunPython.noop)


@pytest.mark.parametrize(
    ("before", "edited"),
    [
        ([column()], [column(), column("other")]),
        ([column()], [column(db_default="3-1-1")]),
        ([migrations.RunSQL("SELECT 1")], [migrations.RunSQL("SELECT 2")]),
        ([python(fill)], [python(fill_otherwise)]),
        ([column()], [column(), TrigramExtension()]),
    ],
    ids=["a column more", "another default", "other SQL", "other Python", "an extension"],
)
def test_an_edit_of_what_it_does_is_noticed(before, edited):
    assert told(*before) != told(*edited)


def test_another_order_of_migrations_is_noticed():
    assert told(column()) != told(column(), after="0004_freedom_of_the_calendar")


def test_what_changes_no_database_is_no_edit():
    laid_out = "ALTER TABLE sets\n    ADD tempo text"
    assert told(migrations.RunSQL(laid_out)) == told(migrations.RunSQL("ALTER TABLE sets ADD tempo text"))
    assert told(column()) == told(column(help_text="Seconds down, held, up"))
