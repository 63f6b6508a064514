"""Sessions in the database that renew themselves: a user who comes back within a year is never signed out."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from metricgain.jobs.tasks_backend import LATER, job

RENEWED_AFTER = timedelta(days=1)


class SessionStore(db.SessionStore):
    """Renews the session and its cookie on the first request of a day. SESSION_SAVE_EVERY_REQUEST would write a row on
    every request."""

    def load(self):
        stored = self._get_session_from_db()
        if stored is None:
            return {}
        left = stored.expire_date - timezone.now()
        if left < timedelta(seconds=settings.SESSION_COOKIE_AGE) - RENEWED_AFTER:
            self.modified = True  # the middleware saves it at the end of the request
        return self.decode(stored.session_data)


def end_all_of(user) -> None:
    """Signs `user` out everywhere. Reads every session, because the user's id stands inside its signed data and not in
    a column."""
    sessions = SessionStore.get_model_class().objects.filter(expire_date__gt=timezone.now())
    read = SessionStore().decode
    theirs = [one.pk for one in sessions.iterator() if read(one.session_data).get("_auth_user_id") == str(user.pk)]
    sessions.filter(pk__in=theirs).delete()


@job(is_repeatable=True, queue=LATER, every=timedelta(days=1))
def sweep_sessions() -> None:
    """Deletes sessions that have expired."""
    SessionStore.clear_expired()
