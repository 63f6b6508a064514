"""The question "Enough or too much?": a muscle's sets, volume and feedback by calendar week, and the change of sets in
the week after each answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self

from analytics import charts
from analytics.trends import Correlation, MuscleTrend, feedback_correlation
from analytics.week import place_of
from exercises.models import MuscleGroup
from metricgain.units import in_unit
from metricgain.users.models import User
from training import progression
from training.models import MuscleGroupFeedback
from training.models.feedback import Challenge, Pump, Soreness
from training.progression.config import MuscleVolume

LEAST = 3  # answers before we draw a conclusion from them
QUESTIONS = {"soreness": Soreness, "pump": Pump, "challenge": Challenge}
TOGETHER = "all three together"
LOOKED_BACK = timedelta(weeks=52)  # for what followed answers, at least; a period may be longer
MOST_TOGETHER = 8  # the most combinations of answers that a page shows


@dataclass(frozen=True, slots=True)
class CountedWeeks:
    """The weeks of which averages are made: those that are over and in which the lifter trained anything. Who began
    this week has no other, so it counts."""

    hard: set[date]
    deloads: set[date]
    is_running: bool  # it is the running week

    @classmethod
    def of(cls, trends: list[MuscleTrend], *, running: date) -> Self:
        over = [one for one in trends if one.week != running]
        hard, deloads = ({one.week for one in over or trends if one.is_hard == hard} for hard in (True, False))
        return cls(hard, deloads, is_running=not over)


@dataclass(frozen=True, slots=True)
class Overview:
    """A muscle's working sets a week on average: in hard weeks, and apart from them in deloads. None: no such week."""

    muscle: str
    sets_a_week: Decimal | None
    deload_sets: Decimal | None
    landmarks: MuscleVolume

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def average(self) -> str:
        return _tenths(self.sets_a_week)

    @property
    def deload_average(self) -> str:
        return _tenths(self.deload_sets)

    @property
    def verdict(self) -> str:
        """Judges the average as it is shown."""
        return "" if self.sets_a_week is None else place_of(Decimal(self.average), self.landmarks)


@dataclass(frozen=True, slots=True)
class FeltWeek:
    """A muscle in a calendar week: working sets, kilograms moved, and the mean of each answer (0 to 3; None: no
    answer)."""

    week: date
    kind: str  # "deload", "so far" while it runs, else ""
    sets: int
    volume_kg: Decimal
    soreness: Decimal | None
    pump: Decimal | None
    challenge: Decimal | None

    @property
    def day(self) -> str:
        return f"{self.week.day} {self.week:%b}"

    @property
    def answers(self) -> list[str]:
        """Soreness, pump and challenge as text; a dash for no answer. Made here, because template filters are slow."""
        return [_tenths(one) for one in (self.soreness, self.pump, self.challenge)]


@dataclass(frozen=True, slots=True)
class Followed:
    """The muscle's average sets in the week of an answer (or of three answers together) and in the week after."""

    question: str
    answer: str
    times: int
    sets: Decimal
    next_sets: Decimal

    @property
    def is_enough(self) -> bool:
        return self.times >= LEAST

    @property
    def change(self) -> Decimal:
        """The difference of the two numbers as they are shown."""
        return round(self.next_sets, 1) - round(self.sets, 1)

    @property
    def words(self) -> str:
        return f"{self.sets:.1f} → {self.next_sets:.1f} ({self.change:+})"


def overview(user: User, trends: list[MuscleTrend], weeks: CountedWeeks) -> list[Overview]:
    """Returns each trained muscle, in the order of MuscleGroup."""
    sets = {(one.muscle, one.week): one.working_sets for one in trends}

    def mean(muscle: str, some: set[date]) -> Decimal | None:
        return Decimal(sum(sets.get((muscle, week), 0) for week in some)) / len(some) if some else None

    trained = {one.muscle for one in trends}
    return [
        Overview(
            one,
            mean(one, weeks.hard),
            mean(one, weeks.deloads),
            progression.landmarks(one, experience=user.experience),
        )
        for one in MuscleGroup.values
        if one in trained
    ]


