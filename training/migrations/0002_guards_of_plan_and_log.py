"""Whose rows are whose, said by composite keys; and the few truths that need a trigger.

The keys cascade as the single ones do. Parent key first: (child's parent, child's user) -> (id, user)."""

from django.db import migrations

from metricgain.database import updated_at_trigger

OWNERSHIP = """
ALTER TABLE workout_logs
    ADD CONSTRAINT workout_logs_workout_of_mesocycle FOREIGN KEY (workout_id, mesocycle_id)
        REFERENCES workouts (id, mesocycle_id) ON DELETE CASCADE,
    ADD CONSTRAINT workout_logs_mesocycle_of_user FOREIGN KEY (mesocycle_id, user_id)
        REFERENCES mesocycles (id, user_id) ON DELETE CASCADE;
ALTER TABLE sets
    ADD CONSTRAINT sets_log_of_user FOREIGN KEY (workout_log_id, user_id)
        REFERENCES workout_logs (id, user_id) ON DELETE CASCADE;

CREATE TRIGGER mesocycles_keep_their_owner BEFORE UPDATE OF user_id ON mesocycles FOR EACH ROW
    WHEN (NEW.user_id IS DISTINCT FROM OLD.user_id) EXECUTE FUNCTION refuse_change_of_owner();
CREATE TRIGGER workouts_keep_their_mesocycle BEFORE UPDATE OF mesocycle_id ON workouts FOR EACH ROW
    WHEN (NEW.mesocycle_id IS DISTINCT FROM OLD.mesocycle_id) EXECUTE FUNCTION refuse_change_of_owner();
"""
OWNERSHIP_BACK = """
DROP TRIGGER workouts_keep_their_mesocycle ON workouts;
DROP TRIGGER mesocycles_keep_their_owner ON mesocycles;
ALTER TABLE sets DROP CONSTRAINT sets_log_of_user;
ALTER TABLE workout_logs
    DROP CONSTRAINT workout_logs_mesocycle_of_user,
    DROP CONSTRAINT workout_logs_workout_of_mesocycle;
"""

# Plain SQL as in the database document names no user on a set (nor need it on a log): the parent knows.
FILL_USER = """
CREATE FUNCTION fill_log_user() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    SELECT user_id INTO NEW.user_id FROM mesocycles WHERE id = NEW.mesocycle_id;
    RETURN NEW;
END $$;
CREATE TRIGGER workout_logs_fill_user BEFORE INSERT ON workout_logs FOR EACH ROW
    WHEN (NEW.user_id IS NULL) EXECUTE FUNCTION fill_log_user();

CREATE FUNCTION fill_set_user() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    SELECT user_id INTO NEW.user_id FROM workout_logs WHERE id = NEW.workout_log_id;
    RETURN NEW;
END $$;
CREATE TRIGGER sets_fill_user BEFORE INSERT ON sets FOR EACH ROW
    WHEN (NEW.user_id IS NULL) EXECUTE FUNCTION fill_set_user();
"""
FILL_USER_BACK = """
DROP TRIGGER sets_fill_user ON sets;
DROP FUNCTION fill_set_user();
DROP TRIGGER workout_logs_fill_user ON workout_logs;
DROP FUNCTION fill_log_user();
"""

OWN_EXERCISES = """
CREATE CONSTRAINT TRIGGER sets_usable_exercise
    AFTER INSERT OR UPDATE OF exercise_id, user_id ON sets
    FOR EACH ROW EXECUTE FUNCTION guard_own_exercise();

CREATE FUNCTION guard_planned_exercise() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM require_usable_exercise(NEW.exercise_id, (
        SELECT mesocycles.user_id FROM workouts JOIN mesocycles ON mesocycles.id = mesocycle_id
        WHERE workouts.id = NEW.workout_id
    ));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER workout_exercises_usable_exercise
    AFTER INSERT OR UPDATE OF exercise_id, workout_id ON workout_exercises
    FOR EACH ROW EXECUTE FUNCTION guard_planned_exercise();
CREATE CONSTRAINT TRIGGER prescriptions_usable_exercise
    AFTER INSERT OR UPDATE OF exercise_id, workout_id ON prescriptions
    FOR EACH ROW EXECUTE FUNCTION guard_planned_exercise();
"""
OWN_EXERCISES_BACK = """
DROP TRIGGER prescriptions_usable_exercise ON prescriptions;
DROP TRIGGER workout_exercises_usable_exercise ON workout_exercises;
DROP FUNCTION guard_planned_exercise();
DROP TRIGGER sets_usable_exercise ON sets;
"""

# Not a condition of the writing statement: that one sees the moment it began, this one what was committed since,
# and a deletion that was waited for must count. Whoever writes locks the log first (see training/facts.py).
TOMBSTONES = """
CREATE FUNCTION honour_deletion() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM deleted_sets WHERE workout_log_id = NEW.workout_log_id AND exercise_id = NEW.exercise_id
                 AND set_number = NEW.set_number AND deleted_at >= NEW.edited_at) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sets_honour_deletion BEFORE INSERT ON sets FOR EACH ROW EXECUTE FUNCTION honour_deletion();
"""
TOMBSTONES_BACK = """
DROP TRIGGER sets_honour_deletion ON sets;
DROP FUNCTION honour_deletion();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0001_plan_and_log"), ("exercises", "0002_guards_of_the_library")]

    operations = [
        migrations.RunSQL(OWNERSHIP, OWNERSHIP_BACK),
        migrations.RunSQL(FILL_USER, FILL_USER_BACK),
        migrations.RunSQL(OWN_EXERCISES, OWN_EXERCISES_BACK),
        migrations.RunSQL(TOMBSTONES, TOMBSTONES_BACK),
        *(
            migrations.RunSQL(*updated_at_trigger(table))
            for table in ("mesocycles", "workouts", "workout_exercises", "workout_logs", "templates")
        ),
    ]
