"""This week: sets planned and done per muscle group, against its landmarks, and sessions done and skipped."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Sum

from analytics import charts
from analytics.trends import trends_since
from exercises.models import MuscleGroup
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Prescription, Set
from training.models.volume import VOLUME, WORKING_SETS
from training.progression.config import MuscleVolume


@dataclass(frozen=True, slots=True)
class MuscleNow:
    """A muscle group's working sets in the week. `planned` is 0 without a plan."""

    muscle: str
    done: int
    planned: int
    landmarks: MuscleVolume
    gauge: charts.Gauge

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def verdict(self) -> str:
        """Where the week's sets, including those still planned, lie among the landmarks."""
        return place_of(max(self.done, self.planned), self.landmarks)


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """A week of the running plan. Without one, `mesocycle` is None and the calendar week begins on `monday`."""

    mesocycle: Mesocycle | None
    number: int | None
    monday: date | None
    muscles: list[MuscleNow]
    volume_kg: Decimal
    sessions_planned: int
    sessions_done: int
    sessions_skipped: int

    @property
    def sets_done(self) -> int:
        return sum(one.done for one in self.muscles)

    @property
    def sets_planned(self) -> int:
        return sum(one.planned for one in self.muscles)


def place_of(sets: int, landmarks: MuscleVolume) -> str:
    """Returns the word for a number of weekly sets: below MEV, below MAV, within MAV, up to MRV, or above MRV."""
    if sets < landmarks.mev:
        return "too little"
    if sets > landmarks.mrv:
        return "too much"
    low, high = landmarks.mav
    return "some" if sets < low else "good" if sets <= high else "a lot"


def week_of(user: User, *, now: datetime, number: int | None = None) -> ThisWeek:
    """Returns the running week of the user's plan, or its earlier week `number`; without a plan, the calendar week."""
    mesocycle = Mesocycle.objects.owned_by(user).active().prefetch_related("workouts").first()
    if mesocycle is None or mesocycle.is_freestyle:
        return _calendar_week(user, now=now)
    week = number if number and number <= mesocycle.current_week else mesocycle.current_week
    return _planned_week(user, mesocycle, week)


def _planned_week(user: User, mesocycle: Mesocycle, week: int) -> ThisWeek:
    prescribed = Prescription.objects.current().filter(workout__mesocycle=mesocycle, week_number=week)
    planned = dict(prescribed.values_list("exercise__muscle_group").annotate(Sum("sets")))
    logs = dict(mesocycle.logs.filter(week_number=week).values_list("workout", "status"))
    rows = (
        Set.objects.filter(workout_log__mesocycle=mesocycle, workout_log__week_number=week)
        .values_list("exercise__muscle_group")
        .annotate(sets=WORKING_SETS, volume=VOLUME)
    )
    done = {muscle: (sets, volume) for muscle, sets, volume in rows}
    here = [one for one in mesocycle.workouts.all() if mesocycle.has(one, week)]
    states = Counter(logs.values())
    return ThisWeek(
        mesocycle=mesocycle,
        number=week,
        monday=None,
        muscles=_muscles(user, {muscle: sets for muscle, (sets, _) in done.items()}, planned),
        volume_kg=sum((volume for _, volume in done.values()), Decimal(0)),
        sessions_planned=sum(one.retired_at is None or one.id in logs for one in here),
        sessions_done=states["completed"],
        sessions_skipped=states["skipped"],
    )


def _calendar_week(user: User, *, now: datetime) -> ThisWeek:
    today = user.today(now)
    monday = today - timedelta(days=today.weekday())
    since = datetime.combine(monday, time.min, tzinfo=user.here)
    rows = [one for one in trends_since(user, since - timedelta(days=1)) if one.week == monday]
    return ThisWeek(
        mesocycle=None,
        number=None,
        monday=monday,
        muscles=_muscles(user, {one.muscle: one.working_sets for one in rows}, {}),
        volume_kg=sum((one.volume_kg for one in rows), Decimal(0)),
        sessions_planned=0,
        sessions_done=max((one.workouts_count for one in rows), default=0),
        sessions_skipped=0,
    )


def _muscles(user: User, done: dict[str, int], planned: dict[str, int]) -> list[MuscleNow]:
    muscles = [one for one in MuscleGroup.values if done.get(one) or planned.get(one)]
    marks = {one: progression.landmarks(one, experience=user.experience) for one in muscles}
    # All gauges share one scale, so that a longer bar means more sets.
    top = max([0, *done.values(), *planned.values(), *(one.mrv for one in marks.values())])
    return [
        MuscleNow(
            muscle=one,
            done=done.get(one, 0),
            planned=planned.get(one, 0),
            landmarks=marks[one],
            gauge=charts.gauge(
                done=done.get(one, 0),
                planned=planned.get(one, 0),
                marks=[("MEV", marks[one].mev), ("MRV", marks[one].mrv)],
                top=top,
            ),
        )
        for one in muscles
    ]