def felt_weeks(muscle: str, trends: list[MuscleTrend], *, running: date) -> list[FeltWeek]:
    """Returns all weeks in order, from the first with any set to the latest. A week without the muscle has 0 sets.
    `running`: the Monday of the running week."""
    trained = {one.week: one for one in trends}  # with any muscle
    if not trained:
        return []
    of_muscle = {one.week: one for one in trends if one.muscle == muscle}
    week_of = {log: week for week, one in trained.items() for log in one.week_sessions}
    levels = MuscleGroupFeedback.objects.filter(muscle_group=muscle, workout_log__in=list(week_of))
    said: dict[date, list[tuple[int | None, ...]]] = defaultdict(list)
    for log, *answers in levels.values_list("workout_log", *(f"{question}_level" for question in QUESTIONS)):
        said[week_of[log]].append(tuple(answers))
    count = (max(trained) - min(trained)).days // 7 + 1
    weeks = [min(trained) + timedelta(weeks=number) for number in range(count)]
    return [_week(one, trained.get(one), of_muscle.get(one), said[one], is_running=one == running) for one in weeks]


def _week(
    week: date, any_muscle: MuscleTrend | None, trend: MuscleTrend | None, said: list, *, is_running: bool
) -> FeltWeek:
    kind = "so far" if is_running else "deload" if any_muscle and not any_muscle.is_hard else ""
    sets, volume = (trend.working_sets, trend.volume_kg) if trend else (0, Decimal(0))
    return FeltWeek(week, kind, sets, volume, *map(_mean, zip(*said, strict=True) if said else ((), (), ())))


def _mean(levels: Iterable[int | None]) -> Decimal | None:
    known = [one for one in levels if one is not None]
    return Decimal(sum(known)) / len(known) if known else None


def _tenths(value: Decimal | None) -> str:
    return "\N{EN DASH}" if value is None else f"{value:.1f}"


def week_charts(user: User, weeks: list[FeltWeek], landmarks: MuscleVolume) -> dict[str, charts.BarChart | None]:
    """Returns the chart of sets against the landmarks, and the chart of volume in the user's unit; None: no bars."""
    sets = [(one.week, one.sets) for one in weeks]
    volume = [(one.week, round(in_unit(one.volume_kg, user.unit))) for one in weeks]
    return {
        "sets": charts.bar_chart(sets, unit="sets", marks=[("MEV", landmarks.mev), ("MRV", landmarks.mrv)]),
        "volume": charts.bar_chart(volume, unit=user.unit) if any(count for _, count in volume) else None,
    }


def followed_by(user: User, muscle: str, *, since: datetime | None) -> tuple[list[Followed], int]:
    """Returns the rows for each answer about soreness, pump and challenge, then for the three answers together, most
    frequent first; and the number of rarer combinations that are left out. Reads the mesocycles that were trained since
    a moment (None: all), without the weeks before a deload."""
    found = [one for one in feedback_correlation(user, muscle, since=since) if one.times]
    alone = defaultdict(list)
    together = []
    for one in found:
        levels = [getattr(one, f"{question}_level") for question in QUESTIONS]
        for question, level in zip(QUESTIONS, levels, strict=True):
            if level is not None:
                alone[question, level].append(one)
        if None not in levels:
            together.append(one)
    often = sorted((one for one in together if one.times >= LEAST), key=lambda one: -one.times)[:MOST_TOGETHER]
    rows = [_followed(question, _said(question, level), alone[question, level]) for question, level in _in_order(alone)]
    rows += [_followed(TOGETHER, _all_said(one), [one]) for one in often]
    return rows, len(together) - len(often)


def _in_order(alone) -> list[tuple[str, int]]:
    order = list(QUESTIONS)
    return sorted(alone, key=lambda place: (order.index(place[0]), place[1]))


def _said(question: str, level: int) -> str:
    return str(QUESTIONS[question](level).label)


def _all_said(one: Correlation) -> str:
    return " · ".join(_said(question, getattr(one, f"{question}_level")) for question in QUESTIONS)


def _followed(question: str, answer: str, found: list[Correlation]) -> Followed:
    times = sum(one.times for one in found)
    sets, next_sets = sum(one.sets for one in found), sum(one.next_sets for one in found)
    return Followed(question, answer, times, Decimal(sets) / times, Decimal(next_sets) / times)
