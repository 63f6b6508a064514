"""Imports of other apps' logs: their table, the mesocycles of each, and the key by which a later file knows a session.

The version before shows such mesocycles as archived ones."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import metricgain.database

# One key for both columns, so that an import and its mesocycles have the same user.
OWNERSHIP = """
ALTER TABLE mesocycles ADD CONSTRAINT mesocycles_import_of_user FOREIGN KEY (import_id, user_id)
    REFERENCES imports (id, user_id) ON DELETE CASCADE;
"""
OWNERSHIP_BACK = "ALTER TABLE mesocycles DROP CONSTRAINT mesocycles_import_of_user;"


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_table_of_jobs"),
        ("training", "0015_prescription_superset"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("app", models.CharField(db_default="", default="", max_length=50)),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                ("look", models.JSONField(blank=True, null=True)),
                ("choices", models.JSONField(blank=True, db_default={}, default=dict)),
                ("stored_at", models.DateTimeField(blank=True, null=True)),
                ("sessions", models.IntegerField(db_default=0, default=0)),
                ("sets", models.IntegerField(db_default=0, default=0)),
                ("rows_not_taken", models.IntegerField(db_default=0, default=0)),
                ("names_new", models.IntegerField(db_default=0, default=0)),
                (
                    "new_exercises",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, db_default=[], default=list
                    ),
                ),
                (
                    "new_aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, db_default=[], default=list
                    ),
                ),
            ],
            options={
                "db_table": "imports",
            },
        ),
        migrations.AddField(
            model_name="workoutlog",
            name="import_digest",
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
        migrations.AddField(
            model_name="workoutlog",
            name="import_key",
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="workoutlog",
            constraint=models.UniqueConstraint(
                condition=models.Q(("import_key__isnull", False)),
                fields=("user", "import_key"),
                name="one_session_of_an_import_key",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="job",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DB_SET_NULL,
                related_name="+",
                to="jobs.job",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.DB_CASCADE,
                related_name="imports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mesocycle",
            name="imported_by",
            field=models.ForeignKey(
                blank=True,
                db_column="import_id",
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DB_CASCADE,
                related_name="mesocycles",
                to="training.import",
            ),
        ),
        migrations.AddIndex(
            model_name="mesocycle",
            index=metricgain.database.Index(
                condition=models.Q(("imported_by__isnull", False)), fields=["imported_by"], name="idx_mesocycles_import"
            ),
        ),
        migrations.AddConstraint(
            model_name="mesocycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("imported_by", None), ("status", "archived"), _connector="OR"),
                name="check_imported_is_archived",
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=metricgain.database.Index(fields=["job"], name="idx_imports_job"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=metricgain.database.Index(fields=["user", "-created_at"], name="idx_imports_user"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="check_import_sha256"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("names_new__gte", 0), ("rows_not_taken__gte", 0), ("sessions__gte", 0), ("sets__gte", 0)
                ),
                name="check_import_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(fields=("id", "user"), name="imports_id_user_key"),
        ),
        migrations.RunSQL(OWNERSHIP, OWNERSHIP_BACK),
    ]
