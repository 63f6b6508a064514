"""The floor: the least that a page of this app can cost, signed in. One indexed read, or one indexed upsert with its
commit.

Only benchmarks mount these pages beside the real ones, so that both run in the same process and on the same server."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from metricgain.urls import urlpatterns as pages
from training.models import Mesocycle


def floor_read(request):
    mesocycle = Mesocycle.objects.filter(user=request.user.id).first()
    return HttpResponse(f"{mesocycle.name}\n" * 50)


def floor_write(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO body_weights (user_id, date, kg) VALUES (%s, '2000-01-01', 80) "
            "ON CONFLICT (user_id, date) DO UPDATE SET kg = excluded.kg",
            [request.user.id],
        )
    return HttpResponse(status=303, headers={"Location": "/"})


urlpatterns = [path("floor/read/", floor_read), path("floor/write/", floor_write), *pages]
