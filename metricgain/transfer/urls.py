from django.urls import path

from metricgain.transfer import views

app_name = "transfer"
urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("shared/", views.import_shared, name="import_shared"),
    path("<int:import_id>/", views.import_detail, name="import_detail"),
    path("<int:import_id>/columns/", views.import_columns, name="import_columns"),
    path("<int:import_id>/names/<int:place>/", views.import_name, name="import_name"),
    path("<int:import_id>/store/", views.import_store, name="import_store"),
    path("<int:import_id>/undo/", views.import_undo, name="import_undo"),
    path("<int:import_id>/template/", views.import_template, name="import_template"),
]
