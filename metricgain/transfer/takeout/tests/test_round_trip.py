"""What was taken out comes back the same, into any account that is empty."""

from io import StringIO

import pytest
from django.core.management import call_command

from metricgain.operations.demo import demo_account, demo_year
from metricgain.transfer.takeout.tests.lifters import MadeUp
from metricgain.transfer.takeout.tests.packing import brought, ids_far_apart, ids_in, members, taken
from metricgain.users.tests.factories import UserFactory
from training.models import WorkoutLog


def test_the_demo_lifter_comes_back_the_same(seeded, tmp_path):
    ids_far_apart()
    call_command("demo", weeks=demo_year.SHORTEST, user="demo@metricgain.example", stdout=StringIO())
    lifter = demo_account.demo_lifter()
    first = taken(lifter)
    assert ids_in(first) == set()
    other = UserFactory()
    brought(tmp_path, first, other)
    second = taken(other)
    assert members(second)["SHA256SUMS"].decode() == members(first)["SHA256SUMS"].decode()
    assert second == first


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.drill) for seed in range(3, 20))])
def test_any_lifter_comes_back_the_same(seeded, tmp_path, seed):
    ids_far_apart()
    lifter = MadeUp(seed).live()
    first = taken(lifter)
    assert ids_in(first) == set()
    other = UserFactory()
    said = brought(tmp_path, first, other)
    assert (said.sessions, said.lacked) == (WorkoutLog.objects.owned_by(lifter).count(), 0)
    assert members(taken(other)) == members(first)
