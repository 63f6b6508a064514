"""The door refuses methods that nobody has, bodies that are too large, odd encodings and odd ways back."""

import itertools
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse

from exercises.models import Exercise
from metricgain import urls
from metricgain.postgresql import patience
from metricgain.tests.test_isolation import OURS, addresses, things_of
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from metricgain.web import doors, http
from metricgain.web.log_lines import OneLine
from metricgain.wsgi import application

FORM = "application/x-www-form-urlencoded"
LOGIN = "/login/"
VARIES = ("Set-Cookie", "Expires", "Content-Length")  # the test client leaves the last out of one of them


@doors.takes(3_000_000)
def large(request):
    """A page that takes larger bodies than other pages do."""
    return HttpResponse(str(len(request.body)))


class Site:
    urlpatterns = [*urls.urlpatterns, path("large/", large)]


@pytest.fixture(autouse=True)
def tests_connection():
    """Keeps the test's connection to the database open, which the server would close at the end of a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    patience.end_page()  # `application` answers in this thread
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def large_site(settings):
    settings.ROOT_URLCONF = Site


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org")


@pytest.fixture
def alices(alice):
    return things_of(alice)


@pytest.fixture
def visitor(db):
    """A client of a stranger, without anything that a form needs."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def signed_in(alice):
    client = Client()
    client.force_login(alice)
    return client


def send(client, address, *, kind=FORM, body=b"login=alice", **more):
    return client.generic("POST", address, body, content_type=kind, **more)


# Methods


def test_methods_that_nobody_has_are_405_and_told_what_there_is(alices, visitor):
    """This holds at every address and for everybody, before a token is asked for."""
    for url in {address.filled(alices) for address in OURS}:
        for method in ("PROPFIND", "FOO", "PUT", "DELETE", "TRACE", "OPTIONS"):
            answer = visitor.generic(method, url)
            assert answer.status_code == 405, f"{method} {url}"
            assert set(answer["Allow"].split(", ")) <= {"GET", "HEAD", "POST"}


def test_each_view_tells_its_own_methods(visitor):
    def told(name):
        return visitor.generic("PROPFIND", reverse(name))["Allow"]

    assert told("training:today") == "GET, HEAD"
    assert told("demo_start") == "POST"
    assert told("account_login") == told("users:body_mass") == "GET, HEAD, POST"


@pytest.mark.parametrize("name", ["admin:index", "admin:exercises_exercise_changelist", "account_login"])
def test_pages_of_others_are_405_too(name, visitor):
    assert visitor.generic("FOO", reverse(name)).status_code == 405


def test_head_is_get_without_the_body(alices, signed_in, caplog):
    """This holds at every address. The server takes the body away (see operations)."""
    for url in {address.filled(alices) for address in OURS}:
        got, head = signed_in.get(url), signed_in.head(url)
        assert head.status_code == got.status_code, url
        told = [{name: one[name] for name in one.headers if name not in VARIES} for one in (got, head)]
        assert told[0] == told[1], url
    assert not caplog.records


# Sizes


@pytest.mark.parametrize("size", [doors.MOST_BYTES + 1, 200_000_000, 10**30])
def test_a_body_is_refused_by_its_length_before_anything_reads_it(visitor, size):
    answer = send(visitor, LOGIN, CONTENT_LENGTH=str(size))
    assert answer.status_code == 413
    assert "at most 1 MB here" in answer.text


def test_a_body_of_the_size_that_is_allowed_is_read(visitor):
    assert send(visitor, LOGIN, body=b"x" * doors.MOST_BYTES).status_code == 403  # no token


def test_an_outbox_is_told_in_words_that_it_keeps(alices, signed_in, alice):
    url = reverse("training:workout_note", args=[alices["workout_id"], 1])
    answer = send(signed_in, url, CONTENT_LENGTH=str(doors.MOST_BYTES + 1), headers={"X-Outbox": str(alice.pk)})
    assert answer.status_code == 413
    assert f'<p data-address="{url}">Nothing was stored: MetricGain takes at most 1 MB' in answer.text
    assert answer["MetricGain-User"] == str(alice.pk)


