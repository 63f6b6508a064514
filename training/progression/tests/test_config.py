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
    assert ENGINE_VERSION == "1.3"


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
    """If a number was changed, write the new hash here. ENGINE_VERSION is raised when a rule itself changes. That of
    version 1.2 was b0a6c566d1484d1e."""
    assert config_hash(CONFIG) == "cfc0b3a998db27e9"


def test_the_configuration_does_not_change():
    with pytest.raises(FrozenInstanceError):
        CONFIG.k_choose = D("0.05")


def taking_a_configuration():
    """Returns the names of all functions of the package that take a configuration."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            arguments = node.args if isinstance(node, ast.FunctionDef) else None
            if arguments and "config" in {each.arg for each in (*arguments.args, *arguments.kwonlyargs)}:
                yield node.name


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_no_rule_falls_back_on_the_defaults_of_another(source):
    """A rule passes its configuration on; a call that forgets it would use CONFIG."""
    names = set(taking_a_configuration())
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) in names:
            given = {each.arg for each in node.keywords} | {getattr(each, "id", "") for each in node.args}
            assert given & {"config", None}, f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_computes_without_floats(source):
    for node in ast.walk(ast.parse(source.read_text())):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))


# A number in a rule that is no constant of it: by module (None: in any), and why.
ALLOWED = {
    (None, D(0)): "none, the first",
    (None, D(1)): "one more, one less, the whole",
    (None, D(2)): "half, twice, the middle; a place on a scale",
    ("border", D(3)): "the top of a scale of answers, 0 to 3",
    ("performance", D(3)): "the top of a scale of answers, 0 to 3",
    ("rir", D(3)): "the top of a scale of answers, 0 to 3",
    ("stretch", D(3)): "the top of a scale of answers, 0 to 3",
    ("set_reasons", D(3)): "the top of a scale of answers, 0 to 3",
    ("set_table", D(3)): "the top of a scale of answers, 0 to 3",
    ("border", D(18)): "what 28 digits can compute with: decimals",
    ("border", D(1_000_000)): "what 28 digits can compute with: the largest weight",
    ("landmarks", D(50)): "per cent, rounded",
    ("landmarks", D(100)): "per cent, rounded",
    ("recovery", D(50)): "per cent, rounded",
    ("recovery", D(100)): "per cent, rounded",
    ("reasons", D(100)): "per cent, rounded",
    ("reasons", D("0.1")): "to a tenth in a sentence",
    ("expectation", D("0.01")): "to a hundredth, as a page gets it",
    ("shown", D("0.01")): "to a hundredth, as the column of a prescription keeps it",
    ("rest", D(30)): "half a minute in seconds, to round",
    ("rest", D(60)): "a minute in seconds",
    ("shorten", D(60)): "a minute in seconds",
    ("grid", D(4096)): "logarithms that a process remembers",
}


def numbers_of(source):
    """Returns (value, line) of every number in the code of a module: whole numbers, and texts that are handed to
    Decimal."""
    for node in ast.walk(ast.parse(source)):
        given = node.args if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Decimal" else ()
        for each in [node, *given]:
            value = each.value if isinstance(each, ast.Constant) else None
            if type(value) is int or (type(value) is str and each is not node):
                yield D(value), each.lineno


def test_every_number_of_a_rule_is_in_the_configuration():
    found = {
        (path.stem, value, line)
        for path in SOURCES
        if path.name != "config.py"
        for value, line in numbers_of(path.read_text())
    }
    assert {one for one in found if not {(None, one[1]), one[:2]} & set(ALLOWED)} == set()
    used = {key for stem, value, _ in found for key in ((None, value), (stem, value))}
    assert set(ALLOWED) - used == set(), "allowed, and used no more"


@pytest.mark.parametrize(
    ("line", "numbers"),
    [("REST = 90", [90]), ('share = Decimal("0.6")', ["0.6"]), ("sets >= -4", [4]), ('word["3"] = True', [])],
)
def test_a_number_typed_in_a_rule_is_seen(line, numbers):
    assert [value for value, _ in numbers_of(line)] == [D(each) for each in numbers]
