from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("", views.progress, name="progress"),
    path("exercises/<id:exercise_id>/", views.exercise_history, name="exercise_history"),
]
