"""Anybody may have made the file. What is damaged, foreign or hostile is refused in a sentence with nothing stored."""

import io
import json
import struct
import tracemalloc
import warnings
import zipfile

import pytest
from django.apps import apps

from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.takeout import archive
from metricgain.transfer.takeout.bringing import NOT_EMPTY
from metricgain.transfer.takeout.layout import FILES, HASHES, LAYOUT, MANIFEST
from metricgain.transfer.takeout.tests.packing import brought, changed, members, packed
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

Files = dict[str, bytes]


@pytest.fixture
def files(good) -> Files:
    return members(good)


@pytest.fixture
def other(db) -> User:
    """An empty account where the library has nothing: what that has to do with a refusal is nothing, too."""
    return UserFactory(preferences={"unit": "lb"})


def row_counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def refusal(folder, data: bytes, user: User) -> str:
    """Returns the sentence, having seen that nothing was stored."""
    before = row_counts()
    with pytest.raises(Unreadable) as refused:
        brought(folder, data, user)
    assert row_counts() == before
    user.refresh_from_db()
    assert user.preferences == {"unit": "lb"}
    said = refused.value.sentence
    assert said[0].isupper() and said.endswith(".") and len(said) < 400
    return said


def raw(files: Files, member: str, old: bytes, new: bytes) -> bytes:
    name = f"{member}.jsonl"
    assert old in files[name]
    return packed(files | {name: files[name].replace(old, new, 1)})


def test_the_same_files_packed_anew_are_good(files, other, tmp_path):
    """So a refusal below is of what was changed, not of the packing."""
    assert brought(tmp_path, packed(files), other).sets > 0


# -- the archive ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(files, other, tmp_path, name):
    del files[name]
    said = refusal(tmp_path, packed(files, hashes=name != HASHES), other)
    assert name in said or "no takeout" in said


@pytest.mark.parametrize("name", [name for name in FILES if name not in (HASHES, MANIFEST)])
def test_a_file_that_is_not_what_its_hash_says(files, other, tmp_path, name):
    files[name] += b" "
    assert f"{name} is not what it was" in refusal(tmp_path, packed(files, hashes=False), other)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "c:\\x.jsonl", "sets.jsonl/", "a/../sets.jsonl", "é"]
)
def test_a_path_that_leads_elsewhere(files, other, tmp_path, name):
    assert "is not a part of it" in refusal(tmp_path, packed(files | {name: b"x"}), other)


def test_a_member_that_stands_there_twice(files, other, tmp_path):
    data = io.BytesIO(packed(files))
    with warnings.catch_warnings(), zipfile.ZipFile(data, "a") as file:
        warnings.simplefilter("ignore")
        file.writestr("sets.jsonl", files["sets.jsonl"])
    assert "a file twice" in refusal(tmp_path, data.getvalue(), other)


