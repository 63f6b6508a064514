"""`DELETE FROM users` in plain SQL takes along all of that user's rows, and none of anybody else's."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from metricgain.tests.database_document.catalog import foreign_keys, keys_in_the_chain_to
from metricgain.tests.database_document.rows import insert, run, value

pytestmark = pytest.mark.django_db

Rows = dict[str, set[int]]


def sign_up(client, email: str) -> int:
    """Signs up through the page, as everybody does."""
    answers = {"email": email, "password1": "bench-press-like-its-1999", "unit": "kg", "timezone": "Europe/Berlin"}
    response = client.post(reverse("account_signup"), answers)
    assert response.status_code == 302
    return value("SELECT id FROM users WHERE email = %s", [email])


def curate(client, user: int) -> None:
    """Uses the admin, which keeps a diary of who changed what, and gets a group and a permission."""
    run("UPDATE users SET is_staff = TRUE, is_superuser = TRUE WHERE id = %s", [user])
    client.force_login(
        get_user_model().objects.get(id=user), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    name = f"Curators {user}"
    response = client.post(reverse("admin:auth_group_add"), {"name": name})
    assert response.status_code == 302
    group = value("SELECT id FROM auth_group WHERE name = %s", [name])
    insert("users_groups", user_id=user, group_id=group)
    permission = value("SELECT MIN(id) FROM auth_permission")
    insert("users_user_permissions", user_id=user, permission_id=permission)


def confirm_later(user: int) -> None:
    address = value("SELECT id FROM account_emailaddress WHERE user_id = %s", [user])
    now = timezone.now()
    insert("account_emailconfirmation", email_address_id=address, created=now, sent=now, key=f"key-of-{user}")


def train(user: int, system_exercise: int) -> int:
    """Makes a row in each table that can hold something of the user's. Returns the mesocycle."""
    press = {"muscle_group": "chest", "exercise_type": "machine", "user_id": user}
    own = insert("exercises", name="My Press", **press)
    insert("exercises", name="My other Press", **press, merged_into_id=own)
    for exercise in (system_exercise, own):
        insert("exercise_settings", user_id=user, exercise_id=exercise, unit="lb")
        insert("exercise_aliases", user_id=user, exercise_id=exercise, name=f"Press {exercise}")
    insert("body_weights", user_id=user, date="2025-01-06", kg="82.5")
    insert("templates", user_id=user, name="Mine", config="{}")
    job = insert("jobs", user_id=user, kind="x", queue="soon", arguments="{}")
    insert("job_chunks", job_id=job, number=0, data=b"what the user typed")
    insert("push_subscriptions", user_id=user, endpoint=f"https://push.example.org/{user}", p256dh="x", auth="y")
    insert("morning_notes", user_id=user, day="2025-01-06")
    of_file = {"import_id": insert("imports", user_id=user, file_name="strong.csv", sha256="0" * 64, job_id=job)}
    insert("mesocycles", user_id=user, name="2019", duration_weeks=3, days_per_week=1, status="archived", **of_file)
    mesocycle = insert("mesocycles", user_id=user, name="Spring", duration_weeks=5, days_per_week=3)
    copy = {"parent_mesocycle_id": mesocycle, "copied_from_week": 4}
    insert("mesocycles", user_id=user, name="Summer", duration_weeks=5, days_per_week=3, status="planned", **copy)
    workout = insert("workouts", mesocycle_id=mesocycle, name="Push")
    for position, exercise in enumerate((system_exercise, own)):
        insert("workout_exercises", workout_id=workout, exercise_id=exercise, position=position)
        train_exercise(workout, mesocycle, exercise, week=position + 1)
    return mesocycle


def train_exercise(workout: int, mesocycle: int, exercise: int, week: int) -> None:
    log = insert("workout_logs", workout_id=workout, mesocycle_id=mesocycle, week_number=week)
    address = {"workout_id": workout, "week_number": week, "exercise_id": exercise, "position": 1}
    asked = {"sets": 3, "reps": 10, "reps_lo": 8, "drop": 1, "unit": "kg", "reasons": "[]", "inputs": "{}"}
    engine = {"engine_version": "1", "config_hash": "-"}
    first = insert("prescriptions", **address, **asked, **engine, superseded_at=timezone.now())
    second = insert("prescriptions", **address, **asked, **engine, replaces_id=first)
    for number, seen in enumerate((first, second), start=1):
        place = {"workout_log_id": log, "exercise_id": exercise, "set_number": number}
        insert("sets", **place, weight=100, reps=10, prescription_id=seen)
    taken_back = timezone.now() - timedelta(hours=1)
    insert("deleted_sets", workout_log_id=log, exercise_id=exercise, set_number=3, deleted_at=taken_back)
    insert("merged_sets", workout_log_id=log, exercise_id=exercise, set_number=4, became=5)
    insert("muscle_group_feedback", workout_log_id=log, muscle_group="chest", pump_level=2)


