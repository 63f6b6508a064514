"""Logbooks made up for tests, and imports of them."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from metricgain.transfer.history.looking import look_at
from metricgain.transfer.history.storing import store
from metricgain.transfer.logbook import AppLog, AppSession, AppSet
from metricgain.users.models import User
from training.models import Import

MONDAY = datetime(2024, 1, 1, 18)


def a_set(exercise: str = "Bench Press (Barbell)", weight: str | None = "80", reps: int | None = 8, **more) -> AppSet:
    kilograms = None if weight is None else Decimal(weight)
    return AppSet(**{"line": 1, "exercise": exercise, "weight": kilograms, "unit": "kg", "reps": reps} | more)


def a_session(at: datetime = MONDAY, title: str = "Push", *sets: AppSet, **more) -> AppSession:
    said = {"seconds": 3600} | more
    return AppSession(
        key=f"{at:%Y-%m-%d %H:%M:%S}", title=title, starts=at, sets=list(sets) or [a_set(), a_set(reps=7)], **said
    )


def a_book(*sessions: AppSession, app: str = "Strong") -> AppLog:
    return AppLog(app, sessions=list(sessions))


def weeks_of_push(count: int, *, since: datetime = MONDAY) -> list[AppSession]:
    return [a_session(since + timedelta(weeks=week)) for week in range(count)]


def looked_at(user: User, book: AppLog, **choices) -> Import:
    """Returns an import of which nothing is stored yet."""
    look = look_at(user, book, now=timezone.now())
    said = {"app": book.app, "file_name": "logs.csv", "sha256": "0" * 64}
    return Import.objects.create(user=user, **said, look=look, choices=choices)


def stored(user: User, *sessions: AppSession, app: str = "Strong", **choices) -> Import:
    book = a_book(*sessions, app=app)
    return store(looked_at(user, book, **choices), book, now=timezone.now())
