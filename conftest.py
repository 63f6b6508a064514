import warnings
from collections import Counter
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from metricgain.operations import assets
from metricgain.operations.servers import databases, embedded
from metricgain.postgresql import patience
from metricgain.tests import migrated
from metricgain.web.staticfiles import StaticFilesMiddleware

# After a test that commits, the tables are emptied by DELETE. TRUNCATE takes a tenth of a second, with a new file for
# each table. These tables keep their rows; Django would need another tenth to make the permissions again.
KEPT = ("django_migrations", "django_content_type", "auth_permission")


def pytest_configure():
    # A real hasher with a thousandth of the work. The full work, a third of a second, is meant to slow down guessing.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    # Only in the embedded server may our role turn off triggers.
    TransactionTestCase._fixture_teardown = empty_tables if settings.EMBEDDED_POSTGRES else flush_with_cache


flush = TransactionTestCase._fixture_teardown


def flush_with_cache(test):
    flush(test)
    cache.clear()  # its table is of no model, so Django does not know it


def empty_tables(*ignored):
    tables = sorted(set(connection.introspection.table_names()) - set(KEPT))
    names = [connection.ops.quote_name(table) for table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        # The lock waits for what a server of the test is still writing, as TRUNCATE would.
        cursor.execute(f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in names))


@pytest.fixture(scope="session")
def static_files():
    """Collects the static files, because pages name them by hash in tests too. Every test with a database has this
    fixture; a test of a page without a database has to ask for it."""
    with assets.collected():
        pass


@pytest.fixture
def client(static_files, client):
    """Replaces pytest-django's fixture, so that pages without a database can use it too."""
    return client


@pytest.fixture(scope="session", autouse=True)
def files_looked_at_once():
    """Reads the list of static files once. Each test's client makes a new application, and reading took a third of a
    test's time."""
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
    """Starts the server of `metricgain.tests.database` for the first test that needs a database."""
    if settings.EMBEDDED_POSTGRES:
        # Without fsync tests are faster, and no test data has to survive a power cut.
        embedded.start(settings.DATA_DIR, fsync=False)
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.database()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, postgresql, static_files, django_db_modify_db_settings_parallel_suffix
):
    """Makes the database for whoever asks. pytest-django makes none where no chosen test has the fixture `db`."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        hang_up_on_the_rest()
        teardown_databases(made, verbosity=0)


def hang_up_on_the_rest() -> None:
    """Ends the sessions that tests left in their database, which could not be dropped under them, and names them. Of a
    pooler our own session stays as well."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT state, left(query, 200), pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        """)
        left = cursor.fetchall()
    connection.close()
    with databases.maintenance() as session:
        session.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [databases.name()]
        )
    for state, query, _ in left:
        warnings.warn(f"A test left a session in the database, {state}: {query}", stacklevel=2)


@pytest.fixture(autouse=True)
def patient():
    """Ends the time limit of pages. A test that calls the application like a server marks its thread as one of pages;
    on a busy machine the limit would then stop the emptying of the tables."""
    yield
    patience.end_page()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than there are cores, because a test also waits: for a browser, a server, a lock."""
    return psutil.cpu_count() + 1


SERVED = {"browser", "whole_browser", "data_dir", "furnished", "house"}  # fixtures that start a browser, or a server


def pytest_collection_modifyitems(config, items):
    """Marks the tests that `make check` leaves out. Where processes share the work, the files that take long come
    first: the last of them would leave the other processes idle."""
    for item in items:
        if SERVED & set(item.fixturenames) or file_of(item).startswith("benchmarks/"):
            item.add_marker(pytest.mark.served)
    if hasattr(config, "workerinput"):
        served = Counter(file_of(item) for item in items if item.get_closest_marker("served"))
        every = Counter(map(file_of, items))
        items.sort(key=lambda item: (-served[file := file_of(item)], -every[file], file))  # stable within a file


def file_of(item) -> str:
    """Returns its path in the clone. Comparing `item.path` of thousands takes three times as long."""
    return item.nodeid.partition("::")[0]
