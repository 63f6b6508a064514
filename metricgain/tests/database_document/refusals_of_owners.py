"""Rows of one user cannot point to rows of another, and no row changes its owner."""

from metricgain.tests.database_document.refusals import Rule, prescribe, update

SOMEBODY_ELSES = [
    Rule(
        "an exercise of another in a plan",
        "neither a system exercise nor one of user",
        "INSERT INTO workout_exercises (workout_id, position, exercise_id) VALUES (%(alices_workout)s, 2, {})",
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "an exercise of another put into a plan later",
        "neither a system exercise nor one of user",
        "UPDATE workout_exercises SET exercise_id = {} WHERE workout_id = %(alices_workout)s",
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "an exercise of another prescribed",
        "neither a system exercise nor one of user",
        prescribe("exercise_id"),
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s", "%(bench)s"),
    ),
    Rule(
        "settings of another's exercise",
        "neither a system exercise nor one of user",
        "INSERT INTO exercise_settings (user_id, exercise_id) VALUES (%(alice)s, {})",
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "an alias of another's exercise",
        "neither a system exercise nor one of user",
        "INSERT INTO exercise_aliases (name, user_id, exercise_id) VALUES ('Flat', %(alice)s, {})",
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s", "%(bench)s"),
    ),
    Rule(
        "an exercise merged into another's",
        "neither a system exercise nor one of user",
        update("exercises", "merged_into_id = {}", "alices_exercise"),
        refused=("%(bobs_exercise)s",),
        taken=("%(bench)s", "NULL"),
    ),
    Rule(
        "a set of another's log",
        "sets_log_of_user",
        "INSERT INTO sets (user_id, exercise_id, set_number, weight, reps, workout_log_id) VALUES "
        "(%(alice)s, %(bench)s, 2, 100, 5, {})",
        refused=("%(bobs_log)s",),
        taken=("%(alices_log)s",),
    ),
    Rule(
        "a set given to another",
        "sets_log_of_user",
        update("sets", "user_id = {}", "alices_set"),
        refused=("%(bob)s",),
        taken=("%(alice)s",),
    ),
    Rule(
        "a set of another's exercise later",
        "neither a system exercise nor one of user",
        update("sets", "exercise_id = {}", "alices_set"),
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "a mesocycle given to another",
        "mesocycles: a row cannot be handed to somebody else",
        update("mesocycles", "user_id = {}", "alices_old_mesocycle"),
        refused=("%(bob)s",),
        taken=("%(alice)s",),
    ),
    Rule(
        "a workout given to another",
        "workouts: a row cannot be handed to somebody else",
        update("workouts", "mesocycle_id = {}", "alices_workout"),
        refused=("%(bobs_mesocycle)s",),
        taken=("%(alices_mesocycle)s",),
    ),
    Rule(
        "an exercise given to another",
        "exercises: a row cannot be handed to somebody else",
        update("exercises", "(user_id, is_system) = ({})", "alices_exercise"),
        refused=("%(bob)s, FALSE",),
        taken=("%(alice)s, FALSE", "NULL, TRUE"),
    ),
    Rule(
        "a system exercise given to one",
        "exercises: a row cannot be handed to somebody else",
        update("exercises", "(user_id, is_system) = ({})", "bench"),
        refused=("%(alice)s, FALSE",),
        taken=("NULL, TRUE",),
    ),
    Rule(
        "a log given to another",
        "workout_logs_mesocycle_of_user",
        update("workout_logs", "user_id = {}", "alices_empty_log"),
        refused=("%(bob)s",),
        taken=("%(alice)s",),
    ),
]
