"""Replays real training logs with the progression engine beside them.

    python benchmarks/engine/replay.py PATH [--lifters COUNT] [--jobs COUNT] [--look COUNT]

PATH is a log as `benchmarks/engine/logbook.py` reads it, or a directory with one. Each lifter's successive sessions of
an exercise count as its weeks. After each session the engine prescribes the next one, which is compared with the
session that the lifter then did without knowing the prescription. Exits with 1 if a step raises an exception or breaks
an invariant. Names nobody. Uses the standard library and the engine only.

Decisions on what a log does not say:

* Working sets: all sets but warm-ups (marked, or first sets below 70 % of the day's heaviest), drop segments and sets
without reps. Units are as exported, unless the other unit gives more round numbers. * Plan: the first session counts as
planned exactly as it was done. From then on each prescription of the engine becomes the plan that the next session is
scored against, however different that session was. * Sets: the number that the lifter did counts as planned.
`plan_sets` then sees the exercise as the only one of its muscle, without feedback. So it holds the sets, eases after a
break, or asks for a recovery session. The lifters did not know of such a session, so it is counted but not compared,
and the chain goes on as if it had been declined. * Grid: that of the library's equipment, found by name or alias, else
by the name's words, else by the weights. If it has fewer than 80 % of the sets, the coarsest step that has 80 %. A grid
is a setting of the gym, so it may use the whole log; nothing else looks ahead. * Rep range: the default of the
equipment; or the lifter's own, from the first sets of the last 12 sessions so far (20th to 80th percentile, at least 2
wide). * Effort: few sets have a logged RIR. Constant: the RIR logged last time, else 2, so that the engine repeats what
was shown. Falling: 3, 2, 1, 0 and again, as in mesocycles of five weeks without their deloads. * Gap: days since the
muscle (by the library), or an exercise that the library does not know, was last trained. * Compared: the first set at
the day's main weight. All methods' reps are converted to that weight with K_EXPECT. Double progression: when every set
is at the top of the range, one step up at the bottom of the range; else one rep more.

Agreement is not quality: a log shows habits, and the engine does not know the plan that the lifter followed.
"""

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.engine.agreement import Agreement, Forecast, cross_table, difference, gain, table
from benchmarks.engine.expectations import EXPECTED, LAST, LAST_AT_WEIGHT, expected
from benchmarks.engine.invariants import broken
from benchmarks.engine.logbook import Logbook, Series, read
from benchmarks.engine.set_invariants import broken_by_sets
from benchmarks.engine.weeks import DEFAULT, FALLING, MODES, OWN, EngineStep, Mode, replay

SAME, UNMOVED = "same as last time", "same as last time, reps not moved"


@dataclass(slots=True)
class Findings:
    """The findings of a run. Violations and exceptions keep their first case."""

    agreement: Agreement = field(default_factory=Agreement)
    expectation: Agreement = field(default_factory=Agreement)
    band: Counter = field(default_factory=Counter)  # whether the next first set was within the reps told beside the aim
    steps: Counter = field(default_factory=Counter)
    codes: dict[str, Counter] = field(default_factory=lambda: {mode.name: Counter() for mode in MODES})
    recoveries: Counter = field(default_factory=Counter)
    violations: Counter = field(default_factory=Counter)
    exceptions: Counter = field(default_factory=Counter)
    first: dict[str, object] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def merge(self, other: "Findings") -> None:
        """Adds the findings for another lifter."""
        self.agreement.merge(other.agreement)
        self.expectation.merge(other.expectation)
        for name in ("band", "steps", "recoveries", "violations", "exceptions"):
            getattr(self, name).update(getattr(other, name))
        for mode, codes in other.codes.items():
            self.codes[mode].update(codes)
        self.first = other.first | self.first
        self.seconds += other.seconds


# -- all of them ------------------------------------------------------------------------------------


def replay_all(book: Logbook, *, jobs: int = 1, progress: TextIO | None = None) -> Findings:
    by_lifter: dict[str, list[Series]] = defaultdict(list)
    for series in book.series:
        by_lifter[series.lifter].append(series)
    findings = Findings()
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool:
        found = (pool.map if pool else map)(replay_lifter, by_lifter.values())
        for count, each in enumerate(found, 1):
            findings.merge(each)
            if progress:
                print(f"\r{count} of {len(by_lifter)} lifters", end="", file=progress, flush=True)
    if progress:
        print(file=progress)
    return findings


def replay_lifter(all_series: list[Series]) -> Findings:
    findings = Findings()
    for series in all_series:
        for mode in MODES:
            try:
                for step in replay(series, mode=mode, seconds=findings.seconds):
                    take(step, series=series, mode=mode, findings=findings)
                if mode is DEFAULT:
                    take_expected(series, findings=findings)
            except Exception as error:  # any exception, because finding them is the purpose
                name = f"{type(error).__name__}: {error}"
                findings.exceptions[name] += 1
                findings.first.setdefault(name, series.sessions)
    return findings


def take_expected(series: Series, *, findings: Findings) -> None:
    for forecasts, outcome, is_within in expected(series):
        findings.band[is_within] += 1
        for method, forecast in forecasts.items():
            findings.expectation.add(method, series.lifter, forecast, outcome, grid=series.setup.grid)


