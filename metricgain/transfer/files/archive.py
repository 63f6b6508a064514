"""Tells files apart by their first bytes, and takes the file out of a ZIP that has one."""

import mmap
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from metricgain.transfer.files.unreadable import Unreadable

MOST_BYTES = 50 * 2**20  # of the upload, and of what is unpacked from it
MOST_ENTRIES = 1000  # of a ZIP; the list of its entries is read into memory
CHUNK = 2**16
ZIP, ZIP_ENTRY, DATABASE = b"PK\x03\x04", b"PK\x01\x02", b"SQLite format 3\0"

EXPORT_CSV = "Export your log as CSV in the app that it comes from, and choose that file."
SAVE_AS_CSV = "That is a spreadsheet. Save it as CSV in the program that opens it, and choose that file."
TOO_LARGE = (
    f"The file is larger than {MOST_BYTES // 2**20} MB. Split it by years, and bring in one part after the other."
)
BROKEN_ZIP = "The ZIP is damaged, or packed in a way that few programs read. Unpack it, and choose the file inside."
# First bytes, in small letters, of files that have no sets in them, and what to do instead.
NOT_A_LOG = {
    b"%pdf": f"That is a PDF. {EXPORT_CSV}",
    b"\x89png": f"That is a picture. {EXPORT_CSV}",
    b"\xff\xd8\xff": f"That is a picture. {EXPORT_CSV}",
    b"gif8": f"That is a picture. {EXPORT_CSV}",
    b"riff": f"That is a picture or a sound. {EXPORT_CSV}",
    b"\xd0\xcf\x11\xe0": SAVE_AS_CSV,
    b"\x1f\x8b": "The file is packed as GZIP. Unpack it, and choose the file inside.",
    b"7z\xbc\xaf": "The file is packed as 7z. Unpack it, and choose the file inside.",
    b"rar!": "The file is packed as RAR. Unpack it, and choose the file inside.",
    b"{": f"That is JSON. {EXPORT_CSV}",
    b"[{": f"That is JSON. {EXPORT_CSV}",
    b"<": f"That is a web page. {EXPORT_CSV}",
}


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Yields the path of the file itself, or of the one file of a ZIP, which lives until the end of the block."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    if first_bytes(path, len(ZIP)) != ZIP:
        yield path
        return
    with NamedTemporaryFile(prefix="metricgain-") as inner:
        _unpack(path, inner)
        if first_bytes(Path(inner.name), len(ZIP)) == ZIP:
            raise Unreadable("There is a ZIP in the ZIP. Unpack both, and choose the file inside.")
        yield Path(inner.name)


def first_bytes(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def is_database(path: Path) -> bool:
    return first_bytes(path, len(DATABASE)) == DATABASE


def refuse_other_kinds(path: Path) -> None:
    """Raises Unreadable for a file that is known not to be a table."""
    start = first_bytes(path, 64).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise Unreadable(f"The file is empty. {EXPORT_CSV}")
    for beginning, sentence in NOT_A_LOG.items():
        if start.startswith(beginning):
            raise Unreadable(sentence)


def _unpack(path: Path, inner: IO[bytes]) -> None:
    if has_many_entries(path):
        raise Unreadable("The ZIP has too many files in it. Unpack it, and choose the one with your sets.")
    try:
        with ZipFile(path) as archive, archive.open(_one_file(archive)) as packed:
            size = 0
            while piece := packed.read(CHUNK):  # what the ZIP says of its size is not believed
                size += len(piece)
                if size > MOST_BYTES:
                    raise Unreadable(TOO_LARGE)
                inner.write(piece)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(BROKEN_ZIP) from error
    inner.flush()


def has_many_entries(path: Path) -> bool:
    """Whether a ZIP has so many files that their list alone would fill the memory. To be asked before it is opened."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = -1
        for _ in range(MOST_ENTRIES + 1):
            if (at := content.find(ZIP_ENTRY, at + 1)) < 0:
                return False
    return True


def _one_file(archive: ZipFile) -> ZipInfo:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_of_the_system(entry.filename)]
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unreadable(SAVE_AS_CSV)
    if len(entries) != 1:
        what = "several files" if entries else "no file"
        raise Unreadable(f"The ZIP has {what} in it. Unpack it, and choose the one with your sets.")
    [entry] = entries
    if entry.flag_bits & 1:
        raise Unreadable("The ZIP is locked with a password. Unpack it, and choose the file inside.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable(BROKEN_ZIP)
    return entry


def _is_of_the_system(name: str) -> bool:
    """Whether an operating system added the entry by itself."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith(("._", ".DS_Store")) or parts[-1].lower() == "thumbs.db"
