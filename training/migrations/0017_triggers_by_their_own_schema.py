"""Trigger functions find the tables of lifters in the schema of the table that they belong to, instead of in the one
that was current when they were made. So these tables may lie in a schema of their own, beside shared ones.

The change stands in each function as one more first statement. It ends with the function, because that sets its
search_path itself. The version before does not notice it."""

from django.db import migrations

FUNCTIONS = ("fill_log_user", "fill_set_user", "guard_planned_exercise", "honour_deletion", "fill_set_extends",
             "fill_set_seconds")  # fmt: skip
FIRST = "PERFORM set_config('search_path', quote_ident(TG_TABLE_SCHEMA) || ', ' || current_setting('search_path'), true);"
OPENING = "BEGIN\n    "


def rewritten(old: str, new: str) -> str:
    """Returns SQL that replaces the first `old` in each of the functions by `new`."""
    names = ", ".join(f"'{name}'::regproc" for name in FUNCTIONS)
    return f"""
DO $rewrite$
DECLARE
    definition text;
    place integer;
BEGIN
    FOR definition IN SELECT pg_get_functiondef(one) FROM unnest(ARRAY[{names}]::oid[]) AS one LOOP
        place := strpos(definition, $old${old}$old$);
        ASSERT place > 0;
        EXECUTE overlay(definition PLACING $new${new}$new$ FROM place FOR length($old${old}$old$));
    END LOOP;
END $rewrite$;
"""


# Called by our own statements alone, which find the tables by the path of their session.
ELSEWHERE = "ALTER FUNCTION lies_elsewhere(bigint, bigint, integer) RESET search_path"
ELSEWHERE_BACK = "ALTER FUNCTION lies_elsewhere(bigint, bigint, integer) SET search_path FROM CURRENT"

# Exercises are shared, and each schema of lifters has sets of them.
MEASURE = """
CREATE OR REPLACE FUNCTION guard_measure() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    those_sets regclass;
    is_counted_otherwise boolean;
BEGIN
    PERFORM FROM exercises WHERE id = NEW.id FOR UPDATE;
    FOR those_sets IN
        SELECT conrelid FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE contype = 'f' AND confrelid = TG_RELID AND relname = 'sets'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE exercise_id = $1 AND (seconds IS NOT NULL) <> $2)', those_sets)
            INTO is_counted_otherwise USING NEW.id, NEW.measure = 'seconds';
        IF is_counted_otherwise THEN
            RAISE EXCEPTION 'exercise % has sets that do not count %', NEW.id, NEW.measure
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""
MEASURE_BACK = """
CREATE OR REPLACE FUNCTION guard_measure() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM exercises WHERE id = NEW.id FOR UPDATE;
    IF EXISTS (SELECT FROM sets WHERE exercise_id = NEW.id AND (seconds IS NOT NULL) <> (NEW.measure = 'seconds')) THEN
        RAISE EXCEPTION 'exercise % has sets that do not count %', NEW.id, NEW.measure
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0016_imports"), ("exercises", "0016_movements_and_parts")]

    operations = [
        migrations.RunSQL(rewritten(OPENING, f"{OPENING}{FIRST}\n    "), rewritten(f"{OPENING}{FIRST}\n    ", OPENING)),
        migrations.RunSQL(ELSEWHERE, ELSEWHERE_BACK),
        migrations.RunSQL(MEASURE, MEASURE_BACK),
    ]
