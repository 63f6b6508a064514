"""The database document's nine tables as we keep them, written down once more in data: one line a column.

`bigint` keys stand where it says SERIAL and INTEGER, and `not null` also where it gave a default without it."""

from metricgain.tests.database_document.catalog import Index

TABLES = {
    "users": """
        id              bigint not null identity
        email           character varying(255) not null
        password_hash   character varying(255) not null
        full_name       character varying(255)
        created_at      timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at      timestamp with time zone not null default CURRENT_TIMESTAMP
        last_login      timestamp with time zone
        is_active       boolean not null default true
        timezone        character varying(50) not null default 'UTC'::character varying
        preferences     jsonb not null default '{}'::jsonb
    """,
    "mesocycles": """
        id                  bigint not null identity
        user_id             bigint not null
        name                character varying(255) not null
        description         text
        duration_weeks      integer not null
        current_week        integer not null default 1
        status              character varying(50) not null default 'active'::character varying
        start_date          date
        end_date            date
        days_per_week       integer not null
        created_at          timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at          timestamp with time zone not null default CURRENT_TIMESTAMP
        completed_at        timestamp with time zone
        parent_mesocycle_id bigint
        copied_from_week    integer
    """,
    "workouts": """
        id               bigint not null identity
        mesocycle_id     bigint not null
        name             character varying(255) not null
        description      text
        day_of_week      integer
        position_in_week integer
        created_at       timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at       timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "exercises": """
        id            bigint not null identity
        name          character varying(255) not null
        description   text
        muscle_group  character varying(50) not null
        exercise_type character varying(50) not null
        user_id       bigint
        is_system     boolean not null default false
        created_at    timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at    timestamp with time zone not null default CURRENT_TIMESTAMP
        media_url     character varying(500)
    """,
    "workout_exercises": """
        id              bigint not null identity
        workout_id      bigint not null
        exercise_id     bigint not null
        position        integer not null
        target_sets     integer not null default 3
        target_reps_min integer
        target_reps_max integer
        target_weight   numeric(6,2)
        target_rir      integer
        notes           text
        created_at      timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at      timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "workout_logs": """
        id               bigint not null identity
        workout_id       bigint not null
        user_id          bigint not null
        mesocycle_id     bigint not null
        week_number      integer not null
        performed_at     timestamp with time zone not null default CURRENT_TIMESTAMP
        status           character varying(50) not null default 'in_progress'::character varying
        started_at       timestamp with time zone
        completed_at     timestamp with time zone
        duration_minutes integer generated
        notes            text
        created_at       timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at       timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "sets": """
        id             bigint not null identity
        workout_log_id bigint not null
        exercise_id    bigint not null
        set_number     integer not null
        weight         numeric(6,2) not null
        reps           integer not null
        performed_at   timestamp with time zone not null default CURRENT_TIMESTAMP
        video_url      character varying(500)
    """,
    "muscle_group_feedback": """
        id                      bigint not null identity
        workout_log_id          bigint not null
        muscle_group            character varying(50) not null
        soreness_level          integer
        pump_level              integer
        challenge_level         integer
        soreness_recorded_at    timestamp with time zone
        performance_recorded_at timestamp with time zone
        created_at              timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "templates": """
        id          bigint not null identity
        name        character varying(255) not null
        description text
        is_system   boolean not null default false
        user_id     bigint
        config      jsonb not null
        times_used  integer not null default 0
        tags        text[]
        created_at  timestamp with time zone not null default CURRENT_TIMESTAMP
        updated_at  timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
}

# By the document's names, and by those that PostgreSQL gives to its nameless ones. What they refuse: test_refusals.
CHECKS = {
    "mesocycles": {"check_weeks", "mesocycles_duration_weeks_check"},
    "exercises": {"check_muscle_group", "check_exercise_type"},
    "workout_exercises": {"check_target_sets"},
    "sets": {"check_reps", "check_weight"},
    "muscle_group_feedback": {
        "check_feedback_muscle_group",  # the document has a second check_muscle_group
        "muscle_group_feedback_soreness_level_check",
        "muscle_group_feedback_pump_level_check",
        "muscle_group_feedback_challenge_level_check",
    },
}

UNIQUE = {
    "users": {"users_email_key"},
    "workout_exercises": {"unique_workout_exercise"},
    "muscle_group_feedback": {"unique_workout_muscle_feedback"},
}

# What deleting the row that a key points to does to the row that holds it.
FOREIGN_KEYS = {
    "mesocycles.user_id -> users": "CASCADE",
    "mesocycles.parent_mesocycle_id -> mesocycles": "SET NULL",
    "workouts.mesocycle_id -> mesocycles": "CASCADE",
    "exercises.user_id -> users": "CASCADE",
    "workout_exercises.workout_id -> workouts": "CASCADE",
    "workout_exercises.exercise_id -> exercises": "CASCADE",
    "workout_logs.workout_id -> workouts": "CASCADE",
    "workout_logs.user_id -> users": "CASCADE",
    "workout_logs.mesocycle_id -> mesocycles": "CASCADE",
    "sets.workout_log_id -> workout_logs": "CASCADE",
    "sets.exercise_id -> exercises": "CASCADE",
    "muscle_group_feedback.workout_log_id -> workout_logs": "CASCADE",
    "templates.user_id -> users": "CASCADE",
}


def _index(name: str, keys: str, method: str = "btree", unique: bool = False, where: str | None = None) -> Index:
    return Index(name, method, unique, where, keys.split(", "), ["gin_trgm_ops"] if "trgm" in name else [])


INDEXES = {
    "users": [
        _index("idx_users_email", "email"),
        _index("idx_users_created_at", "created_at"),
    ],
    "mesocycles": [
        _index("idx_mesocycles_user_id", "user_id"),
        _index("idx_mesocycles_status", "status"),
        _index("idx_mesocycles_created_at", "created_at DESC"),
        _index("idx_mesocycles_parent", "parent_mesocycle_id"),
    ],
    "workouts": [
        _index("idx_workouts_mesocycle_id", "mesocycle_id"),
        _index("idx_workouts_day_of_week", "day_of_week"),
    ],
    "exercises": [
        _index("idx_exercises_muscle_group", "muscle_group"),
        _index("idx_exercises_user_id", "user_id"),
        _index("idx_exercises_name", "name"),
        _index("idx_exercises_system_name", "name", unique=True, where="is_system"),
        _index("idx_exercises_name_trgm", "name", method="gin"),
    ],
    "workout_exercises": [
        _index("idx_workout_exercises_workout_id", "workout_id"),
        _index("idx_workout_exercises_exercise_id", "exercise_id"),
        _index("idx_workout_exercises_position", "workout_id, position"),
    ],
    "workout_logs": [
        _index("idx_workout_logs_user_id", "user_id"),
        _index("idx_workout_logs_workout_id", "workout_id"),
        _index("idx_workout_logs_mesocycle_id", "mesocycle_id"),
        _index("idx_workout_logs_performed_at", "performed_at DESC"),
        _index("idx_workout_logs_week_number", "mesocycle_id, week_number"),
        _index("idx_workout_logs_status", "status"),  # promised in its text, missing in its statements
    ],
    "sets": [
        _index("idx_sets_workout_log_id", "workout_log_id"),
        _index("idx_sets_exercise_id", "exercise_id"),
        _index("idx_sets_performed_at", "performed_at DESC"),
        _index("idx_sets_user_exercise_time", "exercise_id, performed_at DESC"),
    ],
    "muscle_group_feedback": [
        _index("idx_muscle_feedback_workout_log", "workout_log_id"),
        _index("idx_muscle_feedback_muscle_group", "muscle_group"),
    ],
    "templates": [
        _index("idx_templates_is_system", "is_system"),
        _index("idx_templates_user_id", "user_id"),
        _index("idx_templates_times_used", "times_used DESC"),
        _index("idx_templates_tags", "tags", method="gin"),
    ],
}

# Left out, for another index begins with the same columns; docs/database.md names each.
INDEXES_SERVED_BY_ANOTHER = {
    "idx_users_email",
    "idx_workout_exercises_workout_id",
    "idx_workout_logs_workout_id",
    "idx_workout_logs_mesocycle_id",
    "idx_sets_workout_log_id",
    "idx_sets_exercise_id",
    "idx_muscle_feedback_workout_log",
}
