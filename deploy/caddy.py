"""Finds Caddy, the proxy of the HTTPS tests, and fetches Debian's package if this machine has none.

The package is unpacked and not installed. That needs no root, and starts no web server on ports 80 and 443."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
UNPACKED = CLONE / "var" / "tools" / "caddy"
HOW = """The HTTPS tests need Caddy, and this machine has none. One of these gets it:
    sudo apt install caddy      (Debian 12 and later, Ubuntu 24.04 and later)
    brew install caddy          (macOS)
Or name one that you have: CADDY=/path/to/caddy make test"""


def find() -> str | None:
    """Returns the path of a Caddy that starts: CADDY, the system's, or the one unpacked here; None without one."""
    names = [os.environ["CADDY"]] if os.environ.get("CADDY") else ["caddy", str(UNPACKED / "usr" / "bin" / "caddy")]
    return next((path for path in map(shutil.which, names) if path and _starts(path)), None)


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fetch() -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return
    print("Fetching Caddy with apt-get", flush=True)
    UNPACKED.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED.parent) as directory:
        # The machine's list of packages may be outdated or empty. Only root may renew it.
        done = _apt("download", "caddy", directory=directory)
        if done.returncode and os.geteuid() == 0:
            _apt("update", directory=directory)
            done = _apt("download", "caddy", directory=directory)
        package = next(Path(directory).glob("caddy_*.deb"), None)
        if done.returncode or package is None:
            print(done.stderr.strip(), file=sys.stderr)
            return
        draft = Path(directory) / "unpacked"
        subprocess.run(["dpkg-deb", "--extract", package, draft], check=True)
        shutil.rmtree(UNPACKED, ignore_errors=True)
        draft.rename(UNPACKED)


def _apt(*arguments: str, directory: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["apt-get", "-qq", *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


if __name__ == "__main__":
    if not find():
        if os.environ.get("CADDY"):
            sys.exit(f"CADDY={os.environ['CADDY']} does not start.")
        fetch()
        if not find():
            sys.exit(HOW)
