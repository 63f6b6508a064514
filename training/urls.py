from django.urls import include, path, register_converter

from metricgain.web.converters import IdConverter, SmallConverter
from training.catalogue import first_run_views, sharing_views
from training.catalogue import views as catalogue_views
from training.own_exercise import merge_views, settings_views
from training.plan import next_mesocycle_views, slot_views
from training.plan import views as plan_views
from training.rulebook import views as rulebook_views
from training.schedule import deload_views, pages_ahead_views, rescheduling_views, today_views
from training.schedule import views as schedule_views
from training.session import change_views
from training.session import views as session_views

app_name = "training"

register_converter(IdConverter, "id")
register_converter(SmallConverter, "small")

session = [
    path("", session_views.workout_detail, name="workout_detail"),
    path("exercises/<id:exercise_id>/sets/<small:number>/", session_views.set_log, name="set_log"),
    path("exercises/<id:exercise_id>/sets/<small:number>/delete/", session_views.set_delete, name="set_delete"),
    path("muscles/<str:muscle>/soreness/", session_views.soreness_rate, name="soreness_rate"),
    path("muscles/<str:muscle>/performance/", session_views.performance_rate, name="performance_rate"),
    path("exercises/add/", change_views.exercise_add, name="exercise_add"),
    path("exercises/<id:exercise_id>/sets/", change_views.exercise_sets, name="exercise_sets"),
    path("exercises/<id:exercise_id>/swap/", change_views.exercise_swap, name="exercise_swap"),
    path("exercises/<id:exercise_id>/remove/", change_views.exercise_remove, name="exercise_remove"),
    path("exercises/<id:exercise_id>/move/", change_views.exercise_move, name="exercise_move"),
    path("exercises/<id:exercise_id>/superset/", change_views.exercise_superset, name="exercise_superset"),
    path("exercises/<id:exercise_id>/note/", session_views.exercise_note, name="exercise_note"),
    path("shorten/", change_views.workout_shorten, name="workout_shorten"),
    path("note/", session_views.workout_note, name="workout_note"),
    path("ill/", session_views.workout_ill, name="workout_ill"),
    path("backfill/", session_views.workout_backfill, name="workout_backfill"),
    path("rir-question/", session_views.rir_question, name="rir_question"),
    path("finish/", session_views.workout_finish, name="workout_finish"),
    path("skip/", session_views.workout_skip, name="workout_skip"),
    path("reopen/", session_views.workout_reopen, name="workout_reopen"),
]

plan = [
    path("", plan_views.plan_detail, name="plan_detail"),
    path("edit/", plan_views.plan_edit, name="plan_edit"),
    path("free-days/", plan_views.days_free, name="days_free"),
    path("days/add/", plan_views.day_add, name="day_add"),
    path("undo/", plan_views.plan_undo, name="plan_undo"),
]

day = [
    path("", plan_views.day_detail, name="day_detail"),
    path("edit/", plan_views.day_edit, name="day_edit"),
    path("move/", plan_views.day_move, name="day_move"),
    path("duplicate/", plan_views.day_duplicate, name="day_duplicate"),
    path("remove/", plan_views.day_remove, name="day_remove"),
    path("exercises/add/", slot_views.slot_add, name="slot_add"),
    path("exercises/<id:exercise_id>/edit/", slot_views.slot_edit, name="slot_edit"),
    path("exercises/<id:exercise_id>/swap/", slot_views.slot_swap, name="slot_swap"),
    path("exercises/<id:exercise_id>/move/", slot_views.slot_move, name="slot_move"),
    path("exercises/<id:exercise_id>/superset/", slot_views.slot_superset, name="slot_superset"),
    path("exercises/<id:exercise_id>/remove/", slot_views.slot_remove, name="slot_remove"),
]

