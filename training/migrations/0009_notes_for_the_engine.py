"""What a lifter tells the engine: a day while ill, the minutes of a workout, and that an odd set is right. The version
before writes none of them, and every column has a default or may be empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0008_places_of_sets_merged_twice")]

    operations = [
        migrations.AddField("workoutlog", "is_ill", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("workoutlog", "ill_edited_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("workout", "minutes", models.IntegerField(null=True, blank=True)),
        migrations.AddField("set", "confirmed", models.BooleanField(default=False, db_default=False)),
        migrations.AddConstraint(
            "workout",
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(20, 180)), name="check_workout_minutes"
            ),
        ),
    ]