def take(step: EngineStep, *, series: Series, mode: Mode, findings: Findings) -> None:
    findings.steps[mode.name] += 1
    findings.codes[mode.name].update(reason.code for reason in (*step.plan.reasons, *step.planned_sets.reasons))
    findings.recoveries[mode.name] += step.planned_sets.recovery
    for name in broken(step.asked, step.plan):
        findings.violations[name] += 1
        findings.first.setdefault(name, (step.asked, step.plan))
    for name in broken_by_sets(step.sets_asked):
        findings.violations[name] += 1
        findings.first.setdefault(name, step.sets_asked)
    forecasts = {mode.engine: Forecast(weight=step.plan.weight, reps=step.plan.reps)}
    if not mode.falling_rir:  # double progression ignores effort
        forecasts[mode.double] = step.double
    if mode is DEFAULT:
        forecasts |= {
            SAME: step.last,
            UNMOVED: Forecast(weight=step.last.weight, reps=step.last.reps, moves=False),
        }
    for method, forecast in forecasts.items():
        findings.agreement.add(method, series.lifter, forecast, step.outcome, grid=series.setup.grid)


# -- telling it -------------------------------------------------------------------------------------


def report(book: Logbook, findings: Findings) -> Iterator[str]:
    sessions = sum(len(each.sessions) for each in book.series)
    sets = sum(len(session.done) for each in book.series for session in each.sessions)
    yield f"{book.rows:,} rows of {book.lifters} lifters: {sets:,} working sets, {sessions:,} sessions, "
    yield f"{len(book.series):,} series; {findings.steps.total():,} prescriptions, {findings.steps[OWN.name]:,} a mode"
    yield "\nLeft out, in rows:"
    yield from (f"  {count:6,}  {cause}" for cause, count in book.left_out.most_common() if count)
    few, targets = findings.agreement.left_out()
    yield f"  and from the averages over people {few} lifters with too few targets ({targets:,})"
    yield "\nFound out, in series or lifters:"
    yield from (f"  {count:6,}  {name}" for name, count in book.notes.most_common() if count)
    yield ""
    yield from table(findings.agreement)
    for baseline in (SAME, UNMOVED):
        yield f"\nMAE over people minus that of {baseline}, 95 % interval over people:"
        for method in findings.agreement.tallies:
            if method != baseline:
                yield f"  {difference(findings.agreement, method, against=baseline)}  {method}"
    yield "\nWhat stands beside the aim, of first sets:"
    yield from table(findings.expectation)
    for baseline in (LAST, LAST_AT_WEIGHT):
        yield f"  {gain(findings.expectation, EXPECTED, against=baseline)} than {baseline}"
    if findings.band:
        yield f"  within the reps told in {100 * findings.band[True] / findings.band.total():.0f} % of the cases"
    for method in (DEFAULT.engine, OWN.engine, FALLING.engine, OWN.double):
        yield ""
        yield from cross_table(findings.agreement, method)
    yield "\nReasons given, per cent of the prescriptions:"
    for mode in MODES:
        count = max(1, findings.steps[mode.name])
        shares = (f"{code} {100 * given / count:.1f}" for code, given in findings.codes[mode.name].most_common())
        yield f"  {mode.name}: " + ", ".join(shares)
        yield f"    and {findings.recoveries[mode.name]:,} recovery sessions asked for"
    if findings.seconds:
        taken = sorted(findings.seconds)
        mean, p95 = sum(taken) / len(taken), taken[int(0.95 * len(taken))]
        yield f"\n{1e6 * mean:.0f} microseconds per prescription (95th percentile {1e6 * p95:.0f})"
    yield f"{findings.exceptions.total()} exceptions, {findings.violations.total()} invariants broken"
    for name, count in (findings.exceptions + findings.violations).most_common():
        yield f"  {count:6,}  {name}; first: {findings.first[name]}"


def look(book: Logbook, *, count: int) -> Iterator[str]:
    """Yields random series line by line, to judge by eye. For the terminal only, because they are people's logs."""
    for series in random.Random(count).sample(book.series, min(count, len(book.series))):
        grid = series.setup.grid
        yield f"\n{series.exercise}: {grid.kind}, step {grid.step} {grid.unit}, {series.setup.source}"
        for step in replay(series, mode=OWN, seconds=[]):
            asked, plan, came = step.asked, step.plan, step.outcome
            sets = ", ".join(f"{each.weight:f}x{each.reps}" for each in asked.done)
            codes = ", ".join(reason.code for reason in plan.reasons)
            yield (
                f"  {sets} (P{asked.perf}, {asked.lo}-{asked.hi}) -> {plan.weight:f} x {plan.reps} @{plan.rir} {codes}"
                f", after {asked.gap_days} days; did {came.weight:f} x {came.reps}"
            )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", type=Path)
    options.add_argument("--lifters", type=int, metavar="COUNT", help="the first of them alone")
    options.add_argument("--look", type=int, default=0, metavar="COUNT", help="print random series instead")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; as many as processors")
    asked = options.parse_args()
    try:
        book = read(asked.path)
    except FileNotFoundError as error:
        options.error(str(error))
    if asked.lifters:
        chosen = set([*dict.fromkeys(series.lifter for series in book.series)][: asked.lifters])
        book.series = [series for series in book.series if series.lifter in chosen]
    if asked.look:
        print("\n".join(look(book, count=asked.look)))
        return 0
    findings = replay_all(book, jobs=asked.jobs, progress=sys.stderr)
    print("\n".join(report(book, findings)))
    return 1 if findings.exceptions or findings.violations else 0


if __name__ == "__main__":
    sys.exit(main())
