"""The account, its preferences, and body mass."""

import zoneinfo
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils import timezone

from metricgain.database import Index, Timestamped
from metricgain.days import latest_day
from metricgain.numbers import plain
from metricgain.units import in_unit
from metricgain.users import sessions
from metricgain.users.gym import Gym, gym_of
from metricgain.users.spelling import composed, forms_of, reachable, stored_form
from metricgain.users.whereabouts import phone_zone

LIGHTEST_BODY, HEAVIEST_BODY = 20, 500  # kilograms


class Unit(models.TextChoices):
    KG = "kg", "Kilograms (kg)"
    LB = "lb", "Pounds (lb)"

    @property
    def from_when(self) -> str:
        """The sentence from when a plan that runs asks in this unit, after it was chosen."""
        return f"From the next session on, weights are asked in {self.value}. A session that has begun keeps its unit."


class Theme(models.TextChoices):
    SYSTEM = "system", "As the phone"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Experience(models.TextChoices):
    BEGINNER = "beginner", "Beginner (under a year)"
    INTERMEDIATE = "intermediate", "Intermediate (one to three years)"
    ADVANCED = "advanced", "Advanced (longer)"


class DeloadMode(models.TextChoices):
    """How the last week of a mesocycle is made easy."""

    RP = "rp", "Half the sets and reps; from the middle of the week half the weight too"
    SIMPLE = "simple", "Half the sets and half the weight, all week"


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Returns the address in small letters, in which django-allauth looks it up."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Raises ValidationError for an address that no mail reaches."""
        if not email:
            raise ValueError("An account needs an email address.")
        user = self.model(email=reachable(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def owners(self) -> models.QuerySet["User"]:
        """Those who can open the admin and activate an account there."""
        return self.filter(is_superuser=True, is_staff=True, is_active=True)

    def spelling_of(self, email: str) -> str:
        """Returns the address as its account would have it: composed, unless an older account has it as typed."""
        return email if email == composed(email) or self.filter(email=email).exists() else composed(email)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(Timestamped, AbstractBaseUser, PermissionsMixin):
    """An account, named by its email. `is_active` off is a soft delete: no sign-in, all data kept."""

    email = models.EmailField(max_length=255)
    password = models.CharField(max_length=255, db_column="password_hash")
    full_name = models.CharField("name", max_length=255, null=True, blank=True)
    last_login = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True, db_default=True)
    is_staff = models.BooleanField(default=False, db_default=False)
    is_superuser = models.BooleanField(default=False, db_default=False)
    timezone = models.CharField("time zone", max_length=50, default="UTC", db_default="UTC")
    preferences = models.JSONField(default=dict, db_default={}, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(fields=["email"], name="users_email_key"),
            # One address in two spellings is one person; `email__iexact` reads this index.
            models.UniqueConstraint(Upper("email"), name="users_email_any_case_key"),
        ]
        indexes = [Index(fields=["created_at"], name="idx_users_created_at")]

    def __str__(self) -> str:
        return self.email

    def clean(self):
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password if raw_password is None else stored_form(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return any(map(super().check_password, [None] if raw_password is None else forms_of(raw_password)))

    @property
    def unit(self) -> str:
        """The unit of what is asked next: "kg" or "lb"."""
        unit = self.preferences.get("unit")
        return unit if unit in Unit.values else Unit.KG.value

    @property
    def theme(self) -> str:
        theme = self.preferences.get("theme")
        return theme if theme in Theme.values else Theme.SYSTEM.value

    @property
    def experience(self) -> str | None:
        """How long the user has trained; None until they answer."""
        experience = self.preferences.get("experience")
        return experience if experience in Experience.values else None

    @property
    def deload_mode(self) -> str:
        mode = self.preferences.get("deload_mode")
        return mode if mode in DeloadMode.values else DeloadMode.RP.value

    def gym(self, unit: str) -> Gym:
        """Returns the bars and plates that the user has in a unit."""
        return gym_of(self.preferences, unit)

    @property
    def asks_rir(self) -> bool:
        """Whether the lifter is asked how many reps were left after the first set of an exercise."""
        return self.preferences.get("ask_rir") is not False

    @property
    def wants_morning_note(self) -> bool:
        """Whether the lifter is told in the morning which workout is planned for today."""
        return self.preferences.get("morning_note") is True

    @property
    def equipment(self) -> list[str]:
        """The equipment where the user trains, as they chose it; an empty list means all of it."""
        said = self.preferences.get("equipment")
        return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of the account; UTC where this machine does not know the stored one."""
        try:
            return zoneinfo.ZoneInfo(self.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo("UTC")

    @property
    def here(self) -> zoneinfo.ZoneInfo:
        """The time zone where the user is: that of the phone that asks, else that of the account."""
        return phone_zone.get() or self.zone

    def today(self, at: datetime | None = None) -> date:
        """Returns the calendar day where the user is, now or at a moment that counts as now."""
        return timezone.localdate(at, timezone=self.here)

    def day_of(self, at: datetime) -> date:
        """Returns the calendar day of a moment for which no day is stored: that in the zone of the account."""
        return timezone.localdate(at, timezone=self.zone)

    def latest_day(self) -> date:
        """Returns the latest day that the user can name now."""
        return latest_day(timezone.now(), phone=phone_zone.get(), home=self.zone)

    @property
    def zones_declined(self) -> list[str]:
        """The time zones of phones for which the user said that the account keeps its own."""
        said = self.preferences.get("zones_declined")
        return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []

    @property
    def is_last_owner(self) -> bool:
        """Whether nobody else could open the admin and activate an account again."""
        return self.is_superuser and not type(self).objects.owners().exclude(id=self.id).exists()

    def deactivate(self) -> None:
        """Deletes softly: ends every session, refuses sign-in, keeps all data. The owner can undo this in the admin;
        the ended sessions stay ended."""
        with transaction.atomic():
            self.is_active = False
            self.save(update_fields=["is_active"])
            sessions.end_all_of(self)


class AccountDeleted(models.Model):
    """A line of the ledger: an account that was deleted, and is deleted again where a backup brings it back. It is read
    and written by SQL (`metricgain/users/leaving/ledger.py`)."""

    instance = models.UUIDField()
    user_id = models.BigIntegerField()
    user_created_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        db_table = "accounts_deleted"
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "user_id", "user_created_at"], name="one_line_of_a_deleted_account"
            )
        ]

    def __str__(self) -> str:
        return f"account {self.user_id}, deleted on {self.day}"


class StoredSession(AbstractBaseSession):
    """A session of Django's table, with the user who is signed in. Sessions of nobody have none, nor have those that an
    earlier version stored. It is no key: while an account is deleted, a request of it may still save its session."""

    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "django_session"
        managed = False  # the table is Django's; a migration of ours added the column

    @classmethod
    def get_session_store_class(cls):
        return sessions.SessionStore


class BodyWeightQuerySet(models.QuerySet):
    def latest_on(self, day: date) -> Decimal | None:
        """Returns the body mass in kg that counts on `day`: the latest weighing on or before it; None without one."""
        return self.filter(date__lte=day).order_by("-date").values_list("kg", flat=True).first()


class BodyWeight(models.Model):
    user = models.ForeignKey(User, models.DB_CASCADE, related_name="body_weights", db_index=False)
    date = models.DateField()
    kg = models.DecimalField(max_digits=5, decimal_places=2)

    objects = BodyWeightQuerySet.as_manager()

    class Meta:
        db_table = "body_weights"
        constraints = [
            models.UniqueConstraint(fields=["user", "date"], name="unique_body_weight_per_day"),
            models.CheckConstraint(
                condition=models.Q(kg__gte=LIGHTEST_BODY, kg__lte=HEAVIEST_BODY), name="check_body_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kg} kg on {self.date}"

    @property
    def in_unit(self) -> Decimal:
        """The weight in the user's unit. Pounds have one decimal: hundredths of a kilogram, as stored, give back every
        tenth of a pound as it was typed."""
        unit = self.user.unit
        return in_unit(self.kg, unit, places=2 if unit == Unit.KG else 1)

    @property
    def in_words(self) -> str:
        """ "82.5 kg", "180.5 lb"."""
        return f"{plain(self.in_unit)} {self.user.unit}"
