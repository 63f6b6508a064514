"""What every answer tells a browser to be careful about: pages, redirects, refusals, errors, files."""

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import path

from metricgain import urls
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FORBIDDEN = {"camera", "display-capture", "geolocation", "microphone", "payment", "usb"}


class Site:
    """The whole site, and a page that breaks."""

    def breaks(request):
        raise RuntimeError("broken")

    breaks.login_required = False
    urlpatterns = [*urls.urlpatterns, path("breaks/", breaks)]


def check(answer) -> None:
    told = {name: answer.headers.get(name) for name in HEADERS}
    # Of the policy, what each answer may not be without; a page may need a source more (a worker, an image).
    policy = set(told.pop("Content-Security-Policy").split("; "))
    wanted = dict(HEADERS)
    assert set(wanted.pop("Content-Security-Policy").split("; ")) <= policy
    assert told == wanted
    refused = {entry.removesuffix("=()") for entry in answer.headers["Permissions-Policy"].split(", ")}
    assert refused == FORBIDDEN


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/login/", 200),
        ("/signup/", 200),
        ("/password/reset/", 200),
        ("/password/reset/key/1-made-up/", 410),
        ("/inactive/", 200),
        ("/settings/", 302),
        ("/admin/", 302),
        ("/nowhere/", 404),
        ("/healthz", 200),
    ],
)
def test_a_visitor_is_protected(client, db, url, status):
    answer = client.get(url)
    assert answer.status_code == status
    check(answer)


@pytest.mark.parametrize(
    ("url", "status"),
    [("/", 200), ("/settings/", 200), ("/workouts/1/week/1/", 404), ("/admin/login/", 403), ("/login/", 302)],
)
def test_a_member_is_protected(client, db, url, status):
    client.force_login(UserFactory())
    answer = client.get(url)
    assert answer.status_code == status
    check(answer)


def test_the_admin_is_protected(client, db):
    client.force_login(User.objects.create_superuser("owner@example.org", "correct-horse-7"))
    answer = client.get("/admin/users/user/")
    assert answer.status_code == 200
    check(answer)


def test_refusals_are_protected(db):
    client = Client(enforce_csrf_checks=True)
    for answer, status in (
        (client.post("/login/", {}), 403),  # no token
        (Client().post("/login/", {}), 422),
        (Client().get("/login/", headers={"host": "attacker.example"}), 400),
    ):
        assert answer.status_code == status
        check(answer)


def test_an_error_is_protected_and_says_nothing_of_its_cause(settings):
    settings.ROOT_URLCONF = Site
    answer = Client(raise_request_exception=False).get("/breaks/")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.text
    check(answer)


def test_being_counted_out_is_protected(client, db):
    answers = [client.post("/login/", {}) for _ in range(31)]
    assert answers[-1].status_code == 429
    check(answers[-1])


@pytest.mark.parametrize("name", ["css/tokens.css", "js/app.js", "icons/app-192.png"])
def test_files_are_what_their_name_says_and_carry_no_more(client, name):
    """Headers that guard a document say nothing about a style sheet, and on forty files they weigh as much as the files
    do."""
    answer = client.get(staticfiles_storage.url(name))
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) < 450


def test_a_file_that_opens_as_a_document_may_do_nothing_there(client):
    answer = client.get(staticfiles_storage.url("icons/icons.svg"))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_policy_lets_a_page_run_what_stands_inside_it():
    for directive, sources in settings.SECURE_CSP.items():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:"} & set(sources) or directive == "img-src"


def test_cookies_are_not_for_scripts_or_other_sites(client, db):
    client.get("/login/")
    user = UserFactory()
    user.set_password("correct-horse-7")
    user.save()
    answer = client.post("/login/", {"login": user.email, "password": "correct-horse-7"})
    session, token = answer.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["httponly"]
    assert session["samesite"] == token["samesite"] == "Lax"
