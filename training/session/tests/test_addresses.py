from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:workout_detail", [7, 2], "/workouts/7/week/2/"),
    ("training:set_log", [7, 2, 3, 4], "/workouts/7/week/2/exercises/3/sets/4/"),
    ("training:set_delete", [7, 2, 3, 4], "/workouts/7/week/2/exercises/3/sets/4/delete/"),
    ("training:soreness_rate", [7, 2, "chest"], "/workouts/7/week/2/muscles/chest/soreness/"),
    ("training:performance_rate", [7, 2, "chest"], "/workouts/7/week/2/muscles/chest/performance/"),
    ("training:exercise_add", [7, 2], "/workouts/7/week/2/exercises/add/"),
    ("training:exercise_sets", [7, 2, 3], "/workouts/7/week/2/exercises/3/sets/"),
    ("training:exercise_swap", [7, 2, 3], "/workouts/7/week/2/exercises/3/swap/"),
    ("training:exercise_remove", [7, 2, 3], "/workouts/7/week/2/exercises/3/remove/"),
    ("training:exercise_move", [7, 2, 3], "/workouts/7/week/2/exercises/3/move/"),
    ("training:exercise_superset", [7, 2, 3], "/workouts/7/week/2/exercises/3/superset/"),
    ("training:exercise_note", [7, 2, 3], "/workouts/7/week/2/exercises/3/note/"),
    ("training:workout_shorten", [7, 2], "/workouts/7/week/2/shorten/"),
    ("training:workout_note", [7, 2], "/workouts/7/week/2/note/"),
    ("training:workout_ill", [7, 2], "/workouts/7/week/2/ill/"),
    ("training:rir_question", [7, 2], "/workouts/7/week/2/rir-question/"),
    ("training:workout_backfill", [7, 2], "/workouts/7/week/2/backfill/"),
    ("training:workout_finish", [7, 2], "/workouts/7/week/2/finish/"),
    ("training:workout_skip", [7, 2], "/workouts/7/week/2/skip/"),
    ("training:workout_reopen", [7, 2], "/workouts/7/week/2/reopen/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.session", name, args, path)
