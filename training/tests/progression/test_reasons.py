import ast
import json
import string
from pathlib import Path

import pytest

import training.progression
from training.progression import TEMPLATES, EngineError, Reason, hold_sets, sentence, shortened, swap_new
from training.progression.set_reasons import CELL_CODES

SOURCES = sorted(Path(training.progression.__file__).parent.glob("*.py"))

PARAMS = {
    "reps": 11,
    "rir": 2,
    "r": 10,
    "rir0": "1.5",
    "lo": 8,
    "hi": 12,
    "mid": 10,
    "sets": 3,
    "days": 20,
    "pct": "2.5",
    "delta": "2.5",
    "next": "105",
    "weight": "102.5",
    "unit": "kg",
    "kind": "load",
    "exercise": "Cable Fly",
    "muscle": "Chest",
    "n": 1,
    "soreness": 1,
    "perf": 1,
    "stimulus": "M",
    "rated": None,
    "cause": "fell_twice",
    "fell_by": 2,
    "done": 4,
    "planned": 5,
    "mrv": 22,
    "added": 2,
    "most": 3,
    "needed": 3,
    "trained": 5,
    "k": 3,
    "week": 5,
    "chosen": 6,
    "minutes": 45,
}


ONE_WORD = {"DELOAD", "RECOVERY", "SHORTENED"}


def emitted_codes():
    """Every string in the package that is written like a reason code outside the table of sentences."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                word = node.value
                if word.isupper() and word.isidentifier() and ("_" in word or word in ONE_WORD):
                    found.add(word)
    return found - {"CONFIG", "ENGINE_VERSION", "TEMPLATES"}


def test_every_code_has_a_sentence():  # I18
    assert emitted_codes() | CELL_CODES == set(TEMPLATES)


@pytest.mark.parametrize("code", sorted(TEMPLATES))
@pytest.mark.parametrize("kind", ["load", "added", "assist"])
def test_every_sentence_is_whole(code, kind):
    text = sentence(Reason(code, PARAMS | {"kind": kind}))
    assert text.endswith(".")
    assert not set("{}") & set(text)
    assert "None" not in text


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (
            Reason("PLAN_START", {"weight": "100", "unit": "kg", "kind": "load"}),
            "Your plan starts at 100 kg.",
        ),
        (
            Reason("PLAN_START", {"weight": "0", "unit": "kg", "kind": "added"}),
            "Your plan starts at your own body weight.",
        ),
        (
            Reason("PLAN_START", {"weight": "30", "unit": "kg", "kind": "assist"}),
            "Your plan starts at 30 kg of help.",
        ),
        (
            Reason("LOAD_UP", PARAMS | {"kind": "assist", "delta": "5"}),
            "5 kg less help because your 10 reps outgrew the 8-12 range.",
        ),
        (Reason("LOAD_UP", PARAMS), "+2.5 kg because your 10 reps outgrew the 8-12 range."),
        (
            Reason("LOAD_BREAK", {"pct": "2.5", "days": 20}),
            "After 20 days off: 2.5 % lighter, and it comes back fast.",
        ),
        (
            Reason("LOAD_RESET", {"pct": None}),
            "You went down two sessions in a row: one step easier to build up again.",
        ),
        (hold_sets(3), "Same sets as planned: 3."),
        (swap_new(), "New exercise: its sets stay until one session has been seen."),
        (shortened(45), "Cut down to 45 minutes today; next week goes on from the full plan."),
        (Reason("DELOAD_NOW"), "You asked for a deload: half the work this week."),
    ],
)
def test_a_sentence_gives_its_numbers(reason, expected):
    assert sentence(reason) == expected


def test_a_reason_survives_json():
    reason = Reason("LOAD_RESET", {"pct": None, "days": 3, "unit": "kg"})
    stored = json.loads(json.dumps(reason.to_dict()))
    assert stored == {"code": "LOAD_RESET", "pct": None, "days": 3, "unit": "kg"}
    assert Reason.from_dict(stored) == reason


def test_a_reason_refuses_what_json_would_change():
    with pytest.raises(EngineError, match="delta"):
        Reason("LOAD_UP", {"delta": 2.5})
    with pytest.raises(EngineError, match="code"):
        Reason.from_dict({"delta": "2.5"})


@pytest.mark.parametrize("minutes", [0, -45, 45.0, None])
def test_a_workout_is_shortened_to_whole_minutes(minutes):
    assert shortened(1).params == {"minutes": 1}
    with pytest.raises(EngineError, match="minutes"):
        shortened(minutes)


def test_a_sentence_says_what_it_lacks():
    with pytest.raises(EngineError, match="LOAD_BREAK lacks 'pct'"):
        sentence(Reason("LOAD_BREAK", {"days": 3}))
    with pytest.raises(EngineError, match="NONSENSE"):
        sentence(Reason("NONSENSE"))


def test_templates_use_plain_fields_only():
    for template in TEMPLATES.values():
        for _, field, spec, conversion in string.Formatter().parse(template):
            assert field is None or (field.isidentifier() and not spec and not conversion)
