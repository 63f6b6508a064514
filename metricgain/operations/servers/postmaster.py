"""What a PostgreSQL data directory tells about its server: which process it is, and whether it answers.

Standard library only: it must work before, and without, the environment it looks after."""

import os
import socket
import struct
import subprocess
from contextlib import closing
from pathlib import Path

PORT = 5432  # names the socket; nothing listens on TCP
SOCKET = f".s.PGSQL.{PORT}"
READY = "ready"
NO_SUCH_DATABASE = "3D000"
STARTING_OR_STOPPING = "57P03"


def arguments_of(pid: int) -> str:
    """The command line of a process; empty if there is none, or only its zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    found = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read_pid(cluster: Path) -> tuple[int, str] | None:
    """The process and the directory that `postmaster.pid` names, whether they still fit or not."""
    try:
        pid, directory = (cluster / "postmaster.pid").read_text(errors="replace").splitlines()[:2]
        return int(pid), directory
    except (OSError, ValueError):
        return None


def running_pid(cluster: Path) -> int | None:
    """The server of this data directory, if it runs. A pid alone proves nothing: after a crash it may be anybody's, so
    the process has to be a `postgres` of the directory that the file names."""
    named = read_pid(cluster)
    if named is None:
        return None
    pid, directory = named
    arguments = arguments_of(pid)
    if "postgres" not in arguments or directory not in arguments:
        return None
    if Path(directory) != cluster and read_pid(Path(directory)) == named:
        return None  # this directory is a copy of one whose server runs; had it been moved, the old place were empty
    return pid


def disown(lock_file: Path) -> None:
    """Lets a server start although its lock file names a living process that is none of its kind.

    PostgreSQL takes a lock file for stale when it names the parent of the new server, which is us. Deleting the file
    would work too, and lose the line by which PostgreSQL finds backends of a dead server that still write."""
    try:
        _, *others = lock_file.read_text(errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return
    except ValueError:  # empty: killed, or power lost, between creating and writing it
        lock_file.unlink()
        return
    lock_file.write_text("".join([f"{os.getpid()}\n", *others]))


def greeting(directory: Path, database: str, *, patience: float = 10) -> str | None:
    """READY, the SQLSTATE by which the server declines a session, or None where nobody answers."""
    try:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
            connection.settimeout(patience)
            connection.connect(str(directory / SOCKET))
            body = struct.pack("!i", 196608) + b"user\0postgres\0database\0" + database.encode() + b"\0\0"
            connection.sendall(struct.pack("!i", len(body) + 4) + body)
            answer = _answer(connection)
            if answer == READY:
                connection.sendall(b"X" + struct.pack("!i", 4))
            return answer
    except OSError:
        return None


def _answer(connection: socket.socket) -> str | None:
    with connection.makefile("rb") as stream:
        while len(head := stream.read(5)) == 5:
            kind, length = struct.unpack("!ci", head)
            message = stream.read(length - 4)
            if kind == b"Z":
                return READY
            if kind == b"E":
                fields = {field[:1]: field[1:].decode(errors="replace") for field in message.split(b"\0") if field}
                return fields.get(b"C", "")
    return None
