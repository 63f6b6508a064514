"""The trend weight, and the chart of weighings on the page where one types them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from analytics.body_mass import MOST, trend_weight
from metricgain.users.models import BodyWeight
from metricgain.users.tests.factories import UserFactory

DAY = date(2026, 11, 2)
WEIGHTS = st.decimals(20, 500, places=2)


def daily(*weights) -> list[tuple[date, Decimal]]:
    return [(DAY + timedelta(days=n), Decimal(weight)) for n, weight in enumerate(weights)]


def test_a_day_moves_the_trend_by_a_tenth_of_the_difference():
    assert trend_weight(daily(80, 90, 90)) == [80, 81, Decimal("81.9")]
    assert trend_weight([]) == []


def test_days_without_a_weighing_count_as_well():
    often = trend_weight(daily(80, *[90] * 30))
    once = trend_weight([(DAY, Decimal(80)), (DAY + timedelta(days=30), Decimal(90))])
    assert often[-1] == pytest.approx(once[-1])
    assert once[-1] > 89


@given(st.lists(WEIGHTS, min_size=1, max_size=50))
def test_the_trend_stays_among_the_weighings(weights):
    assert all(min(weights) <= one <= max(weights) for one in trend_weight(daily(*weights)))


@pytest.fixture
def alice(db, client):
    alice = UserFactory()
    client.force_login(alice)
    return alice


def weigh(user, count: int) -> None:
    BodyWeight.objects.bulk_create(
        BodyWeight(user=user, date=DAY - timedelta(days=n), kg=Decimal(80) + n % 2) for n in range(count)
    )


def test_the_page_draws_weighings_and_trend_and_has_them_as_a_table(client, alice):
    weigh(alice, 3)
    page = client.get(reverse("users:body_mass"))
    assertContains(page, '<svg class="chart"', count=1)
    assertContains(page, "2 Nov 2026: 80 kg, trend 80.1 kg</output>")
    assertContains(page, '<th scope="row">2 Nov 2026</th><td>80</td><td>80.1</td>')
    assertContains(page, "each day it moves a tenth of the way")
    alice.preferences = {"unit": "lb"}
    alice.save(update_fields=["preferences"])
    assertContains(client.get(reverse("users:body_mass")), "2 Nov 2026: 176.4 lb, trend 176.6 lb</output>")


def test_one_weighing_is_no_chart(client, alice):
    weigh(alice, 1)
    assertNotContains(client.get(reverse("users:body_mass")), '<svg class="chart"')


def test_a_long_past_is_drawn_from_its_latest_weighings(client, alice):
    weigh(alice, MOST + 20)
    page = client.get(reverse("users:body_mass")).content.decode()
    [points] = [part.split('"')[0] for part in page.split('data-points="')[1:]]
    assert len(points.split("|")) == MOST
    assert "2 Nov 2026" in points.split("|")[-1]
