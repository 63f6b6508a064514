"""Runs a short storm (`benchmarks/storm/storm.py` has the long one), and checks that its verdict would notice what went
wrong."""

import subprocess
import sys

import pytest
from django.conf import settings

from benchmarks.storm.storm_check import Saying, Stored, called, judge

PLACE = ("set", 7, 1, 31, 1)
MOVED = ("set", 7, 1, 40, 4)
EIGHT, NINE, OTHER = (100.0, 8), (100.0, 9), (80.0, 8)


@pytest.mark.drill
def test_a_storm_loses_nothing_and_doubles_nothing(house):
    command = [
        sys.executable,
        "benchmarks/storm/storm.py",
        "--data-dir",
        house.data_dir,
        "--facts",
        "160",
        "--phones",
        "4",
    ]
    command += ["--browsers", "1", "--pace", "0.02", "--every", "4", "--minutes", "6"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=560, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    heads, _, cells = ([cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()[-3:])
    told = dict(zip(heads, cells, strict=True))
    assert int(told["facts"]) >= 100
    assert told["acknowledged"] == told["facts"]
    assert int(told["kill -9 of the server"]) >= 1
    assert int(told["of PostgreSQL"]) >= 1
    assert told["looks in the midst"]
    assert [int(told[name]) > 0 for name in ("drops", "merges", "swaps", "reopenings")] == [True] * 4
    assert [told[name] for name in ("left on phones", "lost", "doubled", "wrong-latest")] == ["0"] * 4


@pytest.fixture
def first() -> Saying:
    return Saying(PLACE, EIGHT, 1_000, is_sent=True)


@pytest.fixture
def later() -> Saying:
    return Saying(PLACE, NINE, 2_000, is_sent=True)


def look(said, stored, *, kept=(), acknowledged=()) -> tuple[int, int, int]:
    """Returns how many sets are lost, doubled, and not the latest."""
    verdict = judge(said, called(said, stored), kept=set(kept), acknowledged=set(acknowledged))
    return len(verdict.lost), len(verdict.doubled), len(verdict.outdated)


def test_what_was_acknowledged_has_to_be_there_with_its_latest_edit(first, later):
    both = [first, later]
    assert look(both, {PLACE: [Stored(NINE, 2_000)]}, acknowledged=both) == (0, 0, 0)
    assert look(both, {PLACE: [Stored(EIGHT, 1_000)]}, acknowledged=both) == (0, 0, 1)
    assert look(both, {PLACE: [Stored(OTHER, 2_000)]}, acknowledged=both) == (1, 0, 0)
    assert look(both, {}, acknowledged=both) == (1, 0, 0)


def test_an_edit_that_waits_may_have_arrived_or_not(first, later):
    both = [first, later]
    for row in (Stored(EIGHT, 1_000), Stored(NINE, 2_000)):
        assert look(both, {PLACE: [row]}, acknowledged=[first], kept=[later]) == (0, 0, 0)
    later.is_sent = False
    assert look(both, {PLACE: [Stored(NINE, 2_000)]}, acknowledged=[first], kept=[later]) == (1, 0, 0)


def test_what_is_neither_acknowledged_nor_on_a_phone_is_lost(first):
    assert look([first], {}, kept=[first]) == (0, 0, 0)
    assert look([first], {}) == (1, 0, 0)


def test_a_set_that_was_taken_back_or_that_nobody_typed_is_one_too_many(first):
    taken_back = Saying(PLACE, None, 2_000, is_sent=True)
    both = [first, taken_back]
    assert look(both, {}, acknowledged=both) == (0, 0, 0)
    assert look(both, {PLACE: [Stored(EIGHT, 1_000)]}, acknowledged=both) == (0, 1, 0)
    assert look([], {PLACE: [Stored(EIGHT, 1_000)]}) == (0, 1, 0)
    assert look([first], {PLACE: [Stored(EIGHT, 1_000)] * 2}, acknowledged=[first]) == (0, 1, 0)


def test_the_time_of_an_edit_may_be_held_to_the_servers_and_is_never_later(first):
    assert look([first], {PLACE: [Stored(EIGHT, 990)]}, acknowledged=[first]) == (0, 0, 0)
    assert look([first], {PLACE: [Stored(EIGHT, 1_001)]}, acknowledged=[first]) == (1, 0, 0)


def test_a_set_that_a_merge_moved_is_known_by_what_it_holds(first, later):
    own = Saying(MOVED, OTHER, 3_000, is_sent=True)
    said = [first, later, own]
    beside = ("set", 7, 1, 40, 5)
    assert look(said, {MOVED: [Stored(NINE, 2_000)], beside: [Stored(OTHER, 3_000)]}, acknowledged=said) == (0, 0, 0)
    assert look(said, {MOVED: [Stored(OTHER, 3_000)]}, acknowledged=said) == (1, 0, 0)
    both = {MOVED: [Stored(NINE, 2_000)], PLACE: [Stored(NINE, 2_000)], beside: [Stored(OTHER, 3_000)]}
    assert look(said, both, acknowledged=said) == (0, 1, 0)
