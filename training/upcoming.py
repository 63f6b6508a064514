"""The next session: what it asks, and what that changes against the week before."""

from collections.abc import Iterable
from dataclasses import dataclass

from exercises.models import Exercise
from training.calendar import Slot, next_session
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
    slot: Slot
    asked: list[Asked]

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


def load_upcoming(mesocycle: Mesocycle) -> Upcoming | None:
    """The session to go to, in three queries; None where the mesocycle has nothing left to do."""
    slot = next_session(mesocycle)
    if slot is None:
        return None
    prescriptions = slot.workout.prescriptions.current().filter(week_number__in=(slot.week - 1, slot.week))
    return Upcoming(slot=slot, asked=_beside_the_week_before(slot.week, prescriptions.select_related("exercise")))


def _beside_the_week_before(week: int, prescriptions: Iterable[Prescription]) -> list[Asked]:
    now = [p for p in prescriptions if p.week_number == week]
    before = {p.exercise_id: p for p in prescriptions if p.week_number != week}
    return [Asked(p, before.get(p.exercise_id)) for p in sorted(now, key=lambda p: (p.position, p.id))]
