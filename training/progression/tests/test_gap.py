import pytest

from training.progression import EngineError, gap_band


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (None, 0),
        (0, 0),
        (10, 0),
        (11, 1),
        (14, 1),
        (15, 2),
        (21, 2),
        (22, 3),
        (28, 3),
        (29, 4),
        (56, 4),
        (57, 5),
        (112, 5),
        (113, 6),
        (999, 6),
    ],
)
def test_each_band_begins_where_the_rules_change(days, band):
    assert gap_band(days) == band


@pytest.mark.parametrize("days", [-1, 1.5, True, "3"])
def test_what_is_no_number_of_days_is_refused(days):
    with pytest.raises(EngineError, match="days"):
        gap_band(days)
