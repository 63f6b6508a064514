"""Sessions in the database that renew themselves: a user who comes back within a year is never signed out."""

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from metricgain.jobs.tasks_backend import LATER, job

RENEWED_AFTER = timedelta(days=1)
READ_AT_ONCE = 1000


class SessionStore(db.SessionStore):
    """Renews the session and its cookie on the first request of a day. SESSION_SAVE_EVERY_REQUEST would write a row on
    every request."""

    @classmethod
    def get_model_class(cls):
        return apps.get_model("users", "StoredSession")  # which is defined later

    def create_model_instance(self, data):
        stored = super().create_model_instance(data)
        vars(stored)["user_id"] = data.get(SESSION_KEY)  # the types know only Django's model
        return stored

    def load(self):
        stored = self._get_session_from_db()
        if stored is None:
            return {}
        left = stored.expire_date - timezone.now()
        if left < timedelta(seconds=settings.SESSION_COOKIE_AGE) - RENEWED_AFTER:
            self.modified = True  # the middleware saves it at the end of the request
        return self.decode(stored.session_data)


def end_all_of(user) -> None:
    """Signs `user` out everywhere."""
    stored = SessionStore.get_model_class().objects
    stored.filter(user_id=user.pk).delete()
    theirs = [key for key, user_id in _unnamed() if user_id == user.pk]
    stored.filter(pk__in=theirs).delete()


@job(is_repeatable=True, queue=LATER, every=timedelta(days=1))
def sweep_sessions() -> None:
    """Deletes sessions that have expired, and notes whose the others are that an earlier version stored."""
    SessionStore.clear_expired()
    stored = SessionStore.get_model_class().objects
    for key, user_id in _unnamed():
        if user_id is not None:
            stored.filter(pk=key, user_id=None).update(user_id=user_id)


def _unnamed() -> Iterator[tuple[str, int | None]]:
    """Yields the sessions of nobody, and those that an earlier version stored: their keys, and the user of whom their
    signed data speaks."""
    stored = SessionStore.get_model_class().objects.filter(user_id=None).order_by("session_key")
    last = ""
    while some := stored.filter(session_key__gt=last)[:READ_AT_ONCE]:
        for one in some:
            found = SessionStore().decode(one.session_data).get(SESSION_KEY)
            yield one.session_key, found and int(found)
        last = one.session_key
