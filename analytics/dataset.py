"""The dataset: one row per set, with the lifter's prescription and feedback beside it. docs/dataset.md explains each
column.

PostgreSQL writes the CSV itself, one lifter after the other, so neither side holds more than a few rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from psycopg import sql

from exercises.kinds import COUNTING_AS_VOLUME
from metricgain.postgresql.limits import unlimited
from metricgain.users.models import User

UTC = '\'YYYY-MM-DD"T"HH24:MI:SS"Z"\''
BOM = b"\xef\xbb\xbf"  # by it a spreadsheet knows UTF-8


def _no_formula(text: str) -> str:
    """Returns SQL. What a spreadsheet would run as a formula gets an apostrophe in front, which it hides."""
    return f"CASE WHEN {text} ~ '^[-=+@\\t\\r]' THEN '''' || {text} ELSE {text} END"


NAME, SESSION_NOTE, EXERCISE_NOTE = map(_no_formula, ("exercises.name", "log.notes", "own.note"))
LOADED = "exercises.loading IN ({})".format(", ".join(f"'{one}'" for one in COUNTING_AS_VOLUME))

# Each column and the SQL of its value. `_of` fills in `{...}`.
COLUMNS = {
    "user_id": "{person}",
    "exercise_id": "exercises.id",
    "exercise_name": "{exercise_name}",
    "muscle_group": "exercises.muscle_group",
    "week_number": "log.week_number",
    "performed_at": f"to_char(log.performed_at AT TIME ZONE 'UTC', {UTC})",
    "set_number": "sets.set_number",
    "weight": "sets.weight",
    "reps": "sets.reps",
    "volume": f"CASE WHEN {LOADED} THEN sets.weight_kg * sets.reps END",
    "soreness_level": "felt.soreness_level",
    "pump_level": "felt.pump_level",
    "challenge_level": "felt.challenge_level",
    "unit": "sets.unit",
    "weight_kg": "sets.weight_kg",
    "rir": "sets.rir",
    "set_type": "sets.set_type",
    "set_performed_at": f"to_char(sets.performed_at AT TIME ZONE 'UTC', {UTC})",
    "session_date": "log.day",
    "session_status": "log.status",
    "session_minutes": "log.duration_minutes",
    "session_id": "log.id",
    "mesocycle_id": "log.mesocycle_id",
    "mesocycle_weeks": "mesocycles.duration_weeks",
    "workout_id": "log.workout_id",
    "equipment": "exercises.equipment",
    "loading": "exercises.loading",
    "reps_per_side": "exercises.unilateral",
    "body_mass_kg": "log.body_mass_kg",
    "prescription_id": "asked.id",
    "asked_kind": "asked.kind",
    "asked_sets": "asked.sets",
    "asked_weight": "asked.weight",
    "asked_unit": "asked.unit",
    "asked_reps": "asked.reps",
    "asked_reps_last": "asked.reps_lo",
    "asked_reps_drop": 'asked."drop"',
    "asked_rir": "asked.rir",
    "asked_reasons": "translate(jsonb_path_query_array(asked.reasons, '$[*].code')::text, '[]\",', '')",
    "asked_by": "CASE WHEN asked.id IS NOT NULL THEN COALESCE(asked.inputs->>'by', 'engine') END",
    "engine_version": "asked.engine_version",
    "config_hash": "asked.config_hash",
    "soreness_recorded_at": f"to_char(felt.soreness_recorded_at AT TIME ZONE 'UTC', {UTC})",
    "performance_recorded_at": f"to_char(felt.performance_recorded_at AT TIME ZONE 'UTC', {UTC})",
    "seconds": "sets.seconds",
    "asked_seconds": "asked.seconds",
    "extends": "sets.extends",
    "asked_superset": "asked.superset",
    "session_note": "{session_note}",
    "exercise_note": "{exercise_note}",
}

OF_ONE_USER = """
COPY (
    WITH log AS MATERIALIZED (
        SELECT workout_logs.*, day, (
            SELECT kg FROM body_weights
            WHERE body_weights.user_id = {user} AND body_weights.date <= day
            ORDER BY body_weights.date DESC LIMIT 1
        ) AS body_mass_kg
        FROM workout_logs
        CROSS JOIN LATERAL (SELECT COALESCE(local_date, (performed_at AT TIME ZONE {zone})::date) AS day) AS its
        WHERE workout_logs.user_id = {user} AND day BETWEEN {since} AND {until}
    )
    SELECT {columns}
    FROM log
    JOIN sets ON sets.workout_log_id = log.id
    JOIN exercises ON exercises.id = sets.exercise_id
    JOIN mesocycles ON mesocycles.id = log.mesocycle_id
    LEFT JOIN prescriptions asked ON asked.id = sets.prescription_id
    LEFT JOIN muscle_group_feedback felt
        ON felt.workout_log_id = log.id AND felt.muscle_group = exercises.muscle_group
    LEFT JOIN exercise_settings own ON own.exercise_id = exercises.id AND own.user_id = {user}
    ORDER BY log.performed_at DESC, log.id DESC, sets.performed_at, sets.exercise_id, sets.set_number
) TO STDOUT (FORMAT csv)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Selects the sets to export: those of sessions from `since` to `until`, both included, by the lifter's own
    calendar. `named` adds the names of lifters' own exercises, `with_emails` email addresses, `with_notes` what lifters
    wrote."""

    since: date | None = None
    until: date | None = None
    named: bool = False
    with_emails: bool = False
    with_notes: bool = False


def pseudonym(user: User) -> str:
    """Returns 20 hexadecimal digits, the same for a user in every export of this installation. Nobody can find the user
    from them without the SECRET_KEY."""
    return salted_hmac("metricgain.analytics.dataset", str(user.pk), algorithm="sha256").hexdigest()[:20]


def header() -> bytes:
    return (",".join(COLUMNS) + "\n").encode()


def rows_of(user: User, wanted: Wanted) -> Iterator[bytes]:
    """Yields the user's sets as CSV, the latest session first, in pieces of any size."""
    with connection.cursor() as cursor:
        statement = _of(user, wanted).as_string(connection.connection)
        with cursor.copy(statement) as copy:
            for piece in copy:
                yield bytes(piece)


