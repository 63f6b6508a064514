"""When the note of an exercise was edited: the later edit wins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_guards_of_the_library")]

    operations = [
        migrations.AddField(
            model_name="exercisesettings",
            name="note_edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
