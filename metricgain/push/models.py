"""The key of this server, the phones that ring, and the mornings that were told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import final

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Least, Now
from django.utils import timezone

from metricgain.database import Index
from metricgain.push.guard import LONGEST_ENDPOINT
from metricgain.push.keys import KeyPair
from metricgain.users.models import User
from metricgain.web.once import LOCK

DEVICES = 10  # at most, of a lifter
LONGEST_DEVICE = 60  # characters
# A push service that was slow so often in a row is left alone for a while: a lifter may name one that is meant to keep
# workers from the rings of others.
SLOW, TIMES, LEFT_ALONE = 2.0, 3, timedelta(minutes=10)  # seconds

SUBSCRIBE = """
INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth, device) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
    device = excluded.device, created_at = excluded.created_at, used_at = NULL
"""
# The one that was just made is among those that stay.
FORGET_OLDEST = """
DELETE FROM push_subscriptions WHERE user_id = %s AND id NOT IN (
    SELECT id FROM push_subscriptions WHERE user_id = %s
    ORDER BY endpoint = %s DESC, greatest(used_at, created_at) DESC, id DESC LIMIT %s)
"""
MARK = """
INSERT INTO morning_notes (user_id, day) VALUES (%s, %s)
ON CONFLICT (user_id) DO UPDATE SET day = excluded.day WHERE morning_notes.day < excluded.day
RETURNING id
"""


class PushKeyQuerySet(models.QuerySet["PushKey"]):
    def pair(self) -> KeyPair:
        """Returns the key that the owner set, else the one in the database, which the first use makes."""
        if settings.VAPID_PRIVATE_KEY:
            return KeyPair.from_private(settings.VAPID_PRIVATE_KEY)
        kept = self.first()
        if kept is None:
            made = KeyPair.new()
            # Two processes may be here at once: the row of the first one stands.
            PushKey.objects.bulk_create([PushKey(private=made.private, public=made.public)], ignore_conflicts=True)
            kept = self.get()
        return KeyPair(kept.private, kept.public)


@final
class PushKey(models.Model):
    """The only row of its table. Without it every phone would have to be subscribed anew, so backups have it."""

    id = models.SmallIntegerField(primary_key=True, default=1, db_default=1)
    private = models.CharField(max_length=43)
    public = models.CharField(max_length=87)
    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    objects = PushKeyQuerySet.as_manager()

    class Meta:
        db_table = "push_keys"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="only_one_push_key")]

    def __str__(self) -> str:
        return self.public


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def that_ring(self, user_id: int) -> "PushSubscriptionQuerySet":
        left_alone = Q(slow_times__gte=TIMES, slow_at__gt=timezone.now() - LEFT_ALONE)
        return self.filter(user_id=user_id, user__is_active=True).exclude(left_alone).order_by("id")

    def subscribe(self, user: User, *, endpoint: str, p256dh: str, auth: str, device: str) -> int:
        """Stores a subscription, also one that was another lifter's: the phone changed hands. Beyond the most, the one
        goes that was used or made longest ago. Returns how many the lifter has."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK, [f"push subscriptions of {user.pk}"])
            cursor.execute(SUBSCRIBE, [user.pk, endpoint, p256dh, auth, device])
            cursor.execute(FORGET_OLDEST, [user.pk, user.pk, endpoint, DEVICES])
            return self.filter(user=user).count()

    def note_used(self) -> None:
        self.update(used_at=Now())

    def note_pace(self, seconds: float) -> None:
        if seconds < SLOW:
            self.filter(slow_times__gt=0).update(slow_times=0)
        else:
            self.update(slow_times=Least(F("slow_times") + 1, TIMES), slow_at=Now())


@final
class PushSubscription(models.Model):
    """A phone, tablet or browser of a lifter that rings. `endpoint` is its address at a push service, and with the two
    keys what it takes to send to it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="push_subscriptions", db_index=False
    )
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    device = models.CharField(max_length=LONGEST_DEVICE, default="", db_default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    used_at = models.DateTimeField(null=True)
    slow_times = models.PositiveSmallIntegerField(default=0, db_default=0)  # in a row
    slow_at = models.DateTimeField(null=True)

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        db_table = "push_subscriptions"
        constraints = [models.UniqueConstraint(fields=["endpoint"], name="one_subscription_of_an_endpoint")]
        indexes = [Index(fields=["user"], name="idx_push_subscriptions_user")]

    def __str__(self) -> str:
        return self.device or "A device"


class MorningNoteQuerySet(models.QuerySet["MorningNote"]):
    def lifters(self) -> Iterator[tuple[User, date | None]]:
        """Yields those who wish the note and have a phone to get it, each with the last day noted."""
        noted = dict(self.values_list("user_id", "day"))
        phones = PushSubscription.objects.filter(user=OuterRef("id"))
        wishing = User.objects.filter(Exists(phones), is_active=True, preferences__morning_note=True)
        for user in wishing.order_by("id"):
            yield user, noted.get(user.pk)

    def mark(self, user_id: int, day: date) -> bool:
        """Notes that a lifter has been told of a day. Returns False where that had been noted before."""
        with connection.cursor() as cursor:
            cursor.execute(MARK, [user_id, day])
            return cursor.fetchone() is not None


@final
class MorningNote(models.Model):
    """The last day of which a lifter was told in the morning, or for which there was nothing to tell."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="morning_told")
    day = models.DateField()

    objects = MorningNoteQuerySet.as_manager()

    class Meta:
        db_table = "morning_notes"

    def __str__(self) -> str:
        return str(self.day)
