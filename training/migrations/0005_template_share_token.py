"""The secret part of a link to a template; unset where it is not shared."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual


class Migration(migrations.Migration):
    # Not 0004, which came after this one had made databases: with that here, Django believes 0004 to be applied there.
    dependencies = [("training", "0003_merged_sets")]

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
