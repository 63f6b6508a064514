"""`HOST=0.0.0.0` serves phones in the same network. The tests play such a phone over loopback, with the Host header
that it would send."""

import http.client
import re
import socket

import pytest
from django.urls import reverse

from metricgain.operations.servers import server
from metricgain.operations.tests.serving import Browser, free_port, served


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def said(house, port):
    with served(house.data_dir, HOST="0.0.0.0", PORT=str(port), SITE_URL="", ALLOWED_HOSTS="box.example.org") as said:
        yield said


@pytest.fixture
def phone(said, port):
    """Makes a phone that has typed an address."""

    def typing(host):
        def connect():
            return http.client.HTTPConnection("127.0.0.1", port, timeout=20)

        return Browser(connect, f"{host}:{port}", f"http://{host}:{port}")

    return typing


def account(name):
    return {"email": f"{name}@example.org", "password1": "kniebeuge-2026", "unit": "kg", "timezone": "UTC"}


def test_it_says_where_it_is(said, port):
    assert f"MetricGain is at http://127.0.0.1:{port}\n" in said


@pytest.mark.parametrize("host", ["192.168.1.20", "10.0.0.7", "172.20.3.4", "[fd12:3456::20]", "box.example.org"])
def test_a_phone_signs_up_by_a_private_address(phone, host):
    browser = phone(host)
    answer = browser.post(reverse("account_signup"), account(f"phone-{re.sub('[^0-9a-z]', '-', host)}"))
    assert (answer.status, answer.headers["Location"]) == (302, reverse("training:today"))
    assert browser.get(reverse("training:today")).status == 200
    assert browser.get(reverse("users:settings")).status == 200


def test_all_interfaces_of_the_new_kind_are_those_of_the_old_kind_too():
    with server.listen("::", 0) as listener:
        port = listener.getsockname()[1]
        for address in ("127.0.0.1", "::1"):
            socket.create_connection((address, port), timeout=5).close()


def test_its_cookies_are_not_for_https_alone_which_it_does_not_speak(phone):
    browser = phone("192.168.1.20")
    browser.post(reverse("account_signup"), account("cookies"))
    session = browser.cookies["sessionid"]
    assert (session["secure"], session["httponly"], session["samesite"]) == ("", True, "Lax")
    assert "Strict-Transport-Security" not in browser.get(reverse("account_login")).headers


def test_a_form_on_another_site_does_not_reach_it(phone):
    answer = phone("192.168.1.20").post(reverse("account_signup"), account("eve"), origin="http://192.168.1.66")
    assert answer.status == 403


@pytest.mark.parametrize("host", ["evil.example.com", "203.0.113.5", "8.8.8.8", "192.168.1.20.example.com"])
def test_a_name_that_is_not_ours_is_refused(phone, host):
    assert phone(host).get(reverse("account_login")).status == 400


def test_what_a_phone_says_about_proxies_is_not_believed(phone):
    answer = phone("192.168.1.20").get(reverse("account_login"), **{"X-Forwarded-Proto": "https"})
    assert answer.status == 200
    assert "Strict-Transport-Security" not in answer.headers
