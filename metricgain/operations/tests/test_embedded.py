import os
import shutil
import signal
import subprocess
import sys
import time

import environ
import psycopg
import pytest

from metricgain.operations.servers import embedded, postmaster


@pytest.fixture
def cluster(data_dir):
    embedded.start(data_dir, fsync=False)
    return embedded.cluster_of(data_dir)


def connect(data_dir):
    host = str(embedded.socket_directory(data_dir))
    return psycopg.connect(host=host, port=5432, user="postgres", dbname="metricgain", autocommit=True)


def kill(cluster):
    pid = postmaster.running_pid(cluster)
    os.kill(pid, signal.SIGKILL)
    while postmaster.running_pid(cluster):
        time.sleep(0.01)
    return pid


def name_in_pid_file(cluster, pid):
    path = cluster / "postmaster.pid"
    _, *others = path.read_text().splitlines(keepends=True)
    path.write_text("".join([f"{pid}\n", *others]))


@pytest.mark.parametrize("path", ["/srv/metricgain/var", "/srv/a b/50% of #1/ü+ä?x=1", "/srv/" + "long" * 40])
def test_django_finds_the_server_by_its_url(path):
    found = environ.Env.db_url_config(embedded.database_url(path))
    assert found["HOST"] == str(embedded.socket_directory(path))
    assert (found["NAME"], found["USER"], found["PORT"]) == ("metricgain", "postgres", 5432)


def test_the_url_starts_and_makes_nothing(tmp_path):
    embedded.database_url(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_long_path_gets_its_socket_elsewhere():
    directory = embedded.socket_directory("/srv/" + "long" * 40)
    assert len(os.fsencode(directory / postmaster.SOCKET)) <= embedded.LONGEST_SOCKET
    assert directory != embedded.socket_directory("/srv/" + "long" * 41)


def test_a_second_start_finds_the_first(data_dir, cluster):
    pid = postmaster.running_pid(cluster)
    began = time.monotonic()
    embedded.start(data_dir)
    assert time.monotonic() - began < 0.5
    assert postmaster.running_pid(cluster) == pid


def test_it_listens_on_a_private_socket_only(data_dir, cluster):
    assert cluster.stat().st_mode & 0o777 == 0o700
    with connect(data_dir) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT lower('ÄÖ')").fetchone() == ("äö",)


def test_it_spreads_no_statement_over_processes(data_dir, cluster):
    """With nine million sets, the planner walked through all sessions in order to use several processes."""
    with connect(data_dir) as connection:
        assert connection.execute("SHOW max_parallel_workers_per_gather").fetchone() == ("0",)


def test_it_compresses_its_log(data_dir, cluster):
    """docs/performance.md says what a set costs with it and without."""
    with connect(data_dir) as connection:
        assert connection.execute("SHOW wal_compression").fetchone() == ("pglz",)


def test_many_at_once_start_one_server(data_dir, cluster):
    embedded.stop(data_dir)
    code = "import sys; from metricgain.operations.servers import embedded; embedded.start(sys.argv[1], fsync=False)"
    starters = [subprocess.Popen([sys.executable, "-c", code, str(data_dir)]) for _ in range(4)]
    assert [starter.wait(60) for starter in starters] == [0, 0, 0, 0]
    connect(data_dir).close()


def test_what_was_committed_survives_kill_9(data_dir, cluster):
    with connect(data_dir) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    kill(cluster)
    embedded.start(data_dir, fsync=False)
    with connect(data_dir) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_stale_pid_file_may_name_any_other_process(data_dir, cluster):
    kill(cluster)
    name_in_pid_file(cluster, os.getpid())
    with subprocess.Popen(["sleep", "60"]) as other:
        name_in_pid_file(cluster, other.pid)
        assert postmaster.running_pid(cluster) is None
        assert embedded.stop(data_dir) is False
        embedded.start(data_dir, fsync=False)
        assert other.poll() is None
        other.kill()
    assert postmaster.running_pid(cluster)


def test_an_empty_pid_file_is_in_nobodys_way(data_dir, cluster):
    kill(cluster)
    time.sleep(0.5)  # its backends end by themselves
    (cluster / "postmaster.pid").write_text("")
    embedded.start(data_dir, fsync=False)
    assert postmaster.running_pid(cluster)


def test_a_database_that_is_gone_is_made_again(data_dir, cluster):
    host = str(embedded.socket_directory(data_dir))
    with psycopg.connect(host=host, port=5432, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE metricgain WITH (FORCE)")
    embedded.start(data_dir)
    connect(data_dir).close()


def test_it_stops_and_says_whether_there_was_anything_to_stop(data_dir, cluster):
    assert embedded.stop(data_dir) is True
    assert embedded.stop(data_dir) is False
    assert postmaster.running_pid(cluster) is None


def test_the_server_of_a_copied_directory_is_not_its_own(data_dir, cluster):
    copy = data_dir / "copy" / "postgres"
    copy.mkdir(parents=True)
    shutil.copy(cluster / "postmaster.pid", copy)
    assert postmaster.running_pid(copy) is None
    assert postmaster.running_pid(cluster)


def test_data_of_another_major_version_is_left_alone(data_dir, cluster):
    embedded.stop(data_dir)
    (cluster / "PG_VERSION").write_text("17\n")
    try:
        with pytest.raises(embedded.EmbeddedPostgresError, match=r"PostgreSQL 17.*restore"):
            embedded.start(data_dir)
    finally:
        (cluster / "PG_VERSION").write_text("18\n")


def test_a_creation_that_was_cut_short_is_begun_again(data_dir, cluster):
    embedded.stop(data_dir)
    other = data_dir / "other"
    (other / "postgres.new" / "base").mkdir(parents=True)
    try:
        embedded.start(other, fsync=False)
        assert not (other / "postgres.new").exists()
        connect(other).close()
    finally:
        embedded.stop(other)


def test_a_directory_with_other_things_in_it_is_left_alone(data_dir):
    (data_dir / "third" / "postgres").mkdir(parents=True)
    (data_dir / "third" / "postgres" / "thesis.txt").touch()
    with pytest.raises(embedded.EmbeddedPostgresError, match="not a PostgreSQL data directory"):
        embedded.start(data_dir / "third")


def test_data_of_another_user_is_met_with_a_sentence(data_dir, cluster, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(embedded.EmbeddedPostgresError, match="belongs to"):
        embedded.start(data_dir)
