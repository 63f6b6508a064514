import ast
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

import training.progression
from training.progression import CONFIG, ENGINE_VERSION, Config, config_hash
from training.progression.tests.cases import D

ENGINE = Path(training.progression.__file__).parent
SOURCES = sorted(path for path in ENGINE.rglob("*.py") if "tests" not in path.relative_to(ENGINE).parts)


def test_the_engine_has_a_version():
    assert ENGINE_VERSION == "1.1"


def test_the_hash_follows_the_values_and_nothing_else():
    assert config_hash(CONFIG) == config_hash(Config())
    assert config_hash(replace(CONFIG, reset_factor=D("0.950"))) == config_hash(CONFIG)
    assert config_hash(replace(CONFIG, reset_factor=D("0.94"))) != config_hash(CONFIG)
    assert config_hash(replace(CONFIG, equipment=CONFIG.equipment[:-1])) != config_hash(CONFIG)


def test_the_hash_is_sixteen_hexadecimal_digits():
    assert re.fullmatch("[0-9a-f]{16}", config_hash())


@pytest.mark.parametrize(
    "change",
    [
        {"most_sets": 14},
        {"experience_unsaid": "beginner"},
        {"rir_by_weeks": ((3, (2, 0)),)},
        {"equipment": (replace(CONFIG.equipment[0], compound=(6, 11)), *CONFIG.equipment[1:])},
    ],
)
def test_every_kind_of_value_moves_the_hash(change):
    assert config_hash(replace(CONFIG, **change)) != config_hash(CONFIG)


def test_the_hash_of_this_version_is_known():
    """A number moved: write the new hash here. ENGINE_VERSION is raised where a rule itself is another."""
    assert config_hash(CONFIG) == "ae4ea7089e799c9c"


def test_the_configuration_does_not_change():
    with pytest.raises(FrozenInstanceError):
        CONFIG.k_choose = D("0.05")


def taking_a_configuration():
    """The names of all functions of the package that take one."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            arguments = node.args if isinstance(node, ast.FunctionDef) else None
            if arguments and "config" in {each.arg for each in (*arguments.args, *arguments.kwonlyargs)}:
                yield node.name


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_no_rule_falls_back_on_the_defaults_of_another(source):
    """A rule that was given a configuration hands it on; a call that forgets it would take CONFIG."""
    names = set(taking_a_configuration())
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) in names:
            given = {each.arg for each in node.keywords} | {getattr(each, "id", "") for each in node.args}
            assert given & {"config", None}, f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_computes_without_floats(source):
    for node in ast.walk(ast.parse(source.read_text())):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
