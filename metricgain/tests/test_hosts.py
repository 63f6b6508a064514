import ipaddress
import socket

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from metricgain.web import hosts

NAMES = ["localhost", "127.0.0.1", "[::1]", "gym.example.org", ".box.example.org"]


@pytest.fixture
def no_cards(monkeypatch):
    monkeypatch.setattr(hosts, "network_cards", lambda: [])


# Where to listen, and which address people type


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("", "127.0.0.1"),
        (" 0.0.0.0 ", "0.0.0.0"),
        ("::", "::"),
        ("[::]", "::"),
        ("0:0::0", "::"),
        ("192.168.1.20", "192.168.1.20"),
        ("LocalHost", "localhost"),
        ("gym.local", "gym.local"),
    ],
)
def test_host_is_an_address_or_a_name(text, host):
    assert hosts.listening(text) == host


@pytest.mark.parametrize("text", ["*", "0", "1.2.3", "256.1.1.1", "http://gym", "127.0.0.1:8000", "a b", "a/b", "ä"])
def test_a_host_that_is_none_is_refused(text):
    with pytest.raises(hosts.Refused, match=r"^HOST="):
        hosts.listening(text)


def test_a_port_is_a_number():
    assert [hosts.port(text) for text in ("", "80", " 65535 ")] == [8000, 80, 65535]


@pytest.mark.parametrize("text", ["abc", "-1", "0", "65536", "8000.0", "80 80", "٨"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(hosts.Refused, match=r"^PORT="):
        hosts.port(text)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("127.0.0.1", "http://127.0.0.1:9000"),
        ("localhost", "http://localhost:9000"),
        ("::1", "http://[::1]:9000"),
        ("192.168.1.20", "http://192.168.1.20:9000"),
        ("0.0.0.0", "http://127.0.0.1:9000"),
        ("::", "http://[::1]:9000"),
    ],
)
def test_the_site_is_where_we_listen_unless_it_is_said(host, site, no_cards):
    assert hosts.site_url("", host=host, port=9000) == site


def test_on_all_interfaces_the_site_is_one_that_a_phone_reaches(monkeypatch):
    monkeypatch.setattr(hosts, "network_cards", lambda: [("wlan0", ipaddress.ip_address("192.168.1.20"))])
    assert hosts.site_url("", host="0.0.0.0", port=8000) == "http://192.168.1.20:8000"


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://gym.example.org", "https://gym.example.org"),
        ("https://GYM.example.org:443", "https://gym.example.org"),
        ("http://gym:80", "http://gym"),
        ("https://gym.example.org:8443", "https://gym.example.org:8443"),
        ("https://192.168.1.20", "https://192.168.1.20"),
        ("http://[fd00::20]:8000", "http://[fd00::20]:8000"),
    ],
)
def test_the_site_is_written_as_a_browser_writes_an_origin(text, site):
    assert hosts.site_url(text, host="127.0.0.1", port=8000) == site


@pytest.mark.parametrize(
    "text",
    [
        "gym.example.org",
        "gym.example.org:8000",
        "ftp://gym.example.org",
        "https://",
        "https://gym.example.org/",
        "https://gym.example.org/metricgain",
        "https://gym.example.org?x",
        "https://me@gym.example.org",
        "https://gym.example.org:port",
        "https://gym.example.org:0",
        "https://gym.example.org:65536",
        "https://[::1",
        "https://[1.2]",
        "https://1.2.3",
        "https://my_gym",
        "https://a, https://b",
    ],
)
def test_a_site_that_is_none_is_refused(text):
    with pytest.raises(hosts.Refused, match=r"^SITE_URL="):
        hosts.site_url(text, host="127.0.0.1", port=8000)


def test_more_names_are_as_django_compares_them():
    given = ["GYM.example.org", " .example.org", "", "fd00::20", "[fd00::21]", "10.0.0.7", "*"]
    wanted = ["gym.example.org", ".example.org", "[fd00::20]", "[fd00::21]", "10.0.0.7", "*"]
    assert hosts.more_names(given) == wanted


@pytest.mark.parametrize("text", ["http://gym", "gym:8000", "gym/x", "a b"])
def test_a_name_that_is_none_is_refused(text):
    with pytest.raises(hosts.Refused, match=r"^ALLOWED_HOSTS"):
        hosts.more_names([text])


# By which names we are reached


def test_listening_on_one_address_we_have_its_name_and_the_sites(monkeypatch):
    named = hosts.named(host="192.168.1.20", site="https://gym.example.org:8443", more=["box"])
    assert named == ["localhost", "127.0.0.1", "[::1]", "gym.example.org", "192.168.1.20", "box"]
    assert hosts.named(host="::1", site="http://[::1]:8000", more=[]) == ["localhost", "127.0.0.1", "[::1]"]


def test_listening_on_all_we_have_the_machines_names_too(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "Gym.example.net")
    named = hosts.named(host="0.0.0.0", site="http://127.0.0.1:8000", more=[])
    assert named == ["localhost", "127.0.0.1", "[::1]", "gym.example.net", "gym", "gym.local"]


@pytest.mark.parametrize("name", ["", "*", ".evil.example.com", "my_box"])
def test_a_machine_with_an_odd_name_opens_nothing(monkeypatch, name):
    monkeypatch.setattr(socket, "gethostname", lambda: name)
    assert not any("*" in name or name.startswith(".") or "_" in name for name in hosts.names_of_this_machine())


