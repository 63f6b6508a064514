"""Opens a takeout that anybody may have made: nothing of it is believed before its hashes are right."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from metricgain.transfer.files.archive import ZIP, first_bytes, has_many_entries
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.takeout.layout import APP, FILES, HASHES, LAYOUT, MANIFEST
from metricgain.transfer.takeout.values import WrongValue, parsed, refused

PIECE = 2**16
LONGEST_LINE = 2**22
LARGEST_NOTE = 2**16  # of the manifest and the list of hashes
MOST_TIMES_LARGER, MOST_AT_LEAST = 100, 64 * 2**20  # unpacked, compared with the ZIP; rows pack well, but not that well
HASH = re.compile(r"([0-9a-f]{64})  (\S+)")
DAMAGED = "This takeout is damaged, or was changed after it was made: {}. Take it all out once more."
NEWER = "This takeout is of a newer MetricGain (layout {}). Update this one first; it reads layouts up to {}."
FOREIGN = "That ZIP is no takeout of MetricGain."


@dataclass(slots=True)
class OpenTakeout:
    """An open takeout whose hashes are right. `lines` counts those of each member."""

    zip: ZipFile
    hashes: dict[str, str]
    layout: int
    lines: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, object]]]:
        """Yields the number of each line, and its row. Raises Unreadable."""
        with self.zip.open(f"{name}.jsonl") as member:
            for number, line in enumerate(_lines(member), start=1):
                try:
                    yield number, parsed(line)
                except WrongValue as wrong:
                    raise refused(name, number, "", wrong) from wrong


def is_takeout(path: Path) -> bool:
    """Whether a file calls itself a takeout. It may still be damaged."""
    if first_bytes(path, len(ZIP)) != ZIP or has_many_entries(path):
        return False
    try:
        with ZipFile(path) as archive:
            return {MANIFEST, HASHES} <= set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[OpenTakeout]:
    """Yields a takeout after it was checked from its first to its last byte. Raises Unreadable."""
    if first_bytes(path, len(ZIP)) != ZIP or has_many_entries(path):
        raise Unreadable(FOREIGN)
    try:
        with ZipFile(path) as file:
            yield _checked(file, path.stat().st_size)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise Unreadable(DAMAGED.format("it cannot be unpacked")) from error


def _checked(file: ZipFile, size: int) -> OpenTakeout:
    names = [entry.filename for entry in file.infolist()]
    if MANIFEST not in names or HASHES not in names:
        raise Unreadable(FOREIGN)
    if len(names) != len(set(names)):
        raise Unreadable(DAMAGED.format("it has a file twice"))
    if any(entry.flag_bits & 1 for entry in file.infolist()):
        raise Unreadable(DAMAGED.format("it is locked with a password"))
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in file.infolist()):
        raise Unreadable(DAMAGED.format("it is packed in another way"))
    manifest = _manifest(file)
    wanted, found = set(FILES), set(names)
    if wanted != found:
        odd = sorted(wanted ^ found)[0][:100]
        raise Unreadable(DAMAGED.format(f"{odd} is {'missing' if odd in wanted else 'not a part of it'}"))
    archive = OpenTakeout(file, _hashes(file), int(str(manifest["layout"])))
    budget = max(MOST_AT_LEAST, size * MOST_TIMES_LARGER)
    for name in FILES:
        if name != HASHES:
            budget -= _check_member(archive, name, budget)
    if archive.lines != manifest.get("rows"):
        raise Unreadable(DAMAGED.format("it has other rows than it says"))
    return archive


def _manifest(file: ZipFile) -> dict[str, object]:
    try:
        manifest = json.loads(_note(file, MANIFEST))
    except (ValueError, RecursionError) as error:
        raise Unreadable(DAMAGED.format(f"{MANIFEST} cannot be read")) from error
    if not isinstance(manifest, dict) or manifest.get("app") != APP:
        raise Unreadable(FOREIGN)
    layout = manifest.get("layout")
    if type(layout) is not int or layout < 1:
        raise Unreadable(DAMAGED.format(f"{MANIFEST} does not say its layout"))
    if layout > LAYOUT:
        raise Unreadable(NEWER.format(str(layout)[:9], LAYOUT))
    return manifest


def _hashes(file: ZipFile) -> dict[str, str]:
    lines = _note(file, HASHES).decode("ascii", "replace").splitlines()
    found = [match for line in lines if (match := HASH.fullmatch(line))]
    hashes = {match[2]: match[1] for match in found}
    if not len(lines) == len(found) == len(hashes) or set(hashes) != set(FILES) - {HASHES}:
        raise Unreadable(DAMAGED.format("its list of hashes is not complete"))
    return hashes


def _note(file: ZipFile, name: str) -> bytes:
    with file.open(name) as member:
        data = member.read(LARGEST_NOTE + 1)
    if len(data) > LARGEST_NOTE:
        raise Unreadable(DAMAGED.format(f"{name} is too large"))
    return data


def _check_member(archive: OpenTakeout, name: str, budget: int) -> int:
    """Returns the bytes of a member, whose hash is right. What the ZIP says of its size is not believed."""
    digest, size, lines, longest = hashlib.sha256(), 0, 0, 0
    with archive.zip.open(name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            size += len(piece)
            if size > budget:
                raise Unreadable("That ZIP unpacks to far more than any takeout. Nothing was stored.")
            lines += piece.count(b"\n")
            first = piece.find(b"\n")
            longest += len(piece) if first < 0 else first
            if name.endswith(".jsonl") and longest > LONGEST_LINE:
                raise Unreadable(DAMAGED.format(f"a line of {name} is too long"))
            longest = longest if first < 0 else len(piece) - piece.rfind(b"\n") - 1
    if digest.hexdigest() != archive.hashes[name]:
        raise Unreadable(DAMAGED.format(f"{name} is not what it was"))
    if name.endswith(".jsonl"):
        archive.lines[name.removesuffix(".jsonl")] = lines
    return size


def _lines(member: IO[bytes]) -> Iterator[bytes]:
    while line := member.readline(LONGEST_LINE + 1):
        yield line
