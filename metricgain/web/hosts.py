"""The names by which this server is reached, and the proxies that it believes."""

import ipaddress
import re
import socket
from collections.abc import Iterable

import psutil
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http.request import split_domain_port, validate_host

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ALL_INTERFACES = ("0.0.0.0", "::")
NAME = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]*[a-z-][a-z0-9-]*")  # the last part is no number, as in an address
SITE = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?")
PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),  # RFC 1918, RFC 4193
        "100.64.0.0/10",  # RFC 6598: inside a VPN such as Tailscale
        *("169.254.0.0/16", "fe80::/10"),  # link-local
        *("127.0.0.0/8", "::1"),
    )
)
BRIDGES = ("docker", "br-", "veth", "virbr", "lxc", "cni", "podman")  # virtual network cards, which lead to no phone


class Refused(ValueError):
    """A setting is wrong. The message names the variable and says what it should be."""


# Settings of the owner


def listening(text: str) -> str:
    """Reads HOST, where to listen. Returns an address in its shortest form (`::0` becomes `::`) or a name."""
    host = (text.strip() or "127.0.0.1").strip("[]").lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        if NAME.fullmatch(host):
            return host
    raise Refused(
        f"HOST={text} is not an address to listen on. 127.0.0.1 is for this machine alone, 0.0.0.0 for the whole "
        "network. Set the port in PORT; SITE_URL is the address that people type."
    )


def port(text: str) -> int:
    number = text.strip() or "8000"
    if number.isdecimal() and number.isascii() and 1 <= int(number) <= 65535:
        return int(number)
    raise Refused(f"PORT={text} is not a port. Use a number from 1 to 65535, such as 8000.")


def site_url(text: str, *, host: str, port: int) -> str:
    """Reads SITE_URL. Returns it as a browser writes an origin, because it is compared with one.

    The default is the address that we listen on. A server on all interfaces takes an address that a phone reaches,
    because links in mail begin with it."""
    if not text.strip():
        phones = for_a_phone(network_cards(), port, listening_on=host) if host in ALL_INTERFACES else []
        return (phones or [url(host, port)])[0]
    found = SITE.fullmatch(text.strip().lower())
    if found and is_host(found[2]) and (found[3] is None or 0 < int(found[3]) <= 65535):
        scheme, name, number = found.groups()
        usual = number is None or (scheme, int(number)) in (("http", 80), ("https", 443))
        return f"{scheme}://{name}" if usual else f"{scheme}://{name}:{int(number)}"
    raise Refused(
        f"SITE_URL={text} is not an address of a site. Write http:// or https://, a name or an IP address, a port if "
        "there is one, and nothing after that, not even a slash. For example: https://gym.example.org"
    )


def is_host(text: str) -> bool:
    return bool(NAME.fullmatch(text)) or address_of(text) is not None


def more_names(texts: Iterable[str]) -> list[str]:
    """Reads ALLOWED_HOSTS. Returns names and addresses as Django compares them; `.example.org` also allows every name
    below it."""
    names = []
    for text in filter(None, (text.strip().lower() for text in texts)):
        name = f"[{text}]" if text.count(":") > 1 and not text.startswith("[") else text
        if name != "*" and not is_host(name.removeprefix(".")):
            raise Refused(
                f"ALLOWED_HOSTS: {text} is not the name of a host. Write it without http:// and port, such "
                "as gym.example.org"
            )
        names.append(name)
    return names


def proxies(texts: Iterable[str]) -> list[Network]:
    """Reads TRUSTED_PROXIES: the addresses or networks (172.18.0.0/16) from which a proxy connects to us."""
    try:
        return [ipaddress.ip_network(text.strip()) for text in texts if text.strip()]
    except ValueError as error:
        raise Refused(f"TRUSTED_PROXIES must list addresses, or networks such as 172.18.0.0/16 ({error})") from error


# Names of this server


def url(host: str, port: int) -> str:
    """Returns the address that a browser on this machine opens, for a server that listens on `host`."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def domain_of(site: str) -> str:
    said = SITE.fullmatch(site)
    assert said, "site_url let it through"
    return said[2]


def named(*, host: str, site: str, more: Iterable[str]) -> list[str]:
    """Returns the host names that we answer to, whoever asks."""
    ours = names_of_this_machine() if host in ALL_INTERFACES else [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys([*LOOPBACK, domain_of(site), *ours, *more]))


def names_of_this_machine() -> list[str]:
    """Returns the machine's names, such as `gym`, and `gym.local`, which phones find by multicast DNS."""
    full = socket.gethostname().lower()
    names = [full, full.split(".")[0], f"{full.split('.')[0]}.local"]
    return [name for name in names if NAME.fullmatch(name)]


