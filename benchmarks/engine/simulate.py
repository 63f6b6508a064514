"""Trains simulated lifters, whose true strength is known, and compares it with what a coach asks of them.

    python benchmarks/engine/simulate.py [--rows WORDS] [--lifters 40] [--seeds 3] [--into docs/progression.md]

Prints four tables: lifters of every kind, breaks and illness, further cases, and holds. `--rows` takes rows whose name
contains one of the words, separated by commas. The same options print the same figures, on any machine. Uses the
standard library and the engine only; the whole takes about ten minutes of CPU, with `--seeds 1` four.

What is simulated: `benchmarks/engine/simulation/lifter.py` is the lifter, `benchmarks/engine/simulation/course.py` the
calendar, `benchmarks/engine/simulation/rows.py` the rows, `benchmarks/engine/simulation/measures.py` the figures; holds
are by themselves, in `benchmarks/engine/simulation/holds.py`. The coaches are
`benchmarks/engine/simulation/engine_1_2.py` and `benchmarks/engine/simulation/double_progression.py`.

Limits: how growth, fatigue and soreness answer to training is assumed, and so the same for every coach. The figures say
whether asks find a strength that moves. They do not say how much a real lifter gains.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.engine.simulation.double_progression import DoubleProgression
from benchmarks.engine.simulation.engine_1_2 import Engine12
from benchmarks.engine.simulation.holds import HOLDERS, held_by
from benchmarks.engine.simulation.measures import Measures
from benchmarks.engine.simulation.record import Coach, Place
from benchmarks.engine.simulation.rows import BREAKS, FURTHER, ILLNESSES, KINDS, LIFTERS, SEEDS, Kind, row
from benchmarks.speed.printed import provenance, put, table

COACHES: dict[str, Callable[[], Coach]] = {"1.2": Engine12, "double": DoubleProgression}
COLUMNS = (
    "lifter",
    "coach",
    "true gain %",
    "asked gain %",
    "gap",
    "late",
    "p10 .. p90",
    "2 too hard %, all / late",
    "2 too easy %, late",
    "RIR - target",
    "opening",
    "sets by week",
)
BREAK_COLUMNS = (
    "away before week 3 of mesocycle 2",
    "coach",
    "first workout: on return",
    "the week after",
    "next mesocycle, week 1",
    "second workout: on return",
)

HOLD_COLUMNS = (
    "lifter",
    "asked of what is possible, first session %",
    "late %",
    "sets that ended early, late %",
    "added kg",
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", help="words of row names, separated by commas; all rows without it")
    parser.add_argument("--lifters", type=int, default=LIFTERS)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--into", type=Path, help="a document with a place for each table")
    options = parser.parse_args(arguments)
    words = options.rows.split(",")
    size = {"lifters": options.lifters, "seeds": options.seeds}

    def chosen(kinds: Sequence[Kind]) -> list[Kind]:
        return [kind for kind in kinds if any(word in kind.name for word in words)]

    said = provenance(f"{options.lifters} lifters x {options.seeds} seeds a row")
    tables = (
        ("simulated lifters", table(COLUMNS, [*_lines(chosen(KINDS), list(COACHES), **size)])),
        ("simulated breaks", table(BREAK_COLUMNS, [*_breaks(chosen((*BREAKS, *ILLNESSES)), **size)])),
        ("simulated further", table(COLUMNS, [*_lines(chosen(FURTHER), [*COACHES][:1], **size)])),
        ("simulated holds", table(HOLD_COLUMNS, [*_holds(words, **size)])),
    )
    for place, (name, text) in enumerate(tables):
        put(text if place else f"{said}\n\n{text}", name, options.into)


def _lines(kinds: Sequence[Kind], coaches: Sequence[str], *, lifters: int, seeds: int) -> Iterator[Sequence[str]]:
    for kind in kinds:
        for coach in coaches:
            if coach != "double" or _tells_nothing(kind):
                yield (kind.name, coach, *_cells(row(kind, COACHES[coach], lifters=lifters, seeds=seeds)))


def _tells_nothing(kind: Kind) -> bool:
    """Returns whether the lifter does nothing that double progression cannot hear: it knows no RIR and no open set."""
    return kind.habits.says == "no" and not kind.habits.opens


def _cells(found: Measures) -> Iterator[str]:
    yield f"{found.true_gain:.1f}"
    yield f"{found.asked_gain:.1f}"
    yield f"{found.gap:+.1f}"
    yield f"{found.late:+.2f}"
    yield f"{found.p10:+.1f} .. {found.p90:+.1f}"
    yield f"{found.hard:.1f} / {found.hard_late:.1f}"
    yield f"{found.easy_late:.0f}"
    yield "" if found.excess is None else f"{found.excess:+.1f}"
    yield f"{found.opening:+.2f}"
    yield " ".join(f"{sets:.1f}" for sets in found.sets)


def _holds(words: Sequence[str], *, lifters: int, seeds: int) -> Iterator[Sequence[str]]:
    for kind in HOLDERS:
        if any(word in kind.name for word in words):
            found = held_by(kind, lifters=lifters, seeds=seeds)
            shares = (f"{100 * found.first:.0f}", f"{100 * found.late:.0f}", f"{found.short:.0f}")
            yield (kind.name, *shares, f"{found.weight:.1f}")


def _breaks(kinds: Sequence[Kind], *, lifters: int, seeds: int) -> Iterator[Sequence[str]]:
    for kind in kinds:
        at, week = kind.course.returns
        found = row(kind, Engine12, lifters=lifters, seeds=seeds).by_session
        sessions = ((at, week, 0), (at, week + 1, 0), (at + 1, 1, 0), (at, week, 1))
        yield (kind.name, "1.2", *(f"{found[Place(*one)]:+.1f}" for one in sessions))


if __name__ == "__main__":
    main()
