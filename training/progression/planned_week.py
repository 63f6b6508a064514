"""A week as it is planned: what about it is worth a word. Never a wall: the lifter decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.progression.border import check_whole
from training.progression.config import CONFIG, Config
from training.progression.sets.landmarks import landmarks


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """code: OVER_MRV, ABOVE_MAV, UNTRAINED (each of a `muscle`), LONG_DAY or EMPTY_DAY (of the day at place `day`, from
    0). sets: how many are planned; limit: how many would need no word."""

    code: str
    sets: int
    limit: int
    muscle: str | None = None
    day: int | None = None


def weekly_sets(days: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Sets a week of each muscle, from the sets of each day."""
    week: dict[str, int] = {}
    for day in days:
        for muscle, sets in day.items():
            check_whole("sets", sets, least=0)
            week[muscle] = week.get(muscle, 0) + sets
    return week


def plan_warnings(
    days: Sequence[Mapping[str, int]], *, experience: str | None = None, config: Config = CONFIG
) -> tuple[PlanWarning, ...]:
    """What is worth a word about a week's `days`, each with its sets by muscle: days first, then muscles.

    A week-1 total above MAV leaves little to grow into, one above MRV is more than most recover from; a
    muscle without a set is said once there is a plan at all."""
    return (*_of_days(days, config=config), *_of_muscles(weekly_sets(days), experience=experience, config=config))


def _of_days(days: Sequence[Mapping[str, int]], *, config: Config) -> Iterator[PlanWarning]:
    for place, day in enumerate(days):
        sets = sum(day.values())
        if not sets:
            yield PlanWarning(code="EMPTY_DAY", day=place, sets=0, limit=1)
        elif sets > config.day_sets_most:
            yield PlanWarning(code="LONG_DAY", day=place, sets=sets, limit=config.day_sets_most)


def _of_muscles(week: Mapping[str, int], *, experience: str | None, config: Config) -> Iterator[PlanWarning]:
    if not any(week.values()):
        return
    for row in config.muscle_volumes:
        sets = week.get(row.muscle, 0)
        volume = landmarks(row.muscle, experience=experience, config=config)
        if sets > volume.mrv:
            yield PlanWarning(code="OVER_MRV", muscle=row.muscle, sets=sets, limit=volume.mrv)
        elif sets > volume.mav[1]:
            yield PlanWarning(code="ABOVE_MAV", muscle=row.muscle, sets=sets, limit=volume.mav[1])
        elif not sets and volume.mev:
            yield PlanWarning(code="UNTRAINED", muscle=row.muscle, sets=0, limit=volume.mev)
