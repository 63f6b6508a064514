"""Finds Chromium, the browser of the browser tests, and installs it where this machine allows that."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("install", "--yes", "--no-install-recommends")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
HOW = """The browser tests need Chromium, and this machine has none. Either of these gets it:
    sudo apt install chromium                      (Debian)
    .venv/bin/playwright install --with-deps chromium
Or name one that you have: CHROMIUM=/path/to/chrome make test"""


def find_lean() -> str | None:
    """Returns the path of the browser without windows, in which a test takes two thirds of the time; without it, of
    any other. It cannot install an app."""
    return (None if os.environ.get("CHROMIUM") else shutil.which(SHELL)) or find()


def find() -> str | None:
    """Returns the path of a browser that starts: CHROMIUM, the system's, or Playwright's; None without one."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else [*NAMES, MAC, *_playwrights_own()]
    return next((path for path in map(shutil.which, names) if path and _starts(path)), None)


def _playwrights_own() -> list[str]:
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    on_mac = Path.home() / "Library" / "Caches" / "ms-playwright"
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*/Contents/MacOS/*")
    return [str(path) for root in (cache, on_mac) for pattern in patterns for path in sorted(Path(root).glob(pattern))]


def _starts(path: str) -> bool:
    """Tells whether the browser starts. Ubuntu's `chromium-browser` may be a script that only says what to install."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def switches() -> list[str]:
    """Returns Chromium's switches. As root it refuses to run with its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def can_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def is_offered(package: str) -> bool:
    """Tells whether apt could install the package, by what it knows without asking the network."""
    return can_use_apt() and subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


def install() -> None:
    """Installs Debian's package as root, because it brings the libraries; otherwise Playwright's browser."""
    if can_use_apt():
        print("Installing Chromium with apt-get", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        # Each alone: without the lean one the other does.
        for command in (["update"], *([*INSTALL, name] for name in ("chromium", SHELL))):
            subprocess.run(["apt-get", "-qq", *command], env=environment, stdin=subprocess.DEVNULL, check=False)
        if find():
            return
    print("Installing Playwright's Chromium", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if os.environ.get("CHROMIUM"):
        if not find():
            sys.exit(f"CHROMIUM={os.environ['CHROMIUM']} does not start.")
    elif not find() or (not shutil.which(SHELL) and is_offered(SHELL)):
        install()
        if not find():
            sys.exit(HOW)
