"""What a version that has landed left behind is brought up to date as `serve` does it, and is as good as new."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from exercises.tests.factories import ExerciseFactory
from metricgain.operations import preparing
from metricgain.operations.servers import databases
from metricgain.tests.landed import keeping, lifter, states
from metricgain.tests.landed.test_keeping import insert_as_the_document_does
from metricgain.tests.test_isolation import OURS, PLACES
from metricgain.transfer.tests.made import a_book, a_session, looked_at
from metricgain.users.models import User
from training.models import Mesocycle, Set, Template, Workout, WorkoutLog

FIRST = "ef74f38"


def state(dump: Path):
    """A parameter of tests. While working, the first state is enough, because it meets every migration since; `make
    test` takes the last as well, which meets the fewest, and the drill all."""
    name = dump.name.removesuffix(".sql.gz")
    if name == FIRST:
        return pytest.param(dump, id=name)
    is_last = dump == states.dumps()[-1]
    return pytest.param(dump, id=name, marks=pytest.mark.served if is_last else pytest.mark.drill)


@pytest.fixture(scope="module", params=map(state, states.dumps()))
def prepared(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Returns what was said while a database was prepared for serving, to which Django is connected, and what its
    tables were before."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        databases.beside("landed") as landed,
    ):
        patch.setattr(settings, "BACKUP_DIR", tmp_path_factory.mktemp("backups"))
        states.load(request.param, landed)
        with databases.session(landed) as session:
            before = keeping.tables(session)
        said = []
        with databases.connected_to(landed):
            preparing.prepare(said.append)
            yield said, before


@pytest.fixture(scope="module")
def new_schema(django_db_setup, django_db_blocker) -> Counter:
    with django_db_blocker.unblock(), databases.beside("new") as new, databases.connected_to(new):
        call_command("migrate", verbosity=0)
        return schema(new)


def schema(database: str) -> Counter:
    """Returns the lines of the schema in any order, because a column is where it was added. The schema goes through a
    dump, as that of a landed version has, because PostgreSQL then writes a check in another way."""
    with databases.beside("again") as again:
        with databases.session(again) as session:
            session.execute(states.text_of(database, "--schema-only"))
        told = states.text_of(again, "--schema-only")
    return Counter(line.strip().rstrip(",") for line in told.splitlines())


@pytest.fixture
def alice(prepared) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=lifter.EMAIL))
    return client


def test_there_are_states_and_they_are_small():
    assert {"ef74f38.sql.gz", "6d2b7e7.sql.gz"} <= {dump.name for dump in states.dumps()}
    assert all(dump.stat().st_size <= states.LARGEST for dump in states.dumps())


def test_it_is_prepared_once_with_a_backup_and_has_nothing_to_complain_of(prepared):
    said = [line.split(":")[0] for line in prepared[0]]
    assert said in ([], ["Backup before migrating", "Preparing the database"])  # the newest state needs nothing
    again = []
    preparing.prepare(again.append)
    assert again == []


def test_its_schema_is_that_of_a_new_database(new_schema, prepared):
    assert len(new_schema) > 500
    assert schema(databases.name()) == new_schema


def test_the_version_that_left_it_could_go_on_serving_it(prepared):
    with databases.session() as session:
        assert keeping.missed(prepared[1], keeping.tables(session)) == []


def test_it_takes_what_the_customers_document_inserts(prepared):
    insert_as_the_document_does()


def test_its_lifter_has_all_that_was_logged(prepared):
    assert Set.objects.filter(user__email=lifter.EMAIL).count() == 22
    assert sorted(WorkoutLog.objects.values_list("status", flat=True)) == ["completed", "in_progress"]


def things_of(user: User, exercise_id: int) -> dict:
    """Returns a row of the lifter for every parameter of an address."""
    config = {"duration_weeks": 5, "days_per_week": 1, "workouts": []}
    template, _ = Template.objects.get_or_create(user=user, name="Mine", config=config, share_token="t" * 40)
    return PLACES | {
        "workout_id": Workout.objects.filter(mesocycle__user=user).first().id,
        "mesocycle_id": Mesocycle.objects.get(user=user).id,
        "exercise_id": exercise_id,
        "template_id": template.id,
        "subscription_id": 1,  # of no page: it is only posted to
        "import_id": looked_at(user, a_book(a_session())).id,
        "token": template.share_token,
    }


def test_every_page_opens(prepared, alice):
    User.objects.update(is_staff=True)  # one page is for staff
    user = User.objects.get(email=lifter.EMAIL)
    trained = things_of(user, Set.objects.first().exercise_id)
    own = things_of(user, ExerciseFactory(user=user).id)  # some pages are for these alone
    answers = {a.name: alice.get(a.filled(trained)).status_code for a in OURS}
    answers |= {a.name: alice.get(a.filled(own)).status_code for a in OURS if answers[a.name] == 404}
    closed = {name: status for name, status in answers.items() if status not in (200, 302, 303, 405)}
    assert closed == {"takeout:takeout_file": 404}  # nobody has asked for it
    assert sum(status == 200 for status in answers.values()) > 50


def test_training_goes_on(prepared, alice):
    third = Workout.objects.filter(mesocycle__user__email=lifter.EMAIL).order_by("position_in_week")[2]
    place = {"workout_id": third.id, "week": 1}
    one_set = place | {"exercise_id": third.slots.first().exercise_id, "number": 1}
    for name, where, typed in (
        ("set_log", one_set, {"weight": "42.5", "unit": "kg", "reps": "8"}),
        ("workout_backfill", place, {"day": "2026-11-24", "began": "18:00", "ended": "19:00"}),
        ("set_log", one_set, {"weight": "42.5", "unit": "kg", "reps": "9"}),
        ("workout_finish", place, {}),
    ):
        assert alice.post(reverse(f"training:{name}", kwargs=where), typed).status_code == 303, name
    log = WorkoutLog.objects.get(workout=third, week_number=1)
    assert (log.status, log.local_date.isoformat(), log.duration_minutes) == ("completed", "2026-11-24", 60)
    assert [one.reps for one in log.sets.all()] == [9]
