"""Deletes an account with everything that names its lifter: by cascades, and by hand what no key ties to it."""

import logging
from collections.abc import Iterable
from functools import partial

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from metricgain.postgresql import patience
from metricgain.users.leaving import ledger
from metricgain.users.leaving.ledger import Cursor, Line
from metricgain.users.mail import send_beside
from metricgain.users.models import User
from metricgain.users.sessions import SessionStore
from metricgain.web.once import keys_of

# What an account has, by the name of the relation: one, and several.
OWNED = {
    "mesocycles": ("mesocycle", "mesocycles"),
    "logs": ("session", "sessions"),
    "sets": ("set", "sets"),
    "exercises": ("exercise of your own", "exercises of your own"),
    "exercisesettings_set": ("exercise with settings or a note", "exercises with settings or a note"),
    "templates": ("template", "templates"),
    "body_weights": ("weighing", "weighings"),
    "imports": ("file of another app", "files of other apps"),
    "push_subscriptions": ("device that rings", "devices that ring"),
}
# What another app had is said as sessions: its lifter knows of no mesocycle there.
ALONE = {"mesocycles": {"imported_by": None}}
RAISE_SEQUENCE = """
SELECT setval(sequence, %(most)s) FROM pg_get_serial_sequence('users', 'id') AS sequence
WHERE %(most)s > coalesce(pg_sequence_last_value(sequence::regclass), 0)
"""
MAILS = """
DELETE FROM jobs USING users WHERE users.id = %s AND NOT is_recurring
AND (lower((arguments->'to')::text)::jsonb ? lower(email) OR strpos(lower(error), lower(email)) > 0)
"""
logger = logging.getLogger(__name__)


def what_goes(user: User) -> list[str]:
    """Returns what a deletion takes along, as in "3 mesocycles"."""
    counts = {relation: getattr(user, relation).filter(**ALONE.get(relation, {})).count() for relation in OWNED}
    return [f"{count:,} {OWNED[relation][count != 1]}" for relation, count in counts.items() if count]


def delete_account(user: User) -> None:
    """Deletes for good, and says so in a mail. The ledger's file may be out of reach: the next backup writes it up."""
    with patience.unhurried(), transaction.atomic(), connection.cursor() as cursor:
        lines = ledger.note(cursor, user.pk)
        delete_rows(cursor, user.pk)
        if settings.MAIL_IS_SENT and lines:
            said = {"user": user, "until": ledger.in_backups_until(user.today())}
            send_beside(get_adapter().render_mail("account/email/account_deleted", user.email, said))
        transaction.on_commit(partial(_write_up, lines))


def _write_up(lines: list[Line]) -> None:
    try:
        ledger.write_up(lines, ledger.folders())
    except OSError:
        logger.exception("A deleted account is not in %s yet. The next backup writes it up.", ledger.FILE)


def delete_again(cursor: Cursor, lines: Iterable[Line]) -> int:
    """Deletes the accounts of the ledger from a database that was restored, and returns how many. No new account gets
    the id of one of them, under which phones may still hold entries."""
    instance = ledger.instance_of(cursor)
    ours = {line for line in lines if line.instance == instance}
    ledger.take_over(cursor, ours)
    back = ledger.back_among(cursor, ours)
    for user_id in back:
        delete_rows(cursor, user_id)
    if ours:
        cursor.execute(RAISE_SEQUENCE, {"most": max(line.user_id for line in ours)})
    return len(back)


def delete_rows(cursor: Cursor, user_id: int) -> None:
    """Deletes a user, also from a database with the schema of an earlier version."""
    told_of = _told_of_in_the_admin(cursor)
    _delete_mails(cursor, user_id)
    _delete_sessions(cursor, user_id)
    if ledger.has_table(cursor, "shared_cache"):
        cursor.execute("DELETE FROM shared_cache WHERE starts_with(cache_key, %s)", [keys_of(user_id)])
    cursor.execute("DELETE FROM users WHERE id = %s", [user_id])
    for (kind, table), objects in told_of.items():
        gone = list(objects - _there(cursor, table, objects))
        cursor.execute("DELETE FROM django_admin_log WHERE content_type_id = %s AND object_id = ANY(%s)", [kind, gone])


def _delete_mails(cursor: Cursor, user_id: int) -> None:
    """Deletes mails that are to be sent to the user, or could not be, as their error says. Other jobs of the user go
    by their key."""
    if ledger.has_table(cursor, "jobs"):
        cursor.execute(MAILS, [user_id])


def _delete_sessions(cursor: Cursor, user_id: int) -> None:
    """Deletes sessions, also those that have expired, and those that an earlier version stored: there the user's id
    stands inside their signed data alone."""
    is_named = ledger.has_column(cursor, "django_session", "user_id")
    if is_named:
        cursor.execute("DELETE FROM django_session WHERE user_id = %s", [user_id])
    others = " WHERE user_id IS NULL" if is_named else ""
    cursor.execute(f"SELECT session_key, session_data FROM django_session{others}")
    read = SessionStore().decode
    theirs = [key for key, data in cursor.fetchall() if read(data).get("_auth_user_id") == str(user_id)]
    cursor.execute("DELETE FROM django_session WHERE session_key = ANY(%s)", [theirs])


def _told_of_in_the_admin(cursor: Cursor) -> dict[tuple[int, str], set[str]]:
    """Returns the rows that are there and that the admin's log names, without a key to them: by content type and table,
    their ids as text."""
    cursor.execute(
        "SELECT kind.id, app_label, model, array_agg(DISTINCT object_id) FROM django_admin_log "
        "JOIN django_content_type AS kind ON kind.id = content_type_id GROUP BY kind.id"
    )
    found = {}
    for kind, app, name, objects in cursor.fetchall():
        model = apps.all_models[app].get(name)
        if model and ledger.has_table(cursor, model._meta.db_table):
            found[kind, model._meta.db_table] = _there(cursor, model._meta.db_table, objects)
    return found


def _there(cursor: Cursor, table: str, objects: Iterable[str | None]) -> set[str]:
    numbers = [int(one) for one in objects if one and one.isdecimal()]
    cursor.execute(f'SELECT id::text FROM "{table}" WHERE id = ANY(%s::bigint[])', [numbers])
    return {row[0] for row in cursor.fetchall()}
