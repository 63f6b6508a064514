"""A process beside `serve` that watches the embedded PostgreSQL, and starts it again when it died, and the disks, and
warns before they are full.

It runs all the time, so it stays small: it imports neither Django nor the settings."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from metricgain.operations.servers import disks, embedded, postmaster, server_log

LOOKS_EVERY = 1.0  # seconds
ASKS_EVERY = 5.0  # seconds; PostgreSQL starts a process for each question
ANSWERS_WITHIN = 4.0  # seconds
DISKS_EVERY = 10.0
EYE_OPENS_EVERY = 5
REPEATS_EVERY = 60.0
PAUSES = (0, 2, 5)  # seconds before the first start within A_WHILE, the second, and all later ones
A_WHILE = 600  # seconds over which starts are counted
ROOM = 32 * 2**20  # bytes that PostgreSQL needs to start: two segments of its log
Say = Callable[[str], object]


class GivenUp(Exception):
    """PostgreSQL does not stay up. The message says why, and what to look at."""


class Eye:
    """The watching process, as the serving process sees it."""

    words: int | None  # the pipe with its last ones, until they are read

    def __init__(self, options: list[str]):
        self.options = options
        self.open()

    def open(self) -> None:
        self.words, last_words = os.pipe()
        try:
            command = [sys.executable, "-m", __name__, *self.options]
            command += [f"--server={os.getpid()}", f"--last-words={last_words}"]
            # Ctrl-C is meant for the server, which ends this process. The process is born deaf to it, because it might
            # come while the process still imports its modules.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
            self.process = subprocess.Popen(command, cwd=Path(__file__).parents[3], pass_fds=[last_words])
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
            os.close(last_words)
            self.opened_at = time.monotonic()
        self.said = ""

    def look_after(self) -> None:
        """Starts the process again if something killed it, such as the kernel when memory ran out."""
        if self.process.poll() is None or time.monotonic() - self.opened_at < EYE_OPENS_EVERY or self.closing_words():
            return
        _say("The process that watches PostgreSQL was killed. Starting it again")
        try:
            self.open()
        except OSError as error:
            _say(f"It does not start: {error}. The next attempt is in {EYE_OPENS_EVERY} s")

    def closing_words(self) -> str:
        """Returns the last message of a process that has ended."""
        if self.words is not None:
            with open(self.words) as pipe:
                self.said, self.words = pipe.read(), None
        return self.said

    def close(self) -> None:
        """Ends the process. Raises GivenUp if it had given up."""
        self.process.terminate()
        self.process.wait()
        if self.closing_words():
            raise GivenUp(self.said)


@contextmanager
def alongside(data_dir: Path, backup_dir: Path, *, postgres: bool, mute: int, restarts: int) -> Iterator[Eye]:
    """Watches during the block. A watching process that gives up sends SIGTERM to this process, and the end of the
    block raises GivenUp."""
    options = [str(data_dir), str(backup_dir), f"--mute={mute}", f"--restarts={restarts}"]
    began_by = os.getpid()
    signal.signal(signal.SIGTERM, _leave)  # until the server sets its own handler
    eye = Eye([*options, "--postgres"] if postgres else options)
    try:
        yield eye
    finally:
        if os.getpid() == began_by:  # not in a forked worker
            eye.close()


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


class Watch:
    """Watches one server. `mute` is the number of seconds without a sign of life after which it counts as dead.
    `restarts` is the most restarts within A_WHILE."""

    def __init__(self, server: embedded.EmbeddedPostgres, *, mute: float, restarts: int, say: Say):
        self.server, self.mute, self.restarts, self.say = server, mute, restarts, say
        self.deaths: deque[float] = deque()
        self.asked_at = 0.0
        self.mute_since: float | None = None
        self.progress: object = None
        self.family: list[psutil.Process] = []
        self.is_down = self.waits_for_room = False

    def look(self) -> None:
        """Looks at the server once, and starts it again if it is dead. Raises GivenUp if it died too often."""
        pid = postmaster.running_pid(self.server.cluster)
        if pid is None:
            with suppress(embedded.EmbeddedPostgresError), self.server.locked():  # a planned restart holds the lock
                pid = postmaster.running_pid(self.server.cluster)
        if pid is None:
            self.stand_up("PostgreSQL is gone")
        elif self.mute_since or time.monotonic() - self.asked_at >= ASKS_EVERY:
            asked_at = time.monotonic()
            self.family = _family(pid) or self.family
            if self.is_alive(pid):
                self.mute_since = None
            else:
                self.mute_since = self.mute_since or asked_at
            self.asked_at = time.monotonic()
        if self.mute_since and time.monotonic() - self.mute_since >= self.mute:
            self.stand_up(f"PostgreSQL gives no answer for {self.mute:.0f} s")

    def is_alive(self, pid: int) -> bool:
        answer = postmaster.greeting(self.server.sockets, "postgres", patience=ANSWERS_WITHIN)
        if answer not in embedded.NOT_YET:
            if self.is_down:
                self.say("PostgreSQL is up again")
                self.is_down = False
            return True
        # A server that is starting or stopping may take long, as long as it makes progress. Where it does not answer at
        # all, its checkpoints are no sign of life.
        roles = ("startup",) if answer is None else ("startup", "checkpointer")
        before, self.progress = self.progress, _progress(pid, roles)
        return bool(self.progress) and self.progress != before

    def stand_up(self, why: str) -> None:
        """Kills what is left of the server and starts it again. A hanging server reacts to nothing else, and the
        sessions of a dead one would delay the next start until they have finished their work."""
        if not (self.server.cluster / "PG_VERSION").exists():
            raise GivenUp(f"The database in {self.server.cluster} is not there any more. Bring back its disk.")
        if self.lacks_room():
            return
        while self.deaths and time.monotonic() - self.deaths[0] > A_WHILE:
            self.deaths.popleft()
        if len(self.deaths) >= self.restarts:
            raise GivenUp(
                f"{why}, after it was started {self.restarts} times in {A_WHILE // 60} minutes. The end of "
                f"{self.server.log} says why it dies; then run again."
            )
        pause = PAUSES[min(len(self.deaths), len(PAUSES) - 1)]
        self.deaths.append(time.monotonic())
        self.say(f"{why}. Starting it again ({len(self.deaths)} of {self.restarts} times in {A_WHILE // 60} minutes)")
        time.sleep(pause)
        try:
            _end(self.family)  # psutil checks the start time, so no process of a newer server is killed
            self.server.start(patience=10, clear=lambda: _end(_standing_in(self.server.cluster)))
        except (embedded.EmbeddedPostgresError, OSError) as error:
            self.say(str(error))
        self.is_down, self.mute_since, self.asked_at = True, None, 0.0

    def lacks_room(self) -> bool:
        """Tells whether the disk is too full for PostgreSQL to start. Then we wait for room instead of giving up."""
        lacks = disks.measured("disk", self.server.cluster).free < ROOM
        if lacks and not self.waits_for_room:
            self.say(
                f"PostgreSQL is down, and the disk of {self.server.cluster} is full. Make room: it is started again as "
                f"soon as {ROOM // 2**20} MB are free."
            )
        self.waits_for_room = lacks
        return lacks


def _progress(pid: int, roles: tuple[str, ...]) -> list[tuple]:
    """Returns the work so far (CPU time, I/O) of a server's processes in these roles, to compare with a later look."""
    found = []
    with suppress(psutil.Error):
        for child in psutil.Process(pid).children():
            with suppress(psutil.Error, IndexError):
                title = child.cmdline()[0]
                if title.startswith(tuple(f"postgres: {role}" for role in roles)):
                    moved = None
                    with suppress(psutil.AccessDenied, AttributeError):  # macOS has no I/O counters
                        moved = child.io_counters()
                    found.append((child.pid, title, child.cpu_times()[:2], moved))
    return found


