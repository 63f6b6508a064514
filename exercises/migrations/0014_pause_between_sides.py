"""The pause between the sides of an exercise that is done one side after the other, where a lifter wants one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0013_what_an_exercise_counts")]

    operations = [
        migrations.AddField(
            model_name="exercisesettings",
            name="side_pause",
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="exercisesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(side_pause=None) | models.Q(side_pause__range=(5, 120)), name="check_side_pause"
            ),
        ),
    ]
