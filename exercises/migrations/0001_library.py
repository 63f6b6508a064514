
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import metricgain.database


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('slug', models.SlugField(blank=True, db_index=False, max_length=100, null=True)),
                ('description', models.TextField(blank=True, null=True)),
                ('muscle_group', models.CharField(choices=[('chest', 'Chest'), ('back', 'Back'), ('legs', 'Legs'), ('shoulders', 'Shoulders'), ('delts', 'Side and rear delts'), ('bis', 'Biceps'), ('tris', 'Triceps'), ('calfs', 'Calves'), ('abs', 'Abs')], max_length=50)),
                ('exercise_type', models.CharField(choices=[('freeweight', 'Free weight'), ('machine', 'Machine'), ('bodyweight', 'Bodyweight'), ('cable', 'Cable')], max_length=50, verbose_name='type')),
                ('equipment', models.CharField(choices=[('barbell', 'Barbell'), ('dumbbell', 'Dumbbell'), ('machine', 'Machine'), ('plate_loaded', 'Plate-loaded machine'), ('cable', 'Cable'), ('bodyweight', 'Bodyweight'), ('other', 'Other')], db_default='other', default='other', max_length=20)),
                ('mechanic', models.CharField(choices=[('compound', 'Compound'), ('isolation', 'Isolation')], db_default='compound', default='compound', max_length=20)),
                ('loading', models.CharField(choices=[('weight', 'The weight moved'), ('added', 'Weight added to the body'), ('bodyweight', 'None: the body alone'), ('assisted', 'Help from the machine')], db_default='weight', default='weight', max_length=20)),
                ('unilateral', models.BooleanField(db_default=False, default=False, verbose_name='reps are per side')),
                ('unsafe_to_fail', models.BooleanField(db_default=False, default=False, verbose_name='failing is unsafe')),
                ('rep_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fewest reps')),
                ('rep_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='most reps')),
                ('rest_seconds', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_system', models.BooleanField(db_default=False, default=False, verbose_name='for everyone')),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('media_url', models.URLField(blank=True, max_length=500, null=True)),
                ('seeded', models.JSONField(blank=True, editable=False, null=True)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='merged', to='exercises.exercise')),
                ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='exercises', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'exercises',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ExerciseAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='aliases', to='exercises.exercise')),
                ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'exercise aliases',
                'db_table': 'exercise_aliases',
            },
        ),
        migrations.CreateModel(
            name='ExerciseSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('unit', models.CharField(blank=True, choices=[('kg', 'Kilograms (kg)'), ('lb', 'Pounds (lb)')], max_length=2, null=True)),
                ('increment', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('weights', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=2, max_digits=6), blank=True, null=True)),
                ('smallest_weight', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('rep_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('rep_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('rir_floor', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('rest_seconds', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', models.TextField(blank=True, null=True)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='settings', to='exercises.exercise')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'exercise settings',
                'db_table': 'exercise_settings',
            },
        ),
        migrations.AddIndex(
            model_name='exercise',
            index=metricgain.database.Index(fields=['muscle_group'], name='idx_exercises_muscle_group'),
        ),
        migrations.AddIndex(
            model_name='exercise',
            index=metricgain.database.Index(fields=['user'], name='idx_exercises_user_id'),
        ),
        migrations.AddIndex(
            model_name='exercise',
            index=metricgain.database.Index(fields=['name'], name='idx_exercises_name'),
        ),
        migrations.AddIndex(
            model_name='exercise',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name'], name='idx_exercises_name_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('muscle_group__in', ['chest', 'back', 'legs', 'shoulders', 'delts', 'bis', 'tris', 'calfs', 'abs'])), name='check_muscle_group'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('exercise_type__in', ['freeweight', 'machine', 'bodyweight', 'cable'])), name='check_exercise_type'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('equipment__in', ['barbell', 'dumbbell', 'machine', 'plate_loaded', 'cable', 'bodyweight', 'other'])), name='check_equipment'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('mechanic__in', ['compound', 'isolation'])), name='check_mechanic'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('loading__in', ['weight', 'added', 'bodyweight', 'assisted'])), name='check_loading'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_system', True), ('user', None)), models.Q(('is_system', False), ('user__isnull', False)), _connector='OR'), name='check_exercise_owner', violation_error_message='An exercise is either for everyone or belongs to one person.'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rep_max', None), ('rep_min', None)), models.Q(('rep_max__gte', models.F('rep_min')), ('rep_max__isnull', False), ('rep_max__lte', 30), ('rep_min__gte', 1), ('rep_min__isnull', False)), _connector='OR'), name='check_exercise_reps'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='check_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.UniqueConstraint(condition=models.Q(('is_system', True)), fields=('name',), name='idx_exercises_system_name'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.UniqueConstraint(models.F('user'), django.db.models.functions.text.Lower('name'), name='unique_own_exercise_name'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.UniqueConstraint(fields=('slug',), name='unique_exercise_slug'),
        ),
        migrations.AddConstraint(
            model_name='exercisealias',
            constraint=models.UniqueConstraint(models.F('user'), django.db.models.functions.text.Lower('name'), name='unique_exercise_alias', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.UniqueConstraint(fields=('user', 'exercise'), name='unique_exercise_settings'),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.CheckConstraint(condition=models.Q(('unit', None), ('unit__in', ['kg', 'lb']), _connector='OR'), name='check_exercise_settings_unit'),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.CheckConstraint(condition=models.Q(('increment', None), models.Q(('increment__gt', 0), ('increment__lte', 500)), _connector='OR'), name='check_increment'),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.CheckConstraint(condition=models.Q(('smallest_weight', None), models.Q(('smallest_weight__gte', 0), ('smallest_weight__lte', '9999.99')), _connector='OR'), name='check_smallest_weight'),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rep_max', None), ('rep_min', None)), models.Q(('rep_max__gte', models.F('rep_min')), ('rep_max__isnull', False), ('rep_max__lte', 30), ('rep_min__gte', 1), ('rep_min__isnull', False)), _connector='OR'), name='check_exercise_settings_reps'),
        ),
        migrations.AddConstraint(
            model_name='exercisesettings',
            constraint=models.CheckConstraint(condition=models.Q(('rir_floor', None), ('rir_floor__lte', 5), _connector='OR'), name='check_rir_floor'),
        ),
    ]
