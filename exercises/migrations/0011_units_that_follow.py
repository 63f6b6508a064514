"""Settings of an exercise without a weight follow the unit of the account: the form used to store it beside a note or a rest,
where it held the exercise back when the account changed. Back again nothing is to be done: the version before reads it so."""

from django.db import migrations

FOLLOW = """
UPDATE exercise_settings SET unit = NULL FROM users
WHERE users.id = user_id AND increment IS NULL AND weights IS NULL AND smallest_weight IS NULL
    AND unit = CASE WHEN preferences ->> 'unit' = 'lb' THEN 'lb' ELSE 'kg' END
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0010_one_system_name_by_key"), ("users", "0004_emails_in_small_letters")]

    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
