"""A real `manage.py serve`, and what a browser does about it: cookies, the token of a form, where it came from."""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from metricgain.operations.servers import embedded

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


def surroundings(data_dir: Path) -> dict[str, str]:
    """Returns our environment as an owner has it, without what is for tests alone and without this clone's `.env`."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return kept | {"DATA_DIR": str(data_dir), "DATABASE_URL": "", "SIGNUP": "open", "EMAIL_URL": "", "WORKERS": "1"}


@contextmanager
def served(data_dir: Path, **environment: str) -> Iterator[str]:
    """Serves while the block runs. Gives what the server said until it was ready."""
    embedded.start(data_dir, fsync=False)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=surroundings(data_dir) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        threading.Thread(target=process.stdout.read, daemon=True).start()  # what it says later must not fill the pipe
        yield "".join(said)
    finally:
        process.terminate()
        process.wait(20)


class Browser:
    """A browser with only what these tests need. It follows no redirect, and sends its cookies wherever it is told
    to."""

    def __init__(self, connect, host: str, origin: str):
        self.connect, self.host, self.origin = connect, host, origin
        self.cookies: dict[str, Morsel] = {}

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], *, origin: str | None = None) -> http.client.HTTPResponse:
        """Sends the form of this page, filled in. Like a browser, it first opens the page for the form's token."""
        token = TOKEN.search(self.get(path).text)[1]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": origin or self.origin,
            "Referer": f"{origin or self.origin}{path}",
        }
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": token}), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        with closing(self.connect()) as connection:
            connection.request(method, path, body, {"Host": self.host, "Cookie": self._cookie()} | headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= SimpleCookie(header)
        self.cookies = {name: morsel for name, morsel in self.cookies.items() if morsel["max-age"] != "0"}
        return answer

    def _cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
