from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:today", [], "/"),
    ("training:pages_ahead", [], "/pages-ahead/"),
    ("training:freestyle_start", [], "/just-train/"),
    ("training:week_skip", [5, 2], "/mesocycles/5/week/2/skip/"),
    ("training:mesocycle_list", [], "/mesocycles/"),
    ("training:mesocycle_detail", [5], "/mesocycles/5/"),
    ("training:mesocycle_calendar", [5], "/mesocycles/5/calendar/"),
    ("training:week_repeat", [5, 2], "/mesocycles/5/week/2/repeat/"),
    ("training:session_add", [5], "/mesocycles/5/sessions/add/"),
    ("training:mesocycle_end", [5], "/mesocycles/5/end/"),
    ("training:mesocycle_archive", [5], "/mesocycles/5/archive/"),
    ("training:mesocycle_unarchive", [5], "/mesocycles/5/unarchive/"),
    ("training:mesocycle_delete", [5], "/mesocycles/5/delete/"),
    ("training:workout_move", [7, 2], "/workouts/7/week/2/move/"),
    ("training:session_remove", [7], "/workouts/7/withdraw/"),
    ("training:deload_now", [5], "/mesocycles/5/deload/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.schedule", name, args, path)
