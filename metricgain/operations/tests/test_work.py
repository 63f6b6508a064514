"""The worker beside `serve`: killed, it is started again, and what it did is done whole; without `serve` it ends."""

import psutil

from metricgain.operations.tests.killing import eventually, is_alive
from metricgain.operations.tests.serving import free_port

SLOW = "metricgain.jobs.tests.kinds.write_slowly"
STATE = "SELECT state, attempts FROM jobs WHERE kind = %s"
WRITTEN = "SELECT count(*) FROM exercises WHERE name LIKE 'Slow %%'"


def workers_of(server: psutil.Process) -> list[psutil.Process]:
    return [one for one in server.children() if is_alive(one) and "work" in one.cmdline()]


def test_a_killed_worker_is_started_again_and_its_job_is_done_whole(house):
    with house.started("serve", PORT=str(free_port())) as process:
        server = psutil.Process(process.pid)
        eventually(lambda: workers_of(server))
        [worker] = workers_of(server)
        house.ask("INSERT INTO jobs (kind, queue, arguments) VALUES (%s, 'later', '{\"name\": \"Slow\"}')", SLOW)
        eventually(lambda: house.ask(STATE, SLOW) == [("running", 1)])
        worker.kill()
        eventually(lambda: not is_alive(worker))
        assert house.ask(WRITTEN) == [(0,)]
        eventually(lambda: workers_of(server))
        house.ask("UPDATE jobs SET beat_at = now() - interval '2 minutes' WHERE kind = %s AND attempts = 1", SLOW)
        eventually(lambda: house.ask(STATE, SLOW) == [("waiting", 1)])
        house.ask("UPDATE jobs SET due_at = now() WHERE kind = %s", SLOW)
        eventually(lambda: house.ask(STATE, SLOW) == [("done", 2)])
        assert house.ask(WRITTEN) == [(10,)]
        [worker] = workers_of(server)
        process.kill()
        eventually(lambda: not is_alive(worker))


def test_a_machine_may_make_no_backups(house):
    house.forget_backups()
    with house.started("work", BACKUP="off"):
        eventually(lambda: house.ask("SELECT 1 FROM jobs WHERE kind ~ 'sweep_sessions' AND finished_at IS NOT NULL"))
        eventually(lambda: house.ask("SELECT 1 FROM jobs WHERE kind ~ 'sweep_deleted' AND finished_at IS NOT NULL"))
        assert house.ask("SELECT attempts FROM jobs WHERE kind ~ 'keep_backups'") == [(0,)]
        assert house.dumps() == []
