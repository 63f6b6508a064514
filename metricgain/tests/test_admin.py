"""The owner's back room: finds things, does not slow down with rows, and cannot lose what anybody has logged."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exercises.models import Exercise, ExerciseAlias
from exercises.tests.factories import ExerciseFactory
from metricgain.push.models import PushKey, PushSubscription
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, MuscleGroupFeedback, Set, Template, WorkoutLog
from training.session import recording
from training.tests.factories import MesocycleFactory, planned_workout

pytestmark = pytest.mark.django_db

LISTS = ["users_user", "exercises_exercise", "training_template", "training_mesocycle"]
READ_ONLY = ["training_workoutlog", "training_set"]
LOOKED_AT = [*READ_ONLY, "push_pushsubscription"]  # not changed
QUERIES = {
    "users_user": 7,
    "exercises_exercise": 5,
    "training_template": 5,
    "training_mesocycle": 7,
    "training_workoutlog": 6,
    "training_set": 4,
    "push_pushsubscription": 5,
}


@pytest.fixture
def owner():
    return User.objects.create_superuser("owner@example.org", "correct-horse-7")


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def alice():
    return UserFactory(email="alice@example.org")


@pytest.fixture
def press():
    return ExerciseFactory(name="Press")


@pytest.fixture
def log(alice, press):
    """Returns a log in which alice has pressed once."""
    return logged(alice, press)


def logged(user, exercise, *, sets: int = 1) -> WorkoutLog:
    Mesocycle.objects.planned_by(user).update(status="completed")
    workout = planned_workout(user, exercise)
    address, edit = recording.SessionKey(user.id, workout.id, 1), recording.Edit(at=None, local_date=None)
    for number in range(1, sets + 1):
        recording.log_set(
            address, edit, recording.TypedSet(exercise_id=exercise.id, number=number, weight=80, unit="kg", reps=8)
        )
    return WorkoutLog.objects.get(workout=workout)


def page(name: str, view: str = "changelist", *args) -> str:
    return reverse(f"admin:{name}_{view}", args=args)


def act(desk, name: str, action: str, *rows, **also):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return desk.post(page(name), chosen | also, follow=True)


def queries_of(desk, url: str) -> int:
    desk.get(url)  # what a process asks once (content types) does not count
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(url).status_code == 200
    return len(queries)


def grow(count: int) -> None:
    """Adds so many rows to every list, each of another user."""
    for n in range(count):
        user = UserFactory()
        exercise = ExerciseFactory(user=user)
        log = logged(user, exercise)
        MesocycleFactory(user=user, status="completed", parent_mesocycle=log.mesocycle)
        Template.objects.create(name=f"Own {n}", user=user, config={"days_per_week": 3})
        rings(user)


def rings(user) -> PushSubscription:
    keys = {"p256dh": "its-key", "auth": "its-secret", "endpoint": f"https://push.example.org/{user.pk}"}
    PushSubscription.objects.subscribe(user, **keys, device=f"Phone of {user}")
    return PushSubscription.objects.get(user=user)


def test_lists_take_as_many_queries_for_50_rows_as_for_5(desk):
    grow(5)
    few = {name: queries_of(desk, page(name)) for name in [*LISTS, *LOOKED_AT]}
    grow(45)
    many = {name: queries_of(desk, page(name)) for name in few}
    rows = [desk.get(page(name)).context["cl"].result_count for name in few]
    assert min(rows) >= 50
    # Session, user, how many rows there are with and without filters (logs: with), the rows; and for those who can be
    # looked through by date the first and last day and the days between.
    assert many == few == QUERIES


def test_a_log_takes_as_many_queries_for_30_sets_as_for_3(desk, alice, press):
    short, long = logged(alice, press, sets=3), logged(alice, press, sets=30)
    muscles = ["chest", "back", "legs", "abs"]
    MuscleGroupFeedback.objects.bulk_create(
        MuscleGroupFeedback(workout_log=log, muscle_group=muscle)
        for log, few in ((short, 1), (long, 4))
        for muscle in muscles[:few]
    )
    pages = [page("training_workoutlog", "change", log.id) for log in (short, long)]
    assert [queries_of(desk, url) for url in pages] == [5, 5]


def test_an_exercise_takes_as_many_queries_for_20_aliases_as_for_2(desk, press):
    url = page("exercises_exercise", "change", press.id)
    counts = []
    for more in (2, 18):
        ExerciseAlias.objects.bulk_create(
            ExerciseAlias(exercise=press, name=f"Press {more} {n}", user=UserFactory()) for n in range(more)
        )
        counts.append(queries_of(desk, url))
    # Session, user, the exercise, its other names; and who uses it: sets, mesocycles, templates, settings.
    assert counts == [8, 8]


@pytest.mark.parametrize(
    ("name", "words", "found", "not_found"),
    [
        ("users_user", "alice", "alice@example.org", "bob@example.org"),
        ("users_user", "Bobby", "bob@example.org", "alice@example.org"),
        ("exercises_exercise", "pres", "Press", "Wobble"),
        ("exercises_exercise", "heave", "Press", "Wobble"),
        ("exercises_exercise", "bob@", "Wobble", "Press"),
        ("training_template", "autumn", "Autumn plan", "Winter plan"),
        ("training_template", "bob@", "Winter plan", "Autumn plan"),
        ("training_mesocycle", "alice@", "alice@example.org", "bob@example.org"),
        ("training_workoutlog", "alice@", "alice@example.org", "bob@example.org"),
        ("training_workoutlog", "elbow", "bob@example.org", "alice@example.org"),
        ("training_set", "press", "alice@example.org", "bob@example.org"),
        ("training_set", "bob@", "bob@example.org", "alice@example.org"),
        ("push_pushsubscription", "bob@", "bob@example.org", "alice@example.org"),
    ],
)
def test_searches_find(desk, alice, press, log, name, words, found, not_found):
    bob = UserFactory(email="bob@example.org", full_name="Bobby")
    curl = ExerciseFactory(name="Wobble", user=bob)
    ExerciseAlias.objects.create(exercise=press, name="Heave")
    WorkoutLog.objects.filter(id=logged(bob, curl).id).update(notes="The elbow again")
    Template.objects.create(name="Autumn plan", is_system=True, config={"days_per_week": 3})
    Template.objects.create(name="Winter plan", user=bob, config={"days_per_week": 3})
    for user in (alice, bob):
        rings(user)
    answer = desk.get(page(name), {"q": words})
    rows = answer.context["cl"].result_list
    assert len(rows) == 1
    assertContains(answer, found)
    assertNotContains(answer, not_found)


@pytest.mark.parametrize(
    ("name", "chosen", "count"),
    [
        ("users_user", {"is_active__exact": "0"}, 1),
        ("exercises_exercise", {"archived": "yes"}, 1),
        ("exercises_exercise", {"archived": "no", "muscle_group__exact": "chest"}, 1),
        ("training_template", {"is_system__exact": "1"}, 0),
        ("training_mesocycle", {"status__exact": "active"}, 1),
        ("training_workoutlog", {"status__exact": "in_progress"}, 1),
        ("training_set", {"exercise__muscle_group__exact": "chest"}, 1),
        ("training_set", {"unit__exact": "lb"}, 0),
        ("training_set", {"performed_at__year": "2001"}, 0),
    ],
)
def test_filters_filter(desk, log, name, chosen, count):
    UserFactory(is_active=False)
    ExerciseFactory(archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert desk.get(page(name), chosen).context["cl"].result_count == count


@pytest.mark.parametrize(("name", "view"), [(name, view) for name in LISTS for view in ("changelist", "change")])
def test_no_page_lists_everybody_to_choose_from(desk, alice, press, log, name, view):
    template = Template.objects.create(name="Hers", user=alice, config={"days_per_week": 3})
    rows = {"exercises_exercise": press, "training_template": template, "training_mesocycle": log.mesocycle}
    row = rows.get(name, desk.get(page("users_user")).context["user"])
    args = [row.pk] if view == "change" else []
    assertNotContains(desk.get(page(name, view, *args)), f'<option value="{alice.pk}">{alice.email}')


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_was_logged_is_only_looked_at(desk, log, name):
    row = {"training_workoutlog": log, "training_set": log.sets.get()}[name]
    before = Set.objects.values().get(), WorkoutLog.objects.values().get()
    answer = desk.get(page(name, "change", row.pk))
    assertContains(answer, "Press")
    assertNotContains(answer, 'name="_save"')
    assert desk.post(page(name, "change", row.pk), {"reps": 1, "status": "completed"}).status_code == 403
    assert desk.post(page(name, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert desk.get(page(name, "add")).status_code == 403
    assertNotContains(desk.get(page(name)), "delete_selected")
    act(desk, name, "delete_selected", row, post="yes")
    assert (Set.objects.values().get(), WorkoutLog.objects.values().get()) == before


def test_a_device_that_rings_is_looked_at_without_its_secrets(desk, alice):
    phone = rings(alice)
    for url in (page("push_pushsubscription"), page("push_pushsubscription", "change", phone.pk)):
        answer = desk.get(url)
        assertContains(answer, "Phone of alice@example.org")
        for secret in ("push.example.org", "its-key", "its-secret"):
            assertNotContains(answer, secret)
    assertNotContains(answer, 'name="_save"')
    assert desk.post(page("push_pushsubscription", "change", phone.pk), {"device": "Mine"}).status_code == 403
    assert desk.get(page("push_pushsubscription", "add")).status_code == 403
    PushKey.objects.pair()
    assertNotContains(desk.get(reverse("admin:index")), "Push key")


@pytest.mark.parametrize("bulk", [False, True], ids=["on its page", "from the list"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("exercises_exercise", "Press: logged sets: 1, planned workouts: 1. Archive it instead"),
        ("training_mesocycle", "Upper / Lower: logged workouts: 1. Archive it instead"),
    ],
)
def test_what_anyone_has_logged_cannot_be_deleted(desk, press, log, name, words, bulk):
    row = {"exercises_exercise": press, "training_mesocycle": log.mesocycle}[name]
    if bulk:
        answer = act(desk, name, "delete_selected", row, post="yes")
    else:
        answer = desk.post(page(name, "delete", row.pk), {"post": "yes"})
    assertContains(answer, words)
    assert Set.objects.count() == 1
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("bulk", [False, True], ids=["on its page", "from the list"])
def test_what_nobody_has_logged_can_be_deleted(desk, alice, bulk):
    mesocycle = planned_workout(alice).mesocycle
    rows = [
        ("training_mesocycle", mesocycle),
        ("exercises_exercise", ExerciseFactory()),
        ("users_user", alice),
    ]
    for name, row in rows:
        if bulk:
            act(desk, name, "delete_selected", row, post="yes")
        else:
            assertRedirects(desk.post(page(name, "delete", row.pk), {"post": "yes"}), page(name))
        assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_planned_exercise_is_not_deleted_from_under_its_lifter(desk, alice, press):
    planned_workout(alice, press)
    answer = desk.post(page("exercises_exercise", "delete", press.pk), {"post": "yes"})
    assertContains(answer, "logged sets: 0, planned workouts: 1")
    assert Exercise.objects.filter(pk=press.pk).exists()


def test_what_was_merged_stays_for_what_phones_still_send_of_it(desk, press):
    merged = ExerciseFactory(name="The Press", merged_into=press)
    answer = desk.post(page("exercises_exercise", "delete", merged.pk), {"post": "yes"})
    assertContains(answer, "The Press was merged. It stays")
    assert Exercise.objects.filter(pk=merged.pk).exists()


def test_exercises_are_archived_and_unarchived(desk, alice, press, log):
    answer = act(desk, "exercises_exercise", "archive", press)
    assertContains(answer, "1 archived.")
    assert not Exercise.objects.usable_by(alice).exists()
    assert Set.objects.count() == 1
    assertContains(act(desk, "exercises_exercise", "archive", press), "0 archived.")
    assertContains(act(desk, "exercises_exercise", "unarchive", press), "1 unarchived.")
    assert Exercise.objects.usable_by(alice).get() == press


def test_what_was_merged_stays_archived(desk, press):
    merged = ExerciseFactory(archived_at=datetime(2026, 1, 1, tzinfo=UTC), merged_into=press)
    answer = act(desk, "exercises_exercise", "unarchive", merged)
    assertContains(answer, "0 unarchived.")
    assertContains(answer, "1 stayed archived: merged into another exercise.")


def test_mesocycles_are_archived_unless_somebody_trains_them(desk, alice):
    running = MesocycleFactory(user=alice)
    done = MesocycleFactory(user=alice, status="completed", completed_at=datetime(2026, 1, 1, tzinfo=UTC))
    planned = MesocycleFactory(user=alice, status="planned")
    answer = act(desk, "training_mesocycle", "archive", running, done, planned)
    assertContains(answer, "2 archived.")
    assertContains(answer, "1 stayed: somebody is training it.")
    assertContains(act(desk, "training_mesocycle", "unarchive", running, done, planned), "2 unarchived.")
    for row, status in ((running, "active"), (done, "completed"), (planned, "planned")):
        row.refresh_from_db()
        assert row.status == status


def test_a_mesocycle_can_be_named_and_nothing_else(desk, alice):
    mesocycle = MesocycleFactory(user=alice)
    url = page("training_mesocycle", "change", mesocycle.pk)
    bob = UserFactory()
    form = {"name": "\u202eSpring", "description": "", "user": bob.pk, "current_week": 3, "status": "completed"}
    form["name"] = "\u202eSpring"
    assertRedirects(desk.post(url, form), page("training_mesocycle"))
    mesocycle.refresh_from_db()
    assert (mesocycle.name, mesocycle.user, mesocycle.current_week, mesocycle.status) == ("Spring", alice, 1, "active")
    assert desk.get(page("training_mesocycle", "add")).status_code == 403


def test_accounts_are_deactivated_and_activated(desk, client, alice, log):
    phone = type(client)()
    phone.force_login(alice)
    answer = act(desk, "users_user", "deactivate", alice)
    assertContains(answer, "1 deactivated.")
    assert phone.get(reverse("training:template_list")).status_code == 302
    assert Set.objects.count() == 1
    assertContains(act(desk, "users_user", "activate", alice), "1 activated.")
    alice.refresh_from_db()
    assert alice.is_active
    assert phone.get(reverse("training:template_list")).status_code == 302


def test_unticking_active_signs_out_too(desk, client, alice):
    phone = type(client)()
    phone.force_login(alice)
    form = {"email": alice.email, "timezone": "UTC", "preferences": "{}", "full_name": "\u202eAlice  A."}
    assertRedirects(desk.post(page("users_user", "change", alice.pk), form), page("users_user"))
    assert User.objects.filter(pk=alice.pk, full_name="Alice A.").update(is_active=True)
    assert phone.get(reverse("training:template_list")).status_code == 302


def test_the_owner_does_not_lock_themselves_out(desk, owner):
    answer = act(desk, "users_user", "deactivate", owner)
    assertContains(answer, "0 deactivated.")
    assertContains(answer, "Your own account stays active.")
    owner.refresh_from_db()
    assert owner.is_active


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"duration_weeks": 9}, "A mesocycle has 3 to 7 weeks."),
        ({"days_per_week": 2}, "days_per_week is the number of workouts"),
        ({"workouts": "none"}, "A week has 1 to 7 workouts."),
        ({"workouts": [{"name": "A"}]}, "A workout has 1 to 30 exercises."),
        ({"workouts": [{"name": "A", "day_of_week": 7, "exercises": []}]}, "day_of_week is 0 (Monday) to 6"),
        ({"workouts": [{"name": "", "exercises": []}]}, "its name should be 1 to 255 plain characters"),
        ({"workouts": [{"name": "A", "exercises": [{"target_sets": 3}]}]}, "It is not written as an exercise."),
        ({"slot": {"target_sets": 0}}, "An exercise has 1 to 15 sets."),
        ({"slot": {"exercise_id": 0}}, "No exercise has the id 0."),
    ],
)
def test_a_template_that_is_no_plan_is_refused_with_words(desk, press, change, words):
    slot = {"exercise_id": press.id, "target_sets": 3, "target_reps_min": 6, "target_reps_max": 10}
    slot |= change.pop("slot", {})
    plan = {"duration_weeks": 5, "days_per_week": 1, "workouts": [{"name": "A", "exercises": [slot]}]} | change
    form = {"name": "New", "is_system": "on", "config": json.dumps(plan)}
    answer = desk.post(page("training_template", "add"), form)
    if words:
        assertContains(answer, words)
    assert Template.objects.count() == (0 if words else 1)


@pytest.mark.parametrize("name", [*LISTS, *READ_ONLY])
def test_lifters_do_not_get_in(client, alice, name):
    client.force_login(alice)
    assert client.get(page(name)).status_code == 302
