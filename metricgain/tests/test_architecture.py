"""The house keeps its shape: arrows point one way, pure rooms stay pure, a name means one thing, rooms stay small."""

import ast
import re
import sys
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]

# Who may import whom: each line may import only the lines before it. A folder without a line of its own belongs to the
# folder around it.
ORDER = [
    "metricgain",
    "metricgain.jobs",
    "metricgain.users",
    "exercises",
    "training.progression",
    "training.models",
    "training.prescribing",
    "training.own_exercise",
    "training.session",
    "training.plan",
    "training.catalogue",
    "training.schedule",
    "training.rulebook",
    "training",
    "analytics",
    "metricgain.push",
    "metricgain.transfer",
    "metricgain.operations",
    "benchmarks",
]
FOLDERS = ["metricgain", "exercises", "training", "analytics", "benchmarks"]
# The project's own entrances stand on top of all rooms.
ENTRANCES = {"metricgain.urls", "metricgain.settings"}
PURE = ["training.progression", "exercises.naming", "analytics.charts"]
GROUND = {"metricgain.numbers", "metricgain.units"}  # these are pure as well, and pure rooms may use them
NEVER_IN_RULES = {"random", "time", "datetime.datetime", "secrets", "uuid", "os", "pathlib"}
NOT_COUNTED = {"tests", "migrations", "fixtures", "__pycache__", "__init__.py", "conftest.py"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Returns all modules of ours by dotted name, without tests, which are no part of the house."""
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    return {name_of(path): path for path in paths if "tests" not in path.parts and path.name != "conftest.py"}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(name: str) -> frozenset[str]:
    """Returns the dotted names that a module imports: modules, and what it takes from them."""
    path, names = modules()[name], set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
            base = above[: len(above) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{base}.{alias.name}" for alias in node.names} | {base}
    return frozenset(names)


@cache
def arrows() -> frozenset[tuple[str, str]]:
    """Returns the imports from a module of ours to another. Where a package is imported for one of its modules, that is
    the module itself."""
    found = set()
    for name in modules():
        ours = {other for other in imports_of(name) if other in modules() and other != name}
        found |= {(name, other) for other in ours if not any(one.startswith(f"{other}.") for one in ours)}
    return frozenset(found)


def room_of(module: str) -> str:
    return max((room for room in ORDER if f"{module}.".startswith(f"{room}.")), key=len)


@pytest.mark.parametrize("name", sorted(set(modules()) - ENTRANCES))
def test_imports_point_one_way(name):
    above = set(ORDER[ORDER.index(room_of(name)) + 1 :])
    wrong = {found for origin, found in arrows() if origin == name and room_of(found) in above}
    assert not wrong, f"{name} reaches up to {sorted(wrong)}"


def test_no_folder_has_a_circle():
    """Each file or folder in a folder is one box, and no boxes import in a circle. `ORDER` is about the top folder."""
    within = defaultdict(lambda: defaultdict(set))
    for origin, found in arrows():
        here, there = origin.split("."), found.split(".")
        depth = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
        if 0 < depth < len(there):
            box = here[depth] if depth < len(here) else "__init__"
            within[".".join(here[:depth])][box].add(there[depth])
        elif depth > 0:
            within[".".join(here[:depth])][here[depth]].add("__init__")
    assert len(within) > 10
    for folder, boxes in within.items():
        try:
            list(TopologicalSorter(boxes).static_order())
        except CycleError as circle:
            pytest.fail(f"{folder}: {' <- '.join(circle.args[1])}")


def pure() -> list[str]:
    return sorted(name for name in modules() if name in GROUND or name.startswith(tuple(PURE)))


@pytest.mark.parametrize("name", pure())
def test_rules_import_the_standard_library_alone(name):
    own = {next(room for room in [*PURE, *GROUND] if name.startswith(room)), *GROUND}
    foreign = {found for found in imports_of(name) if not any(f"{found}.".startswith(f"{one}.") for one in own)}
    assert {found for found in foreign if found.split(".")[0] not in sys.stdlib_module_names} == set()


@pytest.mark.parametrize("forbidden", sorted(NEVER_IN_RULES))
def test_rules_have_no_clock_and_no_chance(forbidden):
    assert not any(forbidden in imports_of(name) for name in pure())


def test_a_class_name_means_one_thing():
    homes = defaultdict(list)
    for name, path in modules().items():
        if "migrations" not in path.parts:
            for node in tree_of(path).body:
                if isinstance(node, ast.ClassDef) and node.name != "Command":
                    homes[node.name].append(name)
    assert {klass: where for klass, where in homes.items() if len(where) > 1} == {}


def test_every_room_says_what_it_is():
    rooms = {name: path for name, path in modules().items() if path.name == "__init__.py"}
    of_django = ("migrations", "management", "commands", "templatetags")
    silent = [name for name, path in rooms.items() if not ast.get_docstring(tree_of(path))]
    assert [name for name in silent if not name.endswith(of_django)] == []


def counted(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name not in NOT_COUNTED]


def test_no_room_is_crowded():
    assert len(counted(ROOT / "training")) <= 12, sorted(counted(ROOT / "training"))
    folders = {path.parent for path in modules().values() if "migrations" not in path.parts}
    files = {folder: [path for path in folder.iterdir() if path.is_file()] for folder in folders}
    assert {str(folder): len(found) for folder, found in files.items() if len(found) > 18} == {}


def test_no_file_is_long():
    kinds = [
        *((folder, "*.py") for folder in FOLDERS),
        ("static", "*.js"),
        ("static", "*.css"),
        ("templates", "*.html"),
    ]
    paths = [path for folder, kind in kinds for path in (ROOT / folder).rglob(kind) if "migrations" not in path.parts]
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > 400} == {}


def test_only_tests_of_their_own_import_the_benchmarks():
    tests = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "tests" in path.parts]
    elsewhere = [path for path in tests if path.relative_to(ROOT).parts[0] != "benchmarks"]
    assert len(elsewhere) > 100
    told = "\n".join(
        f"{path.relative_to(ROOT)}: {line}" for path in elsewhere for line in path.read_text().splitlines()
    )
    assert re.findall(r"^.*: (?:from|import) benchmarks\b.*$", told, re.MULTILINE) == []


def test_the_walk_sees_the_house():
    assert len(modules()) > 200
    assert len(arrows()) > 500
    assert ("training.session.views", "training.session.recording") in arrows()


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
