from django.urls import reverse
from django.utils import timezone

from exercises import library_seed as library
from metricgain.operations.demo import demo_account, demo_year
from training.catalogue import system_templates
from training.models import Prescription


def test_a_visitor_who_chooses_pounds_is_asked_in_pounds(client, db, settings):
    settings.DEMO = True
    library.seed()
    system_templates.seed()
    demo_account.build(now=timezone.now(), weeks=demo_year.SHORTEST)
    client.post(reverse("demo_start"))
    client.post(reverse("users:settings"), {"unit": "lb", "timezone": "UTC"})
    assert client.get(reverse("training:today")).status_code == 200
    rows = Prescription.objects.current().filter(unit="lb")
    assert rows
    assert all(row.weight is None or row.grid.is_on(row.weight) for row in rows)
