"""A table of text: CSV in any usual encoding and with any usual delimiter, read row by row."""

import csv
import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from metricgain.transfer.files.archive import CHUNK, EXPORT_CSV, first_bytes, refuse_other_kinds
from metricgain.transfer.files.unreadable import Unreadable

MOST_ROWS = 500_000
MOST_COLUMNS = 200
LONGEST_LINE = 2**20  # characters; csv itself refuses a cell above 131,072
HEAD = 6  # rows
DELIMITERS, LINES_LOOKED_AT = "\t;,", 20
END = "\0"  # stands behind the last line; in the text itself it is refused
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS = 0.01  # of the characters of a chunk: more is no text
NO_TEXT = f"That is not a file of text. {EXPORT_CSV}"


@dataclass(slots=True)
class Sheet:
    path: Path
    encoding: str = "utf-8"
    delimiter: str = ","
    head: list[list[str]] = field(default_factory=list)  # the first rows that are not empty

    @classmethod
    def opened(cls, path: Path) -> "Sheet":
        refuse_other_kinds(path)
        sheet = cls(path, _encoding(path))
        sheet.delimiter = sheet._most_likely_delimiter()
        sheet.head = [cells for _, cells in islice(sheet.rows(), HEAD)]
        if not sheet.head:
            raise Unreadable(f"The file is empty. {EXPORT_CSV}")
        return sheet

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yields each row that is not empty with the line on which it begins. Cells that repeat are one string."""
        intern, most = sys.intern, MOST_COLUMNS
        with self._stream() as stream:
            reader = csv.reader(chain(_lines(stream), [END]), delimiter=self.delimiter, skipinitialspace=True)
            line, count = 1, 0
            try:
                for cells in reader:
                    if cells and cells[-1].endswith(END):
                        if cells == [END]:
                            return
                        raise Unreadable(
                            f"The quotation mark that opens on line {line} never closes. Remove it in a text editor."
                        )
                    if any(cells):
                        if len(cells) > most:
                            raise Unreadable(f"Line {line} has more than {most} columns. {EXPORT_CSV}")
                        if (count := count + 1) > MOST_ROWS:
                            raise Unreadable(
                                f"The file has more than {MOST_ROWS:,} rows. Split it by years, and bring in one part "
                                "after the other."
                            )
                        yield line, [intern(cell) for cell in cells]
                    line = reader.line_num + 1
            except csv.Error as error:
                raise Unreadable(
                    f"The cell on line {line} is too long. A quotation mark may be open there: look at that line in a "
                    "text editor."
                ) from error

    def _most_likely_delimiter(self) -> str:
        """Returns that of the first line that has any; of equals the first, since a comma may be a decimal sign."""
        with self._stream() as stream:
            for line in islice(_lines(stream), LINES_LOOKED_AT):
                unquoted = re.sub(r'"[^"]*"', "", line)
                if any(map(unquoted.count, DELIMITERS)):
                    return max(DELIMITERS, key=unquoted.count)
        return ","

    def _stream(self) -> TextIO:
        return self.path.open(encoding=self.encoding, errors="replace", newline="")


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"A line of the file is too long for a table. {EXPORT_CSV}")
        yield line


def _encoding(path: Path) -> str:
    """Returns the encoding of the whole file. Raises Unreadable where it is no text."""
    start = first_bytes(path, len(BOM_UTF8))
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig" if start == BOM_UTF8 else "utf-8", "cp1252", "latin-1"]
    for encoding in candidates:
        try:
            _check(path, encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable(NO_TEXT)


def _check(path: Path, encoding: str) -> None:
    decoder = getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            text = decoder.decode(piece)
            if END in text or len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
                raise Unreadable(NO_TEXT)
        decoder.decode(b"", final=True)
