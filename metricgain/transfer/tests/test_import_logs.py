"""`manage.py import_logs`: from a file to the history of an account, and what it says at its end."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from metricgain.transfer.tests.made import MONDAY, a_session, a_set, stored
from metricgain.transfer.tests.test_import_pages import strong
from metricgain.transfer.tests.test_real_files import EXPORTS
from training.models import Import, Set
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

# Sessions, sets, rows not taken, new names of each file, whose weights are read in the unit that is proposed.
REAL = {
    "fitnotes-lifter-29.csv": (124, 2492, 3, 2),
    "hevy-lifter-33.csv": (17, 330, 0, 1),
    "strong-lifter-08.csv": (129, 2078, 0, 3),
    "strong-lifter-14.csv": (384, 6777, 1, 0),
    "strong-lifter-15.csv": (20, 266, 0, 1),
    "strong-lifter-40.csv": (37, 504, 162, 0),
}


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "strong.csv"
    path.write_text(strong(), encoding="utf-8")
    return path


def last_line(capsys) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_it_stores_and_says_how_much(capsys, alice, bench, export):
    call_command("import_logs", export, "--user", "Alice@Example.org", "--unit", "lb")
    assert last_line(capsys) == "3 sessions, 6 sets taken, 0 rows not taken, 0 names new"
    assert set(Set.objects.values_list("user", "unit")) == {(alice.id, "lb")}
    call_command("import_logs", export, "--user", alice.email, "--unit", "lb")
    assert last_line(capsys) == "0 sessions, 0 sets taken, 0 rows not taken, 0 names new"


def test_a_dry_run_says_the_same_and_stores_nothing(capsys, alice, bench, export):
    call_command("import_logs", export, "--user", alice.email, "--unit", "kg", "--dry-run")
    assert last_line(capsys) == "3 sessions, 6 sets taken, 0 rows not taken, 0 names new"
    assert not Import.objects.exists()
    assert not Set.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"user": "nobody@example.org"}, "Nobody here has the email"),
        ({"file": "/nowhere.csv"}, "No such file"),
        ({"file": __file__}, "Say which column"),
        ({}, "The file does not say its unit"),
    ],
)
def test_what_is_missing_is_said(alice, bench, tmp_path, said, words):
    unclear = tmp_path / "unclear.csv"
    unclear.write_text(strong(1, weight="33"), encoding="utf-8")
    said = {"file": unclear, "user": alice.email} | said
    with pytest.raises(CommandError, match=words):
        call_command("import_logs", str(said["file"]), "--user", said["user"])


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the files of real lifters are not here")
@pytest.mark.parametrize("name", REAL)
def test_files_of_real_lifters_come_whole(capsys, alice, bench, name):
    call_command("import_logs", EXPORTS / name, "--user", alice.email, "--unit", "kg")
    sessions, sets, left, new = REAL[name]
    assert last_line(capsys) == f"{sessions} sessions, {sets} sets taken, {left} rows not taken, {new} names new"
    call_command("import_logs", EXPORTS / name, "--user", alice.email, "--unit", "kg")
    assert last_line(capsys).startswith("0 sessions, 0 sets taken")


def test_newer_records_give_way_to_what_was_done_before(alice, bench):
    workout = planned_workout(alice, bench)
    lifter = Lifter(alice)
    for week, weight in enumerate(("80", "90"), start=1):
        lifter.log(workout, week, bench, 8, weight=weight, rir=1)
    heavy = a_session(MONDAY + timedelta(days=2), "Then", a_set(weight="120", reps=10))
    assert stored(alice, a_session(MONDAY, "Then", a_set(weight="40"))).look["gave_way"] == 0
    assert stored(alice, heavy).look["gave_way"] > 0
