"""The indexes that let a name in once stand on `name_key`, which the forms ask too."""

from django.db import migrations, models
from django.db.models import F

import metricgain.names


class Migration(migrations.Migration):
    dependencies = [("exercises", "0007_names_apart")]

    operations = [
        migrations.RemoveConstraint(model_name="exercise", name="unique_own_exercise_name"),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.UniqueConstraint(
                F("user"),
                metricgain.names.NameKey("name"),
                name="unique_own_exercise_name",
                violation_error_message="This person has an exercise of that name already.",
            ),
        ),
        migrations.RemoveConstraint(model_name="exercisealias", name="unique_exercise_alias"),
        migrations.AddConstraint(
            model_name="exercisealias",
            constraint=models.UniqueConstraint(
                F("user"),
                metricgain.names.NameKey("name"),
                nulls_distinct=False,
                name="unique_exercise_alias",
                violation_error_message="An exercise has this other name already.",
            ),
        ),
    ]
