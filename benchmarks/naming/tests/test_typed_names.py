"""What the library makes of the names that lifters typed into other apps."""

from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.naming import typed_names

LABELS = Path(__file__).with_name("names_labelled.tsv")
LOGGED = settings.BASE_DIR.parent / "shared" / "data" / "exercise-names.tsv"


@pytest.fixture(scope="module")
def names():
    return typed_names.index()


@pytest.mark.skipif(not LOGGED.exists(), reason="names from real logs do not lie beside this clone")
def test_it_finds_nine_logged_sets_out_of_ten(names):
    logged = typed_names.table(LOGGED)
    other = {row["name"] for row in typed_names.labels_of(LABELS, logged) if row["kind"] == "other"}
    assert typed_names.coverage(names, [row for row in logged if row["name"] not in other]) >= 0.94
    assert typed_names.held_out(logged) >= 0.84


@pytest.mark.skipif(not LOGGED.exists(), reason="names from real logs do not lie beside this clone")
def test_people_judged_that_hardly_any_logged_set_is_taken_for_another_exercise(names):
    labels = typed_names.labels_of(LABELS, typed_names.table(LOGGED))
    assert len([row for row in labels if row["kind"] == "reps"]) == 449
    assert typed_names.wrong(names, labels) == {"katana extension": "single-arm-overhead-cable-triceps-extension"}