def own_sets(user: User) -> Iterator[bytes]:
    """Yields the header and all sets of a user, with names and notes, for that user's own download. It may be passed
    on, so the user has a pseudonym there too."""
    yield BOM + header()
    with unlimited():
        yield from rows_of(user, Wanted(named=True, with_notes=True))


@contextmanager
def one_moment() -> Iterator[None]:
    """Makes all reads inside show the database at one moment, however long they take."""
    with transaction.atomic():
        if not connection.savepoint_ids:  # an outer transaction may have read already; then this is too late
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def everybody() -> Iterable[User]:
    """Returns all users by id, read through a cursor on the server."""
    return User.objects.only("id", "email", "timezone").order_by("id").iterator(chunk_size=1000)


def _of(user: User, wanted: Wanted) -> sql.Composed:
    name = NAME if wanted.named else f"CASE WHEN exercises.user_id IS NULL THEN {NAME} END"
    person = user.email if wanted.with_emails else pseudonym(user)
    guard = "'" if person.startswith(("=", "+", "-", "@")) else ""
    filled = {
        "{person}": sql.Literal(guard + person),
        "{exercise_name}": sql.SQL(name),
        "{session_note}": sql.SQL(SESSION_NOTE if wanted.with_notes else "NULL"),
        "{exercise_note}": sql.SQL(EXERCISE_NOTE if wanted.with_notes else "NULL"),
    }
    columns = [filled.get(source) or sql.SQL(source) for source in COLUMNS.values()]
    return sql.SQL(OF_ONE_USER).format(
        user=sql.Literal(user.pk),
        zone=sql.Literal(user.zone.key),
        since=sql.Literal(wanted.since or date.min),
        until=sql.Literal(wanted.until or date.max),
        columns=sql.SQL(", ").join(columns),
    )
