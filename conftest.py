import pytest
from django.core.cache import cache

from metricgain.operations import assets


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """Pages name their static files by hash, in tests as in production: they have to be collected."""
    with assets.collected():
        pass


@pytest.fixture(autouse=True)
def fresh_cache():
    """What was counted for one test (attempts to sign in, above all) is not held against the next."""
    cache.clear()
