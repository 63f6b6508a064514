"""What an exercise counts and what its sets have always fit. No check can say it, because it is about two tables.

Who does not know the column `seconds` (the version before, plain SQL as in the database document) writes the seconds of a
hold as its reps, and means seconds."""

from django.db import migrations

# It waits for sets that are being stored, which hold a share lock on the key of their exercise.
MEASURE = """
CREATE FUNCTION guard_measure() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM exercises WHERE id = NEW.id FOR UPDATE;
    IF EXISTS (SELECT FROM sets WHERE exercise_id = NEW.id AND (seconds IS NOT NULL) <> (NEW.measure = 'seconds')) THEN
        RAISE EXCEPTION 'exercise % has sets that do not count %', NEW.id, NEW.measure
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER exercises_measure_of_sets AFTER UPDATE OF measure ON exercises
    FOR EACH ROW WHEN (NEW.measure IS DISTINCT FROM OLD.measure) EXECUTE FUNCTION guard_measure();
"""
MEASURE_BACK = "DROP TRIGGER exercises_measure_of_sets ON exercises; DROP FUNCTION guard_measure()"

# After the INSERT, not before it: ON CONFLICT DO UPDATE of the version before has to find the reps that it was given.
SECONDS = """
CREATE FUNCTION fill_set_seconds() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    is_hold boolean := (SELECT measure = 'seconds' FROM exercises WHERE id = NEW.exercise_id);
BEGIN
    IF is_hold AND NEW.seconds IS NULL THEN
        UPDATE sets SET seconds = reps, reps = 1 WHERE id = NEW.id;
    ELSIF NOT is_hold AND NEW.seconds IS NOT NULL THEN
        RAISE EXCEPTION 'exercise % counts reps, not seconds', NEW.exercise_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sets_fill_seconds AFTER INSERT ON sets FOR EACH ROW EXECUTE FUNCTION fill_set_seconds();

CREATE FUNCTION keep_set_seconds() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.seconds := NEW.reps;
    NEW.reps := 1;
    RETURN NEW;
END $$;
CREATE TRIGGER sets_keep_seconds BEFORE UPDATE OF reps ON sets FOR EACH ROW
    WHEN (NEW.seconds = OLD.seconds AND NEW.reps <> 1) EXECUTE FUNCTION keep_set_seconds();
"""
SECONDS_BACK = """
DROP TRIGGER sets_keep_seconds ON sets;
DROP FUNCTION keep_set_seconds();
DROP TRIGGER sets_fill_seconds ON sets;
DROP FUNCTION fill_set_seconds();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0010_seconds"), ("exercises", "0013_what_an_exercise_counts")]

    operations = [migrations.RunSQL(MEASURE, MEASURE_BACK), migrations.RunSQL(SECONDS, SECONDS_BACK)]
