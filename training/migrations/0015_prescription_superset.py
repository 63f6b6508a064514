"""The superset of a prescription, so that a lifter can pair exercises for one session alone.

The version before writes none: such a row is alone until its session is prescribed again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0014_sets_continued_before")]

    operations = [
        migrations.AddField(
            model_name="prescription",
            name="superset",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
