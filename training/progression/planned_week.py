"""Warnings about a week as it is planned. They never stop the lifter, who decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.progression.border import check_whole
from training.progression.config import CONFIG, Config
from training.progression.sets.landmarks import landmarks


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """A warning. code: OVER_MRV, ABOVE_MAV or UNTRAINED (about `muscle`), LONG_DAY or EMPTY_DAY (about the day at the
    0-based place `day`). sets: how many are planned. limit: the number of sets that needs no warning."""

    code: str
    sets: int
    limit: int
    muscle: str | None = None
    day: int | None = None


def weekly_sets(days: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Returns the weekly sets of each muscle. `days`: sets by muscle, for each day."""
    week: dict[str, int] = {}
    for day in days:
        for muscle, sets in day.items():
            check_whole("sets", sets, least=0)
            week[muscle] = week.get(muscle, 0) + sets
    return week


def plan_warnings(
    days: Sequence[Mapping[str, int]], *, experience: str | None = None, config: Config = CONFIG
) -> tuple[PlanWarning, ...]:
    """Returns the warnings about a week, those about days first, then those about muscles. `days`: sets by muscle, for
    each day.

    Sets above MAV in week 1 leave little room to grow; sets above MRV are more than most lifters recover from. A muscle
    without a set is a warning only where the week has a set at all."""
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
