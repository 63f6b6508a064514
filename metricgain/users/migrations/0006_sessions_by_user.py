"""Sessions say whose they are. The version before stores them without it, which `sweep_sessions` adds."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions', '0001_initial'),
        ('users', '0005_accounts_deleted'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE django_session ADD user_id bigint',
            'ALTER TABLE django_session DROP COLUMN user_id',
        ),
        migrations.RunSQL(
            'CREATE INDEX sessions_of_user ON django_session (user_id)',
            'DROP INDEX sessions_of_user',
        ),
        migrations.CreateModel(
            name='StoredSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'django_session',
                'managed': False,
            },
        ),
    ]
