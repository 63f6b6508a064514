
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import metricgain.database


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('email', models.EmailField(max_length=255)),
                ('password', models.CharField(db_column='password_hash', max_length=255)),
                ('full_name', models.CharField(blank=True, max_length=255, null=True, verbose_name='name')),
                ('last_login', models.DateTimeField(blank=True, editable=False, null=True)),
                ('is_active', models.BooleanField(db_default=True, default=True)),
                ('is_staff', models.BooleanField(db_default=False, default=False)),
                ('is_superuser', models.BooleanField(db_default=False, default=False)),
                ('timezone', models.CharField(db_default='UTC', default='UTC', max_length=50, verbose_name='time zone')),
                ('preferences', models.JSONField(blank=True, db_default={}, default=dict)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'db_table': 'users',
            },
        ),
        migrations.CreateModel(
            name='BodyWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('kg', models.DecimalField(decimal_places=2, max_digits=5)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='body_weights', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'body_weights',
            },
        ),
        migrations.AddIndex(
            model_name='user',
            index=metricgain.database.Index(fields=['created_at'], name='idx_users_created_at'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(fields=('email',), name='users_email_key'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Upper('email'), name='users_email_any_case_key'),
        ),
        migrations.AddConstraint(
            model_name='bodyweight',
            constraint=models.UniqueConstraint(fields=('user', 'date'), name='unique_body_weight_per_day'),
        ),
        migrations.AddConstraint(
            model_name='bodyweight',
            constraint=models.CheckConstraint(condition=models.Q(('kg__gte', 20), ('kg__lte', 500)), name='check_body_weight'),
        ),
    ]
