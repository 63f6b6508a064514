"""The next session: what it asks, and how that differs from the week before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Prescription
from training.prescribing.parameters import rest_of
from training.prescribing.writing import prescribe_what_is_out_of_date
from training.schedule.weeks import Occurrence, in_turn, weeks_of
from training.session.running_week import Waiting, load_week


@dataclass(frozen=True, slots=True)
class PrescribedExercise:
    """An exercise of the session: what is asked now, and what was done or asked before."""

    now: Prescription
    before: Prescription | None

    @property
    def exercise(self) -> Exercise:
        return self.now.exercise

    @property
    def changes(self) -> list[str]:
        """What differs from the week before, the sets first: "+1 set", "+2.5 kg", "2 RIR, was 3". Weight and reps are
        compared with what was done, as the sentences are; with what was asked where nothing done counts."""
        now, before = self.now, self.before
        if before is None or before.weight is None or before.unit != now.unit:
            return []
        weight, reps = before.weight, before.target_reps(1)
        if shown := now.inputs.get("shown"):
            weight, reps = Decimal(shown[0]), shown[1]
        changes = [_step(now.sets - before.sets, "set"), _weight_step(now, weight)]
        if now.weight == weight:
            more = now.target_reps(1) - reps
            changes.append(_seconds(more) if self.exercise.is_hold else _step(more, "rep"))
        if not self.exercise.is_hold and None not in (now.rir, before.rir) and now.rir != before.rir:
            changes.append(f"{now.rir} RIR, was {before.rir}")
        return [change for change in changes if change]

    @property
    def why(self) -> list[str]:
        """The sentences of the strongest reason for the sets, where they changed, and for the weight and reps; then why
        more is left in reserve than the week asks."""
        moved = self.before is not None and self.before.sets != self.now.sets
        why_sets = self.now.why(about_sets=True) if moved else ""
        why_rir = (self.now.sentence_of(code) for code in progression.RIR_CODES)
        return [words for words in (why_sets, self.now.why(about_sets=False), *why_rir) if words]


@dataclass(frozen=True)
class Upcoming:
    occurrence: Occurrence
    week_untouched: bool  # nothing of the week is done or skipped yet
    prescribed: list[PrescribedExercise]
    later: list[Occurrence] = field(default_factory=list)  # the other sessions of the week to do, in their order

    def is_missed(self, today: date) -> bool:
        """Returns whether the whole week passed without a session. It waits all the same: weeks count workouts, not
        days."""
        mesocycle = self.occurrence.workout.mesocycle
        if not self.week_untouched or mesocycle.start_date is None:
            return False
        return today >= mesocycle.start_date + timedelta(weeks=self.occurrence.week + mesocycle.weeks_late)

    def day_after_this_week(self, today: date) -> date | None:
        """Returns the day of the calendar that it is planned for, where that lies after the week of `today`."""
        planned = _planned_day(self.occurrence)
        return planned if planned and planned > today + timedelta(days=6 - today.weekday()) else None

    def is_planned_for(self, today: date) -> bool:
        """Whether a session of the week that is still to do is planned for the weekday of `today`. One of a week that
        is late waits for that weekday too."""
        sessions = [one for one in (self.occurrence, *self.later) if one.state == "open"]
        due = [one for one in sessions if one.workout.day_in(one.week) == today.weekday()]
        return any((_planned_day(one) or today) <= today for one in due)

    @property
    def prescriptions(self) -> list[Prescription]:
        return [prescribed.now for prescribed in self.prescribed]

    @cached_property
    def why_all(self) -> list[str]:
        """The sentences that all exercises share, to be shown once above them; none with a single exercise."""
        if len(self.prescribed) < 2:
            return []
        first, *others = self.prescribed
        return [words for words in first.why if all(words in other.why for other in others)]

    @property
    def suggests_deload(self) -> str:
        """Why to deload now; "" where the engine does not suggest it."""
        said = (row.sentence_of(code) for row in self.prescriptions for code in ("EARLY_DELOAD", "DELOAD_ILL"))
        return next(filter(None, said), "")

    @property
    def days_off(self) -> int:
        """The days of the longest break for which the session was made lighter; 0 without one."""
        breaks = (row.inputs.get("gap_days") or 0 for row in self.prescriptions if row.carries("SETS_BREAK"))
        return max(breaks, default=0)

    @property
    def is_deload(self) -> bool:
        return self.occurrence.workout.mesocycle.is_deload(self.occurrence.week)

    @cached_property
    def waiting(self) -> list[Waiting]:
        """The questions of earlier sessions that can still be answered. The first use takes one query."""
        workout, week = self.occurrence.workout, self.occurrence.week
        return load_week(workout.mesocycle, week, workout_id=workout.id, now=timezone.now()).waiting

    @property
    def sets(self) -> int:
        return sum(prescribed.now.sets for prescribed in self.prescribed)

    @property
    def minutes(self) -> int:
        """About how many minutes the session takes, rounded to five."""
        timed = progression.in_turn(
            (row.superset, row.sets, rest_of(row.exercise, row.own)) for row in self.prescriptions
        )
        return progression.shown_minutes(progression.session_seconds(timed))


def _planned_day(occurrence: Occurrence) -> date | None:
    """Returns the day of the calendar that a session is planned for; None without one."""
    mesocycle, day = occurrence.workout.mesocycle, occurrence.workout.day_in(occurrence.week)
    if day is None or mesocycle.start_date is None:
        return None
    begins = mesocycle.start_date + timedelta(weeks=occurrence.week - 1 + mesocycle.weeks_late)
    return begins + timedelta(days=(day - begins.weekday()) % 7)


def _step(change: int, thing: str) -> str:
    return f"{change:+d} {thing}{'' if abs(change) == 1 else 's'}".replace("-", "\N{MINUS SIGN}") if change else ""


def _seconds(change: int) -> str:
    return f"{change:+d} s".replace("-", "\N{MINUS SIGN}") if change else ""


def _weight_step(now: Prescription, before: Decimal) -> str:
    if now.weight is None or now.weight == before:
        return ""
    sign = "+" if now.weight > before else "\N{MINUS SIGN}"
    help_ = " of help" if now.exercise.loading == Loading.ASSISTED else ""
    return f"{sign}{plain(abs(now.weight - before))} {now.unit}{help_}"


def upcoming_today(mesocycle: Mesocycle, user: User) -> Upcoming | None:
    """Reads the next session as of today, prescribed anew where days off have made it lighter."""
    mesocycle.user = user
    upcoming = load_upcoming(mesocycle, now=timezone.now())
    rows = upcoming.prescriptions if upcoming and upcoming.occurrence.state == "open" else []
    if prescribe_what_is_out_of_date(mesocycle, rows, today=user.today()):
        upcoming = load_upcoming(mesocycle, now=timezone.now())
    return upcoming


def load_upcoming(mesocycle: Mesocycle, *, now: datetime) -> Upcoming | None:
    """Reads the next session, in three queries; None where the week has nothing left to do."""
    week = weeks_of(mesocycle, now=now)[mesocycle.current_week - 1]
    if not (to_do := in_turn(week)):
        return None
    occurrence, *later = to_do
    prescriptions = occurrence.workout.prescriptions.current().filter(
        week_number__in=(occurrence.week - 1, occurrence.week)
    )
    untouched = all(one.state == "open" for one in week)
    return Upcoming(
        occurrence=occurrence,
        later=later,
        week_untouched=untouched,
        prescribed=_beside_the_week_before(occurrence.week, prescriptions.with_settings_of(mesocycle.user_id)),
    )


def _beside_the_week_before(week: int, prescriptions: Iterable[Prescription]) -> list[PrescribedExercise]:
    now = [p for p in prescriptions if p.week_number == week]
    before = {p.exercise_id: p for p in prescriptions if p.week_number != week}
    return [PrescribedExercise(p, before.get(p.exercise_id)) for p in sorted(now, key=lambda p: (p.position, p.id))]
