from django.urls import path

from exercises import views

app_name = "exercises"

urlpatterns = [
    path("", views.exercise_list, name="exercise_list"),
    path("new/", views.exercise_create, name="exercise_create"),
    path("<id:exercise_id>/", views.exercise_detail, name="exercise_detail"),
    path("<id:exercise_id>/edit/", views.exercise_edit, name="exercise_edit"),
    path("<id:exercise_id>/archive/", views.exercise_archive, name="exercise_archive"),
    path("<id:exercise_id>/unarchive/", views.exercise_unarchive, name="exercise_unarchive"),
]
