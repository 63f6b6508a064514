"""A name of a system exercise is one name however it is spelled, too. The document's index on the name as it stands stays."""

from django.db import migrations, models
from django.db.models import Q

import metricgain.names


class Migration(migrations.Migration):
    dependencies = [("exercises", "0009_system_names_apart")]

    operations = [
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.UniqueConstraint(
                metricgain.names.NameKey("name"),
                condition=Q(is_system=True),
                name="unique_system_exercise_name",
                violation_error_message="The library has an exercise of that name already.",
            ),
        ),
    ]
