"""Tables of text in any encoding, and those that are none."""

import tracemalloc
from pathlib import Path

import pytest

from metricgain.transfer.files import sheet
from metricgain.transfer.files.sheet import Sheet
from metricgain.transfer.files.unreadable import Unreadable


def opened(folder: Path, content: bytes) -> Sheet:
    path = folder / "upload"
    path.write_bytes(content)
    return Sheet.opened(path)


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        list(opened(folder, content).rows())
    return caught.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_line_ends_and_delimiters(tmp_path, encoding, end, delimiter):
    rows = [["Übung", "kg"], ["Kniebeuge", "100"], ["Rückenstrecker", "0"]]
    text = end.join(map(delimiter.join, rows)) + end
    assert list(opened(tmp_path, text.encode(encoding)).rows()) == [(1, rows[0]), (2, rows[1]), (3, rows[2])]


def test_utf_16_of_either_order(tmp_path):
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert opened(tmp_path, mark + "é,1".encode(encoding)).head == [["é", "1"]]


def test_bytes_that_windows_1252_does_not_have(tmp_path):
    assert opened(tmp_path, b"a,\x81\xe9").head == [["a", "\x81é"]]


def test_quotes_line_breaks_and_empty_lines(tmp_path):
    text = b'a,b\n\n"x, ""y""","1\n2"\n,\n "z", 3\n'
    assert list(opened(tmp_path, text).rows()) == [(1, ["a", "b"]), (3, ['x, "y"', "1\n2"]), (6, ["z", "3"])]


def test_a_decimal_comma_is_no_delimiter(tmp_path):
    assert opened(tmp_path, b"1;80,5;8,5\n2;1,5;2").head[0] == ["1", "80,5", "8,5"]


def test_commas_in_quotes_are_no_delimiters(tmp_path):
    assert opened(tmp_path, b'"a,b,c";d\n').head == [["a,b,c", "d"]]


def test_cells_that_repeat_are_one_string(tmp_path):
    (_, first), (_, second) = opened(tmp_path, b"Squat (Barbell),1\nSquat (Barbell),2\n").rows()
    assert first[0] is second[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\0,c\n", "not a file of text"),
        ("a,\0".encode("utf-16"), "not a file of text"),
        (bytes(range(1, 32)) * 100, "not a file of text"),
        (b"a,b\n" + b"1," * 200 + b"1\n", "Line 2 has more than 200 columns"),
        (b"a,b\n1," + b"x" * 140_000 + b"\n", "The cell on line 2 is too long"),
        (b"a,b\n1," + b"x" * 2**20 + b"\n", "A line of the file is too long"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "The quotation mark that opens on line 3 never closes"),
        (b'a,b\n1,"' + b"2\n" * 100_000, "The cell on line 2 is too long"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, sentence):
    assert sentence in refusal(tmp_path, content)


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    assert len(list(opened(tmp_path, b"a,b\n" * 3).rows())) == 3
    assert "more than 3 rows" in refusal(tmp_path, b"a,b\n" * 4)


def test_rows_are_read_one_by_one(tmp_path):
    """A hundred thousand rows take no more memory than a few."""
    table = opened(tmp_path, b"2024-01-01,Squat (Barbell),100,5,a note that repeats\n" * 100_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in table.rows()) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
