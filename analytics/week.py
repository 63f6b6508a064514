"""One week: sets planned and done per muscle group, against its landmarks, and sessions done and skipped."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Sum

from analytics import charts
from analytics.trends import monday_of, trends_from
from exercises.models import MuscleGroup
from exercises.parts import Counted, PartSets, sets_of_parts
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Prescription, Set, WorkoutLog
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
    is_over: bool  # nothing of the week is still to do

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def verdict(self) -> str:
        """Where the sets lie among the landmarks: those done, and as long as the week runs those still planned."""
        return place_of(self.done if self.is_over else max(self.done, self.planned), self.landmarks)

    @property
    def words(self) -> str:
        """The verdict and, as long as the week runs, what it is about."""
        if self.is_over:
            return self.verdict
        return f"{self.verdict} {'as planned' if self.planned > self.done else 'so far'}"


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a mesocycle. Without a plan, `mesocycle` is None and the calendar week begins on `monday`."""

    mesocycle: Mesocycle | None
    number: int | None
    monday: date | None
    muscles: list[MuscleNow]
    parts: list[PartSets]
    volume_kg: Decimal
    sessions_planned: int
    sessions_done: int
    sessions_skipped: int
    is_over: bool
    is_deload: bool  # meant to be little, so it has no verdict
    before: int | None = None  # the weeks of the mesocycle before and after it that the page can show
    after: int | None = None
    after_is_planned: bool = False

    @property
    def sets_done(self) -> int:
        return sum(one.done for one in self.muscles)

    @property
    def sets_planned(self) -> int:
        return sum(one.planned for one in self.muscles)


def place_of(sets: int | Decimal, landmarks: MuscleVolume) -> str:
    """Returns the word for a number of weekly sets: below MEV, below MAV, within MAV, up to MRV, or above MRV."""
    if sets < landmarks.mev:
        return "too little"
    if sets > landmarks.mrv:
        return "too much"
    low, high = landmarks.mav
    return "some" if sets < low else "good" if sets <= high else "a lot"


def week_of(user: User, *, now: datetime, number: int | None = None, mesocycle: Mesocycle | None = None) -> Week:
    """Returns the week `number` of a mesocycle, by default of the running one; without a plan, a calendar week.

    By default it is the running week, or as long as nothing of that is done, the latest week in which something was."""
    if mesocycle is None:
        mesocycle = Mesocycle.objects.planned_by(user).active().prefetch_related("workouts").first()
        if mesocycle is None or mesocycle.is_freestyle:
            return _calendar_week(user, now=now)
    logs = list(mesocycle.logs.all())
    done = {log.week_number for log in logs if log.is_started or log.is_completed}
    latest = max(done | {mesocycle.current_week})
    if number is None:
        number = max((one for one in done if one <= mesocycle.current_week), default=mesocycle.current_week)
    week = min(max(number, 1), latest)
    return _week_of_plan(user, mesocycle, [log for log in logs if log.week_number == week], week, latest=latest)


def _week_of_plan(user: User, mesocycle: Mesocycle, logs: list[WorkoutLog], week: int, *, latest: int) -> Week:
    prescribed = Prescription.objects.current().filter(workout__mesocycle=mesocycle, week_number=week)
    planned: Counter[str] = Counter()
    by = ("exercise__muscle_group", "exercise__part", "exercise__secondary_parts")
    asked = list(prescribed.values_list(*by, "kind").annotate(Sum("sets")))
    for muscle, *_, sets in asked:
        planned[muscle] += sets
    kinds = {kind for *_, kind, _ in asked}
    rows = (
        Set.objects.filter(workout_log__mesocycle=mesocycle, workout_log__week_number=week)
        .values_list(*by)
        .annotate(sets=WORKING_SETS, volume=VOLUME)
    )
    done: Counter[str] = Counter()
    for muscle, _, _, sets, _ in rows:
        done[muscle] += sets
    here = [one for one in mesocycle.workouts.all() if mesocycle.has(one, week)]
    begun = {log.workout_id for log in logs}
    states, is_over = Counter(log.status for log in logs), mesocycle.is_over(week)
    return Week(
        mesocycle=mesocycle,
        number=week,
        monday=None,
        muscles=_muscles(user, done, planned, is_over=is_over),
        parts=sets_of_parts(
            (Counted(part, beside, sets) for _, part, beside, sets, _ in rows),
            planned=(Counted(part, beside, sets) for _, part, beside, _, sets in asked),
        ),
        volume_kg=sum((volume for *_, volume in rows), Decimal(0)),
        sessions_planned=sum(one.retired_at is None or one.id in begun for one in here),
        sessions_done=states["completed"],
        sessions_skipped=states["skipped"],
        is_over=is_over,
        is_deload=mesocycle.is_deload(week) or kinds == {Prescription.Kind.DELOAD},  # or one that was asked early
        before=week - 1 if week > 1 else None,
        after=week + 1 if week < latest else None,
        after_is_planned=not mesocycle.is_over(week + 1),
    )


def _calendar_week(user: User, *, now: datetime) -> Week:
    running = monday_of(user.today(now))
    monday = running
    rows = trends_from(user, running, by_part=True)
    if not rows and (latest := _latest_day(user)):
        monday = monday_of(latest)
        rows = trends_from(user, monday, by_part=True)
    rows = [one for one in rows if one.week == monday]
    is_over = monday < running
    return Week(
        mesocycle=None,
        number=None,
        monday=monday,
        muscles=_muscles(user, {one.muscle: one.working_sets for one in rows}, {}, is_over=is_over),
        parts=sets_of_parts(part for one in rows for part in one.parts),
        volume_kg=sum((one.volume_kg for one in rows), Decimal(0)),
        sessions_planned=0,
        sessions_done=len(rows[0].week_sessions) if rows else 0,
        sessions_skipped=0,
        is_over=is_over,
        is_deload=bool(rows) and not rows[0].is_hard,
    )


def _latest_day(user: User) -> date | None:
    """Returns the day of the latest session that has a set."""
    sets = Set.objects.filter(workout_log=OuterRef("id"))
    logs = WorkoutLog.objects.owned_by(user).filter(Exists(sets)).newest_first()
    found = logs.values_list("local_date", "performed_at").first()
    return found and (found[0] or user.day_of(found[1]))


def _muscles(user: User, done: dict[str, int], planned: dict[str, int], *, is_over: bool) -> list[MuscleNow]:
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
            is_over=is_over,
        )
        for one in muscles
    ]
