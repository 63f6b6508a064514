"""A PostgreSQL dies, hangs, recovers or runs out of room, and is watched: real servers are killed for real."""

import os
import threading
import time
from contextlib import suppress

import psutil
import psycopg
import pytest

from metricgain.operations.servers import disks, embedded, postmaster, watching
from metricgain.operations.tests.killing import each, eventually, is_alive, kill, postgres_of
from metricgain.operations.tests.test_embedded import connect

MUTE = 3


@pytest.fixture
def server(data_dir) -> embedded.EmbeddedPostgres:
    found = embedded.EmbeddedPostgres(data_dir, fsync=False)
    found.start()
    return found


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watch(server, said, monkeypatch) -> watching.Watch:
    monkeypatch.setattr(watching, "ASKS_EVERY", 0)
    monkeypatch.setattr(watching, "ANSWERS_WITHIN", 1)
    monkeypatch.setattr(watching, "PAUSES", (0,))
    watch = watching.Watch(server, mute=MUTE, restarts=3, say=said.append)
    watch.look()
    return watch


@pytest.fixture(params=["who may look into it", "root in a container"])
def sight(request, monkeypatch) -> None:
    """Without CAP_SYS_PTRACE root sees no more of a PostgreSQL that runs as another user than its name and parent."""

    def denied(process):
        raise psutil.AccessDenied(process.pid)

    if request.param == "root in a container":
        monkeypatch.setattr(psutil.Process, "cwd", denied)
        monkeypatch.setattr(psutil.Process, "io_counters", denied, raising=False)


def answers(server) -> bool:
    return postmaster.greeting(server.sockets, embedded.DATABASE, patience=1) == postmaster.READY


def test_one_that_is_well_is_let_be(server, watch, said):
    pid = postmaster.running_pid(server.cluster)
    for _ in range(3):
        watch.look()
    assert postmaster.running_pid(server.cluster) == pid
    assert said == []


def test_one_that_was_killed_is_started_again(server, watch, said):
    kill(postgres_of(server.data_dir)[:1])
    watch.look()
    assert answers(server)
    watch.look()
    assert said == ["PostgreSQL is gone. Starting it again (1 of 3 times in 10 minutes)", "PostgreSQL is up again"]


def test_a_session_of_a_killed_one_does_not_hold_up_the_next(server, watch, sight):
    """A session of the killed server would go on with its statement, and meanwhile no other server could use the
    data."""
    with connect(server.data_dir) as session:
        sleeper = psutil.Process(session.info.backend_pid)
        thread = threading.Thread(target=lambda: suppressed(session, "SELECT pg_sleep(300)"))
        thread.start()
        eventually(lambda: "pg_sleep" in running(server))
        watch.look()
        kill(postgres_of(server.data_dir)[:1])
        assert sleeper.is_running()
        watch.look()
        assert answers(server)
        thread.join(30)


def suppressed(session, statement):
    with suppress(psycopg.OperationalError):
        session.execute(statement)


