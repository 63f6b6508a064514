"""What no key or check can state: an exercise never changes hands, and each user reaches only system and own ones."""

from django.db import migrations

from metricgain.database import updated_at_trigger

NOTHING_CHANGES_HANDS = """
CREATE FUNCTION refuse_change_of_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: a row cannot be handed to somebody else', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

-- An own exercise may become a system one (everybody may use it then); nothing else.
CREATE TRIGGER exercises_keep_their_owner BEFORE UPDATE OF user_id ON exercises FOR EACH ROW
    WHEN (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id)
    EXECUTE FUNCTION refuse_change_of_owner();
"""

# `require_usable_exercise(exercise, user)` is what the guards of the other tables call.
OWN_OR_SYSTEM = """
CREATE FUNCTION require_usable_exercise(used_exercise bigint, by_user bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM exercises WHERE id = used_exercise AND (user_id IS NULL OR user_id = by_user)) THEN
        RAISE EXCEPTION 'exercise % is neither a system exercise nor one of user %', used_exercise, by_user
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION guard_own_exercise() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM require_usable_exercise(NEW.exercise_id, NEW.user_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER exercise_settings_usable_exercise
    AFTER INSERT OR UPDATE OF exercise_id, user_id ON exercise_settings
    FOR EACH ROW EXECUTE FUNCTION guard_own_exercise();

CREATE CONSTRAINT TRIGGER exercise_aliases_usable_exercise
    AFTER INSERT OR UPDATE OF exercise_id, user_id ON exercise_aliases
    FOR EACH ROW WHEN (NEW.user_id IS NOT NULL) EXECUTE FUNCTION guard_own_exercise();

CREATE FUNCTION guard_merged_exercise() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM require_usable_exercise(NEW.merged_into_id, NEW.user_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER exercises_merged_into_usable
    AFTER INSERT OR UPDATE OF merged_into_id, user_id ON exercises
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION guard_merged_exercise();
"""

# Django has no lookup that looks at every element of an array.
WEIGHTS_OF_A_RACK = """
ALTER TABLE exercise_settings ADD CONSTRAINT check_weights
    CHECK (weights IS NULL OR (0 <= ALL (weights) AND 9999.99 >= ALL (weights) AND array_position(weights, NULL) IS NULL))
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_library"), ("users", "0002_truths_of_accounts")]

    operations = [
        migrations.RunSQL(
            NOTHING_CHANGES_HANDS,
            "DROP TRIGGER exercises_keep_their_owner ON exercises; DROP FUNCTION refuse_change_of_owner()",
        ),
        migrations.RunSQL(
            OWN_OR_SYSTEM,
            """
            DROP TRIGGER exercises_merged_into_usable ON exercises;
            DROP TRIGGER exercise_aliases_usable_exercise ON exercise_aliases;
            DROP TRIGGER exercise_settings_usable_exercise ON exercise_settings;
            DROP FUNCTION guard_merged_exercise();
            DROP FUNCTION guard_own_exercise();
            DROP FUNCTION require_usable_exercise(bigint, bigint);
            """,
        ),
        migrations.RunSQL(WEIGHTS_OF_A_RACK, "ALTER TABLE exercise_settings DROP CONSTRAINT check_weights"),
        migrations.RunSQL(*updated_at_trigger("exercises")),
        migrations.RunSQL(*updated_at_trigger("exercise_settings")),
    ]
