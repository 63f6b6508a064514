"""Measures whether the tests notice faults in the engine: puts in one small fault at a time and runs examples and
tables.

    python benchmarks/engine/mutants.py [module ...] [--sample N] [--jobs 2]

A mutant is a module of `training/progression/` with one fault in it. It is killed when a test of that module fails or
hangs. A mutant that survives has a fault that nobody would notice, or a change that is no fault. The tests run in
forked processes on private copies; the working tree is not touched. Property tests are left out, because they draw
random inputs, and what they find today they may miss tomorrow. The test of the configuration's hash is left out too,
because it would kill every changed number without showing that the number matters.

`faults.py` lists the faults, and the text that is not touched.
"""

import argparse
import importlib
import io
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.engine.faults import Mutant, mutants_of, optional_parameters

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("training/progression")
TESTS = PACKAGE / "tests"
NEEDED = ("training/__init__.py", "metricgain/__init__.py", "metricgain/numbers.py")  # files that the package imports
LIMIT = 60  # seconds of CPU for the tests of one mutant, which take one or two; a busy machine changes nothing
MEMORY = 4 << 30  # bytes; a fault can make a loop that collects for ever

# The test files for each module, its own first. test_config runs for all, because it reads the text of all modules. The
# configuration has many files, because its numbers are in all rules.
CONCERNED = {
    "border": "border plan grid e1rm gap muscle_score",
    "capacity": "capacity seed next_mesocycle load",
    "caps": "caps sets sets_domain set_reasons today",
    "config": "landmarks grid sets_domain rir load_borders load muscle_score recovery gap e1rm caps deload start plan "
    "performance shown retarget seed next_mesocycle sets set_reasons projection rest warm_up planned_week shorten "
    "effort stretch odd range opening expectation today holds",
    "deload": "deload",
    "e1rm": "e1rm",
    "gap": "gap load_borders",
    "grid": "grid load retarget",
    "landmarks": "landmarks",
    "hold_reasons": "holds reasons",
    "hold_steps": "holds",
    "first_hold": "holds",
    "next_hold": "holds",
    "bias": "effort",
    "expectation": "expectation",
    "form": "stretch",
    "load": "load load_borders start stretch reasons today",
    "odd": "odd performance seed frontier",
    "opening": "opening",
    "stretch": "stretch",
    "table": "load load_borders stretch range reasons effort",
    "today": "today",
    "next_mesocycle": "next_mesocycle",
    "other_unit": "other_unit",
    "performance": "performance load",
    "plan": "plan performance load",
    "planned_week": "planned_week",
    "projection": "projection",
    "reasons": "reasons set_reasons load retarget seed",
    "frontier": "frontier",
    "recovery": "recovery sets today",
    "rest": "rest today",
    "retarget": "retarget effort",
    "rir": "rir",
    "seed": "seed",
    "shown": "shown load performance effort stretch odd today",
    "set_reasons": "set_reasons reasons sets",
    "set_table": "muscle_score sets_domain sets",
    "sets": "sets sets_domain set_reasons slot today",
    "shorten": "shorten",
    "slot": "slot sets caps today",
    "soreness": "soreness",
    "start": "start load",
    "supersets": "supersets",
    "target": "load load_borders effort",
    "warm_up": "warm_up",
}
LEFT_OUT = {"test_the_hash_of_this_version_is_known"}


def modules() -> list[Path]:
    """Returns the paths of all modules of the engine."""
    return [
        path for path in (ROOT / PACKAGE).rglob("*.py") if path.name != "__init__.py" and TESTS.name not in path.parts
    ]


def source_of(module: str) -> Path:
    return next(path for path in modules() if path.stem == module).relative_to(ROOT)


