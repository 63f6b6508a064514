"""docs/takeout.md says what is in a takeout. Every column of a lifter's tables is there, or is left out on purpose."""

import hashlib
import json
import re
import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest

from metricgain.transfer.takeout import archive, layout, taking
from metricgain.transfer.takeout.layout import FILES, LAYOUT, LIBRARY, LIBRARY_FIELDS, MEMBERS
from metricgain.transfer.takeout.taking import one_snapshot, takeout
from metricgain.transfer.takeout.tests.packing import brought, members, packed, taken
from metricgain.transfer.tests.made import stored, weeks_of_push
from metricgain.users.tests.factories import UserFactory

DOCUMENT = (Path(__file__).parents[4] / "docs" / "takeout.md").read_text(encoding="utf-8")
FIELDS = {member.name: tuple(member.names) for member in MEMBERS} | {LIBRARY: LIBRARY_FIELDS}
# Of the account; and what is made anew where it is brought.
OF_THE_ACCOUNT = {"email", "password", "last_login", "is_active", "is_staff", "is_superuser", "created_at"}
LEFT_OUT = {
    "profile": OF_THE_ACCOUNT,
    "exercises": {"slug", "is_system", "seeded", "came_as", "rank"},
    "templates": {"slug", "is_system", "share_token", "seeded"},
    "imports": {"job", "look", "choices"},
    "sessions": {"duration_minutes"},
    "sets": {"weight_kg"},
}
LAYOUT_1 = "449ea98a215eea00"  # of its members and their names; files that have them are out
EVERYWHERE = {"id", "user", "updated_at"}


def documented(member: str) -> list[list[str]]:
    section = re.search(rf"^### {member}\n(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert section, f"docs/takeout.md has no section {member}"
    return [line.strip("|").split("|") for line in section[1].splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("member", FIELDS)
def test_the_document_has_each_field_with_its_unit_and_meaning(member):
    rows = documented(member)
    assert tuple(row[0].strip(" `") for row in rows) == FIELDS[member]
    assert all(len(row) == 3 and row[1].strip() and row[2].strip() for row in rows)


def test_the_document_has_no_other_member():
    assert set(re.findall(r"^### (\w+)$", DOCUMENT, re.MULTILINE)) == set(FIELDS)
    assert f"**Layout {LAYOUT}**" in DOCUMENT
    assert len(set(FILES)) == len(FILES) == 2 * len(FIELDS) + 3


@pytest.mark.parametrize("member", MEMBERS, ids=lambda one: one.name)
def test_a_column_is_taken_or_left_out_on_purpose(member):
    columns = {field.name for field in member.model._meta.concrete_fields}
    assert columns - set(member.fields) == (EVERYWHERE | LEFT_OUT.get(member.name, set())) & columns
    assert LEFT_OUT.get(member.name, set()) <= columns


def test_layout_1_stays_as_it_was():
    said = json.dumps([(member.name, list(member.columns_in(1))) for member in MEMBERS] + [LIBRARY_FIELDS])
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == LAYOUT_1


def test_a_file_of_an_earlier_layout_is_read_without_what_came_later(good, db, tmp_path, monkeypatch):
    """As if the next layout had come: files of this layout lack the column, and those of the next have it."""
    monkeypatch.setitem(layout.SINCE, ("sets", "video_url"), LAYOUT + 1)
    for module in (layout, archive, taking):
        monkeypatch.setattr(module, "LAYOUT", LAYOUT + 1)
    lines = [json.loads(line) for line in members(good)["sets.jsonl"].splitlines()]
    for line in lines:
        del line["video_url"]
    earlier = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    files, lifter = members(good) | {"sets.jsonl": earlier}, UserFactory()
    brought(tmp_path, packed(files), lifter)
    now = taken(lifter)
    assert members(now)["sets.jsonl"] == members(good)["sets.jsonl"]
    assert json.loads(members(now)["takeout.json"])["layout"] == LAYOUT + 1
    brought(tmp_path, now, UserFactory())


def test_memory_does_not_grow_with_the_log(seeded, monkeypatch):
    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 50)
    peaks = []
    for weeks in (300, 900):
        lifter = UserFactory()
        stored(lifter, *weeks_of_push(weeks, since=datetime(2000, 1, 3, 18)))
        with one_snapshot():
            tracemalloc.start()
            for _ in takeout(lifter):
                pass
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000
