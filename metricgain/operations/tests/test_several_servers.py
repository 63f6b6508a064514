"""Several app servers, each with a DATA_DIR of its own, over one database."""

import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError

from metricgain.operations import assets
from metricgain.operations.servers import embedded, running
from metricgain.operations.tests.serving import free_port


@pytest.fixture
def another(house, tmp_path):
    """The environment of another server of this house's database. Its settings come from files, as in a container."""
    (tmp_path / "url").write_text(f"{embedded.database_url(house.data_dir)}\n")
    (tmp_path / "secret").write_text("the secret of all\n")
    (tmp_path / "data").mkdir()
    return {
        "DATA_DIR": str(tmp_path / "data"),
        "BACKUP_DIR": str(tmp_path / "backups"),
        "DATABASE_URL": "",
        "DATABASE_URL_FILE": str(tmp_path / "url"),
        "SECRET_KEY_FILE": str(tmp_path / "secret"),
        "STATIC_ROOT": str(house.data_dir / "static"),
        "WORKERS": "1",
    }


@contextmanager
def serving(house, environment, *arguments):
    port = str(free_port())
    with house.begin(
        *("serve", *arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **environment, PORT=port
    ) as process:
        try:
            for line in process.stdout:
                if "Ctrl-C" in line:
                    break
            yield process, int(port)
        finally:
            process.kill()


def ready(port) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_server_with_another_secret_refuses_to_serve_until_it_is_told_to(house, another, tmp_path):
    house.ask("DELETE FROM installation")
    assert house.run("prepare", **another).returncode == 0
    (tmp_path / "secret").write_text("another one")
    for command in (["serve"], ["serve", "--no-prepare"], ["prepare"], ["work"]):
        done = house.run(*command, **another, PORT=str(free_port()))
        assert done.returncode == 1
        assert "another SECRET_KEY" in done.stderr
        assert done.stderr.count("\n") == 1
    assert house.run("prepare", "--accept-new-secret", **another).returncode == 0
    with serving(house, another, "--no-prepare") as (_, port):
        assert ready(port) == 200


def test_without_preparing_it_serves_only_what_is_prepared(house, another, tmp_path):
    house.ask("DELETE FROM installation")
    lacking = another | {"STATIC_ROOT": str(tmp_path / "nothing")}
    done = house.run("serve", "--no-prepare", **lacking, PORT=str(free_port()))
    assert (done.returncode, "manage.py prepare" in done.stderr) == (1, True)
    house.ask("DELETE FROM django_migrations WHERE app = 'operations'")
    done = house.run("serve", "--no-prepare", **another, PORT=str(free_port()))
    assert (done.returncode, "manage.py prepare" in done.stderr) == (1, True)
    house.ask("INSERT INTO django_migrations (app, name, applied) VALUES ('operations', '0001_installation', now())")


def test_files_are_collected_without_a_database(house, tmp_path):
    where = {"STATIC_ROOT": str(tmp_path / "of an image" / "static"), "DATABASE_URL": "postgresql://nobody@[::1]:1/no"}
    done = house.run("prepare", "--only-files", **where)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "of an image" / "static" / "staticfiles.json").exists()


def test_files_that_cannot_be_written_are_taken_as_they_are(house, another, tmp_path, monkeypatch):
    image = tmp_path / "image"
    shutil.copytree(house.data_dir / "static", image / "static")
    monkeypatch.setattr("metricgain.operations.assets.os.access", lambda path, how: Path(path) != image)
    monkeypatch.setattr("metricgain.operations.assets.settings.STATIC_ROOT", image / "static")
    with assets.collected():
        pass
    assert [path.name for path in image.iterdir()] == ["static"]


@pytest.mark.parametrize("what", ["/", "file", "file/below", "others", "source"])
def test_files_are_not_collected_where_something_else_is(settings, tmp_path, what):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "precious").write_text("mine")
    settings.STATIC_ROOT = settings.BASE_DIR / "static" if what == "source" else tmp_path / what
    with pytest.raises(CommandError, match=f"^STATIC_ROOT={settings.STATIC_ROOT} "), assets.collected():
        pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "others", "precious"]


def test_a_load_balancer_hears_of_the_end_before_the_listener_closes(house, another):
    with serving(house, another | {"DRAIN_SECONDS": "600"}) as (process, port):
        assert ready(port) == 200
        process.send_signal(signal.SIGTERM)
        while ready(port) != 503:
            assert process.poll() is None
        with closing(socket.create_connection(("127.0.0.1", port))) as kept:
            kept.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = kept.recv(4096).decode()
            assert answer.startswith("HTTP/1.1 200")
            assert "connection: close" in answer.lower()
        process.send_signal(signal.SIGTERM)  # a second one does not wait
        assert process.wait(20) == 0


def test_a_server_that_no_load_balancer_asks_goes_at_once(house, another):
    with serving(house, another | {"DRAIN_SECONDS": "600"}) as (process, _):
        process.terminate()
        assert process.wait(20) == 0


def test_stopping_it_waits_for_the_load_balancer(house, another, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0.5)
    with serving(house, another | {"DRAIN_SECONDS": "3"}) as (process, port):
        assert ready(port) == 200
        began = time.monotonic()
        assert running.stop_serving(tmp_path / "data", drains_for=60) == [port]
        assert process.wait(20) == 0
        assert time.monotonic() - began >= 2.9


def test_while_it_ends_its_last_request_it_refuses_new_ones_at_once(house, another):
    with serving(house, another) as (process, port), closing(socket.create_connection(("127.0.0.1", port))) as early:
        early.sendall(b"GET /livez HTTP/1.1\r\n")
        early.settimeout(20)
        process.terminate()
        while not is_refused(port):
            pass
        assert process.poll() is None
        early.sendall(b"Host: x\r\n\r\n")
        assert early.recv(4096).startswith(b"HTTP/1.1 200")
        assert process.wait(20) == 0


def test_metrics_sum_what_all_processes_have_counted(house, another):
    with serving(house, another | {"WORKERS": "3"}) as (_, port):
        for _ in range(9):
            page(port, "/login/")
        counted = 'metricgain_request_seconds_count{status="200",view="account_login"} 9.0\n'
        assert all(counted in page(port, "/metrics") for _ in range(9))


def page(port, path) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def is_refused(port) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # in the very moment in which the listener closes
        return False
    return False
