"""Measures how close forecasts come to what lifters did next: a tally per person, then averages over people and over
all targets."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import fmean

from training.progression import CONFIG, Grid

LEAST_TARGETS = 20  # with fewer targets a person's figures are mostly chance
DIRECTIONS = ("down", "same", "up")
RESAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A method's forecast for the next session. `moves`: whether its reps are converted to the weight really used."""

    weight: Decimal
    reps: int
    moves: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutcome:
    """The next session itself: its main weight and the reps of the first set at it. `before`: the main weight last
    time."""

    weight: Decimal
    reps: int
    before: Decimal


def direction(grid: Grid, weight: Decimal, *, before: Decimal) -> str:
    if weight == before:
        return "same"
    return "up" if grid.is_harder(weight, than=before) else "down"


def expected_reps(forecast: Forecast, *, at: Decimal, grid: Grid) -> int:
    """Returns the whole reps to expect at another weight, 1 at least, by the configuration's `k_expect`."""
    cost = grid.cost_in_reps(forecast.weight, to=at, k=CONFIG.k_expect) if forecast.moves else 0
    return max(1, round(forecast.reps - cost))


@dataclass(slots=True)
class Tally:
    """One person's targets under one method: errors in reps, and directions of the load as (forecast, done)."""

    same: list[int] = field(default_factory=list)  # errors where the lifter kept the weight
    changed: list[int] = field(default_factory=list)
    directions: Counter = field(default_factory=Counter)

    @property
    def errors(self) -> list[int]:
        return self.same + self.changed


@dataclass(slots=True)
class Agreement:
    """All tallies, by method and person."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)

    def merge(self, other: "Agreement") -> None:
        """Adds the tallies of other people."""
        for method, people in other.tallies.items():
            self.tallies.setdefault(method, {}).update(people)

    def add(self, method: str, lifter: str, forecast: Forecast, outcome: SessionOutcome, *, grid: Grid) -> int:
        """Tallies one target. Returns its error in reps; above 0, more was forecast than done."""
        tally = self.tallies.setdefault(method, {}).setdefault(lifter, Tally())
        error = expected_reps(forecast, at=outcome.weight, grid=grid) - outcome.reps
        (tally.same if outcome.weight == outcome.before else tally.changed).append(error)
        if grid.step is not None:  # a weight that is only the body has no direction
            said = direction(grid, forecast.weight, before=outcome.before)
            tally.directions[said, direction(grid, outcome.weight, before=outcome.before)] += 1
        return error

    def people(self, method: str) -> dict[str, Tally]:
        return {who: each for who, each in self.tallies.get(method, {}).items() if len(each.errors) >= LEAST_TARGETS}

    def left_out(self) -> tuple[int, int]:
        """Returns the number of people with too few targets for the averages over people, and of these targets."""
        tallies = next(iter(self.tallies.values()), {})
        few = [len(each.errors) for each in tallies.values() if len(each.errors) < LEAST_TARGETS]
        return len(few), sum(few)

    def all_of(self, method: str) -> Tally:
        whole = Tally()
        for each in self.tallies.get(method, {}).values():
            whole.same += each.same
            whole.changed += each.changed
            whole.directions += each.directions
        return whole


# -- figures ----------------------------------------------------------------------------------------


def within_one(errors: Sequence[int]) -> float:
    return fmean(abs(each) <= 1 for each in errors)


def mean_error(errors: Sequence[int]) -> float:
    return fmean(abs(each) for each in errors)


def agreed(directions: Counter) -> float:
    return sum(count for (said, did), count in directions.items() if said == did) / directions.total()


def over_people(tallies: dict[str, Tally], figure: Callable[[Tally], float]) -> float | None:
    figures = [value for value in (_or_none(figure, each) for each in tallies.values()) if value is not None]
    return fmean(figures) if figures else None


def _or_none(figure: Callable[[Tally], float], tally: Tally) -> float | None:
    try:
        return figure(tally)
    except (ValueError, ZeroDivisionError):  # the person has no such targets
        return None


FIGURES: dict[str, Callable[[Tally], float]] = {
    "within 1 rep": lambda tally: 100 * within_one(tally.errors),
    "MAE": lambda tally: mean_error(tally.errors),
    "mean error": lambda tally: fmean(tally.errors),
    "MAE, weight kept": lambda tally: mean_error(tally.same),
    "MAE, weight changed": lambda tally: mean_error(tally.changed),
    "direction": lambda tally: 100 * agreed(tally.directions),
}


def table(agreement: Agreement) -> Iterator[str]:
    """Yields a Markdown table with the mean of each figure over people / over all targets."""
    yield "| mean over people / over all targets | " + " | ".join(FIGURES) + " |"
    yield "|---|" + "---|" * len(FIGURES)
    for method in agreement.tallies:
        people, whole = agreement.people(method), agreement.all_of(method)
        cells = (
            f"{_shown(name, over_people(people, figure))} / {_shown(name, _or_none(figure, whole))}"
            for name, figure in FIGURES.items()
        )
        yield f"| {method} | " + " | ".join(cells) + " |"


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f} %" if name in ("within 1 rep", "direction") else f"{value:.2f}"


def difference(agreement: Agreement, method: str, *, against: str) -> str:
    """Returns the mean over people of the difference in mean absolute error, with a 95 % interval by resampling
    people."""
    pairs = _mean_errors(agreement, method, against=against)
    if not pairs:
        return "too few people"
    low, high = _interval(pairs, _less)
    return f"{_less(pairs):+.2f} reps [{low:+.2f}, {high:+.2f}]"


def gain(agreement: Agreement, method: str, *, against: str) -> str:
    """Returns by how much the mean absolute error over people is smaller, with a 95 % interval by resampling people."""
    pairs = _mean_errors(agreement, method, against=against)
    if not pairs:
        return "too few people"
    low, high = _interval(pairs, _percent_better)
    return f"{_percent_better(pairs):+.1f} % better [{low:+.1f}, {high:+.1f}]"


def _mean_errors(agreement: Agreement, method: str, *, against: str) -> list[tuple[float, float]]:
    """Returns the mean absolute errors of each person under both methods."""
    ours, theirs = agreement.people(method), agreement.people(against)
    return [(mean_error(ours[who].errors), mean_error(theirs[who].errors)) for who in ours]


def _less(pairs: Sequence[tuple[float, float]]) -> float:
    return fmean(ours - theirs for ours, theirs in pairs)


def _percent_better(pairs: Sequence[tuple[float, float]]) -> float:
    whole = sum(theirs for _, theirs in pairs)
    return 100 * (1 - sum(ours for ours, _ in pairs) / whole) if whole else 0.0


def _interval(pairs: Sequence[tuple[float, float]], figure: Callable) -> tuple[float, float]:
    chance = random.Random(1)
    figures = sorted(figure(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return figures[int(0.025 * RESAMPLES)], figures[int(0.975 * RESAMPLES)]


def cross_table(agreement: Agreement, method: str) -> Iterator[str]:
    """Yields a Markdown table of all targets: the forecast direction of the load by row, the real one by column."""
    counts = agreement.all_of(method).directions
    yield f"| {method} said, the lifter did | " + " | ".join(DIRECTIONS) + " | of all |"
    yield "|---|---|---|---|---|"
    for said in DIRECTIONS:
        row = [counts[said, did] for did in DIRECTIONS]
        share = f"{100 * sum(row) / max(1, counts.total()):.0f} %"
        yield f"| {said} | " + " | ".join(f"{each:,}" for each in row) + f" | {share} |"
