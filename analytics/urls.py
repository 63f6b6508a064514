from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("", views.progress, name="progress"),
    path("sets.csv", views.sets_download, name="sets_download"),
    path("exercises/<id:exercise_id>/", views.exercise_history, name="exercise_history"),
]
