"""`make audit` never calls a package safe that nobody has looked up."""

import json

import pytest

from deploy.audit import verdict

DJANGO = {"name": "django", "version": "6.1.3", "vulns": []}
OLD = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
SKIPPED = {"name": "psutil", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ([DJANGO], 0, "1 of 1 packages audited, 0 vulnerabilities known."),
        ([DJANGO, OLD], 1, "pillow 1.0: PYSEC-1, fixed in 1.1"),
        ([DJANGO, SKIPPED], 2, "Audited nothing of: psutil."),
        ([SKIPPED], 2, "Audited nothing: the list knows none of them."),
        ([OLD, SKIPPED], 1, "PYSEC-1"),
    ],
)
def test_it_counts_what_was_looked_up(packages, status, words):
    found, told = verdict(json.dumps({"dependencies": packages, "fixes": []}), "")
    assert found == status
    assert words in told


def test_without_an_answer_it_says_that_it_audited_nothing():
    assert verdict("", "Traceback\nConnectionError: no such host") == (
        2,
        "Audited nothing: no list of vulnerabilities answered (ConnectionError: no such host). Run it where one can.",
    )
