from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase

from metricgain.operations import assets
from metricgain.operations.servers import embedded
from metricgain.postgresql import patience
from metricgain.tests import migrated
from metricgain.web.staticfiles import StaticFilesMiddleware

# What a test writes for other connections to see is taken back by emptying the tables: a tenth of a second for TRUNCATE
# and a new file for each, and as long again for the permissions that Django then makes anew.
KEPT = ("django_migrations", "django_content_type", "auth_permission")


def pytest_configure():
    # As real as any, and a thousandth of the work: a third of a second for each sign-in is meant for guessers.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    if settings.EMBEDDED_POSTGRES:  # where we may do without triggers
        TransactionTestCase._fixture_teardown = empty_tables


def empty_tables(*ignored):
    tables = sorted(set(connection.introspection.table_names()) - set(KEPT))
    statements = "; ".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = replica; {statements}")


@pytest.fixture(scope="session")
def static_files():
    """Pages name their static files by hash, in tests as in production: they have to be collected. What has a database
    has these, too; a page without a database asks for them."""
    with assets.collected():
        pass


@pytest.fixture(scope="session", autouse=True)
def files_looked_at_once():
    """Each test's client makes the application anew, and to look at all static files took a third of a test's time."""
    look, found = StaticFilesMiddleware.update_files_dictionary, {}

    def look_once(self, root, prefix):
        manifest = Path(root, staticfiles_storage.manifest_name)
        state = root, prefix, manifest.stat().st_mtime_ns if manifest.exists() else None
        if state not in found:
            look(self, root, prefix)
            found[state] = dict(self.files)
        self.files.update(found[state])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesMiddleware, "update_files_dictionary", look_once)
        yield


@pytest.fixture(scope="session")
def postgresql(django_db_blocker):
    """The server of `metricgain.tests.database`, started by the first test that asks for a database."""
    if settings.EMBEDDED_POSTGRES:
        # Nothing here is worth keeping over a power cut, and not waiting for the disk makes tests fast.
        embedded.start(settings.DATA_DIR, fsync=False)
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgresql, static_files, django_db_modify_db_settings_parallel_suffix):
    """pytest-django asks for this before it makes a database."""


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


SERVED = {"browser", "data_dir", "furnished"}  # fixtures that start a browser, or a server


def pytest_collection_modifyitems(items):
    """Marks what `make check` leaves out."""
    for item in items:
        if SERVED & set(item.fixturenames) or "benchmarks" in item.path.relative_to(settings.BASE_DIR).parts:
            item.add_marker(pytest.mark.served)
