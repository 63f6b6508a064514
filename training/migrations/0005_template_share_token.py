"""The secret part of a link to a template; unset where it is not shared."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual


class Migration(migrations.Migration):
    dependencies = [("training", "0004_freedom_of_the_calendar")]

    operations = [
        migrations.AddField(
            model_name="template",
            name="share_token",
            field=models.CharField(blank=True, editable=False, max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(fields=["share_token"], name="unique_template_share_token"),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=Q(share_token=None) | Q(GreaterThanOrEqual(Length("share_token"), 32)),
                name="check_share_token",
            ),
        ),
    ]
