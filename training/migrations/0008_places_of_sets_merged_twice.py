"""Of a set whose exercise was merged, and that one again, `became` says the number in the end: no longer the one on the
way. Back again nothing is to be done: the version before follows such a set one merge too far, and then to a number of
its own."""

from django.db import migrations

FOLLOW = """
WITH RECURSIVE followed AS (
    SELECT merged_sets.id, workout_log_id, merged_into_id AS stands, became, 0 AS merges
    FROM merged_sets JOIN exercises ON exercises.id = exercise_id
    UNION ALL
    SELECT followed.id, followed.workout_log_id, merged_into_id, COALESCE(further.became, followed.became), merges + 1
    FROM followed
    JOIN exercises ON exercises.id = stands AND merged_into_id IS NOT NULL
    LEFT JOIN merged_sets further ON further.workout_log_id = followed.workout_log_id
        AND further.exercise_id = stands AND further.set_number = followed.became
), last AS (
    SELECT DISTINCT ON (id) id, became FROM followed ORDER BY id, merges DESC
)
UPDATE merged_sets SET became = last.became FROM last
WHERE last.id = merged_sets.id AND last.became <> merged_sets.became
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0007_where_merged_sets_lie")]

    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
