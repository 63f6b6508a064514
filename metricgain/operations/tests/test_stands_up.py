"""`serve` and its PostgreSQL are killed and suspended for real. The tests check what people are told meanwhile, and
that the server recovers."""

import http.client
import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest

from metricgain.operations.servers import running
from metricgain.operations.tests.killing import each, eventually, is_alive, kill, postgres_of
from metricgain.operations.tests.serving import free_port

A_SESSION = "sessionid=abcdefghijklmnopqrstuvwxyz012345"  # of nobody: the database is asked for it


class Serve:
    """A `serve` that runs while the block runs. `said` is the file with everything that it says."""

    def __init__(self, house, **environment: str):
        self.house, self.port = house, free_port()
        self.environment = {"PORT": str(self.port), "WORKERS": "2", "THREADS": "2"} | environment
        self.said = house.data_dir / "said.txt"

    def __enter__(self):
        with self.said.open("w") as file:
            self.process = self.house.begin("serve", stdout=file, stderr=subprocess.STDOUT, **self.environment)
        eventually(lambda: "Ctrl-C" in self.said.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said.read_text()
        return self

    def __exit__(self, *exc_info):
        self.process.terminate()
        self.process.wait(60)

    def get(self, path: str = "/exercises/") -> http.client.HTTPResponse:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Cookie": A_SESSION})
            answer = connection.getresponse()
            answer.text = answer.read().decode()
            return answer

    def lines(self, phrase: str) -> list[str]:
        return [line for line in self.said.read_text().splitlines() if phrase in line]

    def stands_up(self) -> None:
        eventually(lambda: self.get().status == 302)
        eventually(lambda: self.get("/healthz").status == 200)  # of the other worker, which asks for itself


@pytest.mark.drill
def test_it_starts_a_postgresql_that_died_and_ends_with_a_sentence_when_it_dies_too_often(house):
    with Serve(house, POSTGRES_RESTARTS="2") as serve:
        assert serve.get().status == 302
        kill(postgres_of(house.data_dir)[:1])
        serve.stands_up()
        eventually(lambda: serve.lines("PostgreSQL is up again"))
        kill(postgres_of(house.data_dir))
        serve.stands_up()
        assert len(serve.lines("Starting it again")) == 2
        kill(postgres_of(house.data_dir))
        assert serve.process.wait(60) == 1
        [last] = serve.lines("CommandError")
        assert "PostgreSQL is gone, after it was started 2 times in 10 minutes" in last
        assert not serve.lines("Traceback")
        assert running.serving(house.data_dir) == {}


@pytest.mark.drill
def test_a_suspended_postgresql_costs_503_and_is_replaced(house):
    with Serve(house, POSTGRES_MUTE="12") as serve:
        serve.get()
        began = time.monotonic()
        suspended = postgres_of(house.data_dir)
        each(suspended, psutil.Process.suspend)
        with ThreadPoolExecutor(20) as callers:
            healths = [callers.submit(serve.get, "/healthz") for _ in range(2)]
            pages = [callers.submit(serve.get) for _ in range(16)]
            pages, healths = [page.result() for page in pages], [health.result() for health in healths]
        assert {page.status for page in pages} == {503}
        assert {page.headers["Retry-After"] for page in pages} == {"10"}
        assert all("What is on your phone is safe" in page.text for page in pages)
        assert {health.status for health in healths} == {503}
        assert {json.loads(health.text)["status"] for health in healths} == {"database unreachable"}
        assert serve.get("/manifest.json").status == 200
        told = len(serve.lines("The database is away"))
        assert 1 <= told <= time.monotonic() - began + 1
        assert not serve.lines("Traceback")
        serve.stands_up()
        assert serve.lines("PostgreSQL gives no answer for 12 s. Starting it again")
        assert not any(map(is_alive, suspended))


def test_a_postgresql_that_goes_on_is_used_again_at_once(house):
    with Serve(house) as serve:
        serve.get()
        suspended = postgres_of(house.data_dir)
        each(suspended, psutil.Process.suspend)
        assert serve.get().status == 503
        assert serve.get("/healthz").status == 503
        each(suspended, psutil.Process.resume)
        serve.stands_up()
        assert not serve.lines("Starting it again")
        assert suspended[0].is_running()


def eye_on(serve: Serve) -> psutil.Process:
    processes = psutil.Process(serve.process.pid).children()
    [eye] = [process for process in processes if "metricgain.operations.servers.watching" in process.cmdline()]
    return eye


def test_the_eye_on_it_closes_with_it_however_it_ends(house):
    with Serve(house) as serve:
        eye = eye_on(serve)
        serve.process.send_signal(signal.SIGKILL)
        serve.process.wait()
        eventually(lambda: not is_alive(eye))


def test_an_eye_that_was_killed_is_opened_again(house):
    with Serve(house) as serve:
        kill([eye_on(serve)])
        kill(postgres_of(house.data_dir)[:1])
        serve.stands_up()
        eventually(lambda: serve.lines("The process that watches PostgreSQL was killed. Starting it again"))
        assert is_alive(eye_on(serve))
        assert not serve.lines("Traceback")


def test_what_is_given_up_before_the_server_is_up_is_told_as_well(tmp_path):
    """The signal reaches a process that has no server yet."""
    begun = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from metricgain.operations.servers import watching\n"
        "try:\n"
        "    with watching.alongside(Path(sys.argv[1]), Path(sys.argv[1]), postgres=True, mute=60, restarts=3):\n"
        "        time.sleep(60)\n"
        "except watching.GivenUp as error:\n"
        "    raise SystemExit(f'given up: {error}')\n"
    )
    done = subprocess.run([sys.executable, "-c", begun, tmp_path], capture_output=True, text=True, timeout=60)
    assert (done.returncode, "is not there any more" in done.stderr) == (1, True), done.stderr


def test_statements_of_its_pages_are_limited_by_the_server_and_those_of_commands_are_not(house):
    with Serve(house):
        assert house.ask("SHOW statement_timeout") == [("4500ms",)]
        shown = "from django.db import connection as c\nwith c.cursor() as k: k.execute('SHOW statement_timeout'); "
        shown += "print(k.fetchone())"
        assert house.run("shell", "-v0", "-c", shown).stdout == "('0',)\n"
