"""Imported sessions are left out wherever a plan is meant, and are in wherever history is meant. Each place is looked
at before an import and after it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from analytics.records import records_feed
from metricgain.transfer.tests.made import a_session, a_set, stored
from training.models import Mesocycle, WorkoutLog
from training.prescribing.week_plan.history import History
from training.prescribing.writing import prescribe
from training.tests.factories import MesocycleFactory, SlotFactory, WorkoutFactory, planned_workout
from training.tests.lifting import asked, codes

pytestmark = pytest.mark.usefixtures("bench")
# Pages of plans, and what is asked of them.
PLANS = [
    "training:today",
    "training:mesocycle_list",
    "training:mesocycle_list?archived=1",
    "training:template_list",
    "training:plan_create",
    "training:first_run",
    "training:how_it_decides",
    "analytics:mesocycle_latest",
]


@pytest.fixture
def lately():
    """The start of a session seven days ago, as a file would write it."""
    return (timezone.now() - timedelta(days=7)).replace(tzinfo=None, microsecond=0)


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def text_of(desk, name: str) -> str:
    """Returns the page of a URL's name and query, without what differs each time."""
    path, _, query = name.partition("?")
    page = desk.get(f"{reverse(path)}?{query}")
    assert page.status_code == 200
    content = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|data-at="\d+"', "", content)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("has_plan", [False, True])
def test_pages_of_plans_do_not_know_it(desk, alice, lately, name, has_plan):
    if has_plan:
        MesocycleFactory(user=alice, name="Mine", status="completed")
        MesocycleFactory(user=alice, name="Put away", status="archived")
    before = text_of(desk, name)
    stored(alice, a_session(lately))
    assert text_of(desk, name) == before


@pytest.mark.parametrize(
    "name",
    [
        "training:mesocycle_detail",
        "training:mesocycle_calendar",
        "training:mesocycle_next",
        "training:mesocycle_begin",
        "training:mesocycle_delete",
        "training:plan_detail",
        "training:template_save",
        "training:deload_now",
        "analytics:mesocycle_progress",
        "analytics:mesocycle_lineage",
    ],
)
def test_it_has_no_pages_of_a_plan(desk, alice, lately, name):
    stored(alice, a_session(lately))
    page = desk.get(reverse(name, args=[alice.mesocycles.get().id]))
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["mesocycle_archive", "mesocycle_unarchive", "mesocycle_end", "session_add"])
def test_what_a_plan_can_do_it_cannot(desk, alice, lately, name):
    stored(alice, a_session(lately))
    kept = alice.mesocycles.get()
    assert desk.post(reverse(f"training:{name}", args=[kept.id])).status_code == 404
    kept.refresh_from_db()
    assert kept.status == "archived"


def test_postgresql_keeps_it_archived(alice, lately):
    stored(alice, a_session(lately))
    for status in ("active", "completed", "planned"):
        with pytest.raises(IntegrityError), transaction.atomic():
            alice.mesocycles.update(status=status)


def test_a_plan_goes_on_beside_it(desk, alice, bench, lately):
    plan = MesocycleFactory(user=alice, name="Mine")
    workout = WorkoutFactory(mesocycle=plan, position_in_week=1)
    SlotFactory(workout=workout, exercise=bench)
    stored(alice, a_session(lately))
    assert list(Mesocycle.objects.planned_by(alice).active()) == [plan]
    assert "Mine" in text_of(desk, "training:today")


# -- where history is meant -------------------------------------------------------------------------


def test_strength_records_volume_and_history_have_it(desk, alice, bench, lately):
    two = a_session(lately - timedelta(days=7)), a_session(lately, "Push", a_set(weight="90"), a_set(weight="90"))
    history = reverse("analytics:exercise_history", args=[bench.id])
    assert "90 kg" not in desk.get(history).content.decode()
    assert records_feed(alice) == ([], False)
    stored(alice, *two)
    assert "90 kg" in desk.get(history).content.decode()
    [day], _ = records_feed(alice)
    assert (day.exercise, day.day) == (bench, alice.day_of(timezone.make_aware(lately, alice.zone)))
    assert "Chest" in text_of(desk, "analytics:enough?period=all")
    csv = b"".join(desk.get(reverse("analytics:sets_download")).streaming_content).decode()
    assert csv.count("Barbell Bench Press") == 4


def test_the_session_can_be_opened_and_put_right(desk, alice, bench, lately):
    import_ = stored(alice, a_session(lately, "Push", a_set(weight="90")))
    log = WorkoutLog.objects.get(user=alice)
    page = desk.get(reverse("training:workout_detail", args=[log.workout_id, log.week_number])).content.decode()
    assert reverse("transfer:import_detail", args=[import_.id]) in page
    assert "how did it go" not in page
    address = reverse("training:set_log", args=[log.workout_id, log.week_number, bench.id, 1])
    answer = desk.post(address, {"weight": "92.5", "reps": "8", "unit": "kg"})
    assert answer.status_code == 303
    assert log.sets.get().weight == 92.5


def test_first_weights_come_from_it_and_the_coach_says_so(alice, bob, bench, lately):
    weeks = (lately - timedelta(weeks=week) for week in range(3))
    stored(alice, *(a_session(at, "Push", *[a_set(weight="90")] * 3) for at in weeks))
    rows = {}
    for lifter in (alice, bob):
        workout = planned_workout(lifter, bench)
        prescribe(History(workout.mesocycle, today=lifter.today()))
        rows[lifter] = asked(workout, bench, week=1)
    assert rows[bob].weight is None
    assert 75 <= rows[alice].weight <= 90  # in reps of the plan, with its reserve
    assert "SEED_HISTORY" in codes(rows[alice])
