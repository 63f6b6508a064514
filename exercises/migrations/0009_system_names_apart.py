"""Names of system exercises that are one name under `name_key` are kept apart, as 0007 did with lifters' own: the newer gets
" (2)", or the next free number. One that was merged gives way first, because nobody chooses it any more."""

from itertools import count

from django.db import migrations

MEETING = """
SELECT id, name FROM (
    SELECT id, name, row_number() OVER (
        PARTITION BY name_key(name) ORDER BY merged_into_id IS NOT NULL, created_at, id
    ) AS place
    FROM exercises WHERE is_system
) AS named WHERE place > 1 ORDER BY id
"""
IS_TAKEN = "SELECT EXISTS (SELECT FROM exercises WHERE is_system AND name_key(name) = name_key(%s))"


def is_taken(cursor, name):
    cursor.execute(IS_TAKEN, [name])
    return cursor.fetchone()[0]


def keep_apart(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MEETING)
        for row, name in cursor.fetchall():
            numbered = (f"{name[:245]} ({number})" for number in count(2))
            new = next(one for one in numbered if not is_taken(cursor, one))
            cursor.execute("UPDATE exercises SET name = %s WHERE id = %s", [new, row])
            print(f"Renamed exercises {row} of the library: {name!r} is {new!r} now")


class Migration(migrations.Migration):
    dependencies = [("exercises", "0008_one_name_by_key")]

    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
