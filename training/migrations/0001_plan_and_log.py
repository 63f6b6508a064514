
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import metricgain.database


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercises', '0001_library'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mesocycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('description', models.TextField(blank=True, null=True)),
                ('duration_weeks', models.IntegerField(verbose_name='weeks')),
                ('current_week', models.IntegerField(db_default=1, default=1)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('active', 'Active'), ('completed', 'Completed'), ('archived', 'Archived')], db_default='active', default='active', max_length=50)),
                ('start_date', models.DateField(blank=True, null=True)),
                ('end_date', models.DateField(blank=True, null=True)),
                ('days_per_week', models.IntegerField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('copied_from_week', models.IntegerField(blank=True, null=True)),
                ('parent_mesocycle', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='children', to='training.mesocycle')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='mesocycles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mesocycles',
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('slug', models.SlugField(blank=True, db_index=False, max_length=100, null=True)),
                ('description', models.TextField(blank=True, null=True)),
                ('is_system', models.BooleanField(db_default=False, default=False, verbose_name='for everyone')),
                ('config', models.JSONField()),
                ('times_used', models.IntegerField(db_default=0, default=0)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, null=True)),
                ('seeded', models.JSONField(blank=True, editable=False, null=True)),
                ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='templates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'templates',
            },
        ),
        migrations.CreateModel(
            name='Workout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('description', models.TextField(blank=True, null=True)),
                ('day_of_week', models.IntegerField(blank=True, null=True)),
                ('position_in_week', models.IntegerField(blank=True, null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('only_week', models.IntegerField(blank=True, null=True)),
                ('mesocycle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='workouts', to='training.mesocycle')),
            ],
            options={
                'db_table': 'workouts',
            },
        ),
        migrations.CreateModel(
            name='Prescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week_number', models.IntegerField()),
                ('position', models.IntegerField()),
                ('sets', models.IntegerField()),
                ('reps', models.IntegerField()),
                ('reps_lo', models.IntegerField()),
                ('drop', models.DecimalField(decimal_places=2, max_digits=4)),
                ('weight', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('unit', models.CharField(choices=[('kg', 'Kilograms (kg)'), ('lb', 'Pounds (lb)')], max_length=2)),
                ('rir', models.IntegerField(null=True)),
                ('kind', models.CharField(choices=[('normal', 'Normal'), ('recovery', 'Recovery'), ('deload', 'Deload')], db_default='normal', default='normal', max_length=20)),
                ('reasons', models.JSONField(default=list)),
                ('inputs', models.JSONField(default=dict)),
                ('engine_version', models.CharField(max_length=20)),
                ('config_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('superseded_at', models.DateTimeField(null=True)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='prescriptions', to='exercises.exercise')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='replaced_by', to='training.prescription')),
                ('workout', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='prescriptions', to='training.workout')),
            ],
            options={
                'db_table': 'prescriptions',
            },
        ),
        migrations.CreateModel(
            name='WorkoutExercise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('position', models.IntegerField()),
                ('target_sets', models.IntegerField(db_default=3, default=3)),
                ('target_reps_min', models.IntegerField(blank=True, null=True)),
                ('target_reps_max', models.IntegerField(blank=True, null=True)),
                ('target_weight', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('target_rir', models.IntegerField(blank=True, null=True, verbose_name='RIR floor')),
                ('unit', models.CharField(blank=True, choices=[('kg', 'Kilograms (kg)'), ('lb', 'Pounds (lb)')], max_length=2, null=True)),
                ('superset', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('notes', models.TextField(blank=True, null=True)),
                ('exercise', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='slots', to='exercises.exercise')),
                ('workout', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='slots', to='training.workout')),
            ],
            options={
                'db_table': 'workout_exercises',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WorkoutLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('week_number', models.IntegerField()),
                ('performed_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                ('local_date', models.DateField(blank=True, null=True)),
                ('status', models.CharField(choices=[('in_progress', 'In progress'), ('completed', 'Completed'), ('skipped', 'Skipped')], db_default='in_progress', default='in_progress', max_length=50)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('duration_minutes', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.functions.datetime.Extract(django.db.models.expressions.CombinedExpression(models.F('completed_at'), '-', models.F('started_at')), 'epoch'), '/', models.Value(60)), null=True, output_field=models.IntegerField())),
                ('notes', models.TextField(blank=True, null=True)),
                ('status_edited_at', models.DateTimeField(blank=True, null=True)),
                ('notes_edited_at', models.DateTimeField(blank=True, null=True)),
                ('performed_edited_at', models.DateTimeField(blank=True, null=True)),
                ('mesocycle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='logs', to='training.mesocycle')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='logs', to=settings.AUTH_USER_MODEL)),
                ('workout', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='logs', to='training.workout')),
            ],
            options={
                'db_table': 'workout_logs',
            },
        ),
        migrations.CreateModel(
            name='Set',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_number', models.IntegerField()),
                ('weight', models.DecimalField(decimal_places=2, max_digits=6)),
                ('unit', models.CharField(choices=[('kg', 'Kilograms (kg)'), ('lb', 'Pounds (lb)')], db_default='kg', default='kg', max_length=2)),
                ('weight_kg', models.GeneratedField(db_persist=True, expression=models.Case(models.When(then=django.db.models.expressions.CombinedExpression(models.F('weight'), '*', models.Value(Decimal('0.45359237'))), unit='lb'), default=models.F('weight')), output_field=models.DecimalField(decimal_places=4, max_digits=9))),
                ('reps', models.IntegerField()),
                ('rir', models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True, verbose_name='RIR')),
                ('set_type', models.CharField(choices=[('working', 'Working set'), ('failure', 'To failure'), ('drop', 'Drop set'), ('myo', 'Myo-reps')], db_default='working', default='working', max_length=20)),
                ('performed_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                ('edited_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                ('video_url', models.URLField(blank=True, max_length=500, null=True)),
                ('exercise', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='sets', to='exercises.exercise')),
                ('prescription', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='logged_sets', to='training.prescription')),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='sets', to=settings.AUTH_USER_MODEL)),
                ('workout_log', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='sets', to='training.workoutlog')),
            ],
            options={
                'db_table': 'sets',
            },
        ),
        migrations.CreateModel(
            name='MuscleGroupFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('muscle_group', models.CharField(choices=[('chest', 'Chest'), ('back', 'Back'), ('legs', 'Legs'), ('shoulders', 'Shoulders'), ('delts', 'Side and rear delts'), ('bis', 'Biceps'), ('tris', 'Triceps'), ('calfs', 'Calves'), ('abs', 'Abs')], max_length=50)),
                ('soreness_level', models.IntegerField(blank=True, choices=[(0, "Didn't get sore"), (1, 'Recovered a while ago'), (2, 'Recovered just in time'), (3, 'Still sore')], null=True)),
                ('pump_level', models.IntegerField(blank=True, choices=[(0, 'No pump'), (1, 'Light pump'), (2, 'Good pump'), (3, 'Amazing pump')], null=True)),
                ('challenge_level', models.IntegerField(blank=True, choices=[(0, 'Easy'), (1, 'Good'), (2, 'Difficult'), (3, 'Very difficult')], null=True)),
                ('soreness_recorded_at', models.DateTimeField(blank=True, null=True)),
                ('performance_recorded_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False)),
                ('workout_log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='feedback', to='training.workoutlog')),
            ],
            options={
                'verbose_name_plural': 'muscle group feedback',
                'db_table': 'muscle_group_feedback',
            },
        ),
        migrations.CreateModel(
            name='DeletedSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_number', models.IntegerField()),
                ('deleted_at', models.DateTimeField()),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, to='exercises.exercise')),
                ('workout_log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name='deleted_sets', to='training.workoutlog')),
            ],
            options={
                'db_table': 'deleted_sets',
            },
        ),
        migrations.AddIndex(
            model_name='mesocycle',
            index=metricgain.database.Index(fields=['user'], name='idx_mesocycles_user_id'),
        ),
        migrations.AddIndex(
            model_name='mesocycle',
            index=metricgain.database.Index(fields=['status'], name='idx_mesocycles_status'),
        ),
        migrations.AddIndex(
            model_name='mesocycle',
            index=metricgain.database.Index(fields=['-created_at'], name='idx_mesocycles_created_at'),
        ),
        migrations.AddIndex(
            model_name='mesocycle',
            index=metricgain.database.Index(fields=['parent_mesocycle'], name='idx_mesocycles_parent'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('duration_weeks__range', (3, 7))), name='mesocycles_duration_weeks_check'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('current_week__lte', models.F('duration_weeks'))), name='check_weeks'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('current_week__gte', 1)), name='check_current_week'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'active', 'completed', 'archived'])), name='check_mesocycle_status'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('days_per_week__range', (1, 7))), name='check_days_per_week'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('copied_from_week', None), ('copied_from_week__range', (1, 7)), _connector='OR'), name='check_copied_from_week'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.CheckConstraint(condition=models.Q(('end_date', None), ('start_date', None), ('end_date__gte', models.F('start_date')), _connector='OR'), name='check_mesocycle_dates'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'active')), fields=('user',), name='one_active_mesocycle_per_user'),
        ),
        migrations.AddConstraint(
            model_name='mesocycle',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='mesocycles_id_user_key'),
        ),
        migrations.AddIndex(
            model_name='template',
            index=metricgain.database.Index(fields=['is_system'], name='idx_templates_is_system'),
        ),
        migrations.AddIndex(
            model_name='template',
            index=metricgain.database.Index(fields=['user'], name='idx_templates_user_id'),
        ),
        migrations.AddIndex(
            model_name='template',
            index=metricgain.database.Index(fields=['-times_used'], name='idx_templates_times_used'),
        ),
        migrations.AddIndex(
            model_name='template',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='idx_templates_tags'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.CheckConstraint(condition=models.Q(('is_system', False), ('user', None), _connector='OR'), name='check_template_owner', violation_error_message='A template is either for everyone or belongs to one person.'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.CheckConstraint(condition=models.Q(('times_used__gte', 0)), name='check_times_used'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.UniqueConstraint(fields=('slug',), name='unique_template_slug'),
        ),
        migrations.AddIndex(
            model_name='workout',
            index=metricgain.database.Index(fields=['mesocycle'], name='idx_workouts_mesocycle_id'),
        ),
        migrations.AddIndex(
            model_name='workout',
            index=metricgain.database.Index(fields=['day_of_week'], name='idx_workouts_day_of_week'),
        ),
        migrations.AddConstraint(
            model_name='workout',
            constraint=models.CheckConstraint(condition=models.Q(('day_of_week', None), ('day_of_week__range', (0, 6)), _connector='OR'), name='check_day_of_week'),
        ),
        migrations.AddConstraint(
            model_name='workout',
            constraint=models.CheckConstraint(condition=models.Q(('only_week', None), ('only_week__range', (1, 7)), _connector='OR'), name='check_only_week'),
        ),
        migrations.AddConstraint(
            model_name='workout',
            constraint=models.CheckConstraint(condition=models.Q(('position_in_week', None), ('position_in_week__gte', 1), _connector='OR'), name='check_position_in_week'),
        ),
        migrations.AddConstraint(
            model_name='workout',
            constraint=models.UniqueConstraint(fields=('id', 'mesocycle'), name='workouts_id_mesocycle_key'),
        ),
        migrations.AddIndex(
            model_name='prescription',
            index=metricgain.database.Index(fields=['workout', 'week_number', 'exercise'], name='idx_prescriptions_address'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('workout', 'week_number', 'exercise'), name='one_current_prescription'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('week_number__range', (1, 7))), name='check_prescription_week'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('sets__range', (1, 15))), name='check_prescription_sets'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('reps__gte', models.F('reps_lo')), ('reps__lte', 9999), ('reps_lo__gte', 0)), name='check_prescription_reps'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('drop__gte', 0), ('drop__lte', 10)), name='check_prescription_drop'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('weight', None), models.Q(('weight__gte', 0), ('weight__lte', '9999.99')), _connector='OR'), name='check_prescription_weight'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['kg', 'lb'])), name='check_prescription_unit'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('rir', None), ('rir__range', (0, 10)), _connector='OR'), name='check_prescription_rir'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['normal', 'recovery', 'deload'])), name='check_prescription_kind'),
        ),
        migrations.AddIndex(
            model_name='workoutexercise',
            index=metricgain.database.Index(fields=['exercise'], name='idx_workout_exercises_exercise_id'),
        ),
        migrations.AddIndex(
            model_name='workoutexercise',
            index=metricgain.database.Index(fields=['workout', 'position'], name='idx_workout_exercises_position'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.UniqueConstraint(fields=('workout', 'exercise'), name='unique_workout_exercise'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_sets__range', (1, 15))), name='check_target_sets'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 0)), name='check_position'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_reps_min', None), ('target_reps_min__range', (1, 100)), _connector='OR'), name='check_target_reps_min'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_reps_max', None), ('target_reps_max__range', (1, 100)), _connector='OR'), name='check_target_reps_max'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_reps_min', None), ('target_reps_max', None), ('target_reps_max__gte', models.F('target_reps_min')), _connector='OR'), name='check_target_reps'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_weight', None), models.Q(('target_weight__gte', 0), ('target_weight__lte', '9999.99')), _connector='OR'), name='check_target_weight'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('target_rir', None), ('target_rir__range', (0, 10)), _connector='OR'), name='check_target_rir'),
        ),
        migrations.AddConstraint(
            model_name='workoutexercise',
            constraint=models.CheckConstraint(condition=models.Q(('unit', None), ('unit__in', ['kg', 'lb']), _connector='OR'), name='check_workout_exercise_unit'),
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=metricgain.database.Index(fields=['user', '-performed_at'], name='idx_workout_logs_user_id'),
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=metricgain.database.Index(fields=['-performed_at'], name='idx_workout_logs_performed_at'),
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=metricgain.database.Index(fields=['mesocycle', 'week_number'], name='idx_workout_logs_week_number'),
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=metricgain.database.Index(fields=['status'], name='idx_workout_logs_status'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.UniqueConstraint(fields=('workout', 'week_number'), name='unique_workout_week'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.UniqueConstraint(fields=('id', 'user'), name='workout_logs_id_user_key'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('week_number__range', (1, 7))), name='check_week_number'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['in_progress', 'completed', 'skipped'])), name='check_workout_log_status'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('started_at', None), ('completed_at', None), ('completed_at__gte', models.F('started_at')), _connector='OR'), name='check_duration'),
        ),
        migrations.AddIndex(
            model_name='set',
            index=metricgain.database.Index(fields=['-performed_at'], name='idx_sets_performed_at'),
        ),
        migrations.AddIndex(
            model_name='set',
            index=metricgain.database.Index(fields=['exercise', '-performed_at'], name='idx_sets_user_exercise_time'),
        ),
        migrations.AddIndex(
            model_name='set',
            index=metricgain.database.Index(fields=['user', 'exercise', '-performed_at'], include=('weight', 'weight_kg', 'reps'), name='idx_sets_user_history'),
        ),
        migrations.AddIndex(
            model_name='set',
            index=metricgain.database.Index(condition=models.Q(('prescription__isnull', False)), fields=['prescription'], name='idx_sets_prescription'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.UniqueConstraint(fields=('workout_log', 'exercise', 'set_number'), name='unique_set'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('set_number__range', (1, 99))), name='check_set_number'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('reps__range', (0, 9999))), name='check_reps'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 0), ('weight__lte', '9999.99')), name='check_weight'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['kg', 'lb'])), name='check_set_unit'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('rir', None), models.Q(('rir__gte', 0), ('rir__lte', 10)), _connector='OR'), name='check_rir'),
        ),
        migrations.AddConstraint(
            model_name='set',
            constraint=models.CheckConstraint(condition=models.Q(('set_type__in', ['working', 'failure', 'drop', 'myo'])), name='check_set_type'),
        ),
        migrations.AddIndex(
            model_name='musclegroupfeedback',
            index=metricgain.database.Index(fields=['muscle_group'], name='idx_muscle_feedback_muscle_group'),
        ),
        migrations.AddConstraint(
            model_name='musclegroupfeedback',
            constraint=models.UniqueConstraint(fields=('workout_log', 'muscle_group'), name='unique_workout_muscle_feedback'),
        ),
        migrations.AddConstraint(
            model_name='musclegroupfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('muscle_group__in', ['chest', 'back', 'legs', 'shoulders', 'delts', 'bis', 'tris', 'calfs', 'abs'])), name='check_feedback_muscle_group'),
        ),
        migrations.AddConstraint(
            model_name='musclegroupfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('soreness_level', None), ('soreness_level__range', (0, 3)), _connector='OR'), name='muscle_group_feedback_soreness_level_check'),
        ),
        migrations.AddConstraint(
            model_name='musclegroupfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('pump_level', None), ('pump_level__range', (0, 3)), _connector='OR'), name='muscle_group_feedback_pump_level_check'),
        ),
        migrations.AddConstraint(
            model_name='musclegroupfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('challenge_level', None), ('challenge_level__range', (0, 3)), _connector='OR'), name='muscle_group_feedback_challenge_level_check'),
        ),
        migrations.AddConstraint(
            model_name='deletedset',
            constraint=models.UniqueConstraint(fields=('workout_log', 'exercise', 'set_number'), name='unique_deleted_set'),
        ),
        migrations.AddConstraint(
            model_name='deletedset',
            constraint=models.CheckConstraint(condition=models.Q(('set_number__range', (1, 99))), name='check_deleted_set_number'),
        ),
    ]