def _family(pid: int) -> list[psutil.Process]:
    """Returns a server's process and those of its sessions. They are remembered while the server lives. After its death
    root in a container, which lacks CAP_SYS_PTRACE, cannot tell them from others."""
    with suppress(psutil.Error):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


def _standing_in(cluster: Path) -> list[psutil.Process]:
    """Returns all processes of the server of `cluster`, by their working directory."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name().startswith("postgres") and process.cwd() == str(cluster):
                found.append(process)
    return found


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.Error):
            process.kill()
    until = time.monotonic() + 5
    while any(map(_is_alive, processes)) and time.monotonic() < until:
        time.sleep(0.02)
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # reaps the server if we started it


def _is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


class DiskWatch:
    def __init__(self, data_dir: Path, backup_dir: Path, *, say: Say):
        self.places, self.say = (data_dir, backup_dir), say
        self.told: set[str] = set()

    def look(self) -> None:
        """Warns once when a disk becomes nearly full, and again only after there was room."""
        for disk in disks.under(*self.places):
            if disk.is_nearly_full and disk.name not in self.told:
                self.told.add(disk.name)
                self.say(
                    f"THE DISK OF {disk.path} IS {disk.percent} % FULL ({disk.free / 2**20:,.0f} MB free). When "
                    "it is full nothing can be stored: make room, or keep backups elsewhere (BACKUP_DIR, BACKUP_DAYS)."
                )
            elif disk.percent < disks.ROOM_AGAIN:
                self.told.discard(disk.name)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("backup_dir", type=Path)
    parser.add_argument("--server", type=int)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--mute", type=float)
    parser.add_argument("--restarts", type=int)
    parser.add_argument("--last-words", type=int)
    options = parser.parse_args()
    try:
        _watch(options, is_wanted=lambda: os.getppid() == options.server)
    except GivenUp as error:
        os.write(options.last_words, str(error).encode())
        os.kill(options.server, signal.SIGTERM)


def _watch(options: argparse.Namespace, *, is_wanted: Callable[[], bool]) -> None:
    server = embedded.EmbeddedPostgres(options.data_dir)
    watch = Watch(server, mute=options.mute, restarts=options.restarts, say=_say)
    rooms = DiskWatch(options.data_dir, options.backup_dir, say=_say)
    look = watch.look if options.postgres else lambda: None
    of_rooms = {"every": DISKS_EVERY, "say": _say, "is_wanted": lambda: True}
    # A thread of its own, because a disk may hang.
    for each in [rooms.look, lambda: server_log.rotate(server.log)] if options.postgres else [rooms.look]:
        threading.Thread(target=go_on, args=[each], kwargs=of_rooms, daemon=True).start()
    go_on(look, every=LOOKS_EVERY, say=_say, is_wanted=is_wanted)


def go_on(look: Callable[[], object], *, every: float, say: Say, is_wanted: Callable[[], bool]) -> None:
    """Calls `look` every `every` seconds while `is_wanted`. Reports an exception, the same at most once a minute, and
    goes on. Only GivenUp ends it."""
    told: dict[str, float] = {}
    while is_wanted():
        try:
            look()
        except GivenUp:
            raise
        except Exception as error:  # nothing else may end the watching
            now, words = time.monotonic(), " ".join(repr(error).split())
            told = {known: at for known, at in told.items() if now - at < REPEATS_EVERY}
            if words not in told:
                told[words] = now
                say(f"A check failed: {words}. Watching goes on")
        time.sleep(every)


def _say(sentence: str) -> None:
    with suppress(OSError):
        print(sentence, flush=True)


if __name__ == "__main__":
    main()
