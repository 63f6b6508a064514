"""Whether a set may lie elsewhere than at its address, or another one lies there: asked by whoever stores a set.

A function, since the storing statement sees the moment it began, and this what was committed while it waited for the
log."""

from django.db import migrations

ELSEWHERE = """
CREATE FUNCTION lies_elsewhere(log bigint, exercise bigint, number integer) RETURNS boolean
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RETURN EXISTS (SELECT FROM merged_sets WHERE workout_log_id = log
                     AND (became = number OR (exercise_id = exercise AND set_number = number)));
END $$;
"""
ELSEWHERE_BACK = "DROP FUNCTION lies_elsewhere(bigint, bigint, integer);"


class Migration(migrations.Migration):
    dependencies = [("training", "0006_missing_from_first_databases")]

    operations = [migrations.RunSQL(ELSEWHERE, ELSEWHERE_BACK)]