def running(server) -> str:
    with connect(server.data_dir) as session:
        found = session.execute("SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
    return " ".join(query for (query,) in found if query)


@pytest.mark.parametrize("who", ["all of it", "the postmaster alone"])
def test_one_that_was_suspended_counts_as_dead_after_a_while(server, watch, said, who, sight):
    suspended = postgres_of(server.data_dir)
    each(suspended if who == "all of it" else suspended[:1], psutil.Process.suspend)
    eventually(lambda: said, doing=watch.look)
    assert said == ["PostgreSQL gives no answer for 3 s. Starting it again (1 of 3 times in 10 minutes)"]
    assert answers(server)
    assert not any(map(is_alive, suspended))


def test_one_that_was_suspended_for_a_moment_is_let_be(server, watch, said):
    watch.mute = 60
    pid = postmaster.running_pid(server.cluster)
    suspended = postgres_of(server.data_dir)
    each(suspended, psutil.Process.suspend)
    watch.look()
    assert watch.mute_since
    each(suspended, psutil.Process.resume)
    eventually(lambda: watch.mute_since is None, doing=watch.look)
    assert (postmaster.running_pid(server.cluster), said) == (pid, [])


@pytest.fixture
def recovering(server, watch) -> psutil.Process:
    """Returns the process that reads the log after a crash. It is held up when most of the log is still to be read."""
    with connect(server.data_dir) as session:
        session.execute("DROP TABLE IF EXISTS much")
        session.execute("CHECKPOINT")
        session.execute("CREATE TABLE much AS SELECT repeat(md5(n::text), 50) FROM generate_series(1, 100000) AS n")
    kill(postgres_of(server.data_dir))
    with server.log.open("ab"), server.locked():
        server._launch()
    found = []
    eventually(lambda: found.extend(startup_of(server)) or found, doing=lambda: time.sleep(0.001))
    found[0].suspend()
    return found[0]


def startup_of(server) -> list[psutil.Process]:
    with suppress(psutil.Error, TypeError):
        children = psutil.Process(postmaster.running_pid(server.cluster)).children()
        return [child for child in children if child.cmdline() and child.cmdline()[0].startswith("postgres: startup")]
    return []


def test_recovery_is_let_be_as_long_as_it_advances_and_no_longer(server, watch, said, recovering, sight):
    pid = postmaster.running_pid(server.cluster)
    until = time.monotonic() + 2 * MUTE
    while time.monotonic() < until:
        before = watching._progress(pid, ("startup",))
        recovering.resume()
        eventually(lambda before=before: watching._progress(pid, ("startup",)) != before, doing=lambda: None)
        recovering.suspend()
        time.sleep(1)  # CPU time is told in hundredths of a second: each round takes some of the log
        watch.look()
    assert (postmaster.running_pid(server.cluster), said) == (pid, [])
    eventually(lambda: said, doing=watch.look)
    assert said[0].startswith("PostgreSQL gives no answer for 3 s. Starting it again")
    eventually(lambda: answers(server), doing=watch.look)


def test_one_that_does_not_stay_up_is_given_up(server, watch):
    for _ in range(3):
        kill(postgres_of(server.data_dir)[:1])
        watch.look()
        assert answers(server)
    kill(postgres_of(server.data_dir)[:1])
    with pytest.raises(watching.GivenUp, match=r"after it was started 3 times in 10 minutes. The end of"):
        watch.look()


def test_deaths_of_long_ago_do_not_count(server, watch):
    for _ in range(3):
        kill(postgres_of(server.data_dir)[:1])
        watch.look()
    watch.deaths[0] -= watching.A_WHILE
    kill(postgres_of(server.data_dir)[:1])
    watch.look()
    assert answers(server)


def test_one_that_cannot_start_says_why_and_counts(server, watch, said):
    kill(postgres_of(server.data_dir)[:1])
    broken = server.cluster / "postgresql.auto.conf"
    kept = broken.read_text()
    broken.write_text("port = gym\n")
    try:
        watch.look()
    finally:
        broken.write_text(kept)
    assert "PostgreSQL does not start" in said[1]
    assert "gym" in said[1]
    watch.look()
    assert said[2].endswith("(2 of 3 times in 10 minutes)")
    assert answers(server)


def test_on_a_full_disk_it_waits_for_room_which_counts_as_nothing(server, watch, said, monkeypatch):
    kill(postgres_of(server.data_dir)[:1])
    with monkeypatch.context() as patched:
        patched.setattr(watching, "ROOM", 2**60)
        for _ in range(5):
            watch.look()
    assert len(said) == 1
    assert f"the disk of {server.cluster} is full. Make room" in said[0]
    assert not watch.deaths
    watch.look()
    assert answers(server)


def test_data_that_is_not_there_is_never_made_anew(server, watch):
    """When a disk was pulled out, people would believe an empty database in its place."""
    server.stop()
    elsewhere = server.cluster.with_name("elsewhere")
    server.cluster.rename(elsewhere)
    try:
        with pytest.raises(watching.GivenUp, match="is not there any more"):
            watch.look()
        assert not server.cluster.exists()
    finally:
        elsewhere.rename(server.cluster)


def test_a_restart_on_purpose_is_no_death(server, watch, said):
    restarting = threading.Thread(target=server.restart)
    before = postmaster.running_pid(server.cluster)
    restarting.start()
    eventually(lambda: postmaster.running_pid(server.cluster) not in (None, before), doing=watch.look)
    restarting.join()
    watch.look()
    assert said == []
    assert not watch.deaths


def test_a_server_that_another_has_just_launched_is_never_killed(server, watch, said):
    """A server is already in its directory a moment before it writes its process id there."""
    kill(postgres_of(server.data_dir))
    with server.locked():
        server._bring_up(60)
        pid = postmaster.running_pid(server.cluster)
        signs = [server.cluster / "postmaster.pid", server.sockets / postmaster.SOCKET]
        for sign in signs:
            sign.rename(f"{sign}.hidden")
        rival = threading.Thread(target=lambda: watch.stand_up("PostgreSQL is gone"))
        rival.start()
        eventually(lambda: said)
        time.sleep(0.5)  # for the fault: who waits as it should does so until the lock is free
        for sign in signs:
            sign.with_name(f"{sign.name}.hidden").rename(sign)
    rival.join(60)
    assert postmaster.running_pid(server.cluster) == pid
    assert answers(server)


def test_a_look_that_fails_is_told_once_and_the_next_one_comes(said):
    looks = iter([OSError(5, "Input/output error")] * 3 + [ValueError("other"), watching.GivenUp("enough")])

    def look():
        raise next(looks)

    with pytest.raises(watching.GivenUp, match="enough"):
        watching.go_on(look, every=0, say=said.append, is_wanted=lambda: True)
    assert said == [
        "A check failed: OSError(5, 'Input/output error'). Watching goes on",
        "A check failed: ValueError('other'). Watching goes on",
    ]


def test_a_disk_is_told_of_once_when_it_becomes_nearly_full(tmp_path, said, monkeypatch):
    rooms = watching.DiskWatch(tmp_path, tmp_path / "not made yet", say=said.append)
    for nearly_full, room_again, times in ((101, 101, 0), (0, 0, 1), (0, 0, 1), (101, 101, 1), (0, 0, 2)):
        monkeypatch.setattr(disks, "NEARLY_FULL", nearly_full)
        monkeypatch.setattr(disks, "ROOM_AGAIN", room_again)
        rooms.look()
        assert len(said) == times
    assert f"THE DISK OF {tmp_path} IS " in said[0]
    assert "make room" in said[0]


def test_a_disk_is_as_full_as_df_has_it(tmp_path):
    [disk] = disks.under(tmp_path, tmp_path / "backups")
    told = os.popen(f"df --output=pcent,avail -B1 {tmp_path}").read().split()
    assert abs(disk.percent - int(told[-2].rstrip("%"))) <= 1
    assert disk.name == "disk"


def test_a_disk_that_hangs_holds_up_nobody(tmp_path, monkeypatch):
    gauge, hanging = disks.DiskGauge(), threading.Event()
    assert gauge.read(tmp_path, tmp_path)
    monkeypatch.setattr(disks, "FRESH", 0)
    monkeypatch.setattr(disks, "A_MOMENT", 0.05)
    monkeypatch.setattr(disks, "under", lambda *places: hanging.wait(30))
    assert gauge.read(tmp_path, tmp_path)
    assert gauge._thread.is_alive()
    first = gauge._thread
    assert gauge.read(tmp_path, tmp_path)
    assert gauge._thread is first
    hanging.set()
