"""What came with the app and was deleted is remembered, so that the next `seed` leaves it out.

The trigger of the templates stands here too: the rule is one, and the templates come with the app as exercises do."""

import django.contrib.postgres.functions
from django.db import migrations, models

REMEMBER = """
CREATE FUNCTION remember_removed_seed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO removed_seeds (table_name, slug, name) VALUES (TG_TABLE_NAME, OLD.seeded ->> 'slug', OLD.name)
        ON CONFLICT (table_name, slug) DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER exercises_remember_removed_seed AFTER DELETE ON exercises
    FOR EACH ROW WHEN (OLD.is_system AND OLD.seeded ->> 'slug' IS NOT NULL) EXECUTE FUNCTION remember_removed_seed();
CREATE TRIGGER templates_remember_removed_seed AFTER DELETE ON templates
    FOR EACH ROW WHEN (OLD.is_system AND OLD.seeded ->> 'slug' IS NOT NULL) EXECUTE FUNCTION remember_removed_seed();
"""
FORGET = """
DROP TRIGGER templates_remember_removed_seed ON templates;
DROP TRIGGER exercises_remember_removed_seed ON exercises;
DROP FUNCTION remember_removed_seed();
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0004_search_of_other_names"), ("training", "0001_plan_and_log")]

    operations = [
        migrations.CreateModel(
            name="RemovedSeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table_name", models.CharField(max_length=63, verbose_name="what")),
                ("slug", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=255)),
                (
                    "removed_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow()),
                ),
            ],
            options={"db_table": "removed_seeds"},
        ),
        migrations.AddConstraint(
            model_name="removedseed",
            constraint=models.UniqueConstraint(fields=["table_name", "slug"], name="unique_removed_seed"),
        ),
        migrations.RunSQL(REMEMBER, FORGET),
    ]
