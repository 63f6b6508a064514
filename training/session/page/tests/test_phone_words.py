"""Sentences that the phone shows too, by tables that test its JavaScript as well
(metricgain/tests/e2e/test_expected_reps.py)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from training.models.done_set import DoneSet
from training.progression.tests.test_retarget import CASES, DOWN_CASES
from training.session.forms import SetForm
from training.session.page.phone_words import FAULTS, TYPED, WORDS, aim_words, difference_words, rest_words

FAULTY = json.loads((Path(settings.BASE_DIR) / "training" / "session" / "tests" / "fault_cases.json").read_text())
DIFFERENCES = json.loads(Path(__file__).with_name("difference_cases.json").read_text())
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


def done(weight: str, reps: int, unit: str, *, is_hold: bool = False) -> DoneSet:
    load = Decimal(weight)
    return DoneSet(
        exercise_id=1,
        set_number=1,
        weight=load,
        unit=unit,
        weight_kg=load,
        reps=reps,
        rir=None,
        set_type="",
        performed_at=timezone.now(),
        seconds=reps if is_hold else None,
    )


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda case: f"{case['kind']} {case['words']}")
def test_a_set_says_what_it_has_over_last_time(case):
    is_hold = case.get("hold", False)
    one, last = (done(**case[each], is_hold=is_hold) for each in ("one", "last"))
    assert difference_words(one, last, kind=case["kind"]) == case["words"]


def test_the_words_for_expected_reps_are_those_of_the_table():
    assert [aim_words(case["expect"]) for case in CASES] == [case["words"] for case in CASES]


@pytest.mark.parametrize("case", DOWN_CASES, ids=lambda case: f"{case['kind']} {case['weight']} {case['expect']}")
def test_the_words_for_lighter_sets_are_the_engines(case):
    words = rest_words(8, unit=case["unit"], kind=case["kind"])
    assert case["words"] in (None, words["bare"], words["lighter"].replace("{weight}", case["expect"] or ""))


def test_the_phone_says_each_of_its_words():
    """Every sentence for the phone is used by a script."""
    scripts = " ".join(path.read_text() for path in SCRIPTS.rglob("*.js"))
    states = {"kept", "sending", "stored", "refused"}  # of an entry
    # A script puts these names together.
    faults = {f"{field}_{code}" for field in (*TYPED, "seconds") for code in FAULTS}
    of_sets = {"done", "done_bare", "done_hold", "done_bare_hold"}
    assert [name for name in WORDS if f'"{name}"' not in scripts and name not in states | faults | of_sets] == []


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: f"{case['field']} {case['typed']!a}")
def test_the_form_refuses_what_the_table_says_in_words_that_the_phone_has(case):
    """metricgain/tests/e2e/test_faults.py runs the same table in a browser."""
    is_hold = case["field"] == "seconds"  # typed into the same field
    name = "reps" if is_hold else case["field"]
    typed = {"weight": "80", "reps": "8", "unit": "kg"} | {name: case["typed"]}
    form = SetForm(typed, exercise_id=1, number=1, of_hold=lambda: is_hold)
    found = form.errors.as_data().get(name, [])
    assert [error.code for error in found] == case["faults"]
    assert form.errors.get(name, []) == [WORDS[f"{case['field']}_{code}"] for code in case["faults"]]
