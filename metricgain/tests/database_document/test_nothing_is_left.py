"""A deleted account leaves no word behind. A marker is put into every column of its rows that takes a text, and into
what no key ties to it; afterwards it is looked for in every row of every table."""

import base64

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, transaction

from metricgain.jobs.models import Job
from metricgain.tests.database_document.catalog import columns
from metricgain.tests.database_document.rows import run, value
from metricgain.tests.database_document.test_deletion import rows_of, users  # noqa: F401
from metricgain.users.models import User
from metricgain.users.sessions import SessionStore

pytestmark = pytest.mark.django_db

MARKER = "zyxgone"
PASSWORD = "bench-press-like-its-1999"
# What takes a text, as the marker in it.
AS = {
    "text[]": f"{{{MARKER}}}",
    "text": MARKER,
    "character varying": MARKER,
    "jsonb": f'["{MARKER}"]',
    "bytea": MARKER.encode(),
}
HASH = "users.password_hash"  # by which the test signs in
# Columns that take only words of ours, or the form of a secret or a digest.
OF_OURS = {
    "exercise_settings.unit",
    "exercises.equipment",
    "exercises.exercise_type",
    "exercises.loading",
    "exercises.measure",
    "exercises.mechanic",
    "exercises.movement",
    "exercises.muscle_group",
    "exercises.part",
    "exercises.rank",
    "exercises.secondary_parts",
    "imports.sha256",
    "jobs.state",
    "mesocycles.status",
    "muscle_group_feedback.muscle_group",
    "prescriptions.kind",
    "prescriptions.unit",
    "sets.set_type",
    "sets.unit",
    "templates.share_token",
    "workout_exercises.unit",
    "workout_logs.status",
}


def mark(table: str, ids: set[int]) -> set[str]:
    """Puts the marker into every column of these rows that takes it. Returns the names of columns that take it in no
    row."""
    refused = set()
    for column, kind in columns(table).items():
        text = next((text for start, text in AS.items() if kind.startswith(start)), None)
        name = f"{table}.{column}"
        if text is None or name == HASH or "generated" in kind:
            continue
        taken = {row for row in ids if takes(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [text, row])}
        if not taken:  # a name that may be there once is taken by one
            refused.add(name)
    return refused


def takes(statement: str, values: list) -> bool:
    try:
        with transaction.atomic():
            run(statement, values)
            run("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        return False
    return True


def tables() -> list[str]:
    return [
        name
        for [name] in run("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    ]


def where_it_is() -> set[str]:
    """Returns the tables that have the marker in a row, in whatever column and case; sessions and the cache, which are
    not stored in the clear, are read first."""
    found = set()
    for table in tables():
        for pattern in (MARKER, MARKER.encode().hex()):
            if value(f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text ILIKE %s)', [f"%{pattern}%"]):
                found.add(table)
    if any(MARKER in str(SessionStore().decode(one.session_data)) for one in Session.objects.all()):
        found.add("django_session")
    if any(MARKER.encode() in base64.b64decode(text) for [text] in run("SELECT value FROM shared_cache")):
        found.add("shared_cache")
    return found


def told_in_the_admin(about, kind: str) -> None:
    """An owner has changed something of the lifter's; the admin's log has its name."""
    owner, _ = User.objects.get_or_create(email="owner@example.org")
    app, model = kind.split(".")
    content_type = ContentType.objects.get_by_natural_key(app, model)
    LogEntry.objects.create(
        user=owner, content_type=content_type, object_id=about, object_repr=MARKER, action_flag=CHANGE
    )


@pytest.fixture
def alice(users, client):  # noqa: F811
    alice, _ = users
    rows = rows_of(alice)
    refused = {name for table, ids in rows.items() for name in mark(table, ids)}
    run("UPDATE users SET email = %s WHERE id = %s", [f"{MARKER}@example.org", alice])
    for kind, table in (
        ("users.user", "users"),
        ("exercises.exercise", "exercises"),
        ("training.template", "templates"),
        ("training.mesocycle", "mesocycles"),
    ):
        told_in_the_admin(min(rows[table]), kind)
    Job.objects.create(
        kind="metricgain.users.mail.send_mail", queue="soon", arguments={"to": [f"{MARKER}@example.org"]}
    )
    refused_by = f"SMTPRecipientsRefused: {MARKER.upper()}@example.org"
    Job.objects.create(kind="metricgain.users.mail.send_mail", queue="soon", state="failed", error=refused_by)
    cache.set(f"once-{alice}-x", {"at": 1, "address": f"/exercises/?q={MARKER}"})
    user = get_user_model().objects.get(id=alice)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["typed"] = MARKER
    session.save()
    user.refused = refused
    return user


def test_the_marker_is_wherever_a_person_types(alice):
    """Otherwise the test below says nothing. Left out is what takes only words or numbers of ours."""
    assert alice.refused == OF_OURS
    numbers = {"body_weights", "deleted_sets", "merged_sets", "morning_notes", "muscle_group_feedback"}
    of_django = {"users_groups", "users_user_permissions"}
    without_a_key = {"django_session", "shared_cache"}
    assert where_it_is() == set(rows_of(alice.pk)) - numbers - of_django | without_a_key


def test_no_word_is_left(alice, client, settings, tmp_path, mailoutbox, django_capture_on_commit_callbacks):
    settings.BACKUP_DIR, settings.MAIL_IS_SENT = tmp_path, True
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/settings/delete/", {"password": PASSWORD})
    assert answer.status_code == 200
    assert where_it_is() == set()
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([f"{MARKER}@example.org"], "Your account at MetricGain is deleted")
    [written] = tmp_path.iterdir()
    assert MARKER not in written.read_text()
