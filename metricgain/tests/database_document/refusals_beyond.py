"""What our schema refuses and the document's does not, in the order of the list in docs/database.md."""

from metricgain.tests.database_document.refusals import Rule, insert_log, insert_set, update

LET_IN_BY_THE_DOCUMENT = [
    Rule(
        "a weight that is no number",
        "check_weight",
        insert_set("set_number, weight, reps", "2, {}, 5"),
        refused=("'NaN'",),
        taken=("0", "9999.99"),
    ),
    Rule(
        "a target weight that is no number",
        "check_target_weight",
        update("workout_exercises", "target_weight = {}", "alices_slot"),
        refused=("'NaN'", "-1"),
        taken=("100", "NULL"),
    ),
    Rule(
        "a set number twice",
        "unique_set",
        insert_set("set_number, weight, reps", "{}, 100, 5"),
        refused=("1",),
        taken=("2",),
    ),
    Rule(
        "a set number below one",
        "check_set_number",
        insert_set("set_number, weight, reps", "{}, 100, 5"),
        refused=("-1", "0", "100"),
        taken=("99",),
    ),
    Rule(
        "any status of a mesocycle",
        "check_mesocycle_status",
        update("mesocycles", "status = {}", "alices_mesocycle"),
        refused=("'paused'", "''", "'Active'"),
        taken=("'planned'", "'completed'", "'archived'"),
    ),
    Rule(
        "any status of a log",
        "check_workout_log_status",
        update("workout_logs", "status = {}", "alices_log"),
        refused=("'done'", "''"),
        taken=("'completed'", "'skipped'"),
    ),
    Rule(
        "a current week before the first",
        "check_current_week",
        update("mesocycles", "current_week = {}", "alices_mesocycle"),
        refused=("-5", "0"),
        taken=("1", "5"),
    ),
    Rule(
        "a day that no week has",
        "check_day_of_week",
        update("workouts", "day_of_week = {}", "alices_workout"),
        refused=("42", "7", "-1"),
        taken=("0", "6", "NULL"),
    ),
    Rule(
        "a copy of a week that no mesocycle has",
        "check_copied_from_week",
        update("mesocycles", "copied_from_week = {}", "alices_mesocycle"),
        refused=("-1", "0", "8"),
        taken=("1", "7", "NULL"),
    ),
    Rule(
        "an end before its start",
        "check_mesocycle_dates",
        update("mesocycles", "start_date = '2025-02-01', end_date = {}", "alices_mesocycle"),
        refused=("'2025-01-31'",),
        taken=("'2025-02-01'", "NULL"),
    ),
    *(
        Rule(
            f"a negative {column}",
            f"check_{column}",
            update("workout_exercises", f"{column} = {{}}", "alices_slot"),
            refused=("-1",),
            taken=("1", "10"),
        )
        for column in ("target_sets", "target_reps_min", "target_reps_max", "target_rir")
    ),
    Rule(
        "an exercise of nobody that is no system exercise",
        "check_exercise_owner",
        "INSERT INTO exercises (name, muscle_group, exercise_type, is_system, user_id) VALUES "
        "('Curl', 'bis', 'cable', {})",
        refused=("FALSE, NULL", "TRUE, %(alice)s"),
        taken=("FALSE, %(alice)s", "TRUE, NULL"),
    ),
    Rule(
        "an email in another case",
        "users_email_any_case_key",
        "INSERT INTO users (email, password_hash) VALUES ({}, '-')",
        refused=("'Alice@Example.org'",),
        taken=("'alicia@example.org'",),
    ),
    *(
        Rule(
            f"a NULL in {table}.{column}",
            f'null value in column "{column}" of relation "{table}"',
            f"UPDATE {table} SET {column} = {{}} WHERE id = %({row})s",
            refused=("NULL",),
            taken=(taken,),
        )
        for table, column, row, taken in (
            ("users", "is_active", "alice", "FALSE"),
            ("exercises", "is_system", "alices_exercise", "FALSE"),
            ("templates", "is_system", "alices_template", "FALSE"),
            ("templates", "times_used", "alices_template", "0"),
            ("mesocycles", "current_week", "alices_mesocycle", "2"),
        )
    ),
    Rule(
        "a log of a user whose workout it is not",
        "workout_logs_mesocycle_of_user",
        "INSERT INTO workout_logs (workout_id, mesocycle_id, week_number, user_id) VALUES "
        "(%(alices_workout)s, %(alices_mesocycle)s, 2, {})",
        refused=("%(bob)s",),
        taken=("%(alice)s",),
    ),
    Rule(
        "a log of a mesocycle whose workout it is not",
        "workout_logs_workout_of_mesocycle",
        "INSERT INTO workout_logs (workout_id, week_number, mesocycle_id, user_id) VALUES (%(alices_workout)s, 2, {})",
        refused=("%(bobs_mesocycle)s, %(bob)s", "%(alices_old_mesocycle)s, %(alice)s"),
        taken=("%(alices_mesocycle)s, %(alice)s",),
    ),
    Rule(
        "a set of another's own exercise",
        "neither a system exercise nor one of user",
        "INSERT INTO sets (workout_log_id, set_number, weight, reps, exercise_id) VALUES "
        "(%(alices_log)s, 1, 100, 5, {})",
        refused=("%(bobs_exercise)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule(
        "a session that ends before it starts",
        "check_duration",
        insert_log("week_number, started_at, completed_at", "2, '2025-01-06 18:00Z', {}"),
        refused=("'2025-01-06 17:59Z'",),
        taken=("'2025-01-06 18:00Z'", "NULL"),
    ),
]
