"""ZIPs of anybody, and files that are no logs."""

import struct
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from metricgain.transfer.files import archive
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.reading import read
from metricgain.transfer.tests.files_of_apps import ZONE, shape

CSV = "Date,Exercise,Weight (kg),Reps\n2024-01-05,Squat,100,5\n"


def zipped(folder: Path, compression: int = ZIP_DEFLATED, **entries: str | bytes) -> Path:
    path = folder / "upload.zip"
    with ZipFile(path, "w", compression) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__SLASH__", "/"), content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(path, zone=ZONE)
    return caught.value.sentence


def test_the_one_file_of_a_zip_is_read(tmp_path):
    junk = {"__MACOSX__SLASH__._sets.csv": b"\0\5\x16\7", "folder__SLASH__": b"", "folder__SLASH__.DS_Store": b"\0"}
    path = zipped(tmp_path, **{"folder__SLASH__sets.csv": CSV}, **junk)
    assert shape(read(path, zone=ZONE)) == [("Squat", "100", "kg", 5, None)]


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    read(zipped(tmp_path, sets=CSV), zone=ZONE)
    refusal(zipped(tmp_path, sets=b"%PDF-1.7"))
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"folder__SLASH__": ""}, "no file in it"),
        ({"a.csv": CSV, "b.csv": CSV}, "several files in it"),
        ({"[Content_Types].xml": "", "xl": ""}, "That is a spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "That is a spreadsheet"),
        ({"a.zip": b"PK\x03\x04..."}, "a ZIP in the ZIP"),
        ({"a.csv": ""}, "The file is empty"),
        ({f"{number}.csv": "" for number in range(1001)}, "too many files"),
    ],
)
def test_other_zips_are_refused(tmp_path, entries, sentence):
    assert sentence in refusal(zipped(tmp_path, **entries))


def test_a_bomb_is_stopped_where_it_is_too_large(tmp_path, monkeypatch):
    """Its own word about its size is not asked."""
    path = zipped(tmp_path, bomb=b"0" * 3_000_000)
    content = path.read_bytes()
    assert len(content) < 10_000
    small = struct.pack("<I", 100)
    path.write_bytes(content.replace(struct.pack("<I", 3_000_000), small))
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    assert refusal(path)
    path.write_bytes(content)
    assert "larger than" in refusal(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "upload"
    with path.open("wb") as file:
        file.truncate(archive.MOST_BYTES + 1)
    assert "larger than 50 MB" in refusal(path)


def test_a_locked_zip_is_refused(tmp_path):
    path = zipped(tmp_path, sets=CSV)
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    path.write_bytes(content)
    assert "locked with a password" in refusal(path)


def test_a_zip_that_few_programs_read_is_refused(tmp_path):
    assert "damaged, or packed in a way" in refusal(zipped(tmp_path, ZIP_BZIP2, sets=CSV))


@pytest.mark.parametrize("keep", [10, 40, 80, -10])
def test_half_a_zip_is_refused(tmp_path, keep):
    path = zipped(tmp_path, sets=CSV * 50)
    path.write_bytes(path.read_bytes()[:keep])
    assert "damaged" in refusal(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"%PDF-1.7 x", "That is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "That is a picture"),
        (b"\xff\xd8\xff\xe0\0", "That is a picture"),
        (b' \n{"storage": {}}', "That is JSON"),
        (b"\xef\xbb\xbf[{}]", "That is JSON"),
        (b"<!DOCTYPE html>", "That is a web page"),
        (b"\x1f\x8b\x08\0", "packed as GZIP"),
        (b"\xd0\xcf\x11\xe0\xa1", "That is a spreadsheet"),
    ],
)
def test_other_kinds_of_files_are_told_apart(tmp_path, content, sentence):
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert sentence in refusal(path)
