"""docs/takeout.md says what is in a takeout. Every column of a lifter's tables is there, or is left out on purpose."""

import re
from pathlib import Path

import pytest

from metricgain.transfer.takeout.layout import FILES, LAYOUT, LIBRARY, LIBRARY_FIELDS, MEMBERS

DOCUMENT = (Path(__file__).parents[4] / "docs" / "takeout.md").read_text(encoding="utf-8")
FIELDS = {member.name: tuple(member.names) for member in MEMBERS} | {LIBRARY: LIBRARY_FIELDS}
# Of the account; and what is made anew where it is brought.
OF_THE_ACCOUNT = {"email", "password", "last_login", "is_active", "is_staff", "is_superuser", "created_at"}
LEFT_OUT = {
    "profile": OF_THE_ACCOUNT,
    "exercises": {"slug", "is_system", "seeded", "came_as"},
    "templates": {"slug", "is_system", "share_token", "seeded"},
    "imports": {"job", "look", "choices"},
    "sessions": {"duration_minutes"},
    "sets": {"weight_kg"},
}
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