def rows_of(user: int) -> Rows:
    """Returns every row that belongs to a user: those that foreign keys tie to the account, however long the way. A key
    that a deletion empties ties nothing. So a mesocycle belongs to its owner, and not to the owner of the mesocycle
    from which it was copied."""
    found: Rows = {"users": {user}}
    keys = [key for key in foreign_keys() if key.on_delete != "SET NULL"]
    grown = True
    while grown:
        grown = False
        for key in keys:
            parents = list(found.get(key.target, ()))
            children = run(f"SELECT id FROM {key.table} WHERE {key.column} = ANY(%s)", [parents])
            new = {child for [child] in children} - found.setdefault(key.table, set())
            found[key.table] |= new
            grown = grown or bool(new)
    return {table: ids for table, ids in found.items() if ids}


def all_rows(tables) -> Rows:
    return {table: {row for [row] in run(f"SELECT id FROM {table}")} for table in tables}


def chain() -> set[str]:
    return {"users", *(key.table for key in keys_in_the_chain_to("users"))}


@pytest.fixture
def users(client, bench: int) -> tuple[int, int]:
    """Makes alice and bob, who did everything that can be done here. Bob copied one of his mesocycles from alice's."""
    ids = []
    for email in ("alice@example.org", "bob@example.org"):
        client.logout()
        user = sign_up(client, email)
        curate(client, user)
        confirm_later(user)
        ids.append(user)
    alice, bob = ids
    mesocycle = train(alice, bench)
    train(bob, bench)
    copy = {"name": "From Alice", "status": "planned", "parent_mesocycle_id": mesocycle}
    insert("mesocycles", user_id=bob, duration_weeks=5, days_per_week=3, **copy)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return alice, bob


def delete(user: int) -> None:
    run("DELETE FROM users WHERE id = %s", [user])
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what is checked at the end of a transaction is checked now


def test_the_two_have_rows_in_every_table_that_leads_to_users(users):
    """If you add a table, add a row of it to `train`. Otherwise the tests below say nothing about it."""
    for user in users:
        assert chain() - set(rows_of(user)) == set()


def test_nothing_of_the_user_is_left(users):
    alice, _ = users
    hers = rows_of(alice)
    delete(alice)
    left = all_rows(hers)
    assert {table: ids & left[table] for table, ids in hers.items() if ids & left[table]} == {}


def test_everything_else_is_still_there(users):
    alice, bob = users
    hers, his, before = rows_of(alice), rows_of(bob), all_rows(chain())
    delete(alice)
    assert all_rows(chain()) == {table: ids - hers[table] for table, ids in before.items()}
    assert rows_of(bob) == his


def test_no_key_points_to_a_row_that_is_gone(users):
    alice, _ = users
    delete(alice)
    for key in foreign_keys():
        orphans = value(
            f"SELECT COUNT(*) FROM {key.table} child WHERE {key.column} IS NOT NULL AND NOT EXISTS "
            f"(SELECT FROM {key.target} parent WHERE parent.id = child.{key.column})"
        )
        assert orphans == 0, key.name


def test_a_mesocycle_copied_from_the_users_stays_and_forgets_where_it_came_from(users):
    alice, bob = users
    delete(alice)
    copied = "SELECT parent_mesocycle_id FROM mesocycles WHERE user_id = %s AND name = 'From Alice'"
    assert value(copied, [bob]) is None


def test_deleting_a_mesocycle_keeps_the_one_that_was_copied_from_it(users):
    alice, _ = users
    run("DELETE FROM mesocycles WHERE user_id = %s AND name = 'Spring'", [alice])
    kept = run(
        "SELECT name, parent_mesocycle_id, copied_from_week FROM mesocycles WHERE user_id = %s AND import_id IS NULL",
        [alice],
    )
    assert kept == [("Summer", None, 4)]


def test_deleting_a_mesocycle_takes_its_workouts_logs_and_sets(users):
    alice, bob = users
    run("DELETE FROM mesocycles WHERE user_id = %s", [alice])
    assert run("SELECT DISTINCT user_id FROM sets UNION SELECT user_id FROM workout_logs") == [(bob,)]
    assert value("SELECT COUNT(DISTINCT mesocycle_id) FROM workouts") == 1


def test_deleting_a_workout_takes_its_logs_and_sets(users):
    alice, bob = users
    run("DELETE FROM workouts WHERE mesocycle_id IN (SELECT id FROM mesocycles WHERE user_id = %s)", [alice])
    assert run("SELECT DISTINCT user_id FROM sets UNION SELECT user_id FROM workout_logs") == [(bob,)]


def test_deleting_an_exercise_takes_what_refers_to_it(users, bench: int):
    run("DELETE FROM exercises WHERE id = %s", [bench])
    run("SET CONSTRAINTS ALL IMMEDIATE")
    tables = {key.table for key in foreign_keys() if key.column == "exercise_id"}
    assert len(tables) == 7
    for table in tables:
        assert value(f"SELECT COUNT(*) FROM {table}") > 0
        assert value(f"SELECT COUNT(*) FROM {table} WHERE exercise_id = %s", [bench]) == 0


def test_a_set_outlives_the_prescription_that_asked_for_it(users):
    before = value("SELECT COUNT(*) FROM sets")
    run("DELETE FROM prescriptions")
    assert run("SELECT COUNT(*), COUNT(prescription_id) FROM sets") == [(before, 0)]