def test_an_address_that_takes_more_does_so_for_who_is_signed_in(signed_in, visitor, large_site):
    body = b"x" * (doors.MOST_BYTES + 1)
    assert send(signed_in, "/large/", body=body).text == str(len(body))
    answer = send(visitor, "/large/", body=body)
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next=/large/")
    assert "3 MB" in send(signed_in, "/large/", CONTENT_LENGTH="3000001").text


def test_what_came_in_chunks_is_told_how_much_of_that_is_taken(signed_in, large_site):
    """This holds however much more the address takes of a body that says its length."""
    answer = send(signed_in, "/large/", CONTENT_LENGTH=str(doors.UNTOLD))
    assert answer.status_code == 413
    assert "takes at most 1 MB here when a request does not say its length" in answer.text
    assert "at most 1 MB here. Send" in send(signed_in, LOGIN, CONTENT_LENGTH="2000000").text


def test_the_server_is_asked_for_a_body_that_it_holds_back(signed_in, large_site):
    waiting = {doors.AWAITED: True, "CONTENT_LENGTH": "2000000"}
    assert send(signed_in, "/large/", **waiting).status_code == 100
    assert send(Client(), "/large/", **waiting).status_code == 302
    assert send(signed_in, LOGIN, **waiting).status_code == 413


def test_the_library_of_the_admin_takes_more(db):
    client = Client()
    client.force_login(User.objects.create_superuser("owner@example.org", "correct-horse-7"))
    url = reverse("admin:exercises_exercise_import")
    assert send(client, url, CONTENT_LENGTH="5000001").status_code == 413
    assert send(client, url, CONTENT_LENGTH="5000000").status_code != 413


# Kinds of bodies


