"""Whole files of real people, where they lie beside the clone. Their counts were found by other means."""

from collections import Counter

import pytest
from django.conf import settings

from metricgain.transfer.reading import read
from metricgain.transfer.tests.files_of_apps import ZONE, left, sets_of
from metricgain.transfer.units import as_typed, proposed

EXPORTS = settings.BASE_DIR.parent / "shared" / "data" / "exports"
pytestmark = pytest.mark.skipif(not EXPORTS.exists(), reason="the files of real people do not lie beside this clone")


@pytest.mark.parametrize(
    ("name", "app", "sessions", "sets", "counts"),
    [
        ("fitnotes-lifter-29.csv", "FitNotes", 124, 2492, {"no reps": 3}),
        ("hevy-lifter-33.csv", "Hevy", 17, 330, {}),
        ("strong-lifter-08.csv", "Strong", 129, 2078, {}),
        ("strong-lifter-14.csv", "Strong", 384, 6777, {"no reps": 1}),
        ("strong-lifter-15.csv", "Strong", 20, 266, {}),
        ("strong-lifter-40.csv", "Strong", 37, 504, {"warm-up": 162}),
    ],
)
def test_every_row_is_a_set_or_counted(name, app, sessions, sets, counts):
    logbook = read(EXPORTS / name, zone=ZONE)
    assert logbook.app == app
    assert (len(logbook.sessions), len(sets_of(logbook)), left(logbook)) == (sessions, sets, counts)


@pytest.mark.parametrize(
    ("name", "unit", "is_sure", "units"),
    [
        ("fitnotes-lifter-29.csv", None, None, {"kg"}),
        ("hevy-lifter-33.csv", None, None, {"kg"}),
        ("strong-lifter-08.csv", "kg", True, {"kg"}),
        ("strong-lifter-14.csv", "lb", True, {"kg", "lb"}),
        ("strong-lifter-15.csv", None, None, {"lb"}),
        ("strong-lifter-40.csv", "kg", True, {"kg"}),
    ],
)
def test_units(name, unit, is_sure, units):
    logbook = read(EXPORTS / name, zone=ZONE)
    proposal = proposed(logbook)
    assert (proposal and proposal.unit, proposal and proposal.is_sure) == (unit, is_sure)
    as_typed(logbook)
    assert {one.unit for one in sets_of(logbook)} == units


def test_pounds_that_were_kilograms_are_kilograms_again():
    logbook = read(EXPORTS / "strong-lifter-14.csv", zone=ZONE)
    as_typed(logbook)
    commonest = Counter((str(one.weight), one.unit) for one in sets_of(logbook) if one.weight).most_common(3)
    assert [each for each, _ in commonest] == [("80.00", "kg"), ("50.00", "kg"), ("90.00", "kg")]
