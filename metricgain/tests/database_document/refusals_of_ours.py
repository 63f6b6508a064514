"""What plan, log, prescriptions and pushes refuse beside what the document says."""

from metricgain.tests.database_document.refusals import Rule, add, insert_log, insert_set, prescribe, update

DELETED_SET = "workout_log_id, exercise_id, deleted_at, set_number"
TAKEN_BACK = add("deleted_sets", DELETED_SET, "%(alices_log)s, %(bench)s, now(), {}")
PLANNED = add("mesocycles", "user_id, name, duration_weeks, days_per_week, status", "%(alice)s, 'Next', 4, 3, {}")

AN_IMPORT = "INSERT INTO imports (user_id, file_name, sha256) VALUES (%(alice)s, 'a.csv', repeat('0', 64)) RETURNING id"
OF_AN_IMPORT = f"""WITH one AS ({AN_IMPORT})
    INSERT INTO mesocycles (user_id, name, duration_weeks, days_per_week, import_id, status)
    SELECT %(alice)s, '2019', 3, 3, id, {{}} FROM one"""
A_SESSION_OF_AN_APP = """WITH another AS (
    INSERT INTO workouts (mesocycle_id, name) VALUES (%(alices_mesocycle)s, 'Legs') RETURNING id)
    INSERT INTO workout_logs (user_id, workout_id, mesocycle_id, week_number, import_key)
    SELECT %(alice)s, id, %(alices_mesocycle)s, week, key FROM another, (VALUES (2, 'a'), (3, {})) AS its (week, key)"""
A_HOLD = "UPDATE prescriptions SET (reps, reps_lo, seconds) = (1, 1, {})"


def meso(assignment: str) -> str:
    return update("mesocycles", assignment, "alices_mesocycle")


def workout(assignment: str) -> str:
    return update("workouts", assignment, "alices_workout")


def slot(assignment: str) -> str:
    return update("workout_exercises", assignment, "alices_slot")


def logged(assignment: str) -> str:
    return update("sets", assignment, "alices_set")


OF_PLAN_AND_LOG = [
    Rule("a second active mesocycle", "one_active_mesocycle_per_user", PLANNED, ("'active'",), ("'planned'",)),
    Rule("more days than a week has", "check_days_per_week", meso("days_per_week = {}"), ("0", "8"), ("1", "7")),
    Rule("a workout before the first", "check_position_in_week", workout("position_in_week = {}"), ("0",), ("1",)),
    Rule("an extra session of no week", "check_only_week", workout("only_week = {}"), ("0", "8"), ("1", "7", "NULL")),
    Rule("a workout from no week on", "check_from_week", workout("from_week = {}"), ("0", "8"), ("1", "7", "NULL")),
    Rule(
        "a workout moved halfway",
        "check_moved_day",
        workout("(moved_week, moved_to) = ({})"),
        refused=("3, NULL", "NULL, 3", "8, 3", "3, 7"),
        taken=("3, 0", "NULL, NULL"),
    ),
    Rule(
        "a workout of too few or too many minutes",
        "check_minutes_at_most",
        workout("minutes_at_most = {}"),
        refused=("19", "181"),
        taken=("20", "180", "NULL"),
    ),
    Rule(
        "a first week, a last week or a stranger that repeats",
        "check_repeated_weeks",
        meso("repeated_weeks = {}"),
        refused=("'{1}'", "'{7}'", "'{NULL}'", "'{2,3,4,5,6}'"),
        taken=("'{2,6}'", "'{}'", "NULL"),
    ),
    Rule("an exercise before the first", "check_position", slot("position = {}"), ("-1",), ("0", "1")),
    Rule("a planned unit of no scale", "check_workout_exercise_unit", slot("unit = {}"), ("'st'",), ("'lb'", "NULL")),
    Rule("a superset below none", "workout_exercises_superset_check", slot("superset = {}"), ("-1",), ("1", "NULL")),
    Rule(
        "a planned rep range the wrong way round",
        "check_target_reps",
        slot("(target_reps_min, target_reps_max) = ({})"),
        refused=("12, 8",),
        taken=("8, 12", "8, 8", "8, NULL"),
    ),
    Rule("a week logged twice", "unique_workout_week", insert_log("week_number", "{}"), ("1",), ("2",)),
    Rule("a log of no week", "check_week_number", insert_log("week_number", "{}"), ("0", "8"), ("7",)),
    Rule("a unit of no scale", "check_set_unit", logged("unit = {}"), ("'st'", "''"), ("'kg'", "'lb'")),
    Rule(
        "a type of no set", "check_set_type", logged("set_type = {}"), ("'warmup'",), ("'failure'", "'drop'", "'myo'")
    ),
    Rule(
        "a reserve beyond ten", "check_rir", logged("rir = {}"), ("-0.5", "10.5", "'NaN'"), ("0", "1.5", "10", "NULL")
    ),
    Rule(
        "a set that is continued below none",
        "sets_extends_check",
        logged("(set_type, extends) = ('drop', {})"),
        ("-1",),
        ("0", "1"),
    ),
    Rule("seconds beside reps", "check_seconds", logged("(reps, seconds) = ({})"), ("0, 45", "2, 45"), ("1, 45",)),
    Rule("seconds below none", "sets_seconds_check", logged("(reps, seconds) = (1, {})"), ("-1",), ("0", "NULL")),
    Rule(
        "seconds of an exercise that counts reps",
        "counts reps, not seconds",
        insert_set("set_number, weight, reps, seconds", "9, 0, 1, {}"),
        refused=("45",),
        taken=("NULL",),
    ),
    Rule(
        "reps that become seconds where sets are logged",
        "sets that do not count seconds",
        "UPDATE exercises SET measure = 'seconds' WHERE id = %({})s",
        refused=("bench",),
        taken=("alices_exercise",),
    ),
    Rule("no address of a set taken back", "check_deleted_set_number", TAKEN_BACK, ("0", "100"), ("1", "99")),
    Rule("a set taken back twice", "unique_deleted_set", TAKEN_BACK, ("9",), ("8",)),
    Rule("two current prescriptions", "one_current_prescription", prescribe("week_number"), ("1",), ("2",)),
    Rule("a prescription of no week", "check_prescription_week", prescribe("week_number"), ("0", "8"), ("2", "7")),
    Rule("a prescription of no sets", "check_prescription_sets", prescribe("sets"), ("0", "16"), ("1", "15")),
    Rule("reps that rise from set to set", "check_prescription_reps", prescribe("reps"), ("7", "10000"), ("8", "9999")),
    Rule("a last set below none", "check_prescription_reps", prescribe("reps_lo"), ("-1", "11"), ("0", "10")),
    Rule("reps that grow", "check_prescription_drop", prescribe("drop"), ("-0.1", "10.1", "'NaN'"), ("0", "1.25")),
    Rule("a superset asked below none", "prescriptions_superset_check", prescribe("superset"), ("-1",), ("1", "NULL")),
    Rule("seconds asked beside reps", "check_prescription_seconds", prescribe("seconds"), ("45",), ("NULL",)),
    Rule("seconds asked below none", "prescriptions_seconds_check", A_HOLD, ("-1",), ("0", "45", "NULL")),
    Rule(
        "a prescription of no number", "check_prescription_weight", prescribe("weight"), ("'NaN'", "-1"), ("0", "NULL")
    ),
    Rule("a prescribed unit of no scale", "check_prescription_unit", prescribe("unit"), ("'st'",), ("'kg'", "'lb'")),
    Rule("a prescribed reserve below none", "check_prescription_rir", prescribe("rir"), ("-1", "11"), ("0", "NULL")),
    Rule(
        "any kind of prescription",
        "check_prescription_kind",
        prescribe("kind"),
        ("'rest'",),
        ("'recovery'", "'deload'"),
    ),
]

