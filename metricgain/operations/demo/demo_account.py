"""The demo: an account with a believable year of training. Any visitor may use and spoil it; it is renewed daily."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from metricgain.operations.demo.demo_year import LONGEST
from metricgain.operations.demo.training import Training
from metricgain.users import sessions
from metricgain.users.models import Experience, Unit, User
from training.models import Mesocycle, Set, WorkoutLog

EMAIL = "demo@metricgain.example"
SEED, WEEKS = 1, LONGEST
LASTS = timedelta(days=1)
LOCK = 7_637_427  # any number that never changes and differs from that of `preparing`


class DemoIsBeingBuilt(RuntimeError):
    """Another process is building the demo."""


class NotTheDemo(ValueError):
    """The address belongs to a real account, which the demo must not replace."""


@dataclass(frozen=True, slots=True)
class Built:
    """Counts of what was built."""

    email: str
    mesocycles: int
    sessions: int
    skipped: int
    sets: int
    seconds: float


def demo_lifter() -> User | None:
    """Returns the account that visitors are signed in to; None where it was not built or is deactivated."""
    user = _account(EMAIL)
    return user if user and user.is_active and is_demo(user) else None


def is_demo(user: User) -> bool:
    """Tells whether this is the demo's account, by a mark that no form can write. Anybody could have its address."""
    return user.preferences.get("demo") is True


def is_due(now: datetime) -> bool:
    """Tells whether there is no demo yet, or only one that is older than a day."""
    user = _account(EMAIL)
    return user is None or (is_demo(user) and now - user.created_at >= LASTS)


def _account(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


@transaction.atomic
def build(
    *,
    now: datetime,
    email: str = EMAIL,
    seed: int = SEED,
    weeks: int = WEEKS,
    only_if_due: bool = False,
    tell: Callable[[int], object] = lambda week: None,
) -> Built | None:
    """Builds the account anew and replaces the old one. Returns None where `only_if_due` is set and it is not due.

    Works in one transaction beside the old account, which visitors go on using; a killed build changes nothing. Raises
    DemoIsBeingBuilt, NotTheDemo, and NoTemplate where the templates are not seeded."""
    began = time.monotonic()
    # The lock ends with the transaction. Of several workers and servers only one builds; the others go on.
    with connection.cursor() as cursor:
        if not cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone()[0]:
            raise DemoIsBeingBuilt
    old = _account(email)
    if old and not is_demo(old):
        raise NotTheDemo
    if only_if_due and old and now - old.created_at < LASTS:
        return None
    user = User.objects.create_user(
        f"{uuid.uuid4().hex}@metricgain.example",
        full_name="Demo lifter",
        timezone="Europe/Berlin",
        preferences={
            "demo": True,
            "unit": Unit.KG.value,
            "experience": Experience.INTERMEDIATE.value,
            "days_per_week": 4,
        },
    )
    Training(user=user, seed=seed, weeks=weeks, today=user.today(now), tell=tell).run()
    if old:
        sessions.end_all_of(old)
        old.delete()
    user.email = User.objects.normalize_email(email)
    user.save(update_fields=["email"])
    logs = WorkoutLog.objects.owned_by(user)
    return Built(
        email=user.email,
        mesocycles=Mesocycle.objects.planned_by(user).count(),
        sessions=logs.completed().count(),
        skipped=logs.filter(status=WorkoutLog.Status.SKIPPED).count(),
        sets=Set.objects.filter(user=user).count(),
        seconds=time.monotonic() - began,
    )
