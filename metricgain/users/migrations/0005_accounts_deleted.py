"""The ledger of deleted accounts. Phones and the version before know nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('users', '0004_emails_in_small_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountDeleted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instance', models.UUIDField()),
                ('user_id', models.BigIntegerField()),
                ('user_created_at', models.DateTimeField()),
                ('day', models.DateField()),
            ],
            options={
                'db_table': 'accounts_deleted',
                'constraints': [models.UniqueConstraint(fields=('instance', 'user_id', 'user_created_at'), name='one_line_of_a_deleted_account')],
            },
        ),
    ]
