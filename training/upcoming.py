"""The next session: what it asks, and what that changes against the week before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exercises.models import Exercise
from training.calendar import Occurrence, next_occurrence, weeks_of
from training.models import Mesocycle, Prescription

SECONDS_PER_SET = 40
SECONDS_PER_EXERCISE = 120  # finding the station, loading it, a warm-up set
DEFAULT_REST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise of the session: what is asked, and what was asked the week before."""

    now: Prescription
    before: Prescription | None

    @property
    def exercise(self) -> Exercise:
        return self.now.exercise


@dataclass(frozen=True, slots=True)
class Upcoming:
    occurrence: Occurrence
    week_untouched: bool  # nothing of the week is done or skipped yet
    asked: list[Asked]

    def is_missed(self, today: date) -> bool:
        """Whether the whole week went by without a session. It waits all the same: weeks count workouts, not days."""
        mesocycle = self.occurrence.workout.mesocycle
        if not self.week_untouched or mesocycle.start_date is None:
            return False
        return today >= mesocycle.start_date + timedelta(weeks=self.occurrence.week + mesocycle.weeks_late)

    @property
    def is_deload(self) -> bool:
        return self.occurrence.workout.mesocycle.is_deload(self.occurrence.week)

    @property
    def sets(self) -> int:
        return sum(asked.now.sets for asked in self.asked)

    @property
    def minutes(self) -> int:
        """About how long it takes, rounded to five."""
        seconds = sum(
            SECONDS_PER_EXERCISE
            + asked.now.sets * (SECONDS_PER_SET + (asked.exercise.rest_seconds or DEFAULT_REST_SECONDS))
            for asked in self.asked
        )
        return max(5, 5 * round(seconds / 300))


def load_upcoming(mesocycle: Mesocycle, *, now: datetime) -> Upcoming | None:
    """The session to go to, in three queries; None where the week has nothing left to do."""
    week = weeks_of(mesocycle, now=now)[mesocycle.current_week - 1]
    occurrence = next_occurrence(week)
    if occurrence is None:
        return None
    prescriptions = occurrence.workout.prescriptions.current().filter(
        week_number__in=(occurrence.week - 1, occurrence.week)
    )
    untouched = all(one.state == "open" for one in week)
    return Upcoming(
        occurrence=occurrence,
        week_untouched=untouched,
        asked=_beside_the_week_before(occurrence.week, prescriptions.select_related("exercise")),
    )


def _beside_the_week_before(week: int, prescriptions: Iterable[Prescription]) -> list[Asked]:
    now = [p for p in prescriptions if p.week_number == week]
    before = {p.exercise_id: p for p in prescriptions if p.week_number != week}
    return [Asked(p, before.get(p.exercise_id)) for p in sorted(now, key=lambda p: (p.position, p.id))]
