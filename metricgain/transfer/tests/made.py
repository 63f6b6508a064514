"""Logbooks made up for tests, and imports of them."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from metricgain.transfer.history.looking import look_at
from metricgain.transfer.history.storing import store
from metricgain.transfer.logbook import Logbook, LoggedSession, LoggedSet
from metricgain.users.models import User
from training.models import Import

MONDAY = datetime(2024, 1, 1, 18)


def a_set(
    exercise: str = "Bench Press (Barbell)", weight: str | None = "80", reps: int | None = 8, **more
) -> LoggedSet:
    kilograms = None if weight is None else Decimal(weight)
    return LoggedSet(**{"line": 1, "exercise": exercise, "weight": kilograms, "unit": "kg", "reps": reps} | more)


def a_session(at: datetime = MONDAY, title: str = "Push", *sets: LoggedSet, **more) -> LoggedSession:
    said = {"seconds": 3600} | more
    return LoggedSession(
        key=f"{at:%Y-%m-%d %H:%M:%S}", title=title, starts=at, sets=list(sets) or [a_set(), a_set(reps=7)], **said
    )


def a_book(*sessions: LoggedSession, app: str = "Strong") -> Logbook:
    return Logbook(app, sessions=list(sessions))


def weeks_of_push(count: int, *, since: datetime = MONDAY) -> list[LoggedSession]:
    return [a_session(since + timedelta(weeks=week)) for week in range(count)]


def looked_at(user: User, book: Logbook, **choices) -> Import:
    """Returns an import of which nothing is stored yet."""
    return Import.objects.create(
        user=user, app=book.app, file_name="logs.csv", sha256="0" * 64, look=look_at(user, book), choices=choices
    )


def stored(user: User, *sessions: LoggedSession, app: str = "Strong", **choices) -> Import:
    book = a_book(*sessions, app=app)
    return store(looked_at(user, book, **choices), book, now=timezone.now())
