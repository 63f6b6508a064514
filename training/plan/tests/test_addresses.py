from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:mesocycle_next", [5], "/mesocycles/5/next/"),
    ("training:mesocycle_begin", [5], "/mesocycles/5/begin/"),
    ("training:plan_create", [], "/mesocycles/new/"),
    ("training:plan_detail", [5], "/mesocycles/5/plan/"),
    ("training:plan_edit", [5], "/mesocycles/5/plan/edit/"),
    ("training:days_free", [5], "/mesocycles/5/plan/free-days/"),
    ("training:day_add", [5], "/mesocycles/5/plan/days/add/"),
    ("training:plan_undo", [5], "/mesocycles/5/plan/undo/"),
    ("training:day_detail", [7], "/workouts/7/plan/"),
    ("training:day_edit", [7], "/workouts/7/plan/edit/"),
    ("training:day_move", [7], "/workouts/7/plan/move/"),
    ("training:day_duplicate", [7], "/workouts/7/plan/duplicate/"),
    ("training:day_remove", [7], "/workouts/7/plan/remove/"),
    ("training:slot_add", [7], "/workouts/7/plan/exercises/add/"),
    ("training:slot_edit", [7, 3], "/workouts/7/plan/exercises/3/edit/"),
    ("training:slot_swap", [7, 3], "/workouts/7/plan/exercises/3/swap/"),
    ("training:slot_move", [7, 3], "/workouts/7/plan/exercises/3/move/"),
    ("training:slot_superset", [7, 3], "/workouts/7/plan/exercises/3/superset/"),
    ("training:slot_remove", [7, 3], "/workouts/7/plan/exercises/3/remove/"),
    ("training:template_plan", [6], "/templates/6/plan/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.plan", name, args, path)
