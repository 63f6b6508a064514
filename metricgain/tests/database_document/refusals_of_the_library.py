"""What library, settings, templates and body mass refuse beside what the document says."""

from metricgain.tests.database_document.refusals import Rule, add, set_up, update

OWN = add("exercises", "muscle_group, exercise_type, user_id, name", "'chest', 'cable', %(alice)s, {}")
ALIAS = add("exercise_aliases", "exercise_id, name, user_id", "%(bench)s, {}")
BODY_WEIGHT = add("body_weights", "user_id, date, kg", "%(alice)s, {}")
SHARED = add("templates", "name, config, share_token", "'Other', '{{}}', repeat({}, 40)")
REMOVED = add("removed_seeds", "table_name, name, slug", "'exercises', 'Gone', {}")
MERGED = add("merged_sets", "workout_log_id, exercise_id, set_number, became", "%(alices_log)s, %(bench)s, {}")
NO_RANGES = ("8, NULL", "NULL, 8", "12, 8", "0, 8")
RANGES = ("8, 12", "8, 8", "NULL, NULL")


def exercise(assignment: str) -> str:
    return update("exercises", assignment, "alices_exercise")


def template(assignment: str) -> str:
    return update("templates", assignment, "alices_template")


KNOWN = {
    "equipment": "barbell dumbbell machine plate_loaded cable bodyweight other",
    "mechanic": "compound isolation",
    "loading": "weight added bodyweight assisted",
    "measure": "reps seconds",
}

