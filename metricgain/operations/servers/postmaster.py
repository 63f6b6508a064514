"""Finds the server of a PostgreSQL data directory: its process, and whether it answers.

Standard library only, because it must work before there is an environment, and without one."""

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
    """Returns the command line of a process; empty if there is no such process, or only a zombie."""
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
    """Returns the process id and the directory in `postmaster.pid`, which may be outdated."""
    try:
        pid, directory = (cluster / "postmaster.pid").read_text(errors="replace").splitlines()[:2]
        return int(pid), directory
    except (OSError, ValueError):
        return None


def running_pid(cluster: Path) -> int | None:
    """Returns the process id of the running server of this data directory, or None. The number alone proves nothing,
    because after a crash another process may have it. So the process has to be a `postgres` of the directory that the
    file names."""
    named = read_pid(cluster)
    if named is None:
        return None
    pid, directory = named
    arguments = arguments_of(pid)
    if "postgres" not in arguments or directory not in arguments:
        return None
    if Path(directory) != cluster and read_pid(Path(directory)) == named:
        return None  # a copy of a directory whose server runs; after a move, the old place would be empty
    return pid


def disown(lock_file: Path) -> None:
    """Lets a server start although its lock file names a living process that is no PostgreSQL.

    Writes our process id into the file. PostgreSQL takes a lock file for stale if it names the parent of the new
    server, which is this process. Deleting the file would work too, but would lose the line by which PostgreSQL finds
    backends of a dead server that still write."""
    try:
        _, *others = lock_file.read_text(errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return
    except ValueError:  # empty, after a kill or power cut between creating and writing it
        lock_file.unlink()
        return
    lock_file.write_text("".join([f"{os.getpid()}\n", *others]))


def greeting(directory: Path, database: str, *, patience: float = 10) -> str | None:
    """Asks for a session. Returns READY, the SQLSTATE with which the server declines, or None without an answer."""
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
