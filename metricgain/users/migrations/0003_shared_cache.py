"""The table of the cache that the workers share: what `createcachetable` would make, so that `migrate` is enough.

It belongs to no model, so that nothing but this file says it exists."""

from django.db import migrations

CREATE = """
CREATE TABLE shared_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("users", "0002_truths_of_accounts")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE shared_cache")]
