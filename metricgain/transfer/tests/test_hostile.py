"""No file of anybody raises anything but Unreadable."""

import random
from collections import Counter

import pytest

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.formats import book
from metricgain.transfer.formats.tests import (
    test_fitbod,
    test_fitnotes,
    test_fitnotes_backup,
    test_gymbook,
    test_hevy,
    test_jefit,
    test_liftlog,
    test_liftosaur,
    test_strong,
    test_stronglifts,
)
from metricgain.transfer.formats.tests.test_own import dataset
from metricgain.transfer.reading import read
from metricgain.transfer.tests.files_of_apps import ZONE, read_text, sets_of
from metricgain.transfer.units import as_typed, proposed

FILES = {
    "fitbod": test_fitbod.NEWER,
    "fitnotes": test_fitnotes.NEWER,
    "gymbook": test_gymbook.ITALIAN,
    "hevy": test_hevy.FILE,
    "jefit": test_jefit.FILE,
    "liftlog": test_liftlog.FILE,
    "liftosaur": test_liftosaur.FILE,
    "own": dataset({}, {"set_number": 2, "extends": 1, "set_type": "myo"}),
    "strong": test_strong.USUAL,
    "strong of Android": test_strong.ANDROID,
    "stronglifts": test_stronglifts.OLDER,
    "stronglifts now": test_stronglifts.NEWER,
    "any": "Date,Exercise,Weight,Reps\n01/02/2024,Squat,100,5\n",
}
# Cells that once broke some reader of numbers, dates or text.
CELLS = [
    "", "0", "-1", "1e99", "1e-99", "nan", "inf", "9" * 30, "1,500", "²", "٣", "0000-00-00",
    "9999-12-31T23:59:59+23:59",
    "0001-01-01T00:00:00-23:59", "2024-02-30", "24:61", "32/13/2024", "7 Foo 2026", "1 h 1 h 1 h", "x" * 5000, "\u202e",
    "=1+1", '"', "\t", "1" * 5000, "1 " * 30, "T", "W", "2024-W01-1", "PM 99:99 2024 May 1", "\ud7ff", "🏋",
]  # fmt: skip
MUTATIONS = 150  # of each file


def _read(path) -> int:
    """Reads a file as a caller does, and returns its sets; -1 where it is refused."""
    try:
        logbook = read(path, zone=ZONE)
    except Unreadable as why:
        assert why.sentence.endswith((".", "?"))
        return -1
    proposal = proposed(logbook)
    assert proposal is None or proposal.sentence == "" or proposal.sentence.endswith(".")
    as_typed(logbook)
    assert {one.unit for one in sets_of(logbook)} <= {"kg", "lb"}
    assert all(one.reps or one.seconds for one in sets_of(logbook))
    return len(sets_of(logbook))


@pytest.mark.parametrize("name", FILES)
def test_bytes_that_changed(tmp_path, name):
    chance = random.Random(name)
    original = FILES[name].lstrip("\n").encode()
    outcomes = Counter()
    for _ in range(MUTATIONS):
        content = bytearray(original)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content))
            piece = bytes(chance.randrange(256) for _ in range(chance.randint(0, 3)))
            content[at : at + chance.randint(0, 4)] = chance.choice([piece, b'"', b",", b"\n", b";", b"\xff"])
        (tmp_path / "upload").write_bytes(content)
        outcomes[_read(tmp_path / "upload") >= 0] += 1
    assert outcomes[True] > MUTATIONS // 10  # the reading itself was reached


@pytest.mark.parametrize("name", FILES)
def test_cells_that_changed(tmp_path, name):
    chance = random.Random(name)
    original = FILES[name].strip()
    delimiter = ";" if name == "strong of Android" else ","
    outcomes = Counter()
    for _ in range(MUTATIONS):
        lines = original.split("\n")
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(1, len(lines))
            cells = lines[at].split(delimiter)
            cells[chance.randrange(len(cells))] = chance.choice(CELLS)
            lines[at] = delimiter.join(cells)
        (tmp_path / "upload").write_text("\n".join(lines), encoding="utf-8")
        outcomes[_read(tmp_path / "upload") >= 0] += 1
    assert outcomes[True] > MUTATIONS // 10


def test_bytes_of_a_database_that_changed(tmp_path):
    chance = random.Random(1)
    path = test_fitnotes_backup.backup(tmp_path, test_fitnotes_backup.OLDER + test_fitnotes_backup.NEWER)
    original = path.read_bytes()
    outcomes = Counter()
    for _ in range(MUTATIONS):
        content = bytearray(original)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(16, len(content))] = chance.randrange(256)
        path.write_bytes(content)
        outcomes[_read(path) >= 0] += 1
    assert min(outcomes[True], outcomes[False]) > MUTATIONS // 50


@pytest.mark.parametrize("columns", [{0: "date", 1: "exercise", 2: "reps"}, {5: "date", 199: "exercise", 0: "seconds"}])
@pytest.mark.parametrize("name", FILES)
def test_columns_pointed_out_wrongly(tmp_path, name, columns):
    try:
        logbook = read_text(tmp_path, FILES[name], columns=columns)
    except Unreadable as why:
        assert why.sentence
    else:
        assert sets_of(logbook) or logbook.left


def test_more_sets_than_rows_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "MOST_SETS", 20)
    with pytest.raises(Unreadable, match="more than 20 sets"):
        read_text(tmp_path, "Date,Exercise,Sets,Reps\n2024-01-05,Squat,30,5\n")
