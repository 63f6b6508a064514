import re
import smtplib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain.jobs.models import Job
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.users.adapter import AccountAdapter
from metricgain.users.tests.conftest import PASSWORD
from metricgain.users.tests.factories import UserFactory

NEW = {"password1": "better-horse-8", "password2": "better-horse-8"}


def link_in(text: str) -> str:
    [link] = re.findall(r"http\S+", text)
    return link


def path_of(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


def can_sign_in(email: str, password: str) -> bool:
    return Client().post("/login/", {"login": email, "password": password}).status_code == 302


def follow(client, link: str):
    """Opens the form behind a link. The link redirects to an address without the key, so that the key cannot leak."""
    answer = client.get(path_of(link))
    assertRedirects(answer, re.sub(r"/key/(\w+)-.*", r"/key/\1-set-password/", path_of(link)))
    return answer.url


def test_a_forgotten_password_is_replaced_by_mail(client, alice, mailoutbox):
    assertContains(client.get("/login/"), 'href="/password/reset/"')
    assertRedirects(client.post("/password/reset/", {"email": "Alice@Example.org"}), "/password/reset/done/")
    [mail] = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert mail.subject == "A new password for MetricGain"
    assert mail.from_email == "MetricGain <metricgain@127.0.0.1>"
    form = follow(client, link_in(mail.body))
    assertContains(client.get(form), "Choose a new password")
    assertRedirects(client.post(form, NEW), "/password/reset/key/done/")
    assert can_sign_in(alice.email, NEW["password1"])
    assert not can_sign_in(alice.email, PASSWORD)


def test_a_link_works_once(client, alice, mailoutbox):
    client.post("/password/reset/", {"email": alice.email})
    link = link_in(mailoutbox[0].body)
    client.post(follow(client, link), NEW)
    assertContains(Client().get(path_of(link)), "no longer works", status_code=410)


def test_a_link_works_for_three_days(client, alice, mailoutbox, clock):
    client.post("/password/reset/", {"email": alice.email})
    link = path_of(link_in(mailoutbox[0].body))
    clock.shift(3 * 24 * 3600 - 60)
    assert client.get(link).status_code == 302
    clock.shift(120)
    assert client.get(link).status_code == 410


def test_a_made_up_link_opens_nothing(client, alice):
    assertContains(client.get("/password/reset/key/1-abc-def/"), "no longer works", status_code=410)
    assertContains(client.get("/password/reset/key/1-set-password/"), "no longer works", status_code=410)


def test_a_new_password_signs_out_every_device(client, alice, mailoutbox):
    phone = Client()
    phone.force_login(alice)
    client.post("/password/reset/", {"email": alice.email})
    client.post(follow(client, link_in(mailoutbox[0].body)), NEW)
    assertRedirects(phone.get("/settings/"), "/login/?next=/settings/")


def test_a_refused_new_password_is_told_why(client, alice, mailoutbox):
    client.post("/password/reset/", {"email": alice.email})
    form = follow(client, link_in(mailoutbox[0].body))
    assertContains(client.post(form, {"password1": "12345678", "password2": "12345678"}), "common", status_code=422)
    assertContains(client.post(form, NEW | {"password2": "other"}), "same password", status_code=422)
    assert can_sign_in(alice.email, PASSWORD)


def test_nobody_is_told_whether_an_address_has_an_account(client, alice, mailoutbox):
    gone = UserFactory(email="gone@example.org")
    gone.deactivate()
    answers = []
    for email in (alice.email, "nobody@example.org", gone.email):
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post("/password/reset/", {"email": email}, follow=True)
        token = r'name="csrfmiddlewaretoken" value="[^"]+"'
        answers.append((answer.status_code, answer.redirect_chain, re.sub(token, "", answer.text), len(queries)))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][1] == [("/password/reset/done/", 302)]
    assert [mail.to for mail in mailoutbox] == [[alice.email]]


def test_the_same_is_rendered_for_an_address_without_an_account(client, alice, monkeypatch):
    rendered = []
    render = AccountAdapter.render_mail
    monkeypatch.setattr(AccountAdapter, "render_mail", lambda *args: rendered.append(args[2]) or render(*args))
    for email in (alice.email, "nobody@example.org"):
        client.post("/password/reset/", {"email": email})
    assert rendered == [alice.email, "nobody@example.org"]


def test_a_link_in_mail_leads_to_the_site_whatever_the_host_header_says(client, alice, mailoutbox, settings):
    settings.SITE_URL = "https://gym.example.org"
    client.post("/password/reset/", {"email": alice.email}, headers={"host": "localhost"})
    assert link_in(mailoutbox[0].body).startswith("https://gym.example.org/password/reset/key/")


def test_who_asks_for_mail_is_told_where_it_goes(client, db, settings):
    assertContains(client.get("/password/reset/done/"), "This server sends no mail")
    settings.MAIL_IS_SENT = True
    assertContains(client.get("/password/reset/done/"), "Check your mail")


def test_mail_that_cannot_be_printed_is_told_to_the_owner_alone(client, alice, monkeypatch, caplog):
    def refuse(*args):
        raise OSError("the disk is full")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for email in (alice.email, "nobody@example.org"):
        assertRedirects(client.post("/password/reset/", {"email": email}), "/password/reset/done/")
    assert len(caplog.records) == 1
    assert "the disk is full" in caplog.text
    assert "reset_link" in caplog.text


