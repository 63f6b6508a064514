import re
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from statistics import mean

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exercises import library_seed as library
from exercises.models import Exercise
from metricgain.operations.demo import demo_account, demo_year, renewal
from metricgain.operations.tests.serving import TOKEN
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.catalogue import system_templates
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Set, Template, WorkoutLog
from training.schedule.today import load_upcoming
from training.session import recording
from training.tests.factories import planned_workout

SHORT = demo_year.WEEKS_INTO_THE_LAST + 1  # the last block alone
YEAR = pytest.param(demo_account.WEEKS, id="a year", marks=pytest.mark.drill)
of_a_year = pytest.mark.parametrize("year", [YEAR], indirect=True)


@pytest.fixture(scope="module", params=[pytest.param(demo_year.SHORTEST, id="ten weeks"), YEAR])
def year(request, django_db_setup, django_db_blocker):
    """Built once and taken back. What asks for it does not ask for `db`: pytest-django runs that last, when no other
    test of this module expects an empty database."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        library.seed()
        system_templates.seed()
        call_command("demo", weeks=request.param, user="Demo@MetricGain.example", stdout=said)
        assert re.match(r"demo@metricgain.example: \d+ mesocycles, ", said.getvalue())
        yield demo_account.demo_lifter()
        transaction.set_rollback(True)


@pytest.fixture
def seeded(db):
    library.seed()
    system_templates.seed()


@pytest.fixture
def lifter(db):
    """Makes only the account, without a year of training. That is enough for the way in."""
    return User.objects.create_user(demo_account.EMAIL, preferences={"demo": True})


@pytest.fixture
def on(settings):
    settings.DEMO = True


def sets_of(user: User) -> list[tuple]:
    today = user.today()
    rows = Set.objects.filter(user=user).order_by("performed_at", "exercise__slug", "set_number")
    return [
        ((today - day).days, slug, *facts)
        for day, slug, *facts in rows.values_list(
            "workout_log__local_date", "exercise__slug", "set_number", "weight", "reps", "rir", "set_type"
        )
    ]


# -- the year -------------------------------------------------------------------------------------


@of_a_year
def test_it_is_a_year_of_several_mesocycles_that_come_from_one_another(year):
    mesocycles = list(Mesocycle.objects.planned_by(year).order_by("start_date"))
    assert len(mesocycles) == len(demo_year.YEAR) == 10
    assert (year.today() - mesocycles[0].start_date).days > 350
    assert [one.status for one in mesocycles] == ["completed"] * 9 + ["active"]
    copies = [one for one in mesocycles if one.parent_mesocycle]
    assert len(copies) == 5
    for one in copies:
        assert one.copied_from_week == one.parent_mesocycle.duration_weeks - 1
        assert one.parent_mesocycle.completed_at < one.created_at
    assert all(one.end_date >= one.completed_at.date() for one in mesocycles[:-1])


def test_every_session_is_over_and_in_the_past(year):
    logs = WorkoutLog.objects.owned_by(year)
    assert not logs.exclude(status__in=["completed", "skipped"]).exists()
    assert not logs.filter(local_date__gte=year.today()).exists()
    assert not Set.objects.filter(user=year, performed_at__gte=timezone.now()).exists()
    # The last hard week of an upper body day has over 40 sets by then.
    assert all(15 <= minutes <= 130 for minutes in logs.completed().values_list("duration_minutes", flat=True))


def test_the_sessions_come_one_after_the_other(year):
    logs = list(WorkoutLog.objects.owned_by(year).completed().order_by("performed_at"))
    assert len({log.local_date for log in logs}) == len(logs)
    assert all(one.completed_at < following.started_at for one, following in pairwise(logs))


@of_a_year
def test_strength_rises_slowly(year):
    """The test estimates strength with the common formula, from the first sets of each exercise that was done for
    long."""
    shown = defaultdict(list)
    sets = Set.objects.filter(user=year, set_number=1, rir__isnull=False, weight_kg__gt=0).order_by("performed_at")
    for one in sets.exclude(prescription__kind="deload").select_related("exercise"):
        shown[one.exercise.slug].append(float(one.weight_kg) * (1 + float(one.reps + one.rir) / 30))
    rises = {slug: mean(most[-4:]) / mean(most[:4]) - 1 for slug, most in shown.items() if len(most) >= 15}
    assert len(rises) >= 8
    assert all(0 < rise < 0.5 for rise in rises.values()), rises
    assert 0.08 < mean(rises.values()) < 0.3
    assert 0.05 < rises["barbell-bench-press"] < 0.25


def test_a_deload_is_far_less_work(year):
    for mesocycle in Mesocycle.objects.planned_by(year).filter(status="completed"):
        moved = defaultdict(Decimal)
        for log in mesocycle.logs.completed().prefetch_related("sets"):
            moved[log.week_number] += sum(one.weight_kg * one.reps for one in log.sets.all())
        assert moved[mesocycle.duration_weeks] < moved[mesocycle.duration_weeks - 1] / 2


@of_a_year
def test_not_everything_goes_to_plan(year):
    logs = WorkoutLog.objects.owned_by(year)
    reasons = {
        reason["code"] for row in Prescription.objects.filter(workout__mesocycle__user=year) for reason in row.reasons
    }
    assert {"LIFTER_SWAPPED", "LIFTER_SETS_TODAY", "LIFTER_ADDED"} <= reasons  # what he chose
    assert {"LOAD_UP", "REPS_UP", "DELOAD", "LOAD_SKIPPED", "LOAD_STEP_TOO_BIG"} <= reasons  # what the engine said
    skipped = logs.filter(status="skipped")
    assert 5 < skipped.count() < logs.count() / 10
    days = list(logs.completed().order_by("local_date").values_list("local_date", flat=True))
    pauses = [(following - day).days for day, following in pairwise(days)]
    assert sum(pause > 9 for pause in pauses) >= 3  # weeks missed, or off
    assert logs.filter(performed_edited_at__isnull=False).count() == 1
    assert logs.exclude(notes=None).count() >= 8


@of_a_year
def test_he_says_how_it_felt_but_not_in_a_deload(year):
    feedback = MuscleGroupFeedback.objects.filter(workout_log__user=year).select_related("workout_log__mesocycle")
    assert not any(one.workout_log.mesocycle.is_deload(one.workout_log.week_number) for one in feedback)
    for level in ("soreness_level", "pump_level", "challenge_level"):
        assert {getattr(one, level) for one in feedback} >= {0, 1, 2, 3}


def test_he_pairs_exercises_and_holds_a_plank(year):
    asked = Prescription.objects.filter(workout__mesocycle__user=year)
    paired = {row.exercise.muscle_group for row in asked.filter(superset=1).select_related("exercise")}
    assert paired == {"bis", "tris"}
    assert Set.objects.filter(user=year, seconds__gt=0).exists()


def test_today_has_a_workout_with_reasons(year, client):
    client.force_login(year)
    page = client.get(reverse("training:today")).text
    assert "Start workout" in page
    assert "What changes, and why" in page


@pytest.mark.parametrize("page", ["training:mesocycle_list", "analytics:progress", "training:template_list"])
def test_the_other_pages_show_it(page, year, client):
    client.force_login(year)
    assert client.get(reverse(page)).status_code == 200


# -- building it ----------------------------------------------------------------------------------


@pytest.mark.drill
def test_the_same_seed_is_the_same_year_and_another_one_another(seeded):
    demo_account.build(now=timezone.now(), weeks=SHORT, seed=7)
    first = demo_account.demo_lifter()
    once = sets_of(first)
    demo_account.build(now=timezone.now(), weeks=SHORT, seed=7)
    again = demo_account.demo_lifter()
    assert sets_of(again) == once
    assert len(once) > 100
    assert not User.objects.filter(id=first.id).exists()  # replaced
    demo_account.build(now=timezone.now(), weeks=SHORT, seed=8)
    assert sets_of(demo_account.demo_lifter()) != once


@pytest.mark.parametrize("weekday", [0, 6])
def test_there_is_a_next_workout_on_any_day_of_the_week(weekday, seeded):
    now = timezone.now().replace(hour=12)  # the same day in his time zone
    now -= timedelta(days=(now.weekday() - weekday) % 7)
    demo_account.build(now=now, weeks=SHORT)
    running = Mesocycle.objects.planned_by(demo_account.demo_lifter()).active().get()
    upcoming = load_upcoming(running, now=now)
    assert upcoming.occurrence.state == "open"
    assert upcoming.occurrence.week == (3 if weekday == 0 else 4)
    assert upcoming.prescribed


def test_other_people_and_what_is_for_everyone_stay_as_they_are(seeded):
    alice = UserFactory(email="alice@example.org")
    workout = planned_workout(alice, Exercise.objects.get(slug="barbell-bench-press"))
    edit = recording.Edit(at=None, local_date=None)
    exercise = workout.slots.get().exercise_id
    recording.log_set(
        recording.SessionKey(alice.id, workout.id, 1),
        edit,
        recording.TypedSet(exercise_id=exercise, number=1, weight=80, unit="kg", reps=8),
    )

    def others() -> list:
        return [
            list(User.objects.exclude(email=demo_account.EMAIL).order_by("id").values()),
            list(Mesocycle.objects.exclude(user__email=demo_account.EMAIL).order_by("id").values()),
            list(Set.objects.exclude(user__email=demo_account.EMAIL).order_by("id").values()),
            list(
                Prescription.objects.exclude(workout__mesocycle__user__email=demo_account.EMAIL).order_by("id").values()
            ),
            list(Template.objects.order_by("id").values()),  # how often one was chosen, too
            list(Exercise.objects.order_by("id").values()),
        ]

    before = others()
    demo_account.build(now=timezone.now(), weeks=SHORT)
    demo_account.build(now=timezone.now(), weeks=SHORT)
    assert others() == before


def test_a_build_that_breaks_off_leaves_the_old_one(lifter, seeded):
    def break_off(week):
        if week > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo_account.build(now=timezone.now(), weeks=SHORT, tell=break_off)
    assert list(User.objects.all()) == [lifter]


def test_it_never_replaces_a_real_account(seeded):
    alice = UserFactory(email=demo_account.EMAIL)
    with pytest.raises(CommandError, match="did not make"):
        call_command("demo", weeks=demo_year.SHORTEST)
    with pytest.raises(CommandError, match="did not make"):
        call_command("demo", weeks=demo_year.SHORTEST, user="DEMO@metricgain.example", if_due=True)
    assert list(User.objects.all()) == [alice]
    assert demo_account.demo_lifter() is None
    assert not demo_account.is_due(timezone.now())


def test_it_is_due_after_a_day(lifter, seeded):
    built = lifter.created_at
    assert not demo_account.is_due(built + timedelta(hours=23))
    assert demo_account.is_due(built + timedelta(hours=24))
    assert demo_account.build(now=built + timedelta(hours=23), weeks=SHORT, only_if_due=True) is None
    assert demo_account.demo_lifter() == lifter


def test_only_one_process_builds(lifter):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [demo_account.LOCK])
        with pytest.raises(CommandError, match="right now"):
            call_command("demo", weeks=demo_year.SHORTEST)
        call_command("demo", weeks=demo_year.SHORTEST, if_due=True)  # of several workers the others have nothing to say
    finally:
        other.close()
    assert demo_account.demo_lifter() == lifter


def test_the_lifter_of_the_command_has_no_password(year):
    assert year.full_name == "Demo lifter"
    assert not year.has_usable_password()


@pytest.mark.parametrize("options", [{"weeks": 3}, {"weeks": 99}, {"user": "nobody"}])
def test_the_command_refuses_what_cannot_be(db, options):
    with pytest.raises(CommandError):
        call_command("demo", **options)


def test_it_says_what_it_needs(db):
    with pytest.raises(CommandError, match="seed"):
        call_command("demo")
    assert not User.objects.exists()


# -- the way in -----------------------------------------------------------------------------------


def test_the_landing_page_offers_it_only_where_it_is_on(client, db, settings):
    settings.DEMO = False
    assert "Try the demo" not in client.get("/").text
    settings.DEMO = True
    assert "Try the demo" in client.get("/").text


def test_it_does_not_exist_where_it_is_off(client, lifter, settings):
    settings.DEMO = False
    assert client.post(reverse("demo_start")).status_code == 404
    assert not get_user(client).is_authenticated


def test_one_button_signs_a_visitor_in(lifter, on):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("demo_start")).status_code == 403
    token = TOKEN.search(client.get("/").text)[1]
    answer = client.post(reverse("demo_start"), {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer.url) == (303, reverse("training:today"))
    assert get_user(client) == lifter


def test_it_is_no_link(client, on):
    assert client.get(reverse("demo_start")).status_code == 405


def test_whoever_is_signed_in_stays_who_they_are(client, lifter, on):
    alice = UserFactory()
    client.force_login(alice)
    assert client.post(reverse("demo_start")).status_code == 303
    assert get_user(client) == alice


@pytest.mark.parametrize("account", [None, {"is_active": False, "preferences": {"demo": True}}, {}])
def test_without_a_demo_a_visitor_is_told_so(account, client, db, on):
    """The demo does not exist yet, or the owner switched it off, or the address belongs to somebody else."""
    if account is not None:
        User.objects.create_user(demo_account.EMAIL, **account)
    assert "not ready yet" in client.post(reverse("demo_start"), follow=True).text
    assert not get_user(client).is_authenticated


def test_a_visitor_cannot_lock_the_others_out(client, lifter, on):
    client.post(reverse("demo_start"))
    for password in ("", "!", lifter.password):
        answer = client.post(reverse("users:account_deactivate"), {"password": password})
        assert answer.status_code == 422
    client.post(reverse("users:settings"), {"unit": "lb", "timezone": "UTC", "full_name": "Me", "theme": "dark"})
    lifter.refresh_from_db()
    assert lifter.is_active
    assert not lifter.has_usable_password()
    assert demo_account.demo_lifter() == lifter  # and the settings are theirs until tomorrow


def test_a_new_demo_ends_the_sessions_of_the_old_one(client, lifter, seeded, on):
    client.post(reverse("demo_start"))
    demo_account.build(now=timezone.now(), weeks=SHORT)
    assert "Try the demo" in client.get("/").text
    assert client.session.is_empty()


def test_the_command_says_how_to_enter_an_account_without_a_password(client, lifter, monkeypatch, capsys):
    built = demo_account.Built(lifter.email, mesocycles=1, sessions=1, skipped=0, sets=1, seconds=1)
    monkeypatch.setattr(demo_account, "build", lambda **options: built)
    call_command("demo")
    path = re.search(r"http://[^/]+(/\S+)", capsys.readouterr().out)[1]
    client.post(client.get(path).url, {"password1": "better-horse-8", "password2": "better-horse-8"})
    answer = client.post("/login/", {"login": lifter.email, "password": "better-horse-8"})
    assert (answer.status_code, answer.url) == (302, "/")


def test_the_command_points_to_the_button_where_there_is_one(lifter, on, monkeypatch, capsys):
    built = demo_account.Built(lifter.email, mesocycles=1, sessions=1, skipped=0, sets=1, seconds=1)
    monkeypatch.setattr(demo_account, "build", lambda **options: built)
    call_command("demo")
    assert "open http://127.0.0.1:8000 signed out, and choose “Try the demo”" in capsys.readouterr().out


# -- while it is served ---------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "runs"), [(1, 0), (25, 1), (None, 1)])
def test_it_is_built_where_there_is_none_and_renewed_when_it_is_a_day_old(age, runs, lifter, monkeypatch):
    if age is None:
        lifter.delete()
    else:
        User.objects.update(created_at=timezone.now() - timedelta(hours=age))
    built = []
    monkeypatch.setattr(renewal, "call_command", lambda name, **options: built.append((name, options)))
    renewal.renew_demo.call()
    assert built == [("demo", {"if_due": True, "verbosity": 0})] * runs
