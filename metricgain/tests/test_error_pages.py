"""What people are told when there is no answer. The tests go through the whole stack, with DEBUG off as on a server."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import include, path, reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertTemplateUsed

from metricgain.users.tests.factories import UserFactory


@login_not_required
def broken(request):
    raise ZeroDivisionError("a secret of the server")


@login_not_required
def forbidden(request):
    raise PermissionDenied("a secret of the server")


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("", include("metricgain.urls")),
]


@pytest.fixture(autouse=True)
def site_with_faults(settings):
    settings.DEBUG = False
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org")


def test_a_visitor_who_finds_nothing_gets_back_to_the_start(client, db):
    with assertNumQueries(0):
        answer = client.get("/nowhere/")
    assertTemplateUsed(answer, "404.html")
    assertContains(answer, "This page is not here", status_code=404)
    assertContains(answer, "Go to the start", status_code=404)
    assertNotContains(answer, "bottom-nav", status_code=404)


@pytest.mark.parametrize("address", ["/nowhere/", "/templates/999999/", "/workouts/999999/week/1/"])
def test_a_member_who_finds_nothing_gets_back_to_today(client, alice, address):
    client.force_login(alice)
    answer = client.get(address)
    assertContains(answer, "This page is not here", status_code=404)
    assertContains(answer, "Go to Today", status_code=404)
    assertContains(answer, "bottom-nav", status_code=404)


def test_not_found_takes_two_queries(client, alice):
    client.force_login(alice)
    with assertNumQueries(2):  # session, user
        client.get("/nowhere/")


def test_what_is_forbidden_is_said_without_the_reason(client, alice):
    client.force_login(alice)
    answer = client.get("/forbidden/")
    assertTemplateUsed(answer, "403.html")
    assertContains(answer, "You may not do this", status_code=403)
    assertContains(answer, "Go to Today", status_code=403)
    assertNotContains(answer, "secret", status_code=403)


def test_staff_without_the_right_is_told_so_in_the_admin(client, alice):
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    answer = client.get(reverse("admin:exercises_exercise_changelist"))
    assertContains(answer, "You may not do this", status_code=403)


def test_a_fault_is_owned_up_to_without_the_database(client):
    """This test may not touch the database at all."""
    answer = client.get("/broken/")
    assertTemplateUsed(answer, "500.html")
    assertContains(answer, "Something broke on the server", status_code=500)
    assertContains(answer, 'href="/"', status_code=500)
    assertNotContains(answer, "secret", status_code=500)


@pytest.mark.parametrize("host", ["elsewhere.example", "not a host"])
def test_who_comes_by_another_name_is_told_where_to_go(client, host):
    """This test may not touch the database either: such a caller is not signed in."""
    answer = client.get("/login/", headers={"host": host})
    assertTemplateUsed(answer, "400.html")
    assertContains(answer, "at the address that its owner gave you", status_code=400)
    assertNotContains(answer, "Something broke", status_code=400)
    assertNotContains(answer, host, status_code=400)


def test_a_fault_looks_the_same_to_members(client, alice):
    client.force_login(alice)
    assertContains(client.get("/broken/"), "Something broke on the server", status_code=500)


def test_the_page_of_a_fault_stands_without_the_base_page(client, monkeypatch):
    from django.template.backends.django import DjangoTemplates

    found = DjangoTemplates.get_template

    def without_base(self, name):
        assert name != "base.html"
        return found(self, name)

    monkeypatch.setattr(DjangoTemplates, "get_template", without_base)
    answer = client.get("/broken/")
    assert [template.name for template in answer.templates] == ["500.html"]


@pytest.mark.parametrize("address", ["/login/", "/first-run/", "/templates/1/start/"])
def test_a_stale_form_is_to_be_sent_again(alice, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    answer = client.post(address, {"name": "Autumn", "csrfmiddlewaretoken": "of last year"})
    assertTemplateUsed(answer, "403_csrf.html")
    assertContains(answer, "Go back: what you typed is still in the form", status_code=403)
    assertContains(answer, "reload the page and send it again", status_code=403)
    assertContains(answer, "Go to Today", status_code=403)


def test_a_stale_form_of_a_visitor_is_to_be_sent_again(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"login": "alice@example.org"})
    assertContains(answer, "send it again", status_code=403)
    assertContains(answer, "Go to the start", status_code=403)


@pytest.mark.parametrize("address", ["/nowhere/", "/forbidden/", "/broken/"])
def test_every_error_page_keeps_the_policy_and_works_without_scripts(client, db, address):
    answer = client.get(address)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    for inline in ("<script>", "<style", " style=", " onclick="):
        assertNotContains(answer, inline, status_code=answer.status_code)
