"""The question "Enough or too much?": a muscle's sets, volume and feedback by calendar week, and the change of sets in
the week after each answer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Avg
from django.db.models.functions import TruncWeek

from analytics import charts
from analytics.trends import Correlation, MuscleTrend, feedback_correlation, local_day
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
MOST_TOGETHER = 8  # the most combinations of answers that a page shows


@dataclass(frozen=True, slots=True)
class Overview:
    """A muscle's working sets a week, averaged over the weeks in which the lifter trained anything."""

    muscle: str
    sets_a_week: Decimal
    landmarks: MuscleVolume

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def average(self) -> str:
        return f"{self.sets_a_week:.1f}"

    @property
    def verdict(self) -> str:
        return place_of(round(self.sets_a_week), self.landmarks)


@dataclass(frozen=True, slots=True)
class FeltWeek:
    """A muscle in a calendar week: working sets, kilograms moved, and the mean of each answer (0 to 3; None: no
    answer)."""

    week: date
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
        return ["–" if one is None else f"{one:.1f}" for one in (self.soreness, self.pump, self.challenge)]


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
        return (self.next_sets - self.sets).quantize(Decimal("0.1"))

    @property
    def words(self) -> str:
        return f"{self.sets:.1f} → {self.next_sets:.1f} ({self.change:+})"


def overview(user: User, trends: list[MuscleTrend]) -> list[Overview]:
    """Returns each trained muscle, in the order of MuscleGroup."""
    weeks = {one.week for one in trends}
    sets: dict[str, int] = defaultdict(int)
    for one in trends:
        sets[one.muscle] += one.working_sets
    return [
        Overview(muscle, Decimal(sets[muscle]) / len(weeks), progression.landmarks(muscle, experience=user.experience))
        for muscle in MuscleGroup.values
        if muscle in sets
    ]


def felt_weeks(user: User, muscle: str, trends: list[MuscleTrend], *, since: datetime | None) -> list[FeltWeek]:
    """Returns all weeks in order, from the first with any set to the latest. A week without the muscle has 0 sets."""
    trained = {one.week for one in trends}
    if not trained:
        return []
    of_muscle = {one.week: one for one in trends if one.muscle == muscle}
    answers = MuscleGroupFeedback.objects.filter(workout_log__user=user, muscle_group=muscle)
    if since:
        answers = answers.filter(workout_log__performed_at__gte=since)
    means = answers.values_list(TruncWeek(local_day(user))).annotate(
        soreness=Avg("soreness_level"), pump=Avg("pump_level"), challenge=Avg("challenge_level")
    )
    felt = {week: levels for week, *levels in means}
    count = (max(trained) - min(trained)).days // 7 + 1
    weeks = [min(trained) + timedelta(weeks=number) for number in range(count)]
    return [_week(week, of_muscle.get(week), felt.get(week, (None, None, None))) for week in weeks]


def _week(week: date, trend: MuscleTrend | None, levels) -> FeltWeek:
    sets, volume = (trend.working_sets, trend.volume_kg) if trend else (0, Decimal(0))
    return FeltWeek(week, sets, volume, *levels)


def week_charts(user: User, weeks: list[FeltWeek], landmarks: MuscleVolume) -> dict[str, charts.BarChart | None]:
    """Returns the chart of sets against the landmarks, and the chart of volume in the user's unit; None: no bars."""
    sets = [(one.week, one.sets) for one in weeks]
    volume = [(one.week, round(in_unit(one.volume_kg, user.unit))) for one in weeks]
    return {
        "sets": charts.bar_chart(sets, unit="sets", marks=[("MEV", landmarks.mev), ("MRV", landmarks.mrv)]),
        "volume": charts.bar_chart(volume, unit=user.unit) if any(count for _, count in volume) else None,
    }


def followed_by(user: User, muscle: str) -> tuple[list[Followed], int]:
    """Returns the rows for each answer about soreness, pump and challenge, then for the three answers together, most
    frequent first; and the number of rarer combinations that are left out. Reads all mesocycles, without the weeks
    before a deload."""
    found = [one for one in feedback_correlation(user, muscle) if one.times]
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
