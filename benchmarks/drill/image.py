"""Builds the image of deploy/Containerfile and tries it: prepares a database, serves, backs up, and goes.

    python -m benchmarks.drill.image

For a machine that may only build by `buildah --isolation chroot`, as root on Debian, and has no registry of images: the
base is made by debootstrap, and the packages come as wheels. The chroot shares network and processes with this machine,
and its root can be written to; so what was written there is looked for afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psutil

import metricgain
from benchmarks.drill import servers

ROOT = Path(__file__).resolve().parents[2]
SUITE = "trixie"  # whose Python is new enough
PACKAGES = "python3,python3-venv,ca-certificates,postgresql-client"
NEEDS = ("buildah", "debootstrap")
NEWEST = 17  # the major version of that Debian's pg_dump
UID = 10001
PYTHON = ".venv/bin/python"
PATIENCE = 60  # seconds for a start or an end


def programs() -> Path | None:
    """Returns the directory of a PostgreSQL that the image can back up."""
    found = [servers.programs(version) for version in servers.VERSIONS if version <= NEWEST]
    return next((path for path in reversed(found) if path), None)


def lacks() -> str:
    missing = [tool for tool in NEEDS if not shutil.which(tool)]
    if missing or os.geteuid() != 0:
        return f"building an image needs root and {' and '.join(missing or NEEDS)}"
    return "" if programs() else "no PostgreSQL here that the image can back up"


class Store:
    """Images and containers of this run alone."""

    def __init__(self, home: Path):
        self.home = home
        self.command = ["buildah", f"--root={home / 'store'}", f"--runroot={home / 'run'}"]

    def __call__(self, *arguments: object) -> str:
        done = subprocess.run(
            [*self.command, *map(str, arguments)], cwd=ROOT, text=True, stdin=subprocess.DEVNULL, capture_output=True
        )
        if done.returncode:
            sys.exit(f"buildah {arguments[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout.strip()

    def make_base(self) -> None:
        base = self.home / "base"
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, base],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        container = self("from", "scratch")
        self("add", "--quiet", container, base, "/")
        self("commit", "--quiet", container, "localhost/base")
        shutil.rmtree(base)

    def make_image(self) -> None:
        wheels = self.home / "wheels"
        collect = [sys.executable, "-m", "pip", "wheel", "-qqq", "--requirement", "requirements.txt"]
        subprocess.run([*collect, "--wheel-dir", wheels], cwd=ROOT, check=True)
        arguments = {"BASE": "localhost/base", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels"}
        given = [f"--build-arg={name}={value}" for name, value in arguments.items()]
        self("bud", "--isolation=chroot", *given, f"--volume={wheels}:/wheels:ro", "--file=deploy/Containerfile",
             "--tag=localhost/metricgain", ".")  # fmt: skip

    def close(self) -> None:
        """Unmounts what buildah has mounted, deepest first, so that its folder can be removed."""
        self("rm", "--all")
        mounted = [part.mountpoint for part in psutil.disk_partitions(all=True)]
        for place in sorted((one for one in mounted if one.startswith(str(self.home))), reverse=True):
            subprocess.run(["umount", place], check=False)

    def size(self) -> str:
        return self("images", "--format", "{{.Name}} {{.Size}}").replace("\n", ", ")


class Container:
    def __init__(self, store: Store, home: Path, url: str, port: int):
        self.store, self.port = store, port
        self.name = store("from", "--pull=never", "localhost/metricgain")
        self.root = Path(store("mount", self.name))
        for folder in ("data", "backups", "secrets"):
            (home / folder).mkdir()
            os.chown(home / folder, UID, UID)
        (home / "secrets" / "database_url").write_text(url)
        (home / "secrets" / "secret_key").write_text("of this trial\n")
        socket_folder = Path(url.rpartition("/")[2].replace("%2F", "/")).parent
        socket_folder.chmod(0o755)  # for the user of the image
        given = {"DATABASE_URL_FILE": "/secrets/database_url", "SECRET_KEY_FILE": "/secrets/secret_key", "PORT": port}
        self.options = [f"--env={name}={value}" for name, value in given.items()]
        self.options += [f"--volume={home / folder}:/{folder}" for folder in ("data", "backups", "secrets")]
        self.options += [f"--volume={socket_folder}:{socket_folder}", "--isolation=chroot", f"--user={UID}:{UID}"]

    def command(self, *arguments: str) -> list[str]:
        inside = [PYTHON, "manage.py", *arguments]
        return [*self.store.command, "run", *self.options, self.name, "--", *inside]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(self.command(*arguments), text=True, stdin=subprocess.DEVNULL, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[psutil.Process]:
        """Yields the process of `serve` once it is ready."""
        runner = subprocess.Popen(self.command("serve", "--no-prepare"), stdin=subprocess.DEVNULL)
        try:
            until(lambda: self.status("/readyz") == 200, "it is ready")
            ours = psutil.Process(runner.pid).children(recursive=True)  # parents first; the first Python is the master
            yield next(one for one in ours if one.cmdline()[:1] == [PYTHON] and one.uids().real == UID)
            assert runner.wait(PATIENCE) == 0
        finally:
            if runner.poll() is None:
                for one in psutil.Process(runner.pid).children(recursive=True):
                    one.kill()

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def written_since(self, moment: float) -> list[str]:
        """Returns the files of the image's own folders that were written since."""
        folders = [self.root / name for name in ("app", "etc", "home", "root", "usr", "var")]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return [str(path.relative_to(self.root)) for path in files if path.stat().st_mtime > moment]


def until(condition, words: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"{PATIENCE} s passed before {words}"
        time.sleep(0.1)


def main() -> None:
    at = programs()
    assert at, lacks()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="metricgain-image-")))
        url = stack.enter_context(servers.serving(at))
        home.chmod(0o755)
        store = stack.enter_context(closing(Store(home)))
        store.make_base()
        began = time.monotonic()
        store.make_image()
        print(f"Built in {time.monotonic() - began:.0f} s: {store.size()}", flush=True)
        with closing(socket.create_server(("127.0.0.1", 0))) as listener:
            port = listener.getsockname()[1]
        container, moment = Container(store, home, url, port), time.time()
        assert "Prepared" in container.run("prepare")
        with container.serving() as serve:
            assert [container.status(path) for path in ("/livez", "/healthz", "/login/", "/")] == [200] * 4
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                assert f'"version": "{metricgain.__version__}"' in answer.read().decode()
            assert "Backup made" in container.run("backup", "--verify")
            serve.send_signal(signal.SIGTERM)
            until(lambda: container.status("/readyz") == 503, "it says that it is going")
        assert container.written_since(moment) == []
        print("It prepared, served, backed up and verified, and went; its root was not written to.")


if __name__ == "__main__":
    main()