@pytest.fixture
def by_smtp(settings) -> JobWorker:
    """Mail waits for a worker. Returns one."""
    settings.MAIL_BY_SMTP = True
    return JobWorker(print)


def test_a_mail_server_delays_no_answer_and_its_mail_leaves_no_trace(client, alice, mailoutbox, by_smtp):
    for email in (alice.email, "nobody@example.org"):
        assertRedirects(client.post("/password/reset/", {"email": email}), "/password/reset/done/")
    assert not mailoutbox
    assert by_smtp.do_one("soon")
    assert not by_smtp.do_one("soon")
    assert [mail.to for mail in mailoutbox] == [[alice.email]]
    form = follow(client, link_in(mailoutbox[0].body))
    assertRedirects(client.post(form, NEW), "/password/reset/key/done/")
    assert not Job.objects.exists()


def test_a_mail_server_that_is_away_is_told_to_the_owner_and_tried_again(client, alice, monkeypatch, caplog, by_smtp):
    def refuse(*args):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    client.post("/password/reset/", {"email": alice.email})
    for attempts in range(1, 6):
        Job.objects.update(due_at=timezone.now())
        assert by_smtp.do_one("soon")
        assert Job.objects.get().attempts == attempts
    assert "SMTPServerDisconnected" in caplog.text
    assert "reset_link" in caplog.text
    assert Job.objects.filter(state="failed", arguments={}).count() == 1  # its link is gone


def test_a_mail_that_may_have_been_sent_is_not_sent_again(client, alice, monkeypatch, by_smtp):
    sent = []

    def cut(self, messages):
        sent.extend(messages)
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", cut)
    client.post("/password/reset/", {"email": alice.email})
    assert by_smtp.do_one("soon")
    assert not by_smtp.do_one("soon")
    assert len(sent) == 1
    assert Job.objects.get().state == "failed"


def test_the_command_prints_a_link_that_works(client, alice, capsys):
    call_command("reset_link", "Alice@Example.org")
    form = follow(client, link_in(capsys.readouterr().out))
    assertRedirects(client.post(form, NEW), "/password/reset/key/done/")
    assert can_sign_in(alice.email, NEW["password1"])


def test_the_command_builds_its_link_from_the_address_of_the_site(alice, capsys, settings):
    settings.SITE_URL = "https://gym.example.org"
    call_command("reset_link", alice.email)
    assert link_in(capsys.readouterr().out).startswith("https://gym.example.org/password/reset/key/")


def test_the_command_says_why_it_prints_none(alice):
    with pytest.raises(CommandError, match=r"No account has the address nobody@example.org"):
        call_command("reset_link", "nobody@example.org")
    alice.deactivate()
    with pytest.raises(CommandError, match="deactivated"):
        call_command("reset_link", alice.email)


def test_changing_the_password_keeps_this_device_and_signs_out_the_others(signed_in, alice):
    phone = Client()
    phone.force_login(alice)
    answer = signed_in.post("/password/change/", NEW | {"oldpassword": PASSWORD})
    assertRedirects(answer, "/settings/")
    assertRedirects(phone.get("/settings/"), "/login/?next=/settings/")
    assert can_sign_in(alice.email, NEW["password1"])


def test_changing_the_password_asks_for_the_old_one(signed_in, alice):
    answer = signed_in.post("/password/change/", NEW | {"oldpassword": "wrong"})
    assertContains(answer, "current password", status_code=422)
    assert can_sign_in(alice.email, PASSWORD)


def test_the_pages_about_passwords_are_for_whom_they_are_for(client, alice):
    assertRedirects(client.get("/password/change/"), "/login/?next=/password/change/")
    for page in ("/password/reset/", "/password/reset/done/", "/password/reset/key/done/"):
        assert client.get(page).status_code == 200
    client.force_login(alice)
    assertContains(client.get("/password/change/"), "Change password")
    assertNotContains(client.get("/settings/"), PASSWORD)


@pytest.mark.parametrize("page", ["email/", "confirm-email/", "password/set/", "reauthenticate/", "login/code/"])
def test_pages_of_django_allauth_without_a_template_of_ours_are_not_reachable(signed_in, page):
    assert signed_in.get(f"/{page}").status_code == 404


def test_an_account_without_a_password_is_told_so(client, db):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assertRedirects(client.get(reverse("account_change_password")), reverse("users:settings"), status_code=303)


@pytest.mark.parametrize("address", ["/password/change/", "/password/reset/", "/login/", "/signup/"])
def test_a_label_is_a_sentence_and_stands_once(client, alice, address):
    if address == "/password/change/":
        client.force_login(alice)
    page = client.get(address).content.decode()
    labels = re.findall(r'<label class="field__label"[^>]*>([^<]+)</label>', page)
    assert labels
    assert [label for label in labels if label != label.capitalize()] == []
    assert "placeholder=" not in page


def test_a_password_manager_finds_the_page_that_changes_the_password(client, alice):
    page = "/.well-known/change-password"
    assertRedirects(client.get(page), "/password/change/", target_status_code=302)
    assertRedirects(client.get(page, follow=True), "/login/?next=/password/change/")
    client.force_login(alice)
    assertRedirects(client.get(page), "/password/change/")
    # By the standard a browser also asks for what must not be there, to learn whether 404 means 404.
    missing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert client.get(missing).status_code == 404


def test_the_manifest_is_fetched_with_the_cookies_of_a_proxy_that_asks_who_one_is(client, db):
    assertContains(client.get("/login/"), '<link rel="manifest" href="/manifest.json" crossorigin="use-credentials">')
