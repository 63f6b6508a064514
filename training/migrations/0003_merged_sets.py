"""Under which number a set of a merged exercise goes on, where both exercises had sets in one session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_guards_of_plan_and_log"), ("exercises", "0002_guards_of_the_library")]

    operations = [
        migrations.CreateModel(
            name="MergedSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workout_log",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, to="training.workoutlog"
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, to="exercises.exercise"),
                ),
                ("set_number", models.IntegerField()),
                ("became", models.IntegerField()),
            ],
            options={"db_table": "merged_sets"},
        ),
        migrations.AddConstraint(
            model_name="mergedset",
            constraint=models.UniqueConstraint(
                fields=["workout_log", "exercise", "set_number"], name="unique_merged_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedset",
            constraint=models.CheckConstraint(
                condition=models.Q(set_number__range=(1, 99), became__range=(1, 99)), name="check_merged_set_numbers"
            ),
        ),
    ]
