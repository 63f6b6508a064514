"""Takes lifters out and brings them back, for tests; and packs archives that nobody should believe."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection

from metricgain.transfer.takeout.bringing import Brought, bring
from metricgain.transfer.takeout.layout import FILES, HASHES
from metricgain.transfer.takeout.taking import one_snapshot, takeout
from metricgain.users.models import User

FAR = 900_000_000  # where ids begin that no count, weight or time can be taken for
BETWEEN = 3_000_000
SEQUENCES = """
SELECT pg_get_serial_sequence(quote_ident(relname), attname) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attidentity <> '' ORDER BY relname
"""


def ids_far_apart() -> None:
    """Lets every table count from a number of its own, so that an id can be told from any other number."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        for place, (sequence,) in enumerate(cursor.fetchall()):
            cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {FAR + place * BETWEEN}")


def taken(user: User) -> bytes:
    with one_snapshot():
        return b"".join(takeout(user))


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes, member: str) -> list[dict]:
    return [json.loads(line) for line in members(data)[f"{member}.jsonl"].splitlines()]


def brought(folder: Path, data: bytes, user: User) -> Brought:
    path = folder / "takeout.zip"
    path.write_bytes(data)
    return bring(path, user)


def ids_in(data: bytes) -> set[bytes]:
    """Returns what looks like an id of `ids_far_apart`, anywhere in the file. A longer run of digits is none."""
    found = re.findall(rb"(?<![0-9a-f.])9[0-9]{8}(?![0-9a-f])", b"\n".join(members(data).values()))
    return {one for one in found if int(one) < FAR + 100 * BETWEEN}


def packed(files: Mapping[str, bytes], *, hashes: bool = True) -> bytes:
    """Packs files as a takeout, with hashes that are right unless told otherwise."""
    files = dict(files)
    if hashes:
        lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in FILES if name in files)
        files[HASHES] = "".join(line for line in lines if not line.endswith(f"  {HASHES}\n")).encode()
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def changed(files: Mapping[str, bytes], member: str, change: Callable[[dict], None], *, line: int = 0) -> bytes:
    """Packs the files with one row changed, and hashes that are right."""
    name = f"{member}.jsonl"
    lines = files[name].splitlines(keepends=True)
    row = json.loads(lines[line])
    change(row)
    lines[line] = json.dumps(row).encode() + b"\n"
    return packed(dict(files) | {name: b"".join(lines)})
