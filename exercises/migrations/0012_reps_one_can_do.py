"""How many reps a lifter can do with the body alone, where no history tells it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0011_units_that_follow")]

    operations = [
        migrations.AddField(
            model_name="exercisesettings",
            name="can_do",
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="exercisesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(can_do=None) | models.Q(can_do__range=(1, 100)), name="check_can_do"
            ),
        ),
    ]
