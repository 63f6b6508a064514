import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from exercises import library_seed
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Set, WorkoutLog

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    library_seed.seed()


def load(**options):
    call_command("load_synthetic", users=2, years=0.3, **options)


def test_it_loads_lifters_with_believable_numbers(library, capsys):
    load()
    assert User.objects.count() == 2
    assert 3 * 2 * 30 * 10 < Set.objects.count() < 3 * 2 * 30 * 40
    assert Set.objects.count() == WorkoutLog.objects.count() * 30
    assert MuscleGroupFeedback.objects.exists()
    assert Mesocycle.objects.active().count() == 2
    assert "Loaded 2 lifters" in capsys.readouterr().out


def test_its_rows_keep_every_rule_though_none_was_asked(library):
    load()
    # What the keys and guards would have refused, looked for by hand.
    assert not Set.objects.exclude(user_id__in=User.objects.values("id")).exists()
    assert all(one.user_id == one.workout_log.user_id for one in Set.objects.select_related("workout_log")[:200])
    logs = WorkoutLog.objects.select_related("workout", "mesocycle")
    assert all(log.workout.mesocycle_id == log.mesocycle_id and log.mesocycle.user_id == log.user_id for log in logs)
    assert Prescription.objects.exists()


def test_the_pages_show_it(library, client):
    load()
    user = User.objects.first()
    client.force_login(user)
    page = client.get(reverse("training:today")).content.decode()
    assert "Start workout" in page
    workout = Mesocycle.objects.active().get(user=user).workouts.in_plan().last()
    assert client.get(reverse("training:workout_detail", args=[workout.id, 4])).status_code == 200


def test_the_same_seed_gives_the_same_lifters(library):
    def sets():
        rows = Set.objects.order_by("workout_log_id", "exercise_id", "set_number")
        return list(rows.values_list("exercise_id", "set_number", "weight", "reps"))

    load()
    first = sets()
    call_command("load_synthetic", remove=True)
    load()
    assert sets() == first


def test_it_leaves_others_alone_and_can_be_removed(library):
    alice = UserFactory()
    load()
    call_command("load_synthetic", remove=True)
    assert list(User.objects.all()) == [alice]
    assert not Set.objects.exists()
    assert UserFactory().id > alice.id


def test_an_empty_library_is_told_in_a_sentence():
    with pytest.raises(CommandError, match=r"manage\.py seed"):
        load()


@pytest.mark.parametrize("options", [{"users": 0}, {"years": 0}, {"years": 21}])
def test_numbers_that_make_no_sense_are_refused(options):
    with pytest.raises(CommandError, match="at least one user"):
        call_command("load_synthetic", **options)
