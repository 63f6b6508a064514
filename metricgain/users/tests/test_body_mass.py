"""What the lifter weighs: one row a day, in kilograms, said in the unit that they use."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from metricgain.users.forms import BodyMassForm
from metricgain.users.models import BodyWeight, User

URL = "/settings/body-mass/"
DAY = "2026-11-02"


@pytest.fixture
def bob(db):
    return User.objects.create_user("bob@example.org", "correct-horse-7")


def in_pounds(user):
    User.objects.filter(id=user.id).update(preferences={"unit": "lb"})


def test_a_weighing_is_kept_and_shown(signed_in, alice):
    answer = signed_in.post(URL, {"weight": "82,5", "date": DAY})
    assertRedirects(answer, reverse("users:body_mass"), status_code=303)
    assert [(one.user, one.date, one.kg) for one in BodyWeight.objects.all()] == [(alice, date(2026, 11, 2), 82.5)]
    page = signed_in.get(URL)
    assertContains(page, "2 November 2026")
    assertContains(page, "82.5 kg")


def test_a_third_decimal_is_rounded_and_said(signed_in, alice):
    answer = signed_in.post(URL, {"weight": "٨٠٫١٢٥", "date": DAY}, follow=True)
    assertContains(answer, "Saved. Rounded to 80.13: a weight has two decimals.")
    assert alice.body_weights.get().kg == Decimal("80.13")


def test_the_same_day_again_takes_its_place(signed_in):
    for weight in ("82", "81.55"):
        signed_in.post(URL, {"weight": weight, "date": DAY})
    assert BodyWeight.objects.get().kg == Decimal("81.55")


def test_pounds_are_kept_as_kilograms_and_come_back_as_typed(signed_in, alice):
    in_pounds(alice)
    assertContains(signed_in.get(URL), "Weight (lb)")
    signed_in.post(URL, {"weight": "180.5", "date": DAY})
    assert BodyWeight.objects.get().kg == Decimal("81.87")
    assertContains(signed_in.get(URL), "180.5 lb")


def test_no_tenth_of_a_pound_drifts():
    alice = User(preferences={"unit": "lb"})
    for tenths in range(441, 11_024):
        typed = Decimal(tenths) / 10
        form = BodyMassForm({"weight": str(typed), "date": DAY}, user=alice)
        assert form.is_valid(), typed
        shown = BodyWeight(user=alice, kg=form.cleaned_data["weight"]).in_words
        assert Decimal(shown.removesuffix(" lb")) == typed


def test_the_day_is_today_where_the_user_is(signed_in, alice, time_machine):
    time_machine.move_to("2026-11-02T23:30:00Z")
    User.objects.update(timezone="Asia/Tokyo")
    assertContains(signed_in.get(URL), 'value="2026-11-03"')
    assert signed_in.post(URL, {"weight": "80", "date": "2026-11-03"}).status_code == 303
    assertContains(signed_in.post(URL, {"weight": "80", "date": "2026-11-04"}), "still to come", status_code=422)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("weight", "", "Type what you weigh."),
        ("weight", "heavy", "as a number"),
        ("weight", "NaN", "as a number"),
        ("weight", "8e1", "Type your weight as a number"),
        ("weight", "19.99", "Type 20 to 500 kg."),
        ("weight", "500.01", "Type 20 to 500 kg."),
        ("weight", "99999999", "as a number"),
        ("weight", "-80", "Type 20 to 500 kg."),
        ("date", "", "Choose the day"),
        ("date", "yesterday", "year-month-day"),
        ("date", "1999-12-31", "long ago"),
        ("date", "9999-12-31", "still to come"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_kept_on_the_page(signed_in, field, typed, words):
    sent = {"weight": "81.25", "date": DAY, field: typed}
    answer = signed_in.post(URL, sent)
    assertContains(answer, words, status_code=422)
    for value in sent.values():
        if value:
            assertContains(answer, f'value="{value}"', status_code=422)
    assert not BodyWeight.objects.exists()


@pytest.mark.parametrize(("typed", "accepted"), [("44", False), ("44.1", True), ("1102.3", True), ("1102.4", False)])
def test_the_limits_hold_in_pounds(signed_in, alice, typed, accepted):
    in_pounds(alice)
    answer = signed_in.post(URL, {"weight": typed, "date": DAY})
    assert answer.status_code == (303 if accepted else 422)
    if not accepted:
        assertContains(answer, "Type 45 to 1102 lb.", status_code=422)


def test_one_can_be_deleted_and_twice_is_once(signed_in, alice):
    for day in (2, 3):
        BodyWeight.objects.create(user=alice, date=date(2026, 11, day), kg=80)
    for _ in range(2):
        answer = signed_in.post(reverse("users:body_mass_delete", args=[date(2026, 11, 2)]))
        assertRedirects(answer, URL, status_code=303)
        assert [one.date.day for one in BodyWeight.objects.all()] == [3]


def test_opening_the_address_that_deletes_deletes_nothing(signed_in, alice):
    BodyWeight.objects.create(user=alice, date=date(2026, 11, 2), kg=80)
    assertRedirects(signed_in.get(f"{URL}{DAY}/delete/"), URL, status_code=303)
    assert BodyWeight.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-01-01", "today"])
def test_a_day_that_no_calendar_has_is_no_address(signed_in, day):
    assert signed_in.post(f"{URL}{day}/delete/").status_code == 404


def test_bob_neither_sees_nor_deletes_what_alice_weighs(client, alice, bob):
    BodyWeight.objects.create(user=alice, date=date(2026, 11, 2), kg=Decimal("77.7"))
    client.force_login(bob)
    assertNotContains(client.get(URL), "77.7")
    client.post(f"{URL}{DAY}/delete/")
    client.post(URL, {"weight": "90", "date": DAY})
    assert [one.kg for one in alice.body_weights.all()] == [Decimal("77.7")]


@pytest.mark.parametrize("weighings", [0, 60])
def test_a_long_list_has_pages_and_takes_five_queries(signed_in, alice, weighings):
    first = date(2026, 1, 1)
    BodyWeight.objects.bulk_create(
        BodyWeight(user=alice, date=first + timedelta(days=days), kg=80) for days in range(weighings)
    )
    with assertNumQueries(5 if weighings else 3):  # session, user, how many, those of the page, those of the chart
        page = signed_in.get(URL)
    assertContains(page, 'type="submit">Delete', count=min(weighings, 20))
    if weighings:
        assertContains(page, "Page 1 of 3")
        assertContains(page, "1 March 2026")  # the newest first


def test_settings_lead_here(signed_in):
    assertContains(signed_in.get("/settings/"), f'href="{URL}"')


def test_it_is_for_members(client, db):
    assertRedirects(client.get(URL), f"/login/?next={URL}")
