"""Where the version before comes back, what was held is not lost: seconds become reps, as that version counts them."""

import pytest
from django.core.management import call_command

from metricgain.operations.servers import databases
from metricgain.tests.database_document.rows import insert, lifter, run


@pytest.fixture
def today(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.beside("back") as back, databases.connected_to(back):
        call_command("migrate", verbosity=0)
        yield


def test_the_version_before_finds_holds_in_reps_and_they_come_back_as_they_are_then(today):
    plank = insert("exercises", name="Plank", muscle_group="abs", exercise_type="bodyweight", is_system=True)
    run("UPDATE exercises SET (measure, rep_min, rep_max) = ('seconds', 20, 60)")
    alice = lifter("alice@example.org", trains=plank)
    run("UPDATE workout_exercises SET (target_reps_min, target_reps_max) = (60, 120)")
    insert("exercise_settings", user_id=alice.user, exercise_id=plank, rep_min=30, rep_max=90)
    assert run("SELECT reps, seconds FROM sets") == [(1, 10)]
    call_command("migrate", "training", "0011_measures_fit_their_sets", verbosity=0)
    assert run("SELECT reps FROM sets") == [(10,)]
    call_command("migrate", "training", "0009", verbosity=0)
    call_command("migrate", "exercises", "0012", verbosity=0)
    assert run("SELECT rep_min, rep_max FROM exercises WHERE id = %s", [plank]) == [(None, None)]
    assert run("SELECT rep_min, rep_max FROM exercise_settings") == [(None, None)]
    assert run("SELECT target_reps_min, target_reps_max FROM workout_exercises") == [(None, None)]
    call_command("migrate", verbosity=0)
    assert run("SELECT reps, seconds FROM sets") == [(10, None)]
    assert run("SELECT measure FROM exercises WHERE id = %s", [plank]) == [("reps",)]
