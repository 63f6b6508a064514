"""Weeks that are repeated, workouts that join a running plan, and a workout on another day than its own."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("training", "0003_merged_sets")]

    operations = [
        migrations.AddField(
            "mesocycle",
            "repeated_weeks",
            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, null=True),
        ),
        migrations.AddField("workout", "from_week", models.IntegerField(blank=True, null=True)),
        migrations.AddField("workout", "moved_to", models.IntegerField(blank=True, null=True)),
        migrations.AddField("workout", "moved_week", models.IntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "mesocycle",
            models.CheckConstraint(
                condition=Q(repeated_weeks=None)
                | Q(repeated_weeks__contained_by=[2, 3, 4, 5, 6], repeated_weeks__len__lte=4),
                name="check_repeated_weeks",
            ),
        ),
        migrations.AddConstraint(
            "workout",
            models.CheckConstraint(
                condition=Q(from_week=None) | Q(from_week__range=(1, 7), only_week=None), name="check_from_week"
            ),
        ),
        migrations.AddConstraint(
            "workout",
            models.CheckConstraint(
                condition=Q(moved_week=None, moved_to=None)
                | Q(
                    moved_week__isnull=False,
                    moved_to__isnull=False,
                    moved_week__range=(1, 7),
                    moved_to__range=(0, 6),
                ),
                name="check_moved_day",
            ),
        ),
    ]
