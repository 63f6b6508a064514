"""Which addresses a push may go to. A lifter names the address, so it may be meant to reach our own network.

Pure, but for `looked_up`. What is public is listed here by the registries of IANA for special purposes, because
`ipaddress` changes its mind from one version of Python to the next."""

import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

HTTPS = 443
LONGEST_ENDPOINT = 1000  # characters
NOT_PUBLIC = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a carrier
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and what clouds tell their machines
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
GLOBAL_UNICAST = IPv6Network("2000::/3")  # all else is local, multicast, or an IPv4 address in other clothes
NOT_PUBLIC_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols; among them Teredo, which has an IPv4 address inside
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which has an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
NAT64 = IPv6Network("64:ff9b::/96")  # how a network without IPv4 writes an IPv4 address
ISATAP = (0x00005EFE, 0x02005EFE)  # an IPv4 address stands behind

LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
NAME = re.compile(rf"({LABEL}\.)*{LABEL}", re.IGNORECASE)
PRINTABLE = re.compile(r"[!-~]+")
LONGEST_NAME = 253
Address = IPv4Address | IPv6Address


class NoPushService(ValueError):
    """The message is a sentence for the lifter, without the address."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    host: str  # a name, or an IPv4 address
    port: int
    target: str  # the path, and the query

    @property
    def origin(self) -> str:
        return f"https://{self.host}" if self.port == HTTPS else f"https://{self.host}:{self.port}"


def endpoint_of(address: str, *, loopback: bool = False) -> Endpoint:
    """Reads an address that a phone names. Raises NoPushService for one that is not of a push service on the internet.
    `loopback`: for tests, this machine is let through at any port."""
    if len(address) > LONGEST_ENDPOINT or not PRINTABLE.fullmatch(address) or "\\" in address or "#" in address:
        raise NoPushService("This is no address of a push service.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NoPushService("This is no address of a push service.") from error
    if parts.scheme != "https" or "@" in parts.netloc:
        raise NoPushService("The address of a push service begins with https:// and a name.")
    host = parts.hostname or ""
    local = loopback and is_loopback_host(host)
    if not local:
        refuse_host(host)
        if port not in (None, HTTPS) or parts.netloc.endswith(":"):
            raise NoPushService("A push service has no port of its own.")
    target = parts.path or "/"
    return Endpoint(host, HTTPS if port is None else port, f"{target}?{parts.query}" if parts.query else target)


def refuse_host(host: str) -> None:
    """Raises NoPushService for what cannot be the name, or the address, of a public machine."""
    if len(host) > LONGEST_NAME or not NAME.fullmatch(host) or "." not in host:
        raise NoPushService("A push service has a name on the internet.")
    # Resolvers read a name that ends in a number as an IPv4 address, in many spellings: 127.1, 0x7f.0.0.1, 0177.1
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2], re.IGNORECASE):
        try:
            found = IPv4Address(host)
        except ValueError as error:
            raise NoPushService("A push service has a name on the internet.") from error
        if not is_public(found):
            raise NoPushService("A push service is on the internet, not in a network of its own.")


def is_loopback_host(host: str) -> bool:
    return host in ("localhost", "127.0.0.1")


def is_public(address: Address) -> bool:
    """Tells whether an address is one machine's on the internet, and of no network nearer to us."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC)
    if address.scope_id is not None:
        return False
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in GLOBAL_UNICAST or (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        return False
    return not any(address in network for network in NOT_PUBLIC_6)


def checked(addresses: list[Address], endpoint: Endpoint, *, loopback: bool = False) -> list[Address]:
    """Returns the addresses of a name. Raises NoPushService if any of them is not public."""
    local = loopback and is_loopback_host(endpoint.host)
    if not addresses or not all(is_public(one) or (local and one.is_loopback) for one in addresses):
        raise NoPushService("A push service is on the internet, not in a network of its own.")
    return addresses


def looked_up(host: str, *, within: float) -> list[Address]:
    """Asks the resolver once. Raises OSError where it does not know the name, or does not say in time: it has no time
    limit of its own, so a thread waits for it."""
    said: SimpleQueue[list[Address] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            said.put(list(dict.fromkeys(ip_address(address[0]) for *_, address in found)))
        except (OSError, ValueError) as error:  # a name that cannot be encoded is a ValueError
            said.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = said.get(timeout=within)
    except Empty as error:
        raise TimeoutError("The resolver did not answer.") from error
    if isinstance(answer, OSError):
        raise answer
    return answer