OF_THE_LIBRARY = [
    *(
        Rule(
            f"any {column} of an exercise",
            f"check_{column}",
            exercise(f"{column} = {{}}"),
            refused=("'any'", "''"),
            taken=tuple(f"'{one}'" for one in known.split()),
        )
        for column, known in KNOWN.items()
    ),
    Rule("any movement", "check_movement", exercise("movement = {}"), ("'any'", "''"), ("'squat'", "'hold'", "NULL")),
    Rule("any part", "check_part", exercise("part = {}"), ("'any'", "'legs'"), ("'mid_chest'", "'quads'", "NULL")),
    Rule("any rank", "check_rank", exercise("rank = {}"), ("'any'", "''"), ("'staple'", "'special'", "NULL")),
    Rule(
        "any part beside the main one",
        "check_secondary_parts",
        exercise("secondary_parts = {}"),
        refused=("'{any}'", "'{lats,any}'"),
        taken=("'{lats,biceps}'", "'{}'", "NULL"),
    ),
    Rule(
        "half a rep range",
        "check_exercise_reps",
        exercise("(rep_min, rep_max) = ({})"),
        refused=(*NO_RANGES, "8, 31"),
        taken=RANGES,
    ),
    Rule(
        "half a range of seconds",
        "check_exercise_reps",
        exercise("(measure, rep_min, rep_max) = ('seconds', {})"),
        refused=(*NO_RANGES, "8, 601"),
        taken=(*RANGES, "8, 600"),
    ),
    Rule("a rest below none", "exercises_rest_seconds_check", exercise("rest_seconds = {}"), ("-1",), ("0", "NULL")),
    Rule(
        "an exercise merged into itself",
        "check_not_merged_into_itself",
        exercise("merged_into_id = {}"),
        refused=("%(alices_exercise)s",),
        taken=("%(bench)s",),
    ),
    Rule("an own exercise twice in any case", "unique_own_exercise_name", OWN, ("'my press'",), ("'my press 2'",)),
    Rule(
        "a system exercise twice in any case",
        "unique_system_exercise_name",
        add("exercises", "muscle_group, exercise_type, is_system, user_id, name", "'chest', 'cable', {}"),
        refused=("TRUE, NULL, 'barbell  BENCH press'",),
        taken=("TRUE, NULL, 'Barbell Bench Press 2'", "FALSE, %(alice)s, 'barbell bench press'"),
    ),
    Rule("a slug twice", "unique_exercise_slug", exercise("slug = {}"), ("'bench'",), ("'other'", "NULL")),
    Rule(
        "an alias twice in any case",
        "unique_exercise_alias",
        ALIAS,
        refused=("'FLAT BENCH', NULL",),
        taken=("'Flat Bench', %(alice)s", "'Flat Bench 2', NULL"),
    ),
    Rule(
        "settings twice",
        "unique_exercise_settings",
        add("exercise_settings", "user_id, exercise_id", "%(alice)s, {}"),
        refused=("%(bench)s",),
        taken=("%(alices_exercise)s",),
    ),
    Rule("settings in no unit", "check_exercise_settings_unit", set_up("unit"), ("'st'",), ("'kg'", "'lb'", "NULL")),
    Rule("a step of nothing", "check_increment", set_up("increment"), ("0", "-1", "500.01", "'NaN'"), ("0.25", "NULL")),
    Rule("a smallest weight below none", "check_smallest_weight", set_up("smallest_weight"), ("-1", "'NaN'"), ("0",)),
    Rule(
        "a rack with a weight of no number",
        "check_weights",
        set_up("weights"),
        refused=("'{NaN}'", "'{10,-1}'", "'{NULL}'"),
        taken=("'{}'", "'{0,2.5,9999.99}'", "NULL"),
    ),
    Rule(
        "half a range of one's own",
        "check_exercise_settings_reps",
        set_up("rep_min, rep_max"),
        refused=(*NO_RANGES, "8, 601"),
        taken=(*RANGES, "8, 600"),
    ),
    Rule("reps that nobody can do", "check_can_do", set_up("can_do"), ("-1", "0", "101"), ("1", "100", "NULL")),
    Rule(
        "a pause between sides of no time",
        "check_side_pause",
        set_up("side_pause"),
        ("0", "4", "121"),
        ("5", "120", "NULL"),
    ),
    Rule("a floor above five", "check_rir_floor", set_up("rir_floor"), ("6",), ("0", "5", "NULL")),
    Rule("a floor below none", "exercise_settings_rir_floor_check", set_up("rir_floor"), ("-1",), ("0",)),
    Rule(
        "a rest of one's own below none",
        "exercise_settings_rest_seconds_check",
        set_up("rest_seconds"),
        ("-1",),
        ("0",),
    ),
    Rule("a template of one for everyone", "check_template_owner", template("is_system = {}"), ("TRUE",), ("FALSE",)),
    Rule("a template used less than never", "check_times_used", template("times_used = {}"), ("-1",), ("0",)),
    Rule("a template's slug twice", "unique_template_slug", template("slug = {}"), ("'ppl'",), ("'other'", "NULL")),
    Rule(
        "a weight of no body",
        "check_body_weight",
        BODY_WEIGHT,
        refused=("'2025-02-01', 'NaN'", "'2025-02-01', 19.99", "'2025-02-01', 500.01"),
        taken=("'2025-02-01', 20", "'2025-02-01', 500"),
    ),
    Rule(
        "two weighings of a day",
        "unique_body_weight_per_day",
        BODY_WEIGHT,
        ("'2025-01-06', 80",),
        ("'2025-01-07', 80",),
    ),
    Rule(
        "a link that can be guessed",
        "check_share_token",
        template("share_token = {}"),
        ("repeat('x', 31)",),
        ("repeat('x', 32)", "NULL"),
    ),
    Rule("two templates behind one link", "unique_template_share_token", SHARED, ("'m'",), ("'n'",)),
    Rule("a deleted one of the library twice", "unique_removed_seed", REMOVED, ("'gone'",), ("'another'",)),
    Rule("no number of a merged set", "check_merged_set_numbers", MERGED, ("0, 1", "1, 100"), ("1, 2", "99, 1")),
    Rule("a merged set twice", "unique_merged_set", MERGED, ("7, 9",), ("8, 9",)),
]
