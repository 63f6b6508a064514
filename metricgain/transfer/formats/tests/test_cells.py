"""What one cell says."""

from decimal import Decimal

import pytest

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.logbook import KindOfSet


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("", None), (" ", None), ("8", 8), (" 8.0 ", 8), ("62,5", Decimal("62.5")), ("0,00", 0), ("-20", -20),
        ("٦٢٫٥", Decimal("62.5")), ("27.215519999999998", Decimal("27.215519999999998")), ("1e-05", Decimal("0.00001")),
        (".5", Decimal("0.5")), ("120.000", 120), ("-", None),
    ],
)  # fmt: skip
def test_numbers(written, number):
    assert cells.number(written) == number


@pytest.mark.parametrize("written", ["8-10", "1,500", "AMRAP", "1.2.3", "nan", "inf", "9" * 50, "1" * 100_000, "5 x 5"])
def test_what_is_no_number_is_left(written):
    with pytest.raises(Left):
        cells.number(written)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("90", 90), ("90.4", 90), ("1:30", 90), ("0:09:21", 561), ("1h 5m", 3900), ("56m", 3360), ("2h", 7200),
        ("45s", 45), ("1h 5min", 3900), ("1 h 46 min", 6360), ("1小时13分钟", 4380), ("2 Std. 5 Min.", 7500),
        ("60 secondi", 60), ("12 minuti", 720), ("1 heure", 3600), ("0", None), ("", None), ("1 ч 5 мин", 3900),
        ("1時間 3分", 3780), ("1시간 3분", 3780), ("1 sa 5 dk", 3900), ("1 uur 5 min", 3900), ("1 godz. 5 min", 3900),
    ],
)  # fmt: skip
def test_durations(written, seconds):
    assert cells.seconds(written) == seconds


@pytest.mark.parametrize("written", ["3 kg", "-5", "9999999", "soon", "1" * 39, "9 h 9 parsecs"])
def test_what_is_no_duration_is_left(written):
    with pytest.raises(Left):
        cells.seconds(written)


@pytest.mark.parametrize(
    ("written", "seconds"), [("59s", None), ("60s", 60), ("6h", 21600), ("6h 1m", None), ("x", None)]
)
def test_only_a_duration_that_is_believed_is_one(written, seconds):
    assert cells.session_seconds(written) == seconds


@pytest.mark.parametrize(
    ("rpe", "rir"),
    [("10", 0), ("9.5", Decimal("0.5")), ("5", 5), ("4.5", None), ("11", None), ("hard", None), ("", None)],
)
def test_rir_is_what_is_left_of_ten(rpe, rir):
    assert cells.rir_of_rpe(rpe) == rir


def test_half_a_rep_is_none():
    assert cells.count("7.5") == 7


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("1", KindOfSet.WORKING), ("", KindOfSet.WORKING), ("normal", KindOfSet.WORKING), ("W", KindOfSet.WARM_UP),
        ("warmup", KindOfSet.WARM_UP), ("WARM_UP", KindOfSet.WARM_UP), ("Aufwärmsatz", KindOfSet.WARM_UP),
        ("D", KindOfSet.DROP), ("DROP_SET", KindOfSet.DROP),
        ("F", KindOfSet.FAILURE), ("to failure", KindOfSet.FAILURE),
        ("myo", KindOfSet.MYO), ("Myo-reps", KindOfSet.MYO),
    ],
)  # fmt: skip
def test_kinds_of_sets(written, kind):
    assert cells.kind(written) is kind


def test_a_name_is_what_people_see():
    assert cells.name("  Bench\u200b \u202ePress\t") == "Bench Press"
    assert cells.name("x" * 256) == ""
