import shutil
import subprocess

import pytest
from django.conf import settings


@pytest.fixture
def machine(tmp_path):
    """A PATH and a home with nothing in them but what the test puts there."""
    for directory in ("deploy", "path", "home"):
        (tmp_path / directory).mkdir()
    shutil.copy(settings.BASE_DIR / "deploy" / "find-python", tmp_path / "deploy")
    for tool in ("dirname", "cat", "id"):
        (tmp_path / "path" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def put(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def find(machine):
    environment = {"PATH": str(machine / "path"), "HOME": str(machine / "home")}
    command = ["/bin/sh", machine / "deploy" / "find-python"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_prefers_the_one_the_tests_run_on(machine):
    put(machine / "path" / "python3", "exit 0")
    wanted = put(machine / "path" / "python3.13", "exit 0")
    assert find(machine).stdout.strip() == wanted


def test_a_shim_that_does_not_run_is_passed_over_for_one_that_does(machine):
    put(machine / "path" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    wanted = put(machine / "home" / ".pyenv" / "versions" / "3.13.9" / "bin" / "python3", "exit 0")
    assert find(machine).stdout.strip() == wanted


def test_one_that_cannot_build_environments_is_the_last_resort(machine):
    put(machine / "path" / "python3.13", 'case "$2" in *ensurepip*) exit 1;; esac')
    wanted = put(machine / "path" / "python3.12", "exit 0")
    assert find(machine).stdout.strip() == wanted
