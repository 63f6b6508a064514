"""Forecasts the first set of each session of a series, as the app does beside the aim, and by two simple ways."""

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.engine.agreement import Forecast, SessionOutcome
from benchmarks.engine.logbook import LoggedSession, Series
from training.progression import CONFIG, Done, FirstSet, Grid, expect

EXPECTED, LAST, LAST_AT_WEIGHT = "expected", "last reps", "last time at this weight"


def expected(series: Series) -> Iterator[tuple[dict[str, Forecast], SessionOutcome, bool]]:
    """Yields, for each session of which enough is known, the forecast of each way, what was done, and whether that lies
    within the reps that are told.

    The weight is the one that the lifter then picked; the log does not know the RIR that was aimed at.
    """
    grid = series.setup.grid
    known: list[tuple[LoggedSession, Done, FirstSet]] = []  # oldest first; days ago are counted from the next session
    for session in series.sessions:
        first = session.done[0]
        load = grid.load_moved(first.weight)
        if load is None or not 1 <= first.reps <= CONFIG.most_reps:
            continue
        history = [replace(each, days_ago=(session.day - before.day).days) for before, _, each in known]
        told = expect(history, load=load, rir=None)
        if told:
            reps, fewest, most = told
            last, same = known[-1][1], _last_at(first, known, grid=grid)
            forecasts = {EXPECTED: reps, LAST: last.reps, LAST_AT_WEIGHT: same.reps}
            outcome = SessionOutcome(weight=first.weight, reps=first.reps, before=last.weight)
            yield (
                {name: Forecast(weight=first.weight, reps=each, moves=False) for name, each in forecasts.items()},
                outcome,
                fewest <= first.reps <= most,
            )
        known.append((session, first, FirstSet(days_ago=0, load=load, reps=first.reps, rir=first.credited_rir())))


def _last_at(first: Done, known: list[tuple[LoggedSession, Done, FirstSet]], *, grid: Grid) -> Done:
    """Returns the last first set at this weight; without one, the last of all."""
    same = [each for _, each, _ in known if grid.load_moved(each.weight) == grid.load_moved(first.weight)]
    return same[-1] if same else known[-1][1]
