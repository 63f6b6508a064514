import ast
import json
import string
from pathlib import Path

import pytest

import training.progression
from metricgain.numbers import plain
from training.progression import (
    TEMPLATES,
    EngineError,
    Reason,
    added,
    chosen_sets,
    deload_now,
    hold_sets,
    sentence,
    shortened,
    swap_new,
    swapped,
)
from training.progression.reasons.reasons import percent
from training.progression.reasons.set_reasons import CELL_CODES
from training.progression.tests.cases import D

ENGINE = Path(training.progression.__file__).parent
SOURCES = sorted(path for path in ENGINE.rglob("*.py") if "tests" not in path.relative_to(ENGINE).parts)

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
    "too": "many",
    "said": 1,
    "easy": 1,
    "times": 1,
    "plate": "2.5",
    "q": "4",
    "can": 12,
    "w1": "100",
    "r1": 10,
    "aim": 10,
    "work": "third",
    "short": 1,
    "today": None,
    "seconds": 45,
    "lasted": 40,
    "due": 50,
}


ONE_WORD = {"DELOAD", "RECOVERY", "SHORTENED"}
# Said of a plan, never stored with a number: no reasons.
WARNINGS = {"OVER_MRV", "ABOVE_MAV", "LONG_DAY", "EMPTY_DAY"}


def emitted_codes():
    """Returns every string in the package that is written like a reason code, outside the table of sentences."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                word = node.value
                if word.isupper() and word.isidentifier() and ("_" in word or word in ONE_WORD):
                    found.add(word)
    return found - {"CONFIG", "ENGINE_VERSION", "RIR_CODES", "TEMPLATES"} - WARNINGS


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
            "5 kg less help because you outgrew the 8-12 range.",
        ),
        (Reason("LOAD_UP", PARAMS), "+2.5 kg because you outgrew the 8-12 range."),
        (
            Reason("LOAD_BREAK", {"pct": "2.5", "days": 20}),
            "After 20 days off: 2.5 % lighter. Your strength comes back fast.",
        ),
        (
            Reason("LOAD_RESET", {"pct": None}),
            "You fell two sessions in a row: one step easier, so that you can build up again.",
        ),
        (hold_sets(3), "Same sets as planned."),
        (swap_new(), "This exercise is new, so no set is added before its first session."),
        (shortened(45), "Cut down to 45 minutes today; next week goes on from the full plan."),
        (deload_now(), "You asked for a deload: half the work this week."),
        (chosen_sets(4, today=True), "You chose 4 sets for today. Next week goes on from the plan."),
        (chosen_sets(4, today=False), "You chose 4 sets from now on."),
        (swapped("Cable Fly"), "You chose it in place of Cable Fly."),
        (added(), "You added it."),
        (Reason("LOAD_DOWN", PARAMS), "-2.5 kg to bring you back towards the 8-12 range."),
        (
            Reason("LOAD_DOWN", PARAMS | {"kind": "assist"}),
            "2.5 kg more help to bring you back towards the 8-12 range.",
        ),
        (Reason("DOWN_SET", PARAMS), "Fewer than 8 reps: take 102.5 kg for the next sets."),
        (
            Reason("DOWN_SET", PARAMS | {"kind": "added", "weight": "5"}),
            "Fewer than 8 reps: take 5 kg added for the next sets.",
        ),
        (Reason("SEED_HISTORY", {"k": 1}), "Estimated from your last session."),
        (Reason("SEED_HISTORY", {"k": 2}), "Estimated from your last 2 sessions."),
        (
            Reason("NEXT_MESO_SETS", {"sets": 1, "chosen": 3, "week": 4}),
            "Starts at 1 set, after 3 in week 4 of the last mesocycle, so that there is room to grow.",
        ),
        (
            Reason("NEXT_MESO_SETS", {"sets": 5, "chosen": 4, "week": 1}),
            "Starts at 5 sets, after 4 in week 1 of the last mesocycle, because it was easy to recover from.",
        ),
        (
            Reason("NEXT_MESO_SETS", {"sets": 2, "chosen": 2, "week": 1}),
            "Starts at 2 sets, after 2 in week 1 of the last mesocycle, so that there is room to grow.",
        ),
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


@pytest.mark.parametrize("say", [lambda sets: chosen_sets(sets, today=True), shortened])
@pytest.mark.parametrize(("number", "accepted"), [(0, False), (1, True), (1.0, False), (True, False)])
def test_what_is_said_in_whole_numbers_begins_with_one(say, number, accepted):
    if accepted:
        assert "1" in sentence(say(number))
    else:
        with pytest.raises(EngineError, match=r"^(sets|minutes) must be"):
            say(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (D("100.00"), "100"),
        (D("102.50"), "102.5"),
        (D("1E+2"), "100"),
        (D("0.0"), "0"),
        (D("0.05"), "0.05"),
        (10, "10"),
    ],
)
def test_numbers_are_written_plainly(number, text):
    assert plain(number) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0.05", "5"),
        ("0.0244", "2.4"),
        ("0.0245", "2.5"),
        ("0.0249", "2.5"),
        ("0.1", "10"),
        ("0.0006", "0.1"),
        ("0.0015", "0.2"),
        ("0.0001", "0.1"),  # a change never reads as none
    ],
)
def test_a_share_is_said_in_per_cent_to_a_tenth(share, text):
    assert percent(D(share)) == text


@pytest.mark.parametrize("code", ["", None, 7])
def test_a_code_is_a_name(code):
    with pytest.raises(EngineError, match=r"^code must be"):
        Reason(code)


@pytest.mark.parametrize(
    "params", [{"code": "LOAD_UP"}, {"days": 2.5}, {"days": D("2")}, {"stuck": True}, {"sets": [1]}]
)
def test_facts_are_such_as_survive_storing(params):
    Reason("LOAD_UP", {"text": "kg", "whole": 3, "missing": None})
    with pytest.raises(EngineError, match=f"^reason parameter {next(iter(params))} must be"):
        Reason("LOAD_UP", params)


def test_the_facts_of_a_reason_do_not_follow_those_they_came_from():
    facts = {"days": 3}
    reason = Reason("LOAD_BREAK", facts)
    facts["days"] = 4
    assert reason.params == {"days": 3}


def test_what_was_stored_without_a_code_is_no_reason():
    with pytest.raises(EngineError, match=r"^code must be the name of a reason, not None"):
        Reason.from_dict({"days": 3})
