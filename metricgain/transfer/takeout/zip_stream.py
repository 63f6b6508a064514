"""Writes a ZIP as a stream: nothing is held but the piece at hand. The same members give the same bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say
PIECE = 2**16


class _Sink:
    """Where `ZipFile` writes to. It cannot seek, so `ZipFile` puts sizes behind each member."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


def zipped(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yields a ZIP of members, each a name and its pieces. A member is asked for after the one before was written."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for name, pieces in members:
            info = ZipInfo(name, NO_TIME)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            with archive.open(info, "w") as member:
                for piece in pieces:
                    member.write(piece)
                    if len(sink.held) >= PIECE:
                        yield sink.taken()
    yield sink.taken()


class Hashes:
    """The SHA-256 of each member's content, in the form that `sha256sum --check` reads."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def of(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yields the pieces, and notes their hash behind the last."""
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        self.lines.append(f"{digest.hexdigest()}  {name}\n")

    @property
    def text(self) -> bytes:
        return "".join(self.lines).encode()
