from django.urls import include, path

from training.views import mesocycles, templates, workouts
from training.views.today import today

app_name = "training"

session = [
    path("", workouts.workout_detail, name="workout_detail"),
    path("exercises/<int:exercise_id>/sets/<int:number>/", workouts.set_log, name="set_log"),
    path("exercises/<int:exercise_id>/sets/<int:number>/delete/", workouts.set_delete, name="set_delete"),
    path("muscles/<str:muscle>/soreness/", workouts.soreness_rate, name="soreness_rate"),
    path("muscles/<str:muscle>/performance/", workouts.performance_rate, name="performance_rate"),
    path("finish/", workouts.workout_finish, name="workout_finish"),
]

urlpatterns = [
    path("", today, name="today"),
    path("workouts/<int:workout_id>/week/<int:week>/", include(session)),
    path("mesocycles/", mesocycles.mesocycle_list, name="mesocycle_list"),
    path("mesocycles/<int:mesocycle_id>/", mesocycles.mesocycle_detail, name="mesocycle_detail"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/<int:template_id>/", templates.template_detail, name="template_detail"),
    path("templates/<int:template_id>/start/", mesocycles.mesocycle_start, name="mesocycle_start"),
]
