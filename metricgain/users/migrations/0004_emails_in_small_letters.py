"""Accounts that `createsuperuser` or the admin made as somebody typed them: sign-in looks in small letters, and never
found those with capitals."""

from django.db import migrations

# No two can become one: `users_email_any_case_key`.
LOWER = "UPDATE users SET email = lower(email) WHERE email <> lower(email)"


class Migration(migrations.Migration):
    dependencies = [("users", "0003_shared_cache")]

    operations = [migrations.RunSQL(LOWER, migrations.RunSQL.noop)]