def answers_to(domain: str, names: Iterable[str]) -> bool:
    """Tells whether `domain`, from a Host header, means this server, which listens on all interfaces.

    Any private address will do. A list of addresses would not work: they change while the machine runs (DHCP), and a
    container does not know those of its host. The check guards against DNS rebinding, where a stranger's name suddenly
    points to this server; an address cannot be pointed elsewhere. One gap remains: somebody in the same network can
    send another private address as the Host. That is why links in mail begin with SITE_URL."""
    if validate_host(domain, names):
        return True
    address = address_of(domain)
    return address is not None and (is_private(address) or address in (own for _, own in network_cards()))


def is_private(address: IPAddress) -> bool:
    return any(address in network for network in PRIVATE)


def address_of(text: str) -> IPAddress | None:
    """Reads `192.168.1.20`, `[fd00::20]` or `::ffff:192.168.1.20` (the same as the first); None for anything else."""
    try:
        address = ipaddress.ip_address(text[1:-1] if text.startswith("[") and text.endswith("]") else text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_cards() -> list[tuple[str, IPAddress]]:
    """Returns the name and address of each card that is up now. Asks the kernel only, so it never waits."""
    try:
        up = {name for name, state in psutil.net_if_stats().items() if state.isup}
        cards = psutil.net_if_addrs()
    except (OSError, psutil.Error):  # a sandbox that hides them
        return []
    found = [
        (name, address_of(entry.address.partition("%")[0]))
        for name, entries in cards.items()
        for entry in entries
        if name in up and entry.family in (socket.AF_INET, socket.AF_INET6)
    ]
    return [(name, address) for name, address in found if address]


def for_a_phone(cards: Iterable[tuple[str, IPAddress]], port: int, *, listening_on: str) -> list[str]:
    """Returns the URLs to type on a phone in the same network: IPv4 ones if there are any, as they are shorter."""
    usable = [
        address
        for name, address in cards
        if not (name.startswith(BRIDGES) or address.is_loopback or address.is_link_local)
        and (listening_on == "::" or address.version == 4)
    ]
    shortest = [address for address in usable if address.version == 4] or usable
    return [url(str(address), port) for address in sorted(shortest, key=lambda address: not is_private(address))]


class HostMiddleware:
    """Takes the place of ALLOWED_HOSTS on a server that listens on all interfaces: a list of names cannot express the
    rule of `answers_to`."""

    def __init__(self, get_response):
        if settings.HOST not in ALL_INTERFACES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        host = request.get_host()  # raises DisallowedHost where the header is no host at all
        if not answers_to(split_domain_port(host)[0], settings.NAMED_HOSTS):
            raise DisallowedHost(f"{host!r} is not a name of this server; SITE_URL or ALLOWED_HOSTS can make it one.")
        return self.get_response(request)


# Proxies that we believe


def client(peer: str, forwarded_for: str, trusted: Iterable[Network]) -> IPAddress | None:
    """Returns the client behind our proxy `peer`; None where `peer` is no proxy of ours.

    Our proxy has seen only the last address of X-Forwarded-For itself. Anybody could have sent those before it."""
    address = address_of(peer)
    if address is None or not any(address in network for network in trusted):
        return None
    return address_of(forwarded_for.rpartition(",")[2].strip()) or address


class ProxyMiddleware:
    """Believes only our proxy about HTTPS and about the client's address, by which rate limits count.

    A proxy is a peer in TRUSTED_PROXIES (by default this machine), and only with SITE_URL=https://.... The headers are
    removed from every other request. So a phone that reaches our port past the proxy can neither pretend to use HTTPS
    nor hide behind another address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        meta = request.META
        found = client(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES)
        if found is None:
            for header in [header for header in meta if header.startswith("HTTP_X_FORWARDED_")]:
                del meta[header]
        else:
            meta["REMOTE_ADDR"] = str(found)
        return self.get_response(request)
