from django.urls import include, path, register_converter

from metricgain.converters import IdConverter, SmallConverter
from training.views import changes, mesocycles, plans, rescheduling, slots, template_sharing, templates, workouts
from training.views.deload_now import deload_now
from training.views.exercise_merge import exercise_merge
from training.views.exercise_settings import exercise_settings, exercise_settings_delete
from training.views.first_run import first_run
from training.views.how_it_decides import how_it_decides
from training.views.next_mesocycle import mesocycle_begin, mesocycle_next
from training.views.pages_ahead import pages_ahead
from training.views.today import freestyle_start, today, week_skip

app_name = "training"

register_converter(IdConverter, "id")
register_converter(SmallConverter, "small")

session = [
    path("", workouts.workout_detail, name="workout_detail"),
    path("exercises/<id:exercise_id>/sets/<small:number>/", workouts.set_log, name="set_log"),
    path("exercises/<id:exercise_id>/sets/<small:number>/delete/", workouts.set_delete, name="set_delete"),
    path("muscles/<str:muscle>/soreness/", workouts.soreness_rate, name="soreness_rate"),
    path("muscles/<str:muscle>/performance/", workouts.performance_rate, name="performance_rate"),
    path("exercises/add/", changes.exercise_add, name="exercise_add"),
    path("exercises/<id:exercise_id>/sets/", changes.exercise_sets, name="exercise_sets"),
    path("exercises/<id:exercise_id>/swap/", changes.exercise_swap, name="exercise_swap"),
    path("exercises/<id:exercise_id>/remove/", changes.exercise_remove, name="exercise_remove"),
    path("exercises/<id:exercise_id>/move/", changes.exercise_move, name="exercise_move"),
    path("exercises/<id:exercise_id>/note/", workouts.exercise_note, name="exercise_note"),
    path("shorten/", changes.workout_shorten, name="workout_shorten"),
    path("note/", workouts.workout_note, name="workout_note"),
    path("backfill/", workouts.workout_backfill, name="workout_backfill"),
    path("finish/", workouts.workout_finish, name="workout_finish"),
    path("skip/", workouts.workout_skip, name="workout_skip"),
    path("reopen/", workouts.workout_reopen, name="workout_reopen"),
]

plan = [
    path("", plans.plan_detail, name="plan_detail"),
    path("edit/", plans.plan_edit, name="plan_edit"),
    path("free-days/", plans.days_free, name="days_free"),
    path("days/add/", plans.day_add, name="day_add"),
]

day = [
    path("", plans.day_detail, name="day_detail"),
    path("edit/", plans.day_edit, name="day_edit"),
    path("move/", plans.day_move, name="day_move"),
    path("duplicate/", plans.day_duplicate, name="day_duplicate"),
    path("remove/", plans.day_remove, name="day_remove"),
    path("exercises/add/", slots.slot_add, name="slot_add"),
    path("exercises/<id:exercise_id>/edit/", slots.slot_edit, name="slot_edit"),
    path("exercises/<id:exercise_id>/swap/", slots.slot_swap, name="slot_swap"),
    path("exercises/<id:exercise_id>/move/", slots.slot_move, name="slot_move"),
    path("exercises/<id:exercise_id>/remove/", slots.slot_remove, name="slot_remove"),
]

rescheduled = [
    path("calendar/", rescheduling.mesocycle_calendar, name="mesocycle_calendar"),
    path("week/<small:week>/repeat/", rescheduling.week_repeat, name="week_repeat"),
    path("sessions/add/", rescheduling.session_add, name="session_add"),
    path("end/", rescheduling.mesocycle_end, name="mesocycle_end"),
    path("archive/", rescheduling.mesocycle_archive, name="mesocycle_archive"),
    path("unarchive/", rescheduling.mesocycle_unarchive, name="mesocycle_unarchive"),
    path("delete/", rescheduling.mesocycle_delete, name="mesocycle_delete"),
]

urlpatterns = [
    path("", today, name="today"),
    path("pages-ahead/", pages_ahead, name="pages_ahead"),
    path("how-it-decides/", how_it_decides, name="how_it_decides"),
    path("first-run/", first_run, name="first_run"),
    path("just-train/", freestyle_start, name="freestyle_start"),
    path("mesocycles/<id:mesocycle_id>/week/<small:week>/skip/", week_skip, name="week_skip"),
    path("workouts/<id:workout_id>/week/<small:week>/", include(session)),
    path("exercises/<id:exercise_id>/settings/", exercise_settings, name="exercise_settings"),
    path("exercises/<id:exercise_id>/settings/delete/", exercise_settings_delete, name="exercise_settings_delete"),
    path("exercises/<id:exercise_id>/merge/", exercise_merge, name="exercise_merge"),
    path("mesocycles/", mesocycles.mesocycle_list, name="mesocycle_list"),
    path("mesocycles/<id:mesocycle_id>/", mesocycles.mesocycle_detail, name="mesocycle_detail"),
    path("mesocycles/<id:mesocycle_id>/next/", mesocycle_next, name="mesocycle_next"),
    path("mesocycles/<id:mesocycle_id>/begin/", mesocycle_begin, name="mesocycle_begin"),
    path("mesocycles/new/", plans.plan_create, name="plan_create"),
    path("mesocycles/<id:mesocycle_id>/plan/", include(plan)),
    path("mesocycles/<id:mesocycle_id>/", include(rescheduled)),
    path("workouts/<id:workout_id>/plan/", include(day)),
    path("workouts/<id:workout_id>/week/<small:week>/move/", rescheduling.workout_move, name="workout_move"),
    path("workouts/<id:workout_id>/withdraw/", rescheduling.session_remove, name="session_remove"),
    path("mesocycles/<id:mesocycle_id>/deload/", deload_now, name="deload_now"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/import/", template_sharing.template_import, name="template_import"),
    path("templates/shared/<str:token>/", template_sharing.template_shared, name="template_shared"),
    path("templates/<id:template_id>/share/", template_sharing.template_share, name="template_share"),
    path("templates/<id:template_id>/unshare/", template_sharing.template_unshare, name="template_unshare"),
    path("templates/<id:template_id>/download/", template_sharing.template_download, name="template_download"),
    path("templates/<id:template_id>/edit/", templates.template_edit, name="template_edit"),
    path("templates/<id:template_id>/equipment/", templates.template_equipment, name="template_equipment"),
    path("templates/<id:template_id>/delete/", templates.template_delete, name="template_delete"),
    path("mesocycles/<id:mesocycle_id>/template/", templates.template_save, name="template_save"),
    path("templates/<id:template_id>/", templates.template_detail, name="template_detail"),
    path("templates/<id:template_id>/plan/", plans.template_plan, name="template_plan"),
    path("templates/<id:template_id>/start/", mesocycles.mesocycle_start, name="mesocycle_start"),
]
