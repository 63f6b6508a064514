"""No hostile request makes a page fall over, hang, or store what cannot be. `EXAMPLES=2000 SEED=7` sends others."""

import os

import pytest

from benchmarks.fuzz.fuzz import fuzz

REQUESTS, SEED = int(os.environ.get("EXAMPLES", "300")), int(os.environ.get("SEED", "1"))


@pytest.mark.django_db
def test_hostile_requests_are_answered_in_sentences():
    tally = fuzz(REQUESTS, SEED)
    print(f"\n{tally.requests} requests of seed {SEED}: {dict(sorted(tally.statuses.items()))}")
    assert tally.faults == []
    assert tally.answered >= 0.5
