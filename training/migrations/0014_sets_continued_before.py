"""Drops and myo-rep rows of before continue the set before them; one without a set before it is a working set."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("training", "0013_continued_sets")]

    # The trigger works it out.
    operations = [
        migrations.RunSQL(
            "UPDATE sets SET set_type = set_type WHERE set_type IN ('drop', 'myo') AND extends IS NULL",
            migrations.RunSQL.noop,
        )
    ]
