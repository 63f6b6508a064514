"""What is counted in a set: reps, or the seconds of a hold. The range of a hold (`rep_min` to `rep_max`) is in seconds, so
that it may be wider; settings do not know what their exercise counts, so that theirs may be as wide."""

from django.db import migrations, models
from django.db.models import F, Q

NO_RANGE = Q(rep_min=None, rep_max=None)
RANGE = Q(rep_min__isnull=False, rep_max__isnull=False, rep_min__gte=1, rep_max__gte=F("rep_min"))
REPS, SECONDS = NO_RANGE | RANGE & Q(rep_max__lte=30), NO_RANGE | RANGE & Q(rep_max__lte=600)


def check(model: str, condition: Q, name: str) -> migrations.AddConstraint:
    return migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("exercises", "0012_reps_one_can_do")]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="measure",
            field=models.CharField(
                choices=[("reps", "Reps"), ("seconds", "Seconds")],
                db_default="reps",
                default="reps",
                max_length=20,
                verbose_name="what is counted",
            ),
        ),
        check("exercise", Q(measure__in=["reps", "seconds"]), "check_measure"),
        migrations.RemoveConstraint("exercise", "check_exercise_reps"),
        check("exercise", REPS | Q(measure="seconds") & SECONDS, "check_exercise_reps"),
        migrations.RemoveConstraint("exercisesettings", "check_exercise_settings_reps"),
        check("exercisesettings", SECONDS, "check_exercise_settings_reps"),
    ]
