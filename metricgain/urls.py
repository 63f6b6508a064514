"""The addresses of the whole site: each line includes one app's."""

from django.contrib import admin
from django.urls import include, path

from metricgain.operations.views import demo_start

handler500 = "metricgain.web.outage.server_error"
urlpatterns = [
    path("", include("training.urls")),
    path("exercises/", include("exercises.urls")),
    path("progress/", include("analytics.urls")),
    path("", include("metricgain.users.urls")),
    path("push/", include("metricgain.push.urls")),
    path("import/", include("metricgain.transfer.urls")),
    path("takeout/", include("metricgain.transfer.takeout.urls")),
    path("admin/", admin.site.urls),
    path("", include("metricgain.web.offline")),
    path("", include("metricgain.styleguide")),
    path("demo/", demo_start, name="demo_start"),
]
