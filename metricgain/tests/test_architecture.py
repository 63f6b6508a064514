"""The house keeps its shape: arrows point one way, pure rooms stay pure, models and migrations agree."""

import ast
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]

# Who may import whom: each room only what stands before it. `metricgain` itself belongs to no domain.
ORDER = ["metricgain", "metricgain.users", "exercises", "training", "analytics", "metricgain.operations"]
# The project's own entrances stand on top of all rooms.
ENTRANCES = {"metricgain/urls.py", "metricgain/settings.py", "manage.py"}
PURE = ROOT / "training" / "progression"


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def room_of(module: str) -> str | None:
    rooms = [room for room in ORDER if module == room or module.startswith(room + ".")]
    return max(rooms, key=len) if rooms else None


def sources() -> list[Path]:
    folders = ["metricgain", "exercises", "training", "analytics"]
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "tests" not in path.parts and str(path.relative_to(ROOT)) not in ENTRANCES
    )


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    room = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    above = set(ORDER[ORDER.index(room) + 1 :])
    wrong = {name for name in imports_of(path) if room_of(name) in above}
    assert not wrong, f"{path.relative_to(ROOT)} reaches up to {sorted(wrong)}"


@pytest.mark.parametrize("path", sorted(PURE.rglob("*.py")), ids=lambda path: path.name)
def test_rules_import_the_standard_library_alone(path):
    foreign = {
        name
        for name in imports_of(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("training.progression")
    }
    assert not foreign


@pytest.mark.parametrize("name", ["random", "time", "datetime.datetime", "secrets", "uuid", "os"])
def test_rules_have_no_clock_and_no_chance(name):
    assert not any(name in imports_of(path) for path in PURE.rglob("*.py"))


def test_the_walk_sees_the_rules():
    assert len(sources()) > 30
    assert len(list(PURE.rglob("*.py"))) >= 5


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
