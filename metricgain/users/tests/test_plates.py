"""The bars and plates that a lifter has."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from metricgain.users.gym import gym_of
from metricgain.users.models import User

URL = "/settings/plates/"


def said(**changed):
    """Returns the form as a new account sends it, with these values changed."""
    form = {"bars_kg": "20", "bars_lb": "45"}
    return form | {name: str(value) for name, value in changed.items()}


def test_until_they_say_a_lifter_has_what_most_gyms_have():
    gym = gym_of({}, "kg")
    assert gym.bars[0] == 20
    assert gym.plates[0] == (Decimal(25), 4)
    assert gym_of({}, "lb").plates[0] == (Decimal(45), 6)


def test_they_say_what_there_is(signed_in, alice):
    answer = signed_in.post(URL, said(bars_kg="10; 20 7,5", kg_20=3, kg_1_25=1, lb_45=2))
    assertRedirects(answer, reverse("users:plates"), status_code=303)
    gym = User.objects.get(id=alice.id).gym("kg")
    assert gym.bars == (20, 10, Decimal("7.5"))
    assert gym.plates == ((20, 3), (Decimal("1.25"), 1))
    assert User.objects.get(id=alice.id).gym("lb").plates == ((45, 2),)
    assertContains(signed_in.get(URL), 'value="20 10 7.5"')


def test_other_preferences_stay(signed_in, alice):
    User.objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    signed_in.post(URL, said())
    assert User.objects.get(id=alice.id).preferences["unit"] == "lb"


def test_the_lifters_own_unit_comes_first(signed_in, alice):
    User.objects.filter(id=alice.id).update(preferences={"unit": "lb"})
    text = signed_in.get(URL).content.decode()
    assert text.index("Pounds") < text.index("Kilograms")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"bars_kg": ""}, "Type what your bar weighs."),
        ({"bars_kg": "20,15"}, "is not the weight of a bar"),
        ({"bars_kg": "heavy"}, "is not the weight of a bar"),
        ({"bars_kg": "NaN"}, "is not the weight of a bar"),
        ({"bars_kg": "7 8 9 10 11 12 13"}, "MetricGain keeps 6 bars"),
        ({"kg_20": "21"}, "at most 20 pairs"),
        ({"kg_20": "1.5"}, "whole pairs"),
    ],
)
def test_what_makes_no_sense_comes_back_as_typed(signed_in, alice, changed, words):
    answer = signed_in.post(URL, said(**changed))
    assertContains(answer, words, status_code=422)
    (typed,) = changed.values()
    if typed:
        assertContains(answer, f'value="{typed}"', status_code=422)
    assert "gym" not in User.objects.get(id=alice.id).preferences


@pytest.mark.parametrize("gym", [[], {"kg": 3}, {"kg": {"bars": ["x", None], "plates": {"25": "4", "20": -1}}}])
def test_what_is_stored_and_makes_no_sense_counts_as_not_said(gym):
    found = gym_of({"gym": gym}, "kg")
    assert found.bars[0] == 20
    assert all(pairs > 0 for _, pairs in found.plates)


def test_a_visitor_signs_in_first(client):
    assert client.get(URL).status_code == 302
