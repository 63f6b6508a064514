"""No push goes to our own network, however its address is written, and whatever a name says at the second look-up."""

import socket
import time
from ipaddress import ip_address

import pytest

from metricgain.push import connection, guard
from metricgain.push.guard import NoPushService, checked, endpoint_of, is_public, looked_up

NAME = "updates.push.services.mozilla.com"
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5", "2a00:1450:4001:830::200a", "64:ff9b::808:808"]
PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.9.10",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::7f00:1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:db8::1",
    "2001:20::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::6810:84e5%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:a00:1",
]
HOSTILE = [
    "http://push.example.org/",
    "ftp://push.example.org/",
    "file:///etc/passwd",
    "//push.example.org/",
    "push.example.org",
    "",
    "https://",
    "https:///path",
    "https://push.example.org:80/",
    "https://push.example.org:8443/",
    "https://push.example.org:22/",
    "https://push.example.org:/",
    "https://push.example.org:99999/",
    "https://push.example.org:-1/",
    "https://push.example.org:４43/",
    "https://me@push.example.org/",
    "https://me:secret@push.example.org/",
    "https://push.example.org@127.0.0.1/",
    "https://127.0.0.1#@push.example.org/",
    "https://127.0.0.1\\@push.example.org/",
    "https://push.example.org\\.evil.example.org/",
    "https://push.example.org/#fragment",
    "https://push.example.org/ HTTP/1.1\r\nHost: localhost",
    "https://push.example.org/a b",
    "https://push.example.org/\0",
    "https://push.example.org/\tx",
    "\nhttps://push.example.org/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://intranet/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.0x1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.168.1.1/",
    "https://0/",
    "https://0x/",
    "https://1.2.3.4.5/",
    "https://256.256.256.256/",
    "https://127.0.0.1./",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1%25eth0]/",
    "https://[::1/",
    "https://[2606:4700::6810:84e5]/",
    "https://push.example.org./",
    "https://.push.example.org/",
    "https://push..example.org/",
    "https://-push.example.org/",
    "https://push_service.example.org/",
    "https://%31%32%37.0.0.1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://püsh.example.org/",
    "https://push。example.org/",
    "https://push.example.org/ü",
    f"https://{'a' * 64}.example.org/",
    f"https://{'a.' * 127}example.org/",
    f"https://push.example.org/{'a' * 1000}",
]


@pytest.mark.parametrize("address", HOSTILE, ids=lambda address: address[:40].encode("unicode_escape").decode())
def test_a_hostile_address_is_refused(address):
    with pytest.raises(NoPushService):
        endpoint_of(address)


def test_there_are_enough_of_them():
    assert len(HOSTILE) + len(PRIVATE) > 100


@pytest.mark.parametrize(
    "address", [one for one in HOSTILE if "localhost" not in one.lower() and "127.0.0.1" not in one]
)
def test_loopback_for_tests_lets_nothing_else_through(address):
    with pytest.raises(NoPushService):
        endpoint_of(address, loopback=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def-_",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGw",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2f%3d",
        "https://push.example.org:443/x",
        "https://8.8.8.8/x",
        "https://xn--psh-hoa.example.org/",
    ],
)
def test_those_of_push_services_pass(address):
    endpoint = endpoint_of(address)
    assert address.endswith(endpoint.target)
    assert endpoint.origin == f"https://{endpoint.host}"


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_no_one_machine_on_the_internet_is_not_public(address):
    assert not is_public(ip_address(address))
    with pytest.raises(NoPushService):
        checked([ip_address(PUBLIC[0]), ip_address(address)], endpoint_of(f"https://{NAME}/"))


@pytest.mark.parametrize("address", PUBLIC)
def test_others_are(address):
    assert is_public(ip_address(address))


def test_a_name_without_an_address_is_refused():
    with pytest.raises(NoPushService):
        checked([], endpoint_of(f"https://{NAME}/"))


def answering(*answers):
    """A resolver that gives one answer after the other, each a list of addresses."""
    left = list(answers)

    def getaddrinfo(host, port, *args, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in left.pop(0)]

    getaddrinfo.left = left
    return getaddrinfo


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that says another address at the second look-up is not asked a second time."""
    resolver = answering(["93.184.216.34"], ["127.0.0.1"])
    monkeypatch.setattr(guard.socket, "getaddrinfo", resolver)
    endpoint = endpoint_of(f"https://{NAME}/")
    addresses = checked(looked_up(NAME, within=2), endpoint)
    reached = []

    def create_connection(address, timeout):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(connection.socket, "create_connection", create_connection)
    with pytest.raises(connection.NotConnected):
        connection.status_of_post(endpoint, addresses, body=b"", headers={}, trusts=None, until=time.monotonic() + 2)
    assert reached == [("93.184.216.34", 443)]
    assert resolver.left == [["127.0.0.1"]]


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(3) or [])
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        looked_up(NAME, within=0.1)
    assert time.monotonic() - begun < 2


def test_a_name_that_cannot_be_looked_up_is_an_error_of_the_network():
    with pytest.raises(OSError):
        looked_up("a" * 70 + ".invalid", within=5)
