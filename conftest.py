import pytest
from django.core.cache import cache

from metricgain.operations import assets
from metricgain.postgresql import patience


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """Pages name their static files by hash, in tests as in production: they have to be collected."""
    with assets.collected():
        pass


@pytest.fixture(autouse=True)
def fresh_cache(request):
    """What was counted for one test (attempts to sign in, above all) is not held against the next. The cache is a
    table: a test without a database has none."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(autouse=True)
def patient():
    """A test that asks the application itself, as its server does, makes the thread of all tests one of pages: what
    empties the database afterwards would be cut on a loaded machine."""
    yield
    patience.end_page()
