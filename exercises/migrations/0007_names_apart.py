"""Names that become one under `name_key` are kept apart: the newer gets " (2)", or the next free number. Nothing is merged.
Back again nothing is to be done: such names are apart under the indexes before, too."""

from itertools import count

from django.db import migrations

MEETING = """
SELECT id, user_id, name FROM (
    SELECT id, user_id, name, row_number() OVER (PARTITION BY user_id, name_key(name) ORDER BY {oldest}id) AS place
    FROM {table} {among}
) AS named WHERE place > 1 ORDER BY id
"""
IS_TAKEN = """
SELECT EXISTS (SELECT FROM {table} WHERE user_id IS NOT DISTINCT FROM %s AND name_key(name) = name_key(%s))
"""
OWN = {"table": "exercises", "oldest": "created_at, ", "among": "WHERE user_id IS NOT NULL"}
OTHER = {"table": "exercise_aliases", "oldest": "", "among": ""}


def is_taken(cursor, which, user, name):
    cursor.execute(IS_TAKEN.format(**which), [user, name])
    return cursor.fetchone()[0]


def keep_apart(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for which in (OWN, OTHER):
            cursor.execute(MEETING.format(**which))
            for row, user, name in cursor.fetchall():
                numbered = (f"{name[:245]} ({number})" for number in count(2))
                new = next(one for one in numbered if not is_taken(cursor, which, user, one))
                cursor.execute(f"UPDATE {which['table']} SET name = %s WHERE id = %s", [new, row])
                print(f"Renamed {which['table']} {row} of user {user}: {name!r} is {new!r} now")


class Migration(migrations.Migration):
    dependencies = [("exercises", "0006_name_key")]

    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
