"""Dates of any app and any language."""

from datetime import datetime, timedelta, timezone

import pytest

from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.dates import Dates
from metricgain.transfer.formats.months import MONTHS, NAMES, months_of


@pytest.mark.parametrize("language", NAMES)
def test_a_language_has_twelve_months_that_it_tells_apart(language):
    months = MONTHS[language]
    assert len(months) == 12
    names = [name for each in months for name in each]
    assert len(set(names)) == len(names)
    written = [name for line in NAMES[language].split() for name in line.split("/")]
    assert months_of(written) == {
        name: month for month, line in enumerate(NAMES[language].split(), start=1) for name in line.split("/")
    }


@pytest.mark.parametrize(
    "written",
    [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "янв февр мар апр мая июн июл авг сент окт нояб дек",
        "jan feb mars apr maj juni juli aug sep okt nov dec",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "led úno bře dub kvě čvn čvc srp zář říj lis pro",
        "sij velj ožu tra svi lip srp kol ruj lis stu pro",
        "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
        "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    ],
)
def test_the_short_months_of_a_file(written):
    dates = Dates.of(f"3 {month} 2025, 10:00" for month in written.split())
    assert [dates.moment(f"3 {month} 2025, 10:00").at.month for month in written.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-12-17 03:24:30 +0000", datetime(2025, 12, 17, 3, 24, 30, tzinfo=timezone(timedelta(0)))),
        ("2025-12-17T03:24Z", datetime(2025, 12, 17, 3, 24, tzinfo=timezone(timedelta(0)))),
        ("2025-12-17 03:24 -0530", datetime(2025, 12, 17, 3, 24, tzinfo=timezone(timedelta(hours=-5, minutes=-30)))),
        ("2025.12.17 3:24", datetime(2025, 12, 17, 3, 24)),
        ("17/12/2025 3:24 p.m.", datetime(2025, 12, 17, 15, 24)),
        ("17.12.2025 15.24", datetime(2025, 12, 17, 15, 24)),
        ("17/12/2025 25:24", datetime(2025, 12, 17)),
        ("mer. 17 déc. 2025 à 15 h 04", datetime(2025, 12, 17, 15, 4)),
        ("mar. 16 déc. 2025", datetime(2025, 12, 16)),
        ("١٧/١٢/٢٠٢٥", datetime(2025, 12, 17)),
        ("2025년 12월 7일 오후 3시 7분", datetime(2025, 12, 7, 15, 7)),
        ("Dec 17, 25", datetime(2025, 12, 17)),
    ],
)
def test_ways_to_write_a_moment(written, moment):
    assert Dates.of([written]).moment(written).at == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "2025",
        "2025-13-01",
        "30/02/2025",
        "0001-01-01",
        "9999-12-31",
        "12:30",
        "May",
        "7 May",
        "7 Foo 2025",
        "1" * 200,
    ],
)
def test_what_is_no_date(written):
    with pytest.raises(Left):
        Dates.of([written]).moment(written)


def test_most_of_a_file_decides_where_its_dates_contradict_each_other():
    dates = Dates.of(["13/01/2025", "14/01/2025", "01/15/2025"])
    assert not dates.is_sure
    assert dates.moment("02/03/2025").at == datetime(2025, 3, 2)
    assert dates.moment("01/15/2025").at == datetime(2025, 1, 15)
