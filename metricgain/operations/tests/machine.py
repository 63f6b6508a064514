"""A real `manage.py serve` and a real PostgreSQL in a directory of their own, to be killed and started again."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from metricgain.operations.servers import embedded, postmaster

ROOT = Path(__file__).resolve().parents[3]


class Machine:
    """`environment` goes to `serve`: PORT and, where it is not the embedded one of `data_dir`, DATABASE_URL."""

    def __init__(self, data_dir: Path, **environment: str):
        self.data_dir = data_dir
        ours = {"DATABASE_URL": "", "BACKUP_DIR": f"{data_dir}/backups"}
        # `serve` starts a PostgreSQL that died, and gives up one that dies often. Here it dies because of us.
        self.environment = ours | {"POSTGRES_RESTARTS": "1000"} | environment
        self.server: subprocess.Popen | None = None
        self.killed = {"server": 0, "database": 0}
        self.said: list[str] = []  # by the server, all of it

    def start_database(self) -> None:
        """Starts PostgreSQL with fsync, so that everything that was committed stays."""
        embedded.start(self.data_dir)

    def start_server(self) -> None:
        """Starts the server, and returns when it answers."""
        self.server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": str(self.data_dir)} | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a process group of its own, to be killed as one
        )
        ready = threading.Event()
        threading.Thread(target=self._listen, args=[self.server, ready], daemon=True).start()
        ready.wait(120)
        if self.server.poll() is not None or not ready.is_set():
            raise RuntimeError("The server does not come up:\n" + "".join(self.said[-20:]))

    def _listen(self, server: subprocess.Popen, ready: threading.Event) -> None:
        for line in server.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                ready.set()
        ready.set()

    def kill_server(self) -> None:
        self.signal(signal.SIGKILL)
        self.server.wait()
        self.killed["server"] += 1

    def kill_database(self) -> None:
        """Kills the postmaster and all its processes at once, so that none of them has time to tidy up."""
        postgres = psutil.Process(postmaster.running_pid(embedded.cluster_of(self.data_dir)))
        every = [postgres, *postgres.children(recursive=True)]
        for one in every:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(every, timeout=10)
        self.killed["database"] += 1

    def signal(self, what: int) -> None:
        """Sends the signal to the server, that is to the master and its workers."""
        os.killpg(self.server.pid, what)

    def suspend(self, seconds: float) -> None:
        self.signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.signal(signal.SIGCONT)
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.signal(signal.SIGKILL)
                self.server.wait()
        if not self.environment["DATABASE_URL"]:
            embedded.stop(self.data_dir)
