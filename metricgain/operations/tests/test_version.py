"""The version is stated once, and everything that reports a version reports that one."""

import io
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from metricgain import __version__
from metricgain.operations.tests.serving import surroundings


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_manage_says_our_version_and_starts_no_database_for_it(tmp_path, asked):
    done = subprocess.run(
        [sys.executable, "manage.py", asked],
        cwd=settings.BASE_DIR,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{__version__}\n"
    assert {path.name for path in tmp_path.iterdir()} <= {"secret_key"}


def test_the_command_says_our_version():
    said = io.StringIO()
    call_command("version", stdout=said)
    assert said.getvalue() == f"{__version__}\n"


def test_the_newest_heading_of_the_changelog_is_the_version():
    headings = re.findall(r"^## \[(.+?)\] - \d{4}-\d\d-\d\d$", (settings.BASE_DIR / "CHANGELOG.md").read_text(), re.M)
    assert headings[0] == __version__