def through_the_handler(method, address, kind, body=b"", **more) -> tuple[int, str]:
    """Calls the application as a server does, because the test client makes requests of its own."""
    path, _, query = address.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": kind}
    environ |= {"HTTP_HOST": "localhost", "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)} | more
    setup_testing_defaults(environ)
    said = []
    text = b"".join(application(environ, lambda status, headers: said.append(status)))
    return int(said[0].split()[0]), text.decode()


CHARSETS = ["latin-1", "utf-16", "utf-7", "idna", "base64", "zlib", "undefined", "rot13", "no-such-thing", "\xe9"]


def test_an_encoding_other_than_utf_8_is_refused_in_a_sentence(db, caplog):
    for charset in CHARSETS:
        for kind in (f"{FORM}; charset={charset}", f"multipart/form-data; boundary=x; charset={charset}"):
            for address in (LOGIN, f"{LOGIN}?next=/x"):
                status, text = through_the_handler("POST", address, kind, b"login=alice")
                assert status == 415, kind
                assert "Nothing was stored" in text
    assert not caplog.records


def test_to_a_look_it_does_not_matter(db):
    for charset in [*CHARSETS, "\t ;"]:
        for address, status in ((f"{LOGIN}?next=/x", 200), ("/nowhere/?q=%C3%A9", 404), ("/manifest.json?%ff", 200)):
            assert through_the_handler("GET", address, f"text/plain; charset={charset}")[0] == status, charset


def test_utf_8_is_taken_by_any_of_its_names(signed_in, alice):
    cookie = f"sessionid={signed_in.cookies['sessionid'].value}; csrftoken={'x' * 32}"
    sent = {"HTTP_COOKIE": cookie, "HTTP_X_CSRFTOKEN": "x" * 32}
    for charset in ("utf-8", "UTF-8", '"utf-8"', "utf8", "us-ascii", ""):
        kind, body = f"{FORM}; charset={charset}", b"full_name=K%C3%BCgel&timezone=nowhere"
        status, text = through_the_handler("POST", reverse("users:settings"), kind, body, **sent)
        assert status == 422
        assert "K\u00fcgel" in text


ODD = [
    *("", "text/plain", "application/json", "image/png", "multipart/mixed", ";;;", "/", "\xe9/\xe9"),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xe9"),
    f"multipart/form-data; boundary={'x' * 300}",
    "multipart/form-data; boundary=x; boundary=y",
    "multipart/form-data; boundary*=utf-16''x",
    f"{FORM}; charset*=latin-1''x",
    f"{FORM}; a{'=' * 500}",
    f"{FORM}{'; a=b' * 200}",
]
BODIES = [b"", b"login=%ff%fe", b"\xff\xfe\x00", b"--x\r\n\r\n\r\n--x--", b"{" * 100, b"a=b&" * 2000]
BODIES += [b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--x--"]
BODIES += [b"--x\r\nContent-Disposition: form-data; name=a; filename*=utf-16''%ff\r\n\r\n=\r\n--x--"]


def test_no_odd_body_is_a_fault_of_ours(db, caplog):
    for kind, body in itertools.product(ODD, BODIES):
        caplog.clear()
        status, _ = through_the_handler("POST", LOGIN, kind, body)
        assert status in (400, 403, 415), (kind, body)
        lines = [record for record in caplog.records if OneLine().filter(record)]
        assert len(lines) <= 1
        assert not any(record.exc_info for record in lines), (kind, body)


def test_no_odd_body_of_a_member_is_either(signed_in, caplog):
    """The token is not checked here, so that the form itself gets the body."""
    for kind, body in itertools.product(ODD, BODIES):
        answer = send(signed_in, reverse("users:body_mass"), kind=kind, body=body)
        assert answer.status_code in (400, 415, 422), (kind, body)


def test_the_console_gets_one_line_of_it():
    """Each handler of the settings leaves the traceback of such a request out."""
    handlers = [settings.LOGGING["handlers"][name] for name in settings.LOGGING["root"]["handlers"]]
    assert all("one_line" in handler["filters"] for handler in handlers)


# Ways back


ODD_WAYS = ["foo", "today", "?a=b", "#x", "//", "//evil.example", "-2147483649", "/\\evil.example", "///x", "\\\\evil"]
ODD_WAYS += ["http://evil.example/", "javascript:alert(1)", "/a\nb", "/a\x00b", " /x", "./x", "../x", "/" + "x" * 2500]
ODD_WAYS += ["/\t/evil.example", "/﻿", "https:///evil.example", "exercises:exercise_list"]
GOOD_WAYS = ["/", "/exercises/?q=row#top", "/workouts/7/week/1/#exercise-3", "/exercises/?q=%C3%BCber", "/[x", "/a:b"]


@pytest.mark.parametrize("address", ODD_WAYS)
def test_an_odd_way_back_is_none(address):
    assert http.way_back(RequestFactory().post("/", {"next": address})) == ""


@pytest.mark.parametrize("address", GOOD_WAYS)
def test_a_page_of_ours_is_a_way_back(address):
    assert http.way_back(RequestFactory().post("/", {"next": address})) == address


def test_whatever_the_way_back_is_what_was_stored_is_shown(signed_in, alices):
    said = {"name": "Sled", "muscle_group": "back", "equipment": "machine", "loading": "weight"}
    said |= {"mechanic": "compound"}
    usual = {"unit": "kg"}
    for address in (*ODD_WAYS, *GOOD_WAYS):
        for answer in (
            signed_in.post(reverse("exercises:exercise_create"), said | {"next": address}),
            signed_in.post(
                reverse("training:exercise_settings", args=[alices["exercise_id"]]), usual | {"next": address}
            ),
            signed_in.post(
                reverse("training:exercise_settings_delete", args=[alices["exercise_id"]]), usual | {"next": address}
            ),
        ):
            assert answer.status_code == 303, answer.context["form"].errors
            assert answer.url.startswith("/")
            assert not answer.url.startswith(("//", "/\\"))
            assert signed_in.get(answer.url).status_code in (200, 404)
        assert Exercise.objects.filter(name="Sled").delete()[0] == 1


@pytest.mark.parametrize("address", ODD_WAYS)
def test_signing_in_leads_to_a_page_of_ours_whatever_is_asked(db, address):
    user = User.objects.create_user("bob@example.org", "correct-horse-7")
    said = {"login": user.email, "password": "correct-horse-7", "next": address}
    answer = Client().post(LOGIN, said)
    assert (answer.status_code, answer.url) == (302, reverse("training:today"))


def test_the_walk_sees_the_site():
    assert len(OURS) > 50
    assert len(list(addresses())) > len(OURS)
