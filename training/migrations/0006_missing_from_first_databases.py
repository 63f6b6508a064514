"""0001 came to have this column after it had made databases (ef74f38 to aedc1f1): those lack it, all others have it."""

from django.db import migrations

ADD = "ALTER TABLE workout_logs ADD COLUMN IF NOT EXISTS performed_edited_at timestamp with time zone"


class Migration(migrations.Migration):
    dependencies = [("training", "0004_freedom_of_the_calendar"), ("training", "0005_template_share_token")]

    operations = [migrations.RunSQL(ADD, migrations.RunSQL.noop)]  # it is 0001 that takes it away again
