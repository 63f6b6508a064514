import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.engine.faults import mutants_of
from benchmarks.engine.mutants import CONCERNED, ROOT, TESTS, modules, source_of

SOURCE = '''"""A day is long."""
LEAST: int = 3


def is_long(days: int | None) -> bool:
    """Over 3 days."""
    if days is None:
        raise EngineError("no days")
    return days > LEAST and not is_holiday(days)
'''


def test_every_small_fault_is_made_once_and_words_for_people_are_let_be():
    assert [(each.line, each.change) for each in mutants_of(SOURCE)] == [
        (2, "3  ->  4"),
        (2, "3  ->  2"),
        (7, "days is None  ->  (days is not None)"),
        (8, 'raise EngineError("no days")  ->  pass'),
        (9, "return days > LEAST and not is_holiday(days)  ->  return None"),
        (9, "days > LEAST and not is_holiday(days)  ->  (days > LEAST or not is_holiday(days))"),
        (9, "days > LEAST  ->  (days >= LEAST)"),
        (9, "days > LEAST  ->  (days <= LEAST)"),
        (9, "not is_holiday(days)  ->  is_holiday(days)"),
    ]
    for each in mutants_of(SOURCE):
        compile(each.source, "mutant", "exec")


def test_every_module_of_the_engine_names_tests_that_exist():
    assert sorted(CONCERNED) == sorted(path.stem for path in modules())
    for names in CONCERNED.values():
        assert all((ROOT / TESTS / f"test_{name}.py").exists() for name in names.split())


def mutants(*arguments):
    """Returns what the program prints when it is run from a shell. It needs a process of its own because it forks."""
    command = [sys.executable, Path("benchmarks/engine/mutants.py"), *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.drill
def test_the_tests_of_a_small_module_kill_all_its_mutants():
    before = (ROOT / source_of("gap")).read_bytes()
    done = mutants("gap", "--jobs", "1")
    assert re.search(r"^gap +17 +17 +0 +100\.0%$", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert (ROOT / source_of("gap")).read_bytes() == before


@pytest.mark.parametrize("arguments", [["nonsense"], ["gap", "--jobs", "0"], ["gap", "--sample", "0"]])
def test_it_refuses_what_it_cannot_do(arguments):
    assert mutants(*arguments).returncode == 2
