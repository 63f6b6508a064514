"""The demo: an account with a believable year, which any visitor may look at, play with, and spoil until tomorrow."""

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
LOCK = 7_637_427  # any number but that of `preparing`, as long as it stays the same


class DemoIsBeingBuilt(RuntimeError):
    """Another process is at it."""


class NotTheDemo(ValueError):
    """The address belongs to a real account, which is not ours to replace."""


@dataclass(frozen=True, slots=True)
class Built:
    """What there is now."""

    email: str
    mesocycles: int
    sessions: int
    skipped: int
    sets: int
    seconds: float


def demo_lifter() -> User | None:
    """The account that visitors are signed in to, where it was built and nobody switched it off."""
    user = _account(EMAIL)
    return user if user and user.is_active and is_demo(user) else None


def is_demo(user: User) -> bool:
    """Said by a mark that no form writes: the address alone could be anybody's."""
    return user.preferences.get("demo") is True


def is_due(now: datetime) -> bool:
    """Whether there is no demo yet, or visitors have had this one for a day."""
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
    """Builds the account anew, in the place of the one there was. None where `only_if_due` and it is not.

    In one transaction and beside the old one, which visitors go on using meanwhile; killed at any moment, it leaves
    what was there. Raises Busy, NotTheDemo, and NoTemplate where the templates are not seeded."""
    began = time.monotonic()
    # Ends with the transaction, however that ends; of several workers and servers one builds, the others go on.
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
        mesocycles=Mesocycle.objects.owned_by(user).count(),
        sessions=logs.completed().count(),
        skipped=logs.filter(status=WorkoutLog.Status.SKIPPED).count(),
        sets=Set.objects.filter(user=user).count(),
        seconds=time.monotonic() - began,
    )
