"""What all servers of one database have to agree on. The version before knows nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('secret_fingerprint', models.TextField(null=True)),
                ('last_backup_at', models.DateTimeField(null=True)),
                ('last_backup', models.TextField(null=True)),
                ('last_verified_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'installation',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_installation')],
            },
        ),
    ]
