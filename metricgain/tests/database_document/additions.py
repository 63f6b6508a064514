"""What we keep beside the document's tables and columns, one line a column."""

TABLES = {
    "users": """
        is_staff     boolean not null default false
        is_superuser boolean not null default false
    """,
    "workouts": """
        retired_at timestamp with time zone
        only_week  integer
        from_week  integer
        moved_week integer
        moved_to   integer
        minutes_at_most integer
    """,
    "mesocycles": """
        repeated_weeks integer[]
        import_id bigint
    """,
    "exercises": """
        slug           character varying(100)
        equipment      character varying(20) not null default 'other'::character varying
        mechanic       character varying(20) not null default 'compound'::character varying
        loading        character varying(20) not null default 'weight'::character varying
        measure        character varying(20) not null default 'reps'::character varying
        unilateral     boolean not null default false
        unsafe_to_fail boolean not null default false
        rep_min        smallint
        rep_max        smallint
        rest_seconds   smallint
        archived_at    timestamp with time zone
        merged_into_id bigint
        came_as        jsonb
        movement        character varying(30)
        part            character varying(20)
        secondary_parts character varying(20)[]
        rank            character varying(10)
    """,
    "workout_exercises": """
        unit     character varying(2)
        superset smallint
    """,
    "workout_logs": """
        local_date       date
        status_edited_at timestamp with time zone
        notes_edited_at  timestamp with time zone
        performed_edited_at timestamp with time zone
        ill              boolean not null default false
        ill_edited_at    timestamp with time zone
        import_key       text
        import_digest    character varying(64)
    """,
    "sets": """
        user_id         bigint not null
        unit            character varying(2) not null default 'kg'::character varying
        weight_kg       numeric(9,4) generated
        seconds         smallint
        rir             numeric(3,1)
        set_type        character varying(20) not null default 'working'::character varying
        extends         smallint
        prescription_id bigint
        edited_at       timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "templates": """
        slug        character varying(100)
        share_token character varying(64)
    """,
    "exercise_aliases": """
        id          bigint not null identity
        exercise_id bigint not null
        name        character varying(255) not null
        user_id     bigint
    """,
    "exercise_settings": """
        id              bigint not null identity
        user_id         bigint not null
        exercise_id     bigint not null
        unit            character varying(2)
        increment       numeric(6,2)
        weights         numeric(6,2)[]
        smallest_weight numeric(6,2)
        rep_min         smallint
        rep_max         smallint
        rir_floor       smallint
        rest_seconds    smallint
        can_do          smallint
        side_pause      smallint
        note            text
        note_edited_at  timestamp with time zone
    """,
    "prescriptions": """
        id             bigint not null identity
        workout_id     bigint not null
        week_number    integer not null
        exercise_id    bigint not null
        position       integer not null
        sets           integer not null
        reps           integer not null
        reps_lo        integer not null
        drop           numeric(4,2) not null
        seconds        smallint
        weight         numeric(6,2)
        unit           character varying(2) not null
        rir            integer
        superset       smallint
        open           boolean not null default false
        kind           character varying(20) not null default 'normal'::character varying
        reasons        jsonb not null
        inputs         jsonb not null
        engine_version character varying(20) not null
        config_hash    character varying(64) not null
        replaces_id    bigint
        superseded_at  timestamp with time zone
    """,
    "deleted_sets": """
        id             bigint not null identity
        workout_log_id bigint not null
        exercise_id    bigint not null
        set_number     integer not null
        deleted_at     timestamp with time zone not null
    """,
    "merged_sets": """
        id             bigint not null identity
        workout_log_id bigint not null
        exercise_id    bigint not null
        set_number     integer not null
        became         integer not null
    """,
    "removed_seeds": """
        id         bigint not null identity
        table_name character varying(63) not null
        slug       character varying(100) not null
        name       character varying(255) not null
        removed_at timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "imports": """
        id             bigint not null identity
        user_id        bigint not null
        app            character varying(50) not null default ''::character varying
        file_name      character varying(255) not null
        sha256         character varying(64) not null
        created_at     timestamp with time zone not null default CURRENT_TIMESTAMP
        job_id         bigint
        look           jsonb
        choices        jsonb not null default '{}'::jsonb
        stored_at      timestamp with time zone
        sessions       integer not null default 0
        sets           integer not null default 0
        rows_not_taken integer not null default 0
        names_new      integer not null default 0
        new_exercises  bigint[] not null default '{}'::bigint[]
        new_aliases    bigint[] not null default '{}'::bigint[]
    """,
    "accounts_deleted": """
        id              bigint not null identity
        instance        uuid not null
        user_id         bigint not null
        user_created_at timestamp with time zone not null
        day             date not null
    """,
    "installation": """
        id                 smallint not null
        secret_fingerprint text
        last_backup_at     timestamp with time zone
        last_backup        text
        last_verified_at   timestamp with time zone
    """,
    "body_weights": """
        id      bigint not null identity
        user_id bigint not null
        date    date not null
        kg      numeric(5,2) not null
    """,
    "push_keys": """
        id         smallint not null default 1
        private    character varying(43) not null
        public     character varying(87) not null
        created_at timestamp with time zone not null default CURRENT_TIMESTAMP
    """,
    "push_subscriptions": """
        id         bigint not null identity
        user_id    bigint not null
        endpoint   character varying(1000) not null
        p256dh     character varying(100) not null
        auth       character varying(30) not null
        device     character varying(60) not null default ''::character varying
        created_at timestamp with time zone not null default statement_timestamp()
        used_at    timestamp with time zone
        slow_times smallint not null default 0
        slow_at    timestamp with time zone
    """,
    "morning_notes": """
        id      bigint not null identity
        user_id bigint not null
        day     date not null
    """,
}
