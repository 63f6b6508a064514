"""Back again, holds are reps: seconds become reps, and ranges that no reps have are left out. There is nothing to do on the
way here, because no exercise was a hold."""

from django.db import migrations

BACK = """
UPDATE sets SET reps = seconds, seconds = NULL WHERE seconds IS NOT NULL;
UPDATE prescriptions SET reps = GREATEST(seconds, 1), reps_lo = GREATEST(seconds, 1), seconds = NULL
    WHERE seconds IS NOT NULL;
UPDATE workout_exercises SET target_reps_min = NULL, target_reps_max = NULL WHERE GREATEST(target_reps_min, target_reps_max) > 100;
UPDATE exercises SET rep_min = NULL, rep_max = NULL WHERE rep_max > 30;
UPDATE exercise_settings SET rep_min = NULL, rep_max = NULL WHERE rep_max > 30;
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0011_measures_fit_their_sets")]

    operations = [migrations.RunSQL(migrations.RunSQL.noop, BACK)]
