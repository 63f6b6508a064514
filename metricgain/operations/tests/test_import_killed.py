"""An import that is killed, wherever it is: nothing of it is stored, and the next try stores it whole."""

import pytest

from metricgain.operations.tests.killing import eventually
from metricgain.transfer.tests.test_import_pages import HEAD, ROW

pytestmark = pytest.mark.served
STORED = """SELECT (SELECT count(*) FROM imports), (SELECT count(*) FROM mesocycles WHERE import_id IS NOT NULL),
    (SELECT count(*) FROM workout_logs WHERE import_key IS NOT NULL),
    (SELECT count(*) FROM exercises WHERE name ~ 'Zorb'),
    (SELECT count(*) FROM sets JOIN exercises ON exercises.id = exercise_id WHERE name ~ 'Zorb')"""
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"


@pytest.fixture
def export(tmp_path):
    rows = (ROW.format(day=day, title="Push", exercise="Zorb", number=1, weight=60) for day in range(1, 29))
    path = tmp_path / "strong.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return str(path)


def test_a_killed_import_leaves_nothing_and_comes_whole_the_next_time(house, export):
    bring = ("import_logs", export, "--user", "alice@example.org", "--unit", "kg")
    for table in ("exercises", "mesocycles", "workouts", "workout_exercises", "workout_logs", "sets"):
        with house.connect() as held, held.transaction():
            held.execute(f"LOCK TABLE {table} IN SHARE MODE")  # the import waits as soon as it writes there
            with house.started(*bring) as process:
                eventually(lambda table=table: house.ask(WAITS, table) == [(1,)])
                process.kill()
                process.wait()
        eventually(lambda table=table: house.ask(WAITS, table) == [(0,)])
        assert house.ask(STORED) == [(0, 0, 0, 0, 0)], table
    said = house.run(*bring)
    assert said.stdout.splitlines()[-1] == "28 sessions, 28 sets taken, 0 rows not taken, 1 names new"
    assert house.ask(STORED) == [(1, 1, 28, 1, 28)]
