from datetime import date, timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain.jobs.models import Job
from metricgain.users.leaving import ledger
from metricgain.users.leaving.deletion import what_goes
from metricgain.users.models import AccountDeleted, User
from metricgain.users.tests.conftest import PASSWORD
from metricgain.users.tests.factories import UserFactory

URL = "/settings/delete/"


@pytest.fixture(autouse=True)
def backups(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


@pytest.fixture
def with_mail(settings):
    settings.MAIL_IS_SENT = settings.MAIL_BY_SMTP = True


def delete(client, catching) -> object:
    with catching(execute=True):
        return client.post(URL, {"password": PASSWORD})


def test_the_account_goes_and_its_ledger_stays(signed_in, alice, backups, django_capture_on_commit_callbacks):
    bob = UserFactory()
    answer = delete(signed_in, django_capture_on_commit_callbacks)
    assertContains(answer, f'data-gone="{alice.pk}"')
    assertContains(answer, "Your account is deleted")
    assert answer.headers["MetricGain-User"] == "none"
    assert list(User.objects.all()) == [bob]
    [row] = AccountDeleted.objects.all()
    assert (row.user_id, row.user_created_at) == (alice.pk, alice.created_at)
    [line] = ledger.in_files([backups])
    assert (line.instance, line.user_id, line.user_created_at) == (row.instance, alice.pk, alice.created_at)
    assert (backups / ledger.FILE).stat().st_mode & 0o077 == 0


def test_the_log_for_going_back_has_the_ledger_too(signed_in, backups, django_capture_on_commit_callbacks):
    (backups / ledger.ARCHIVE).mkdir(parents=True)
    delete(signed_in, django_capture_on_commit_callbacks)
    assert len(ledger.in_files([backups / ledger.ARCHIVE])) == 1


def test_it_signs_out_everywhere_and_leaves_no_session(signed_in, alice, django_capture_on_commit_callbacks):
    other = Client()
    other.force_login(alice)
    Session.objects.filter(pk=other.session.session_key).update(expire_date=timezone.now() - timedelta(days=9))
    his = Client()
    his.force_login(UserFactory())
    delete(signed_in, django_capture_on_commit_callbacks)
    assertRedirects(signed_in.get("/settings/"), "/login/?next=/settings/")
    assert list(Session.objects.values_list("pk", flat=True)) == [his.session.session_key]


def test_the_address_is_free_again(signed_in, alice, django_capture_on_commit_callbacks):
    delete(signed_in, django_capture_on_commit_callbacks)
    assert User.objects.create_user(alice.email, PASSWORD).pk > alice.pk


def test_the_page_says_what_goes_and_until_when_backups_have_it(signed_in, alice, settings):
    settings.BACKUP_DAYS = 30
    alice.body_weights.create(date="2026-11-02", kg=64)
    page = signed_in.get(URL)
    assertContains(page, "<li>1 weighing</li>", html=True)
    assertNotContains(page, "session</li>")
    assertContains(page, f"{(timezone.now() + timedelta(days=30)).date():%B %Y}")
    assertContains(page, f"{reverse('users:settings')}#yours")
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_log_for_going_back_may_have_it_longer(backups, settings):
    settings.BACKUP_DAYS, today = 3, date(2026, 12, 1)
    assert ledger.in_backups_until(today) == date(2026, 12, 4)
    ledger.archive().mkdir(parents=True)
    assert ledger.in_backups_until(today) == date(2026, 12, 9)


def test_what_goes_is_counted_at_once(alice, django_assert_num_queries):
    with django_assert_num_queries(9):
        assert what_goes(alice) == []


@pytest.mark.parametrize("typed", ["", "wrong"])
def test_it_asks_for_the_password(signed_in, alice, typed):
    answer = signed_in.post(URL, {"password": typed})
    assert answer.status_code == 422
    assert User.objects.filter(pk=alice.pk).exists()


def test_guessing_is_slowed_down(signed_in):
    answers = [signed_in.post(URL, {"password": f"guess-{number}"}).status_code for number in range(6)]
    assert answers == [422] * 5 + [429]


def test_an_account_without_a_password_stays(signed_in, alice):
    alice.set_unusable_password()
    alice.save()
    signed_in.force_login(alice)
    for ask in (signed_in.get, signed_in.post):
        assertRedirects(ask(URL, {"password": PASSWORD}), "/settings/", status_code=303, fetch_redirect_response=False)
        assertContains(signed_in.get("/settings/"), "This account has no password, so it cannot be deleted here.")
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_only_owner_stays(client, db):
    owner = User.objects.create_superuser("owner@example.org", PASSWORD)
    client.force_login(owner)
    assertContains(client.post(URL, {"password": PASSWORD}), "only owner", status_code=422)
    User.objects.create_superuser("second@example.org", PASSWORD)
    assert client.post(URL, {"password": PASSWORD}).status_code == 200
    assert not User.objects.filter(pk=owner.pk).exists()


def test_a_mail_says_that_it_is_done(signed_in, alice, with_mail, django_capture_on_commit_callbacks):
    old = {"to": [alice.email.upper()], "subject": "A new password for MetricGain"}
    Job.objects.create(kind="metricgain.users.mail.send_mail", queue="soon", arguments=old)
    others = Job.objects.create(kind="x", queue="soon", arguments={"to": ["bob@example.org"]})
    Job.objects.create(kind="x", queue="soon", arguments={}, user=alice)
    delete(signed_in, django_capture_on_commit_callbacks)
    [mail] = Job.objects.exclude(pk=others.pk)
    assert mail.arguments["to"] == [alice.email]
    assert mail.arguments["subject"] == "Your account at MetricGain is deleted"
    assert "This is the last mail" in mail.arguments["body"]


def test_without_a_mail_server_none_is_sent(signed_in, mailoutbox, settings, django_capture_on_commit_callbacks):
    settings.MAIL_IS_SENT = False
    delete(signed_in, django_capture_on_commit_callbacks)
    assert (mailoutbox, Job.objects.count(), User.objects.count()) == ([], 0, 0)


def test_a_folder_that_is_away_does_not_keep_the_account(signed_in, backups, django_capture_on_commit_callbacks):
    backups.write_text("no folder")
    assert delete(signed_in, django_capture_on_commit_callbacks).status_code == 200
    assert not User.objects.exists()
    assert AccountDeleted.objects.count() == 1


def test_answers_in_the_cache_go(signed_in, alice, django_capture_on_commit_callbacks):
    bob = UserFactory()
    for user in (alice, bob):
        cache.set(f"once-{user.pk}-x", {"at": 1, "address": "/exercises/?q=mine"})
    delete(signed_in, django_capture_on_commit_callbacks)
    assert cache.get(f"once-{alice.pk}-x") is None
    assert cache.get(f"once-{bob.pk}-x")


def test_a_line_that_a_power_cut_left_unfinished_does_no_harm(tmp_path):
    now = timezone.now()
    one, other = (ledger.Line(UUID(int=1), user_id, now, now.date()) for user_id in (1, 2))
    ledger.write_up([one], [tmp_path])
    path = tmp_path / ledger.FILE
    path.write_text(path.read_text() + other.written()[:40])
    ledger.write_up([one, other], [tmp_path])
    ledger.write_up([one, other], [tmp_path])
    assert ledger.in_files([tmp_path]) == {one, other}
    assert len(path.read_text().splitlines()) == 3
