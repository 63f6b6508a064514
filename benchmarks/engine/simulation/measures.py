"""What the courses of many lifters show: the figures of one row of the table."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.engine.simulation.course import Course, CourseResult
from benchmarks.engine.simulation.record import Place

FAR = 2  # reps by which an ask is too hard or too easy
LATE = 2  # mesocycles at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """One row. Errors are asks minus the truth, in reps; late: in the last two mesocycles.

    Gains are 100 times a difference of logarithms, so about per cent. true_gain: of strength, from the first day to the
    last. asked_gain: from the mean ask of the first mesocycle to that of the last, so it spans one mesocycle less. p10,
    p90: percentiles of late errors. hard, hard_late, easy_late: per cent of asks 2 reps or more too hard or too easy.
    excess: the true reserve of first sets minus the RIR asked; None: no RIR was asked. opening: late errors of first
    weeks. sets: of a muscle, by week. by_session: errors by place.
    """

    true_gain: float
    asked_gain: float
    late: float
    p10: float
    p90: float
    hard: float
    hard_late: float
    easy_late: float
    excess: float | None
    opening: float
    sets: tuple[float, ...]
    by_session: Mapping[Place, float]

    @property
    def gap(self) -> float:
        return self.asked_gain - self.true_gain


def measured(outcomes: Sequence[CourseResult], course: Course) -> Measures:
    """Returns the measures of one row, of all its lifters and seeds together."""
    asks = [ask for outcome in outcomes for ask in outcome.asks]
    last = course.mesocycles - 1
    late = sorted(ask.error for ask in asks if ask.place.mesocycle > last - LATE)
    sets: dict[int, int] = defaultdict(int)
    by_session: dict[Place, list[float]] = defaultdict(list)
    for ask in asks:
        sets[ask.place.week] += ask.sets
        by_session[ask.place].append(ask.error)
    first_asks, last_asks = (
        _mean(ask.capacity for ask in asks if ask.place.mesocycle == mesocycle) for mesocycle in (0, last)
    )
    excesses = [excess for outcome in outcomes for excess in outcome.excesses]
    openings = (ask.error for ask in asks if ask.place.mesocycle > last - LATE and ask.place.week == 1)
    return Measures(
        true_gain=100 * _mean(outcome.true_gain for outcome in outcomes),
        asked_gain=100 * (last_asks - first_asks),
        late=_mean(late),
        p10=late[len(late) // 10],
        p90=late[len(late) * 9 // 10],
        hard=100 * _mean(ask.error >= FAR for ask in asks),
        hard_late=100 * _mean(error >= FAR for error in late),
        easy_late=100 * _mean(error <= -FAR for error in late),
        excess=_mean(excesses) if excesses else None,
        opening=_mean(openings),
        sets=tuple(sets[week] / (len(outcomes) * course.mesocycles) for week in sorted(sets)),
        by_session={place: _mean(errors) for place, errors in by_session.items()},
    )


def _mean(values: Iterable[float]) -> float:
    listed = [*values]
    return sum(listed) / len(listed) if listed else math.nan
