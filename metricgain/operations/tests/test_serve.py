import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest
from django.conf import settings

from metricgain.operations.servers import embedded, running


@pytest.fixture(scope="module")
def port():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def manage(data_dir, port):
    """Starts a command of `manage.py` for the data and the port of this module. There is nothing yet, as for a new
    owner: the first `serve` also collects the static files."""
    shutil.rmtree(data_dir / "static")
    (data_dir / "static.stamp").unlink()
    embedded.start(data_dir, fsync=False)
    environment = os.environ | {"DATA_DIR": str(data_dir), "PORT": str(port), "DATABASE_URL": "", "SITE_URL": ""}

    def start(command, **more):
        return subprocess.Popen(
            [sys.executable, "manage.py", command],
            cwd=settings.BASE_DIR,
            env=environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    return start


@pytest.fixture
def served(manage, port):
    """A server that has said that it is ready."""
    with manage("serve") as process:
        process.said = until_ready(process)
        yield process
        process.terminate()


def until_ready(process) -> str:
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    return "".join(said)


def status(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        return answer.status


def is_free(port):
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_it_says_where_once_it_answers_and_how_to_make_the_owner(served, data_dir, port):
    assert f"MetricGain is at http://127.0.0.1:{port}\n" in served.said
    assert "createsuperuser" in served.said
    assert status(port) == 200
    assert (data_dir / "static" / "staticfiles.json").exists()


def test_ctrl_c_ends_it_quietly(served, port):
    os.killpg(served.pid, signal.SIGINT)  # as a terminal does: to the master and to its workers
    assert served.wait(20) == 0
    assert served.stdout.read() == ""
    assert is_free(port)


def test_a_second_one_on_the_port_says_that_it_runs_already(served, manage, port):
    said, _ = manage("serve").communicate(timeout=60)
    assert f"MetricGain is already running at http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def test_two_ports_are_served_from_one_database(served, manage, data_dir, port):
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        other = listener.getsockname()[1]
    with manage("serve", PORT=str(other)) as second:
        assert f":{other}" in second.stdout.readline()
        assert (status(port), status(other)) == (200, 200)
        assert set(running.serving(data_dir)) == {port, other}
        second.terminate()


def links(manage, **environment):
    said, _ = manage("invite", **environment).communicate(timeout=60)
    return re.findall(r"(\S+)/signup/", said)


def test_links_that_commands_print_lead_to_the_server_that_runs(served, manage, port):
    assert links(manage, PORT="", HOST="") == [f"http://127.0.0.1:{port}"]
    assert links(manage, SITE_URL="https://gym.example.org") == ["https://gym.example.org"]
    served.terminate()
    served.wait(20)
    assert links(manage, PORT="", HOST="") == ["http://127.0.0.1:8000"]


def test_links_lead_to_where_a_phone_reaches_a_server_on_all_interfaces(manage, port):
    with manage("serve", HOST="0.0.0.0") as process:
        said = until_ready(process)
        phones = re.findall(r"On a phone in the same network: (\S+)", said)
        assert links(manage, PORT="", HOST="") == (phones or [f"http://127.0.0.1:{port}"])[:1]
        process.terminate()


def test_the_first_start_with_a_demo_waits_for_no_demo(manage, port):
    with manage("serve", DEMO="on") as process:
        said = until_ready(process)
        assert "The demo is being built" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert "Try the demo" in answer.read().decode()
        process.terminate()


def test_a_port_taken_by_another_program_is_told_with_the_way_out(manage, port):
    with closing(socket.create_server(("127.0.0.1", port))):
        process = manage("serve")
        said, _ = process.communicate(timeout=60)
    assert f"Port {port} is taken by" in said
    assert f"PORT={port + 1} make run" in said
    assert "Traceback" not in said
    assert process.returncode == 1


def test_the_workers_follow_a_master_that_was_killed(served, port):
    served.kill()
    deadline = time.monotonic() + 10
    while not is_free(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_free(port)


def test_stop_ends_it_and_its_database(served, manage, data_dir, port):
    said, _ = manage("stop").communicate(timeout=60)
    assert f"the server on port {port}" in said
    assert "PostgreSQL" in said
    assert served.wait(20) == 0
    assert running.stop_all(data_dir) == []
    assert manage("stop").communicate(timeout=60)[0] == "Nothing was running.\n"
