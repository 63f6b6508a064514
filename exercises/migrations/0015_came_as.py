"""What an exercise was in the library that it came from, where this one lacks it: by that its next takeout has it as it
came. Nobody who does not know the column needs it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0014_pause_between_sides")]

    operations = [
        migrations.AddField("exercise", "came_as", models.JSONField(blank=True, editable=False, null=True)),
    ]
