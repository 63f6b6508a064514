import pytest

from metricgain.operations.servers import server_log


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(server_log, "LARGEST", 100)
    return tmp_path / "postgres.log"


def test_a_log_that_has_become_large_is_kept_once_and_begun_anew(log):
    server_log.rotate(log)  # there is none yet
    with log.open("a") as server:  # has it open all the time
        for word in ("first", "second"):
            server.write(f"{word} {'x' * 100}\n")
            server.flush()
            server_log.rotate(log)
            assert server_log.size(log) == 0
            assert log.with_suffix(".log.1").read_text().startswith(word)
        server.write("third\n")
        server.flush()
        server_log.rotate(log)
    assert log.read_text() == "third\n"


def test_what_was_said_since_a_start_is_found(log):
    log.write_text("before\n")
    start = server_log.size(log)
    log.write_text("before\nFATAL: no\n")
    assert server_log.said_since(log, start) == "FATAL: no\n"


def test_the_embedded_server_logs_statements_that_take_long(house):
    assert house.ask("SHOW log_min_duration_statement") == [("1s",)]
    house.ask("SELECT 'slow statement', pg_sleep(1.1)")
    assert "slow statement" in (house.data_dir / "postgres.log").read_text()
