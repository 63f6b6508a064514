"""What the database document itself refuses."""

from metricgain.tests.database_document.refusals import Rule, insert_set, update

LONG_NAME = "rpad('a', 256, 'a')"

STATED_BY_THE_DOCUMENT = [
    Rule(
        "a length of no mesocycle",
        "mesocycles_duration_weeks_check",
        "INSERT INTO mesocycles (user_id, name, status, days_per_week, duration_weeks) VALUES "
        "(%(alice)s, 'Next', 'planned', 3, {})",
        refused=("2", "8"),
        taken=("3", "7"),
    ),
    Rule(
        "a week after the last",
        "check_weeks",
        update("mesocycles", "current_week = {}", "alices_mesocycle"),
        refused=("6",),
        taken=("5",),
    ),
    Rule(
        "a muscle group of no exercise",
        "check_muscle_group",
        update("exercises", "muscle_group = {}", "alices_exercise"),
        refused=("'glutes'", "'Chest'"),
        taken=tuple(
            f"'{name}'" for name in ["chest", "back", "legs", "shoulders", "delts", "bis", "tris", "calfs", "abs"]
        ),
    ),
    Rule(
        "a type of no exercise",
        "check_exercise_type",
        update("exercises", "exercise_type = {}", "alices_exercise"),
        refused=("'band'",),
        taken=tuple(f"'{name}'" for name in ["freeweight", "machine", "bodyweight", "cable"]),
    ),
    Rule(
        "more than fifteen planned sets",
        "check_target_sets",
        "UPDATE workout_exercises SET target_sets = {} WHERE workout_id = %(alices_workout)s",
        refused=("16",),
        taken=("15",),
    ),
    Rule(
        "negative reps",
        "check_reps",
        insert_set("set_number, weight, reps", "2, 100, {}"),
        refused=("-1",),
        taken=("0",),
    ),
    Rule(
        "a negative weight",
        "check_weight",
        insert_set("set_number, weight, reps", "2, {}, 5"),
        refused=("-0.01",),
        taken=("0",),
    ),
    Rule(
        "a muscle group of no feedback",
        "check_feedback_muscle_group",
        "INSERT INTO muscle_group_feedback (workout_log_id, muscle_group) VALUES (%(alices_log)s, {})",
        refused=("'glutes'",),
        taken=("'back'",),
    ),
    *(
        Rule(
            f"a {level} beyond 0 to 3",
            f"muscle_group_feedback_{level}_check",
            f"INSERT INTO muscle_group_feedback (workout_log_id, muscle_group, {level}) VALUES "
            "(%(alices_log)s, 'back', {})",
            refused=("-1", "4"),
            taken=("0", "3", "NULL"),
        )
        for level in ("soreness_level", "pump_level", "challenge_level")
    ),
    Rule(
        "an email twice",
        "users_email_key",
        "INSERT INTO users (email, password_hash) VALUES ({}, '-')",
        refused=("'alice@example.org'",),
        taken=("'alicia@example.org'",),
    ),
    Rule(
        "an exercise twice in a workout",
        "unique_workout_exercise",
        "INSERT INTO workout_exercises (workout_id, position, exercise_id) VALUES (%(alices_workout)s, 2, {})",
        refused=("%(bench)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "feedback twice for a muscle group",
        "unique_workout_muscle_feedback",
        "INSERT INTO muscle_group_feedback (workout_log_id, muscle_group) VALUES (%(alices_log)s, {})",
        refused=("'chest'",),
        taken=("'abs'",),
    ),
    Rule(
        "a system exercise twice",
        "idx_exercises_system_name",
        "INSERT INTO exercises (muscle_group, exercise_type, name, is_system, user_id) VALUES ('chest', 'cable', {})",
        refused=("'Barbell Bench Press', TRUE, NULL",),
        taken=("'Barbell Bench Press', FALSE, %(alice)s",),
    ),
    Rule(
        "a name of no length that fits",
        "value too long",
        update("users", "full_name = {}", "alice"),
        refused=(LONG_NAME,),
        taken=(f"left({LONG_NAME}, 255)",),
    ),
    Rule(
        "a weight of more than four digits",
        "numeric field overflow",
        insert_set("set_number, weight, reps", "2, {}, 5"),
        refused=("10000",),
        taken=("9999.99",),
    ),
]
