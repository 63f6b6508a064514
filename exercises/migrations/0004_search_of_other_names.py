"""Other names are searched as names are: by trigrams, which forgive typing."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exercises", "0003_note_edited_at")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="exercisealias",
            index=GinIndex(fields=["name"], name="idx_exercise_aliases_name_trgm", opclasses=["gin_trgm_ops"]),
        ),
    ]
