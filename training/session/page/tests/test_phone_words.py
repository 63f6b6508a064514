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
from training.session.page.phone_words import WORDS, aim_words, difference_words, rest_words

DIFFERENCES = json.loads(Path(__file__).with_name("difference_cases.json").read_text())
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


def done(weight: str, reps: int, unit: str) -> DoneSet:
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
    )


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda case: f"{case['kind']} {case['words']}")
def test_a_set_says_what_it_has_over_last_time(case):
    assert difference_words(done(**case["one"]), done(**case["last"]), kind=case["kind"]) == case["words"]


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
    assert [name for name in WORDS if f'"{name}"' not in scripts and name not in states] == []
