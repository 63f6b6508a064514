from django.urls import path

from metricgain.transfer.takeout import views

app_name = "takeout"
urlpatterns = [
    path("", views.takeout_detail, name="takeout_detail"),
    path("begin/", views.takeout_begin, name="takeout_begin"),
    path("file/", views.takeout_file, name="takeout_file"),
    path("back/", views.bring_detail, name="bring_detail"),
]