rescheduled = [
    path("calendar/", rescheduling_views.mesocycle_calendar, name="mesocycle_calendar"),
    path("week/<small:week>/repeat/", rescheduling_views.week_repeat, name="week_repeat"),
    path("sessions/add/", rescheduling_views.session_add, name="session_add"),
    path("end/", rescheduling_views.mesocycle_end, name="mesocycle_end"),
    path("archive/", rescheduling_views.mesocycle_archive, name="mesocycle_archive"),
    path("unarchive/", rescheduling_views.mesocycle_unarchive, name="mesocycle_unarchive"),
    path("delete/", rescheduling_views.mesocycle_delete, name="mesocycle_delete"),
]

urlpatterns = [
    path("", today_views.today, name="today"),
    path("pages-ahead/", pages_ahead_views.pages_ahead, name="pages_ahead"),
    path("how-it-decides/", rulebook_views.how_it_decides, name="how_it_decides"),
    path("first-run/", first_run_views.first_run, name="first_run"),
    path("just-train/", today_views.freestyle_start, name="freestyle_start"),
    path("mesocycles/<id:mesocycle_id>/week/<small:week>/skip/", today_views.week_skip, name="week_skip"),
    path("workouts/<id:workout_id>/week/<small:week>/", include(session)),
    path("exercises/<id:exercise_id>/settings/", settings_views.exercise_settings, name="exercise_settings"),
    path(
        "exercises/<id:exercise_id>/settings/delete/",
        settings_views.exercise_settings_delete,
        name="exercise_settings_delete",
    ),
    path("exercises/<id:exercise_id>/measure/", settings_views.exercise_measure, name="exercise_measure"),
    path("exercises/<id:exercise_id>/merge/", merge_views.exercise_merge, name="exercise_merge"),
    path("mesocycles/", schedule_views.mesocycle_list, name="mesocycle_list"),
    path("mesocycles/<id:mesocycle_id>/", schedule_views.mesocycle_detail, name="mesocycle_detail"),
    path("mesocycles/<id:mesocycle_id>/next/", next_mesocycle_views.mesocycle_next, name="mesocycle_next"),
    path("mesocycles/<id:mesocycle_id>/begin/", next_mesocycle_views.mesocycle_begin, name="mesocycle_begin"),
    path("mesocycles/new/", plan_views.plan_create, name="plan_create"),
    path("mesocycles/<id:mesocycle_id>/plan/", include(plan)),
    path("mesocycles/<id:mesocycle_id>/", include(rescheduled)),
    path("workouts/<id:workout_id>/plan/", include(day)),
    path("workouts/<id:workout_id>/week/<small:week>/move/", rescheduling_views.workout_move, name="workout_move"),
    path("workouts/<id:workout_id>/withdraw/", rescheduling_views.session_remove, name="session_remove"),
    path("mesocycles/<id:mesocycle_id>/deload/", deload_views.deload_now, name="deload_now"),
    path("templates/", catalogue_views.template_list, name="template_list"),
    path("templates/import/", sharing_views.template_import, name="template_import"),
    path("templates/shared/<str:token>/", sharing_views.template_shared, name="template_shared"),
    path("templates/<id:template_id>/share/", sharing_views.template_share, name="template_share"),
    path("templates/<id:template_id>/unshare/", sharing_views.template_unshare, name="template_unshare"),
    path("templates/<id:template_id>/download/", sharing_views.template_download, name="template_download"),
    path("templates/<id:template_id>/edit/", catalogue_views.template_edit, name="template_edit"),
    path("templates/<id:template_id>/equipment/", catalogue_views.template_equipment, name="template_equipment"),
    path("templates/<id:template_id>/delete/", catalogue_views.template_delete, name="template_delete"),
    path("mesocycles/<id:mesocycle_id>/template/", catalogue_views.template_save, name="template_save"),
    path("templates/<id:template_id>/", catalogue_views.template_detail, name="template_detail"),
    path("templates/<id:template_id>/plan/", plan_views.template_plan, name="template_plan"),
    path("templates/<id:template_id>/start/", catalogue_views.mesocycle_start, name="mesocycle_start"),
]