def test_a_bomb(files, other, tmp_path):
    """Two gigabytes of blanks: refused while little of it is unpacked."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            if name != "sets.jsonl":
                file.writestr(name, content)
        with file.open("sets.jsonl", "w", force_zip64=True) as member:
            for _ in range(200):
                member.write(b" " * 10**6 + b"\n")
    tracemalloc.start()
    said = refusal(tmp_path, data.getvalue(), other)
    assert tracemalloc.get_traced_memory()[1] < 40 * 2**20
    tracemalloc.stop()
    assert "far more" in said or "too long" in said


def test_more_files_than_memory_should_list(files, other, tmp_path):
    """Their list is not read at all, so that it says nothing of what is in it."""
    many = files | {f"{number}.jsonl": b"" for number in range(2_000)}
    assert refusal(tmp_path, packed(many), other) == archive.FOREIGN
    (tmp_path / "many.zip").write_bytes(packed(many))
    assert not archive.is_takeout(tmp_path / "many.zip")


def test_members_that_overlap(files, other, tmp_path):
    """All entries of the list of files lead to one piece of the file: what is unpacked is many times what is there."""
    data = bytearray(packed(files))
    at, first = -1, None
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        if first is None:
            first = data[at + 42 : at + 46]
        data[at + 42 : at + 46] = first
    assert refusal(tmp_path, bytes(data), other)


@pytest.mark.parametrize("cut", [0, 3, 100, 20_000, -1, -30])
def test_a_file_that_was_cut(good, other, tmp_path, cut):
    assert refusal(tmp_path, good[:cut], other)


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_byte_that_turned_over(good, other, tmp_path, at):
    data = bytearray(good)
    data[int(len(data) * at)] ^= 0x55
    assert refusal(tmp_path, bytes(data), other)


def test_a_password(files, other, tmp_path):
    data = bytearray(packed(files))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
    assert "password" in refusal(tmp_path, bytes(data), other)


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{", b'{"app": "Other", "layout": 1}', b'{"app": "MetricGain"}', b"[" * 100_000, b"\xff"],
)
def test_a_manifest_of_something_else(files, other, tmp_path, manifest):
    assert "takeout" in refusal(tmp_path, packed(files | {MANIFEST: manifest}), other)


@pytest.mark.parametrize("layout", ["1", 0, -1, True, 1.0, None])
def test_a_layout_that_is_no_number(files, other, tmp_path, layout):
    manifest = json.loads(files[MANIFEST]) | {"layout": layout}
    assert "does not say its layout" in refusal(
        tmp_path, packed(files | {MANIFEST: json.dumps(manifest).encode()}), other
    )


def test_a_newer_layout_says_what_to_do(files, other, tmp_path):
    manifest = json.loads(files[MANIFEST]) | {"layout": LAYOUT + 1}
    files |= {MANIFEST: json.dumps(manifest).encode(), "more.jsonl": b"{}\n"}  # it may have other files
    assert "newer MetricGain" in refusal(tmp_path, packed(files), other)


def test_counts_that_are_not_those_of_the_rows(files, other, tmp_path):
    manifest = json.loads(files[MANIFEST])
    manifest["rows"]["sets"] += 1
    assert "other rows" in refusal(tmp_path, packed(files | {MANIFEST: json.dumps(manifest).encode()}), other)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"Date,Exercise\n", b"\0" * 1000])
def test_what_is_no_zip(other, tmp_path, data):
    assert refusal(tmp_path, data, other)


def test_an_account_that_is_not_empty(good, other, tmp_path):
    other.body_weights.create(date="2026-01-01", kg=80)
    assert refusal(tmp_path, good, other) == NOT_EMPTY


# -- the rows -------------------------------------------------------------------------------------------

WRONG_VALUES = [
    ("sets", "weight", "80"),
    ("sets", "weight", -1),
    ("sets", "weight", 80.125),
    ("sets", "weight", 10**30),
    ("sets", "weight", True),
    ("sets", "reps", 8.5),
    ("sets", "reps", 10**4000),
    ("sets", "reps", 2**31),
    ("sets", "set_number", 100),
    ("sets", "set_number", 0),
    ("sets", "unit", "st"),
    ("sets", "unit", "k\0"),
    ("sets", "set_type", "nothing"),
    ("sets", "rir", 11),
    ("sets", "rir", [1]),
    ("sets", "session", 0),
    ("sets", "session", -1),
    ("sets", "session", 10_000),
    ("sets", "session", "1"),
    ("sets", "session", None),
    ("sets", "session", 900_000_001),
    ("sets", "prescription", 99_999),
    ("sets", "exercise", "own 99"),
    ("sets", "exercise", "no-such-exercise"),
    ("sets", "exercise", 1),
    ("sets", "exercise", {"name": "x"}),
    ("sets", "performed_at", "2026-01-01"),
    ("sets", "performed_at", "2026-13-01T00:00:00Z"),
    ("sets", "performed_at", "infinity"),
    ("sets", "performed_at", 1),
    ("sets", "video_url", "x" * 501),
    ("sessions", "notes", "a\0b"),
    ("sessions", "notes", "x" * 500_001),
    ("sessions", "notes", "\ud800"),
    ("sessions", "status", "done"),
    ("sessions", "ill", 1),
    ("sessions", "ill", None),
    ("sessions", "week_number", 8),
    ("sessions", "mesocycle", 2),
    ("sessions", "local_date", "2026-02-30"),
    ("mesocycles", "duration_weeks", 2),
    ("mesocycles", "parent", 99),
    ("mesocycles", "import", 2),
    ("mesocycles", "repeated_weeks", ["2"]),
    ("mesocycles", "repeated_weeks", [2] * 100_000),
    ("workouts", "mesocycle", None),
    ("slots", "target_sets", 0),
    ("prescriptions", "reasons", [{"code": "NO_SUCH_CODE"}]),
    ("prescriptions", "reasons", "all"),
    ("prescriptions", "reasons", [1]),
    ("prescriptions", "inputs", []),
    ("prescriptions", "inputs", {"plan": 10**6}),
    ("prescriptions", "inputs", {"plan": "1"}),
    ("prescriptions", "inputs", {"instead_of": "nobody"}),
    ("prescriptions", "inputs", {"grid": {"kind": "load"}}),
    ("prescriptions", "inputs", {"bias": "NaN"}),
    ("prescriptions", "inputs", {"parent": {"workout": 10**9}}),
    ("prescriptions", "inputs", {"lo": 2**70}),
    ("prescriptions", "inputs", {"x": "\0"}),
    ("prescriptions", "replaces", 10**9),
    ("prescriptions", "drop", 10.001),
    ("exercises", "muscle_group", "heart"),
    ("exercises", "merged_into", "own 77"),
    ("exercises", "name", None),
    ("library", "slug", "another-slug"),
    ("library", "exercise", "own 1"),
    ("library", "measure", "miles"),
    ("exercise_settings", "weights", [10**6]),
    ("exercise_settings", "weights", [None]),
    ("exercise_settings", "side_pause", 1),
    ("templates", "config", {"workouts": [{"exercises": [{"exercise_id": "nobody"}]}]}),
    ("templates", "config", {"workouts": [{"exercises": [{"exercise_id": 5}]}]}),
    ("templates", "tags", [1]),
    ("imports", "sha256", "x"),
    ("imports", "new_exercises", [1]),
    ("imports", "new_aliases", [99]),
    ("imports", "new_aliases", [1, 1]),
    ("body_mass", "kg", 5),
    ("body_mass", "date", "yesterday"),
    ("profile", "preferences", []),
    ("profile", "preferences", None),
    ("profile", "timezone", "x" * 51),
    ("feedback", "pump_level", 4),
    ("deleted_sets", "set_number", 2**40),
    ("merged_sets", "became", 0),
]


@pytest.mark.parametrize(("member", "name", "value"), WRONG_VALUES, ids=lambda one: str(one)[:30])
def test_a_value_that_cannot_be(files, other, tmp_path, member, name, value):
    data = raw_number(files, member, name, value) if isinstance(value, int) and value > 10**300 else None
    said = refusal(tmp_path, data or changed(files, member, lambda row: row.__setitem__(name, value)), other)
    assert "takeout" in said


def raw_number(files: Files, member: str, name: str, value: int) -> bytes:
    """A number with more digits than Python turns into text."""
    old = json.dumps({name: json.loads(files[f"{member}.jsonl"].splitlines()[0])[name]}, separators=(",", ":"))[1:-1]
    return raw(files, member, old.encode(), f'"{name}":1{"0" * 4000}'.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"reps":', b'"reps":1,"reps":'),
        (b'"reps":', b'"more":1,"reps":'),
        (b'"reps":', b'"raps":'),
        (b'{"session"', b'{{"session"'),
        (b'{"session"', b'[[["session"'),
        (b'"weight":', b'"weight":NaN,"w":'),
        (b'"weight":', b'"weight":1e400,"w":'),
        (b'"weight":', b'"weight":-Infinity,"w":'),
        (b'"unit":"', b'"unit":"\xff'),
        (b'"unit":"', b'"unit":"\\u0000'),
        (b"}\n", b"}\n\n"),
        (b"}\n", b"}\n[]\n"),
        (b"}\n", b"}\nnull\n"),
        (b"}\n", b"}" + b" " * 2**22 + b"\n"),
        (b'"rir":', b'"rir":' + b"[" * 50_000 + b',"x":'),
    ],
)
def test_a_line_that_cannot_be_read(files, other, tmp_path, old, new):
    assert "damaged" in refusal(tmp_path, raw(files, "sets", old, new), other)


def test_two_rows_at_one_address(files, other, tmp_path):
    name = "sets.jsonl"
    first = files[name].splitlines(keepends=True)[0]
    manifest = json.loads(files[MANIFEST])
    manifest["rows"]["sets"] += 1
    files |= {name: files[name] + first, MANIFEST: json.dumps(manifest).encode()}
    assert "unique_set" in refusal(tmp_path, packed(files), other)


def test_two_active_mesocycles(files, other, tmp_path):
    rows = [json.loads(line) | {"status": "active", "import": None} for line in files["mesocycles.jsonl"].splitlines()]
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    assert "one_active_mesocycle_per_user" in refusal(tmp_path, packed(files | {"mesocycles.jsonl": content}), other)


def test_exercises_in_a_circle(files, other, tmp_path):
    """An exercise that is a part of itself, by way of another, would never come to an end."""
    rows = [json.loads(line) for line in files["exercises.jsonl"].splitlines()]
    rows[0]["merged_into"], rows[1]["merged_into"] = "own 2", "own 1"
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    assert "circle" in refusal(tmp_path, packed(files | {"exercises.jsonl": content}), other)


def test_a_file_that_calls_itself_a_takeout_is_no_log(files, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(packed(files))
    assert archive.is_takeout(path)
    path.write_bytes(b"PK\x03\x04 and no more")
    assert not archive.is_takeout(path)
