"""`SITE_URL=https://...`: Caddy with a certificate of its own, by `deploy/Caddyfile.lan`, before a real `serve`."""

import email.policy
import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.urls import reverse

from deploy import caddy
from metricgain.operations.tests.serving import Browser, free_port, served, surroundings

CAROL = {"email": "carol@example.org", "password1": "kniebeuge-2026", "unit": "kg", "timezone": "UTC"}


@pytest.fixture(scope="module")
def ports():
    """Returns the ports of the site, of Caddy's redirects, and of the application."""
    return free_port(), free_port(), free_port()


@pytest.fixture(scope="module")
def site(ports):
    return f"https://localhost:{ports[0]}"


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory):
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def said(house, ports, site, mailbox):
    with served(
        house.data_dir, HOST="127.0.0.1", PORT=str(ports[2]), SITE_URL=site, EMAIL_URL=f"filemail://{mailbox}"
    ) as said:
        yield said


@pytest.fixture(scope="module")
def authority(said, ports, site, tmp_path_factory):
    """Returns the certificate that a phone has to trust, from the file that it is told to fetch. Caddy runs
    meanwhile."""
    path = caddy.find()
    if path is None:
        pytest.fail(caddy.HOW)
    home = tmp_path_factory.mktemp("caddy")
    environment = os.environ | {
        "SITE_URL": site,
        "HTTP_PORT": str(ports[1]),
        "PORT": str(ports[2]),
        "CADDY_DATA": str(home / "data"),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
    }
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [path, "run", "--config", settings.BASE_DIR / "deploy" / "Caddyfile.lan"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            try:
                status, _, body = plain(ports[1], "/ca.crt")
                if status == 200:
                    speak(ports[0], ssl.create_default_context(cadata=body)).connect()
                    break
            except OSError:
                pass
            time.sleep(0.1)
        else:
            pytest.fail(f"Caddy does not serve:\n{(home / 'log').read_text()}")
        yield body
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def speak(port, context):
    return http.client.HTTPSConnection("localhost", port, context=context, timeout=20)


def plain(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


@pytest.fixture
def browser(authority, ports, site):
    context = ssl.create_default_context(cadata=authority)
    return Browser(lambda: speak(ports[0], context), f"localhost:{ports[0]}", site)


def test_it_says_where_people_find_it(said, site, ports):
    assert f"MetricGain is at {site}, through a proxy that passes requests on to http://127.0.0.1:{ports[2]}\n" in said


def test_http_leads_to_https(authority, site, ports):
    status, headers, _ = plain(ports[1], "/accounts/?next=/x", Host=f"localhost:{ports[1]}")
    assert (status, headers["Location"]) == (301, f"{site}/accounts/?next=/x")


def test_the_key_of_the_authority_is_not_handed_out(authority, ports):
    assert all(plain(ports[1], path)[0] == 301 for path in ("/root.key", "/ca.crt/../root.key", "/root.crt"))


def test_asked_directly_the_application_leads_to_https_too(said, site, ports):
    status, headers, _ = plain(ports[2], "/login?x=1", Host=f"127.0.0.1:{ports[2]}")
    assert (status, headers["Location"]) == (301, f"{site}/login?x=1")
    assert plain(ports[2], "/healthz")[0] == 200  # a monitor on this machine needs no certificate


def test_browsers_are_told_to_stay_with_https(browser):
    answer = browser.get(reverse("account_login"))
    assert answer.status == 200
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_signing_up_works_and_the_cookies_are_safe(browser, site):
    answer = browser.post(reverse("account_signup"), CAROL)
    assert (answer.status, answer.headers["Location"]) == (302, reverse("training:today"))
    assert browser.get(reverse("training:today")).status == 200
    session, token = browser.cookies["sessionid"], browser.cookies["csrftoken"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert (token["secure"], token["samesite"]) == (True, "Lax")
    assert int(session["max-age"]) == settings.SESSION_COOKIE_AGE
    assert all(cookie["secure"] for cookie in browser.cookies.values())


@pytest.mark.parametrize("origin", ["https://evil.example.com", "http://localhost", "https://localhost", "null"])
def test_a_form_on_another_site_does_not_reach_it(browser, origin):
    answer = browser.post(reverse("account_signup"), CAROL | {"email": "eve@example.org"}, origin=origin)
    assert answer.status == 403
    assert "sessionid" not in browser.cookies


def test_a_link_in_a_mail_leads_to_https(browser, mailbox, site):
    browser.post(reverse("account_signup"), CAROL | {"email": "dora@example.org"})
    browser.cookies.clear()
    assert browser.post(reverse("account_reset_password"), {"email": "bob@example.org"}).status == 302
    (letter,) = mailbox.iterdir()
    text = email.message_from_string(letter.read_text(), policy=email.policy.default).get_content()
    links = re.findall(r"\w+://\S+", text)
    assert links
    assert all(link.startswith(f"{site}/") for link in links)
    assert browser.get(links[0].removeprefix(site)).status in (200, 302)


def test_a_body_that_is_too_large_gets_a_page_of_ours_on_the_way(browser):
    answer = browser.post(reverse("account_login"), {"login": "x" * 3_000_000})
    assert answer.status == 413
    assert "at most 1 MB here" in answer.text


def test_who_does_not_finish_its_headers_is_let_go_by_the_proxy(authority, ports):
    context = ssl.create_default_context(cadata=authority)
    plain = socket.create_connection(("127.0.0.1", ports[0]), timeout=60)
    with context.wrap_socket(plain, server_hostname="localhost") as sock:
        sock.sendall(b"POST /login/ HTTP/1.1\r\nHost: localhost\r\n")
        assert sock.recv(100) == b""


@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.lan"])
def test_caddy_takes_the_file(name, site):
    done = subprocess.run(
        [caddy.find(), "validate", "--adapter", "caddyfile", "--config", settings.BASE_DIR / "deploy" / name],
        env=os.environ | {"SITE_URL": site},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_client_does_not_choose_what_the_proxy_says(browser):
    """Caddy sets these headers anew; what the client sent in them is gone before we read them."""
    forged = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "10.6.6.6", "X-Forwarded-Host": "evil.example.com"}
    answer = browser.get(reverse("account_login"), **forged)
    assert answer.status == 200
    assert "evil.example.com" not in answer.text


def test_the_deployment_check_has_nothing_to_say(data_dir, said):
    done = subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=surroundings(data_dir) | {"SITE_URL": "https://gym.example.org"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert re.fullmatch(r"System check identified no issues \(\d+ silenced\)\.\n", said)
