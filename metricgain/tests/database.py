"""A pytest plugin (`-p metricgain.tests.database`, so that it comes before the settings): a database server
for the tests.

Without DATABASE_URL the tests have an embedded PostgreSQL of their own in `var/test/`, never the owner's. It
also turns a skipped test into a failure where CI is set: there, a test that cannot run is news."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

import pytest

from metricgain.operations.servers import embedded

CLONE = Path(__file__).resolve().parents[2]
FURNISHED = "furnished"  # a DATA_DIR in that of a session of tests; all its processes copy it
ENVIRONMENT = {
    # What the owner set for this clone, in the shell or in `.env`, is not for the tests.
    "SITE_URL": "http://127.0.0.1:8000",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "DEBUG": "False",
    "ALLOWED_HOSTS": "",
    "TRUSTED_PROXIES": "127.0.0.1,::1",
    "SIGNUP": "open",
    "DEMO": "off",
    "EMAIL_URL": "",
    "DEFAULT_FROM_EMAIL": "MetricGain <metricgain@127.0.0.1>",
    # Compiled files are kept. Without them every process of tests rewrites the assertions of all tests: half of what
    # collecting takes. And every command that a test starts would compile all of ours.
    "PYTHONDONTWRITEBYTECODE": "",
    # Playwright's synchronous interface runs an event loop in the main thread, in which Django suspects a mistake.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}


def _own_directory():
    """Returns `var/test/`, or `var/test-2/` while another session of tests uses that, because they would drop each
    other's database."""
    for name in ("test", *(f"test-{number}" for number in range(2, 100))):
        directory = CLONE / "var" / name
        directory.mkdir(parents=True, exist_ok=True)
        lock = (directory / "session.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return directory, lock
    raise pytest.UsageError("All of var/test*/ are in use")


class Database:
    """The server of one session of tests. It is chosen before the settings are read, started by the first test that
    asks for it (see `conftest.py`), and stopped at the end."""

    def __init__(self):
        self.directory, self.lock = _own_directory()
        shutil.rmtree(self.directory / FURNISHED, ignore_errors=True)
        os.environ["DATA_DIR"] = str(self.directory)
        # This is set even if it is empty, because a server that `.env` names is the owner's.
        self.embedded = not os.environ.setdefault("DATABASE_URL", "")

    def pytest_unconfigure(self):
        if self.embedded:
            embedded.stop(self.directory)
        self.lock.close()


class NoSkips:
    def __init__(self):
        self.skipped = {}

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped[report.nodeid] = _reason(report)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.skipped[report.nodeid] = _reason(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        for name, reason in self.skipped.items():
            terminalreporter.write_line(f"Skipped, which fails CI: {name} ({reason})", red=True)


def _reason(report) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Comes before all other hooks as a wrapper, because pytest-django reads the settings in this hook."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        early_config.pluginmanager.register(NoSkips(), "metricgain-no-skips")
    if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker has it all from its controller
        os.environ.update(ENVIRONMENT)
        sys.dont_write_bytecode = False
        early_config.pluginmanager.register(Database(), "metricgain-database")
    return (yield)
