"""The programs of the benchmarks find what they import, also where they import it late, once Django is set up."""

import ast
from importlib import import_module

import pytest
from django.conf import settings

PROGRAMS = sorted((settings.BASE_DIR / "benchmarks").rglob("*.py"))
OURS = ("analytics", "benchmarks", "deploy", "exercises", "metricgain", "training")


def is_there(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name) or bool(import_module(f"{module}.{name}"))
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_what_a_program_imports_from_us_is_there(path):
    imports = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    wanted = [(node.module, alias.name) for node in imports for alias in node.names]
    assert [one for one in wanted if one[0].partition(".")[0] in OURS and not is_there(*one)] == []
