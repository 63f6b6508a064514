from django.urls import path

from metricgain.push import views

app_name = "push"
urlpatterns = [
    path("key/", views.key, name="key"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("<int:subscription_id>/remove/", views.remove, name="remove"),
    path("try/", views.try_, name="try"),
    path("ring/", views.ring, name="ring"),
    path("morning/", views.morning, name="morning"),
]
