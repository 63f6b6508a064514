"""What Django cannot say of the users: plain `DELETE FROM users` takes everything along, and `updated_at` is kept."""

from django.db import migrations

from metricgain.database import updated_at_trigger

# Foreign keys of other packages that would stop a plain DELETE: (table, column, table it points to).
FOREIGN_KEYS = [
    ("users_groups", "user_id", "users"),
    ("users_user_permissions", "user_id", "users"),
    ("django_admin_log", "user_id", "users"),
    ("account_emailaddress", "user_id", "users"),
    ("account_emailconfirmation", "email_address_id", "account_emailaddress"),
]

# Re-adds a key under its own name, with or without the cascade; its name ends in a hash that Django chose.
READD_KEY = """
DO $$
DECLARE name text;
BEGIN
    SELECT conname INTO STRICT name FROM pg_constraint
    WHERE conrelid = '{table}'::regclass AND confrelid = '{target}'::regclass AND contype = 'f'
      AND conkey = ARRAY[(SELECT attnum FROM pg_attribute
                          WHERE attrelid = '{table}'::regclass AND attname = '{column}')];
    EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', name);
    EXECUTE format('ALTER TABLE {table} ADD CONSTRAINT %I FOREIGN KEY ({column}) REFERENCES {target} (id) '
                   '{rule} DEFERRABLE INITIALLY DEFERRED', name);
END $$
"""


def cascade(table: str, column: str, target: str) -> migrations.RunSQL:
    names = {"table": table, "column": column, "target": target}
    return migrations.RunSQL(
        READD_KEY.format(rule="ON DELETE CASCADE", **names), READD_KEY.format(rule="", **names)
    )


KEEP_UPDATED_AT = """
CREATE FUNCTION keep_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := CURRENT_TIMESTAMP;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0001_accounts"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        *(cascade(*key) for key in FOREIGN_KEYS),
        migrations.RunSQL(KEEP_UPDATED_AT, "DROP FUNCTION keep_updated_at()"),
        # Signing in is no change of the profile: `last_login` is not among the columns.
        migrations.RunSQL(
            *updated_at_trigger("users", "email, password_hash, full_name, is_active, timezone, preferences")
        ),
    ]
