from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("", views.progress, name="progress"),
    path("stronger/", views.stronger, name="stronger"),
    path("records/", views.records, name="records"),
    path("enough/", views.enough, name="enough"),
    path("mesocycles/latest/", views.mesocycle_latest, name="mesocycle_latest"),
    path("mesocycles/<id:mesocycle_id>/", views.mesocycle_progress, name="mesocycle_progress"),
    path("mesocycles/<id:mesocycle_id>/lineage/", views.mesocycle_lineage, name="mesocycle_lineage"),
    path("exercises/<id:exercise_id>/", views.exercise_history, name="exercise_history"),
    path("notes/", views.notes, name="notes"),
    path("sets.csv", views.sets_download, name="sets_download"),
]
