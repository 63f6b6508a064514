"""Seconds of a hold: done, asked, and in the range of a slot, which does not know what its exercise counts."""

from django.db import migrations, models
from django.db.models import Q

ENDS = ("target_reps_min", "target_reps_max")


def within(most: int, name: str) -> migrations.AddConstraint:
    condition = Q(**{name: None}) | Q(**{f"{name}__range": (1, most)})
    return migrations.AddConstraint(
        "workoutexercise", models.CheckConstraint(condition=condition, name=f"check_{name}")
    )


class Migration(migrations.Migration):
    dependencies = [("training", "0009_ill_days_minutes_and_open_sets")]

    operations = [
        migrations.AddField("set", "seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("prescription", "seconds", models.PositiveSmallIntegerField(null=True)),
        migrations.AddConstraint(
            "set", models.CheckConstraint(condition=Q(seconds=None) | Q(reps=1), name="check_seconds")
        ),
        migrations.AddConstraint(
            "prescription",
            models.CheckConstraint(condition=Q(seconds=None) | Q(reps=1, reps_lo=1), name="check_prescription_seconds"),
        ),
        *(migrations.RemoveConstraint("workoutexercise", f"check_{name}") for name in ENDS),
        *(within(600, name) for name in ENDS),
    ]