OF_IMPORTS = [
    Rule(
        "a file of no digest",
        "check_import_sha256",
        add("imports", "user_id, file_name, sha256", "%(alice)s, 'a', {}"),
        ("''", "repeat('G', 64)"),
        ("repeat('f', 64)",),
    ),
    Rule(
        "an import of less than nothing",
        "check_import_counts",
        add("imports", "user_id, file_name, sha256, sets", "%(alice)s, 'a', repeat('f', 64), {}"),
        ("-1",),
        ("0",),
    ),
    Rule(
        "history of another app that runs", "check_imported_is_archived", OF_AN_IMPORT, ("'planned'",), ("'archived'",)
    ),
    Rule(
        "a session of another app twice", "one_session_of_an_import_key", A_SESSION_OF_AN_APP, ("'a'",), ("'b'", "NULL")
    ),
]

OF_PUSHES = [
    Rule(
        "a second key of pushes",
        "only_one_push_key",
        add("push_keys", "id, private, public", "{}, 'x', 'y'"),
        refused=("0", "2"),
        taken=("1",),
    ),
    Rule(
        "an address of two devices",
        "one_subscription_of_an_endpoint",
        add(
            "push_subscriptions", "user_id, p256dh, auth, endpoint", "%(bob)s, 'x', 'y', 'a'), (%(alice)s, 'x', 'y', {}"
        ),
        refused=("'a'",),
        taken=("'b'",),
    ),
    Rule(
        "a device slow less than never",
        "push_subscriptions_slow_times_check",
        add("push_subscriptions", "user_id, p256dh, auth, endpoint, slow_times", "%(bob)s, 'x', 'y', 'a', {}"),
        refused=("-1",),
        taken=("0",),
    ),
    Rule(
        "two mornings of a lifter",
        "morning_notes_user_id_key",
        add("morning_notes", "day, user_id", "'2025-01-06', %(alice)s), ('2025-01-07', {}"),
        refused=("%(alice)s",),
        taken=("%(bob)s",),
    ),
]

OF_THE_INSTALLATION = [
    Rule("a second installation", "one_installation", add("installation", "id", "{}"), refused=("2",), taken=("1",)),
]

OF_DELETED_ACCOUNTS = [
    Rule(
        "two lines of a deleted account",
        "one_line_of_a_deleted_account",
        add(
            "accounts_deleted",
            "instance, user_created_at, day, user_id",
            "md5('')::uuid, '2026-12-01', '2026-12-01', 1), (md5('')::uuid, '2026-12-01', '2026-12-02', {}",
        ),
        refused=("1",),
        taken=("2",),
    ),
]
