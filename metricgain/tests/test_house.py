"""What the documents tell the next engineer is true: paths exist, and the map is what packages say of themselves."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from metricgain.tests.test_architecture import ORDER
from training.urls import session

ROOT = Path(settings.BASE_DIR)
HOUSE, GLOSSARY, README = ROOT / "docs" / "house.md", ROOT / "docs" / "glossary.md", ROOT / "README.md"
FROM_THE_ROOT = [HOUSE, GLOSSARY, README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
OTHERS = sorted(set((ROOT / "docs").glob("*.md")) - set(FROM_THE_ROOT))
CODE, FENCE = re.compile(r"`([^`\n]+)`"), re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"[\w-][\w./-]*\.(py|js|css|html|md|json|toml|txt)")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var"}
# Django names these folders; they say nothing of their own.
OF_DJANGO = {"migrations", "management", "templatetags"}


def paths_in(page: Path) -> list[str]:
    """Returns what is in backticks and is the name of a file, or begins with a folder of ours."""
    names = [words.split()[0] for words in CODE.findall(FENCE.sub("", page.read_text(encoding="utf-8")))]
    return [name for name in names if FILE.fullmatch(name) or ("/" in name and name.split("/")[0] in FOLDERS)]


@cache
def files() -> frozenset[str]:
    """Returns each file as "/folder/file.py", so that the end of a path matches too."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*"))
    return frozenset(f"/{path.relative_to(ROOT).as_posix()}" for path in [*ROOT.glob("*.*"), *found])


def packages() -> dict[str, Path]:
    """Returns the packages that have Python of their own, by folder."""
    found = (path.parent for path in ROOT.glob("*/**/__init__.py") if "site-packages" not in path.parts)
    rooms = {path.relative_to(ROOT): path for path in found}
    return {
        f"{folder.as_posix()}/": path
        for folder, path in rooms.items()
        if not {"tests", *OF_DJANGO} & set(folder.parts) and not folder.parts[0].startswith((".", "var"))
    }


def the_map() -> dict[str, str]:
    """Returns each folder's line, in the order of the map."""
    return dict(re.findall(r"^\| `([\w/]+/)` \| (.+) \|$", HOUSE.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", FROM_THE_ROOT, ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page):
    assert [name for name in paths_in(page) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_one(page):
    """Such a page may leave out the folder that it speaks of."""
    named = [name for name in paths_in(page) if FILE.fullmatch(name) and not (ROOT / name).exists()]
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in files())] == []


@pytest.mark.parametrize("page", [*FROM_THE_ROOT, *OTHERS], ids=lambda page: page.name)
def test_every_link_to_a_page_of_ours_leads_there(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_walk_sees_the_paths():
    assert len(paths_in(HOUSE)) > 80
    assert "training/progression/config.py" in paths_in(HOUSE)
    assert len(packages()) > 25


def test_the_map_has_every_room_and_says_what_the_room_says():
    lines = {
        folder: (ast.get_docstring(ast.parse((path / "__init__.py").read_text(encoding="utf-8"))) or "").split("\n")[0]
        for folder, path in packages().items()
    }
    assert the_map() == {folder: line.strip() for folder, line in lines.items()}


def test_the_map_has_the_order_of_the_arrows():
    shown = [folder.strip("/").replace("/", ".") for folder in the_map()]
    rooms = [room for room in ORDER if room != "training"]  # stands before its rooms here, and ties them together there
    assert [room for room in shown if room in rooms] == rooms


def test_the_readme_stays_short():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 110


def test_every_word_of_the_glossary_is_one_line():
    title, _, *lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    assert title == "# Glossary: a new word goes here, in one line, before it goes into code"
    words = [line for line in lines[2:] if line and not line.startswith("## ")]
    assert 30 <= len(words) <= 60
    assert [line for line in words if not re.fullmatch(r"\* \*\*\w.*?\*\*: .+[.]", line)] == []
    names = [name for line in words for name in re.findall(r"\*\*(.+?)\*\*", line)]
    assert len(names) == len(set(names))


def posted() -> dict[str, set[str]]:
    """Returns the fields that docs/offline.md lists, by address below a session."""
    text = (ROOT / "docs" / "offline.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z<>/-]+/)` \| (.+) \|$", text.split("What an outbox")[0], re.MULTILINE)
    return {address: set(CODE.findall(fields)) for address, fields in rows}


NOT_LANDED = {"ill/", "rir-question/", "exercises/<exercise>/superset/"}  # addresses that no recorded version knows


def test_the_contract_with_phones_has_every_address_of_a_session():
    routes = {re.sub(r"<\w+:(\w+?)(_id)?>", r"<\1>", str(each.pattern)) for each in session}
    assert set(posted()) == routes - {""}


@pytest.mark.parametrize(
    "recording", sorted((ROOT / "metricgain/tests/e2e/phones/fixtures").iterdir()), ids=lambda folder: folder.name
)
def test_the_contract_with_phones_has_what_they_kept_and_sent(recording):
    kept = json.loads((recording / "outbox.json").read_text(encoding="utf-8"))["entries"]
    seen = set()
    for entry in kept:
        below = re.sub(r"^/workouts/\d+/week/\d+/", "", entry["address"])
        [address] = [each for each in posted() if re.fullmatch(re.sub(r"<\w+>", r"\\w+", each), below)]
        fields = posted()["exercises/<exercise>/sets/<number>/" if address.endswith("/delete/") else address]
        assert set(entry["body"]) <= fields | {"local_date", "zone"}, entry["address"]
        seen.add(address)
    assert seen == set(posted()) - NOT_LANDED
