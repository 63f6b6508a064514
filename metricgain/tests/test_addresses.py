"""The tables of addresses leave none out, and a page's template bears the name of its URL."""

from collections import Counter
from importlib import import_module
from pathlib import Path

from django.conf import settings

from metricgain.tests.addresses import check, each_of
from metricgain.tests.test_isolation import addresses

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
ADDRESSES = [
    ("serviceworker", [], "/serviceworker.js"),
    ("manifest", [], "/manifest.json"),
    ("offline", [], "/offline/"),
    ("styleguide", [], "/styleguide/"),
]
# What `training:today` shows to who is not signed in, and what is left of an account that was deleted.
OTHER_PAGES = {"training/schedule/landing.html", "users/account_deleted.html"}


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain", name, args, path)


def names_of_rooms() -> dict[str, list[str]]:
    """Returns the names in each room's table, by the room's package."""
    found = {}
    for folder in ("metricgain", "exercises", "training", "analytics"):
        for path in (ROOT / folder).rglob("tests/test_addresses.py"):
            *room, tests, module = path.relative_to(ROOT).with_suffix("").parts
            table = import_module(".".join([*room, tests, module])).ADDRESSES
            found[".".join(room)] = [name for name, *_ in table]
    return found


def test_each_name_stands_once_in_one_rooms_table():
    site = {address.name for address in addresses() if not address.name.startswith("admin:")}
    listed = Counter(name for names in names_of_rooms().values() for name in names)
    assert listed == Counter(site)


def test_a_page_lies_in_its_rooms_folder_and_is_called_as_its_url():
    called = set()
    for room, names in names_of_rooms().items():
        folder = room.removeprefix("metricgain.").replace(".", "/")
        called |= {f"{folder}/{name.split(':')[-1]}.html" for name in names}
    folders = ("training", "exercises", "analytics", "users")
    pages = {page.relative_to(TEMPLATES) for folder in folders for page in (TEMPLATES / folder).rglob("[!_]*.html")}
    assert {page.as_posix() for page in pages} - called == OTHER_PAGES