@pytest.mark.parametrize(
    ("domain", "answered"),
    [
        ("localhost", True),
        ("gym.example.org", True),
        ("other.example.org", False),
        ("a.box.example.org", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.31.255.254", True),
        ("172.32.0.1", False),
        ("192.168.178.20", True),
        ("192.169.0.1", False),
        ("100.101.102.103", True),  # Tailscale
        ("100.128.0.1", False),
        ("169.254.10.20", True),
        ("[fd12:3456:789a::20]", True),
        ("[fe80::1]", True),
        ("[2001:db8::1]", False),
        ("[2a00:1450::1]", False),
        ("[::ffff:192.168.1.20]", True),
        ("[::ffff:8.8.8.8]", False),
        ("8.8.8.8", False),
        ("203.0.113.5", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("192.168.1.20.evil.example.com", False),
        ("192.168.1", False),
        ("3232235796", False),  # 192.168.1.20, as browsers do not send it
        ("evil.example.com", False),
        ("", False),
    ],
)
def test_on_all_interfaces_we_answer_to_names_of_ours_and_private_addresses(domain, answered, no_cards):
    assert hosts.answers_to(domain, NAMES) is answered


def test_an_address_that_this_machine_has_now_is_ours_too(monkeypatch):
    monkeypatch.setattr(hosts, "network_cards", lambda: [("eth0", ipaddress.ip_address("203.0.113.5"))])
    assert hosts.answers_to("203.0.113.5", NAMES)
    assert not hosts.answers_to("203.0.113.6", NAMES)


def test_the_cards_of_this_machine_are_found():
    assert ("127.0.0.1") in [str(address) for _, address in hosts.network_cards()]


def cards(*pairs):
    return [(name, ipaddress.ip_address(address)) for name, address in pairs]


@pytest.mark.parametrize(
    ("found", "listening_on", "typed"),
    [
        ([("lo", "127.0.0.1"), ("wlan0", "192.168.1.20")], "0.0.0.0", ["http://192.168.1.20:8000"]),
        ([("eth0", "203.0.113.5"), ("wg0", "10.0.0.2")], "::", ["http://10.0.0.2:8000", "http://203.0.113.5:8000"]),
        ([("docker0", "172.17.0.1"), ("br-1a2b", "172.18.0.1"), ("veth1", "10.9.0.1")], "0.0.0.0", []),
        ([("eth0", "169.254.3.4"), ("eth0", "fe80::1")], "::", []),
        ([("eth0", "192.168.1.20"), ("eth0", "fd00::20")], "::", ["http://192.168.1.20:8000"]),
        ([("eth0", "fd00::20")], "::", ["http://[fd00::20]:8000"]),
        ([("eth0", "fd00::20")], "0.0.0.0", []),
    ],
)
def test_a_phone_is_given_what_it_can_type(found, listening_on, typed):
    assert hosts.for_a_phone(cards(*found), 8000, listening_on=listening_on) == typed


# Whom we believe

PROXIES = hosts.proxies(["127.0.0.1", " ::1", "172.18.0.0/16", ""])


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("127.0.0.1", "192.168.1.20", "192.168.1.20"),
        ("127.0.0.1", "6.6.6.6, 192.168.1.20", "192.168.1.20"),
        ("::ffff:127.0.0.1", "192.168.1.20", "192.168.1.20"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("172.18.0.9", "192.168.1.20", "192.168.1.20"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, nonsense", "127.0.0.1"),
        ("192.168.1.66", "6.6.6.6", None),
        ("127.0.0.2", "6.6.6.6", None),
        ("", "6.6.6.6", None),
    ],
)
def test_a_proxy_of_ours_says_who_asks(peer, forwarded_for, client):
    found = hosts.client(peer, forwarded_for, PROXIES)
    assert (str(found) if found else None) == client


def test_a_proxy_that_is_no_address_is_refused():
    with pytest.raises(hosts.Refused, match=r"^TRUSTED_PROXIES"):
        hosts.proxies(["caddy"])


@pytest.fixture
def behind_a_proxy(settings):
    settings.TRUSTED_PROXIES = PROXIES
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True


def test_https_is_believed_of_the_proxy_alone(behind_a_proxy, db):
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.168.1.20"}
    answer = Client(REMOTE_ADDR="127.0.0.1", headers=headers).get(reverse("account_login"))
    assert answer.status_code == 200
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "192.168.1.20"
    answer = Client(REMOTE_ADDR="192.168.1.66", headers=headers).get(reverse("account_login"))
    assert answer.status_code == 301
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "192.168.1.66"


def test_without_https_nobody_is_believed(db):
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6"}
    answer = Client(REMOTE_ADDR="127.0.0.1", headers=headers).get(reverse("account_login"))
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"
    assert not answer.wsgi_request.is_secure()


# What the settings page says of it

OFFLINE = "Works online. Working offline and installing on the phone need HTTPS"


@pytest.mark.parametrize(
    ("host", "secure", "said"),
    [
        ("gym.example.org", True, "Connected over HTTPS"),
        ("192.168.1.20:8000", False, OFFLINE),
        ("gym.local:8000", False, OFFLINE),
        ("localhost.example.org", False, OFFLINE),
        ("localhost:8000", False, "on this computer itself"),
        ("localhost", False, "on this computer itself"),
        ("127.0.0.1:8000", False, "on this computer itself"),
        ("[::1]:8000", False, "on this computer itself"),
        ("localhost:8000", True, "Connected over HTTPS"),
    ],
)
def test_settings_say_how_this_page_was_reached(rf, settings, host, secure, said):
    settings.ALLOWED_HOSTS = ["*"]
    request = rf.get("/settings/", headers={"host": host}, secure=secure)
    text = render_to_string("users/_reachability.html", request=request)
    assert said in text
    assert text.count("Connected") + text.count("Works online") == 1
