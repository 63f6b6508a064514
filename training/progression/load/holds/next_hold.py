"""What a hold is asked after a session: one table of rows, of which the first that matches wins.

Inside the range it is a step more whenever every set lasted; above it comes weight, and where there is none to add,
more seconds up to a share of the top.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from metricgain.numbers import plain
from training.progression.border import check_rep_range, check_whole
from training.progression.config import CONFIG, Config
from training.progression.load.grid import Grid
from training.progression.load.holds.first_hold import after_break, least_held
from training.progression.load.holds.hold_steps import down_to_step, seconds_of
from training.progression.load.load import NO_SIGNALS
from training.progression.load.plan import Done, ExercisePlan, check_done, check_plan
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing.performance import FELL
from training.progression.load.target import Signals, Target, check_signals
from training.progression.reasons.reasons import Reason
from training.progression.reasons.set_reasons import Param


def plan_hold(
    plan: ExercisePlan,
    *,
    done: Sequence[Done],
    target: Target,
    signals: Signals = NO_SIGNALS,
    config: Config = CONFIG,
) -> ExercisePlan:
    """Returns the plan of the next session of a hold, from the plan just done and its log.

    `done`: the working sets in order, with their seconds; empty: it was left out. `target`: its `lo` and `hi` are
    seconds. Nobody can say how many seconds are left, so the RIR of the week asks nothing of a hold and is only kept.
    Raises EngineError outside the border. Chapter "Holds".
    """
    check_plan(plan, grid=target.grid)
    check_done(done, grid=target.grid)
    check_rep_range(target.lo, target.hi, most=config.most_seconds)
    check_whole("next_rir", target.next_rir, least=0, most=config.most_rir)
    check_whole("next_sets", target.next_sets, least=1, most=config.most_sets)
    check_signals(signals)
    case = _Case(plan=plan, done=done, target=target, signals=signals, config=config)
    answer = next(found for found in (row(case) for row in ROWS) if found)
    return ExercisePlan(
        sets=target.next_sets,
        weight=answer.weight,
        reps=1,
        reps_lo=1,
        seconds=min(max(answer.seconds, 1), config.most_seconds),
        rir=config.recovery_rir if signals.recovery else target.next_rir,
        recovery=signals.recovery,
        reasons=(Reason(answer.code, answer.params),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    weight: Decimal | None
    seconds: int
    code: str
    params: dict[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """Everything that the rows look at."""

    plan: ExercisePlan
    done: Sequence[Done]
    target: Target
    signals: Signals
    config: Config

    @property
    def grid(self) -> Grid:
        return self.target.grid

    @property
    def shows_nothing(self) -> bool:
        return self.signals.ill or not self.done

    @cached_property
    def _held(self) -> tuple[Decimal, int]:
        return least_held(self.done, grid=self.grid)

    @property
    def weight(self) -> Decimal | None:
        """The weight of most sets; as planned where nothing counts."""
        return self.plan.weight if self.shows_nothing else self._held[0]

    @property
    def held(self) -> int:
        """What every set at that weight lasted."""
        return self.asked if self.shows_nothing else self._held[1]

    @property
    def shown(self) -> int:
        return down_to_step(self.held, config=self.config)

    @cached_property
    def asked(self) -> int:
        """The seconds that were asked; at a harder weight than was asked, no more than it lasted."""
        asked, planned = seconds_of(self.plan), self.plan.weight
        if self.shows_nothing or planned is None or not self.grid.is_harder(self._held[0], than=planned):
            return asked
        return min(asked, max(1, self._held[1]))

    @property
    def fell_short(self) -> bool:
        return any((one.seconds or 0) < self.asked for one in self.done[: self.plan.sets])

    def answer(self, code: str, seconds: int, **params: Param) -> _Answer:
        return _Answer(weight=self.weight, seconds=seconds, code=code, params={"seconds": seconds, **params})

    def at(self, weight: Decimal, code: str) -> _Answer:
        """Another weight, from the middle of the range."""
        assert self.weight is not None, "there is one to move from"
        lo, hi = self.target.lo, self.target.hi
        seconds = max(lo, down_to_step((lo + hi) // 2, config=self.config))
        params: dict[str, Param] = {
            "delta": plain(abs(weight - self.weight)),
            "unit": self.grid.unit,
            "kind": self.grid.kind,
            "lasted": self.held,
            "seconds": seconds,
        }
        return _Answer(weight=weight, seconds=seconds, code=code, params=params)


def _recovery(case: _Case) -> _Answer | None:
    if not case.signals.recovery:
        return None
    longest = max((one.seconds or 0 for one in case.done), default=case.asked)
    return case.answer("SECONDS_RECOVERY", down_to_step(math.ceil(Decimal(longest) / 2), config=case.config))


def _break(case: _Case) -> _Answer | None:
    """After a break: the same weight, a little shorter."""
    days = case.signals.gap_days or 0
    if days <= case.config.break_days or case.weight is None:
        return None
    return case.answer("SECONDS_BREAK", after_break(case.held, config=case.config), days=days)


def _nothing(case: _Case) -> _Answer | None:
    """Nothing that counts was done: the same is asked again."""
    if not case.shows_nothing:
        return None
    again = "LOAD_ILL" if case.signals.ill else "SECONDS_SKIPPED"
    return case.answer("SECONDS_ASK" if case.weight is None else again, case.asked)


def _sore(case: _Case) -> _Answer | None:
    if case.signals.soreness != STILL_SORE:
        return None
    return case.answer("SECONDS_SORE", min(case.asked, case.shown) if case.fell_short else case.asked)


def _short(case: _Case) -> _Answer | None:
    """A set ended early: one more try, and then what every set lasted. After a clear fall, and where far too much was
    asked, there is no try."""
    if not case.fell_short:
        return None
    config, plan = case.config, case.plan
    has_fallen = case.signals.perf == FELL and case.signals.fell_twice
    is_far = not case.held or case.asked - case.held > config.hold_far * config.hold_step
    was_tried = plan.carries("SECONDS_TRY") or plan.carries("SECONDS_DOWN")
    if not (has_fallen or is_far or was_tried):
        return case.answer("SECONDS_TRY", case.asked)
    easier = case.grid.easier(case.weight) if case.weight is not None else None
    if case.shown < case.target.lo and easier is not None:
        return case.at(easier, "SECONDS_LIGHTER")
    return case.answer("SECONDS_DOWN", min(case.asked, case.shown), lasted=case.held)


def _unfinished(case: _Case) -> _Answer | None:
    """Sets were left out: those that were done say nothing of the others."""
    return case.answer("SECONDS_MATCH", case.asked) if len(case.done) < case.plan.sets else None


def _longer(case: _Case) -> _Answer:
    """Every set lasted: a step more, or what all of them showed; above the range a weight."""
    config, top = case.config, case.target.hi
    seconds = max(case.asked + config.hold_step, case.shown)
    if seconds <= top or max(case.asked, case.shown) < top:
        return case.answer("SECONDS_UP", min(seconds, top), lasted=case.held)
    if case.weight is not None and (harder := case.grid.harder(case.weight)) is not None:
        return case.at(harder, "SECONDS_HEAVIER")
    longest = min(seconds, int(config.hold_top_share * top))
    if longest <= case.asked:
        return case.answer("SECONDS_TOP", case.asked)
    return case.answer("SECONDS_LONGER", longest)


ROWS: tuple[Callable[[_Case], _Answer | None], ...] = (
    _recovery,
    _break,
    _nothing,
    _sore,
    _short,
    _unfinished,
    _longer,
)
