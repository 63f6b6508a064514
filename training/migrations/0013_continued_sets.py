"""Which set a drop or a myo-rep row continues.

Who does not say it (the version before, plain SQL) means the set before it. There is no foreign key: a phone may send a
row before the set that it continues."""

from django.db import migrations, models

# A row for an address that has one already keeps what that says. The rows of a set that was taken back are refused like
# the set itself.
EXTENDS = """
CREATE FUNCTION fill_set_extends() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.set_type NOT IN ('drop', 'myo') THEN
        NEW.extends := NULL;
        RETURN NEW;
    END IF;
    IF NEW.extends IS NULL THEN
        NEW.extends := COALESCE(
            (SELECT extends FROM sets WHERE workout_log_id = NEW.workout_log_id AND exercise_id = NEW.exercise_id
                AND set_number = NEW.set_number),
            (SELECT max(set_number) FROM sets WHERE workout_log_id = NEW.workout_log_id
                AND exercise_id = NEW.exercise_id AND set_number < NEW.set_number
                AND set_type IN ('working', 'failure')));
    END IF;
    IF NEW.extends IS NULL THEN
        NEW.set_type := 'working';
    ELSIF EXISTS (SELECT FROM deleted_sets WHERE workout_log_id = NEW.workout_log_id AND exercise_id = NEW.exercise_id
                    AND set_number = NEW.extends AND deleted_at >= NEW.edited_at) AND TG_OP = 'INSERT' THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sets_fill_extends BEFORE INSERT OR UPDATE OF set_type, extends ON sets FOR EACH ROW
    WHEN (NEW.set_type IN ('drop', 'myo') OR NEW.extends IS NOT NULL) EXECUTE FUNCTION fill_set_extends();
"""
EXTENDS_BACK = "DROP TRIGGER sets_fill_extends ON sets; DROP FUNCTION fill_set_extends();"


class Migration(migrations.Migration):
    dependencies = [("training", "0012_holds_in_reps_before")]

    operations = [
        migrations.AddField("set", "extends", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.RunSQL(EXTENDS, EXTENDS_BACK),
    ]