class Examples:
    """A pytest plugin that keeps examples and tables and drops property tests."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [each for each in items if self._stays(each)]

    def _stays(self, item: pytest.Item) -> bool:
        return not getattr(item.obj, "is_hypothesis_test", False) and item.originalname not in LEFT_OUT


class Copies:
    """Private copies of the engine and its tests. Each holds one mutant at a time."""

    def __init__(self, folder: Path, *, jobs: int) -> None:
        self.free = [folder / str(number) for number in range(jobs)]
        self.running: dict[int, tuple[Path, Path, bytes, object]] = {}
        for copy in self.free:
            shutil.copytree(ROOT / PACKAGE, copy / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
            for needed in NEEDED:
                (copy / needed).parent.mkdir(exist_ok=True)
                shutil.copy(ROOT / needed, copy / needed)
            (copy / "pytest.ini").write_text("[pytest]\n")

    def begin(self, module: str, source: bytes, *, about: object) -> None:
        copy = self.free.pop()
        path = copy / source_of(module)
        original = path.read_bytes()
        path.write_bytes(source)
        # Python tells sources apart by size and time in seconds, which mutants often share. So the compiled file goes.
        for compiled in path.parent.glob(f"__pycache__/{module}.*.pyc"):
            compiled.unlink()
        sys.stdout.flush()
        child = os.fork()
        if not child:
            _run(copy, module)
        self.running[child] = copy, path, original, about

    def end(self) -> tuple[object, bool]:
        """Waits for any running mutant. Returns its `about`, and whether all tests passed."""
        child, status = os.wait()
        copy, path, original, about = self.running.pop(child)
        path.write_bytes(original)
        self.free.append(copy)
        return about, status == 0


def _run(copy: Path, module: str) -> None:
    """Runs the tests of the module in a forked process, and ends the process: with 0 if all passed."""
    code = 1  # unless the tests pass
    try:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.chdir(copy)
        sys.path[:] = [str(copy), *(each for each in sys.path if each != str(ROOT))]
        sys.dont_write_bytecode = (copy / "warm").exists()
        files = [str(TESTS / f"test_{name}.py") for name in (*CONCERNED[module].split(), "config")]
        words = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(copy), "--tb=short"]
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(said):
            # One file at a time: after a failure in the module's own tests the others need not run.
            code = next((code for each in files if (code := pytest.main([*words, each], plugins=[Examples()]))), 0)
        if code and not sys.dont_write_bytecode:
            (copy / "failed").write_text(said.getvalue())
    finally:
        os._exit(code)


def warm_up(copies: Copies, module: str) -> None:
    """Checks that the tests pass without a fault. Otherwise a failure would prove nothing."""
    original = (ROOT / source_of(module)).read_bytes()
    for copy in copies.free:
        (copy / "warm").unlink(missing_ok=True)
    for _ in range(len(copies.free)):
        copies.begin(module, original, about=copies.free[-1])
    while copies.running:
        copy, passed = copies.end()
        if not passed:
            failed = copy / "failed"
            said = failed.read_text() if failed.exists() else ""
            raise SystemExit(f"{said}\nThe tests of {module} fail, or find no time, on the engine as it is.")
        (copy / "warm").touch()


def survivors(copies: Copies, module: str, mutants: Sequence[Mutant]) -> list[Mutant]:
    left = []

    def end() -> None:
        mutant, passed = copies.end()
        if passed:
            left.append(mutant)

    for each in mutants:
        if not copies.free:
            end()
        copies.begin(module, each.source, about=each)
    while copies.running:
        end()
    return sorted(left, key=lambda each: each.line)


def main() -> None:
    parser = argparse.ArgumentParser(description="mutation testing of the progression engine")
    parser.add_argument("module", nargs="*", help=f"of {', '.join(CONCERNED)}; all of them unless said")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants of each module, the same every time")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    asked = parser.parse_args()
    if unknown := set(asked.module) - set(CONCERNED):
        parser.error(f"there is no module {', '.join(sorted(unknown))}")
    if asked.jobs < 1 or (asked.sample is not None and asked.sample < 1):
        parser.error("--jobs and --sample are whole numbers from 1")

    sources = {path.stem: path.read_text() for path in sorted(modules())}
    optional = optional_parameters(list(sources.values()))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    importlib.import_module("hypothesis")  # every test file imports it; imported here once, all forks have it
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    total, rows, began = [0, 0], [], time.monotonic()
    try:
        copies = Copies(folder, jobs=asked.jobs)
        for module in asked.module or CONCERNED:
            mutants = mutants_of(sources[module], optional=optional)
            if asked.sample is not None and asked.sample < len(mutants):
                mutants = random.Random(module).sample(mutants, asked.sample)
            warm_up(copies, module)
            left = survivors(copies, module, mutants)
            for each in left:
                print(f"survived: {module}.py:{each.line}: {each.change}", flush=True)
            rows.append(_row(module, len(mutants), len(left)))
            total = [total[0] + len(mutants), total[1] + len(left)]
    finally:
        shutil.rmtree(folder)
    print(f"\n{'module':<16}{'mutants':>9}{'killed':>9}{'survived':>10}{'score':>9}")
    print("\n".join([*rows, _row("all", *total)]))
    print(f"{time.monotonic() - began:.0f} s")


def _row(name: str, mutants: int, survived: int) -> str:
    killed = mutants - survived
    score = 100 * killed / mutants if mutants else 100
    return f"{name:<16}{mutants:>9}{killed:>9}{survived:>10}{score:>8.1f}%"


if __name__ == "__main__":
    main()
