"""No hostile request makes a page fall over, hang, or store what cannot be. `EXAMPLES=2000 SEED=7` sends others."""

import os

import pytest

from benchmarks.fuzz.fuzz import fuzz

REQUESTS, SEED = int(os.environ.get("EXAMPLES", "300")), int(os.environ.get("SEED", "1"))


@pytest.mark.django_db
def test_hostile_requests_are_answered_in_sentences():
    outcome = fuzz(REQUESTS, SEED)
    print(f"\n{outcome.requests} requests of seed {SEED}: {dict(sorted(outcome.statuses.items()))}")
    assert outcome.faults == []
    assert outcome.answered >= 0.5
