"""Runs the engine over a lifter's series: after each session a prescription, and the session that really followed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from benchmarks.engine.agreement import Forecast, SessionOutcome
from benchmarks.engine.gym import muscle
from benchmarks.engine.invariants import Asked
from benchmarks.engine.logbook import LoggedSession, Series
from benchmarks.engine.set_invariants import ONLY, SetsAsked
from training.progression import (
    CONFIG,
    Ex,
    ExercisePlan,
    Grid,
    Past,
    PlannedSets,
    SlotCtx,
    fell_twice,
    landmarks,
    performance,
    shown,
    start_plan,
    target_rir,
)

USUAL_RIR = 2
WEEKS = 5
HABIT_SESSIONS = 12
NARROWEST = 2
UNKNOWN_MRV = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """One way to fill in what the log does not say."""

    name: str
    own_range: bool
    falling_rir: bool = False

    @property
    def engine(self) -> str:
        return f"engine, {self.name}"

    @property
    def double(self) -> str:
        return f"double progression, {self.name}"


DEFAULT = Mode(name="default range", own_range=False)
OWN = Mode(name="own range", own_range=True)
FALLING = Mode(name="own range, falling RIR", own_range=True, falling_rir=True)
MODES = (DEFAULT, OWN, FALLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStep:
    """One prescription, with the session that really followed."""

    asked: Asked
    sets_asked: SetsAsked
    planned_sets: PlannedSets  # recovery sessions are not applied, because the lifter did not know of them
    plan: ExercisePlan
    double: Forecast
    last: Forecast
    outcome: SessionOutcome


def replay(series: Series, *, mode: Mode, seconds: list[float]) -> Iterator[EngineStep]:
    """Yields a step for each session but the last. Appends the CPU seconds of each prescription to `seconds`."""
    grid, sessions = series.setup.grid, series.sessions
    plan, before, perf, prev = None, None, None, None
    for place, (session, following) in enumerate(pairwise(sessions)):
        lo, hi = rep_range(series, upto=place, mode=mode)
        if plan is None:
            plan = first_plan(series, lo=lo, hi=hi, rir=week_rir(series, place, mode=mode))
        sets = min(len(session.done), CONFIG.most_sets)
        plan = replace(plan, sets=sets)
        prev_perf, prev_done = perf, sessions[place - 1].done if place else ()
        refs = tuple(each for other in sessions[max(0, place - CONFIG.odd_sessions) : place] for each in other.done)
        prev2_done = sessions[place - 2].done if place > 1 else ()
        began = time.process_time()
        perf = performance(plan, done=session.done, prev_done=prev_done, grid=grid, prev_rir=before, refs=refs)
        fell = fell_twice(
            perf, prev_perf=prev_perf, done=session.done, prev_done=prev_done, prev2_done=prev2_done, grid=grid
        )
        sets_asked = muscle_alone(series, place, plan=plan, perf=perf, fell=fell)
        planned_sets = sets_asked.planned()
        asked = Asked(
            plan=plan,
            done=session.done,
            prev_done=prev_done,
            prev_rir=before,
            history=history(sessions[max(0, place - 2) : place + 1], on=following.day),
            grid=grid,
            lo=lo,
            hi=hi,
            next_rir=week_rir(series, place + 1, mode=mode),
            next_sets=sets if planned_sets.recovery else planned_sets.sets[ONLY],
            perf=perf,
            fell_twice=fell,
            gap_days=following.gap_days,
            prev=prev if place and (session.day - sessions[place - 1].day).days <= CONFIG.break_days else None,
            refs=refs,
        )
        result = asked.planned()
        seconds.append(time.process_time() - began)
        yield EngineStep(
            asked=asked,
            sets_asked=sets_asked,
            planned_sets=planned_sets,
            plan=result,
            last=Forecast(weight=session.weight, reps=session.reps),
            double=double_progression(session, lo=lo, hi=hi, grid=grid),
            outcome=SessionOutcome(weight=following.weight, reps=following.reps, before=session.weight),
        )
        prev = shown(plan, done=session.done, grid=grid, refs=refs)
        before, plan = plan.rir, result


def first_plan(series: Series, *, lo: int, hi: int, rir: int) -> ExercisePlan:
    first = series.sessions[0]
    sets = min(len(first.done), CONFIG.most_sets)
    return start_plan(first.weight, lo=lo, hi=hi, grid=series.setup.grid, rir=rir, sets=sets, reps=first.reps)


def muscle_alone(series: Series, place: int, *, plan: ExercisePlan, perf: int | None, fell: bool) -> SetsAsked:
    """Returns the exercise as the only one of its muscle, trained once a week, without feedback."""
    sessions = series.sessions
    group = muscle(series.exercise)
    done = sum(not each.is_missed for each in sessions[place].done)
    return SetsAsked(
        ctx=SlotCtx(
            rir=plan.rir,
            weekly_sets=plan.sets,
            mrv=landmarks(group).mrv if group else UNKNOWN_MRV,
            gap_days=sessions[place + 1].gap_days,
        ),
        exercise=Ex(
            id=ONLY,
            pos=0,
            sets=plan.sets,
            perf=perf,
            fell_twice=fell,
            completed=done,
            week1_sets=min(len(sessions[0].done), CONFIG.most_sets),
        ),
    )


def history(sessions: Sequence[LoggedSession], *, on: date) -> tuple[Past, ...]:
    return tuple(Past(days_ago=(on - each.day).days, done=each.done, rir=USUAL_RIR) for each in sessions)


def rep_range(series: Series, *, upto: int, mode: Mode) -> tuple[int, int]:
    """Returns the rep range in which the lifter seems to train, from the sessions up to the one at `upto`."""
    if not mode.own_range:
        return series.setup.reps
    sessions = series.sessions[max(0, upto + 1 - HABIT_SESSIONS) : upto + 1]
    reps = sorted(each.reps for each in sessions)
    lo = min(max(reps[int(0.2 * (len(reps) - 1))], 1), CONFIG.most_reps - NARROWEST)
    hi = min(max(reps[round(0.8 * (len(reps) - 1))], lo + NARROWEST), CONFIG.most_reps)
    return lo, hi


def week_rir(series: Series, place: int, *, mode: Mode) -> int:
    """Returns the target RIR of the session at `place`. In a constant mode, it is the one logged the session before."""
    floor = 1 if series.setup.unsafe_to_fail else 0
    if mode.falling_rir:
        return target_rir(WEEKS, week=place % (WEEKS - 1) + 1, floor_rir=floor)
    logged = [each.rir for each in series.sessions[max(0, place - 1)].done if each.rir is not None]
    return min(round(sum(logged) / len(logged)), CONFIG.most_rir) if logged else USUAL_RIR


def double_progression(session: LoggedSession, *, lo: int, hi: int, grid: Grid) -> Forecast:
    harder = grid.harder(session.weight)
    if harder is not None and all(each.reps >= hi for each in session.done if each.weight == session.weight):
        return Forecast(weight=harder, reps=lo)
    return Forecast(weight=session.weight, reps=min(session.reps + 1, max(hi, session.reps)))
