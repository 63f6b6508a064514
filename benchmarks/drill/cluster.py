"""A PostgreSQL of three nodes with Patroni and etcd, on loopback: one leader, and standbys of which one is synchronous.

A commit is answered once the synchronous standby has it too, and only that one becomes the leader when the leader dies.
So nothing that was answered is lost."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.drill import servers
from metricgain.operations.servers import embedded
from metricgain.operations.tests.serving import free_port

NODES = 3
NEEDED = ("patroni", "etcd")
VERSIONS = (15,)  # of PostgreSQL, that Debian's Patroni 3.0 knows
PASSWORD = "on-loopback-alone"
# Seconds after which a leader that is silent has lost its place, and between two looks of each node.
TTL, LOOP_WAIT, RETRY = 20, 5, 5


def lacks() -> str:
    """Returns what this machine has not; empty: nothing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    missing += [] if programs() else [f"PostgreSQL {VERSIONS[0]}"]
    return f"no {' and no '.join(missing)} here" if missing else ""


def programs() -> Path | None:
    found = next(filter(None, map(servers.programs, VERSIONS)), None)
    return found and (found / "postgres").resolve().parent  # where all of the others are too


def eventually(is_so: Callable[[], object], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)


class Cluster:
    def __init__(self, home: Path, as_whom: embedded.Identity):
        self.home, self.as_whom = home, as_whom
        self.etcd, self.peer = free_port(), free_port()
        self.ports = {f"node{number}": free_port() for number in range(1, NODES + 1)}
        self.apis = {name: free_port() for name in self.ports}
        self.processes: dict[str, subprocess.Popen] = {}

    @property
    def url(self) -> str:
        """The address that leads to whichever node is the leader."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports.values())
        return f"postgresql://postgres:{PASSWORD}@{hosts}/metricgain?target_session_attrs=read-write&connect_timeout=3"

    def start(self) -> None:
        here = "http://127.0.0.1"
        peer = f"{here}:{self.peer}"
        options = {"name": "one", "data-dir": str(self.home / "etcd"), "log-level": "error"}
        options |= {"listen-client-urls": f"{here}:{self.etcd}", "advertise-client-urls": f"{here}:{self.etcd}"}
        options |= {"listen-peer-urls": peer, "initial-advertise-peer-urls": peer, "initial-cluster": f"one={peer}"}
        self._run("etcd", "etcd", *(f"--{key}={value}" for key, value in options.items()))
        for name in self.ports:
            self.start_node(name)
        eventually(self.is_whole, 90, "The nodes are up")

    def start_node(self, name: str) -> None:
        written = self.home / f"{name}.json"  # which is YAML too
        written.write_text(json.dumps(self._configuration(name)))
        self._run(name, "patroni", str(written))

    def kill(self, name: str) -> None:
        """Kills a node at once: Patroni, the postmaster and all its sessions."""
        every = [psutil.Process(self.processes[name].pid)]
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            postmaster = psutil.Process(int((self.home / name / "postmaster.pid").read_text().split()[0]))
            every += [postmaster, *postmaster.children(recursive=True)]
        for process in every:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(every, timeout=10)
        self.processes.pop(name).wait()

    def leader(self) -> str | None:
        return next((name for name, one in self.members().items() if self._is_up(one, "leader", "running")), None)

    def is_whole(self) -> bool:
        """Tells whether a leader and all standbys run, and one of these is synchronous."""
        found = self.members()
        standbys = [one for one in found.values() if one["role"] != "leader"]
        follow = [one for one in standbys if one.get("state") in ("running", "streaming")]
        is_synchronous = any(one["role"] == "sync_standby" for one in follow)
        return self.leader() is not None and len(follow) == NODES - 1 and is_synchronous

    def members(self) -> dict[str, dict]:
        """Returns what the first node that answers knows of all."""
        for name in self.processes.keys() & self.apis.keys():
            with suppress(OSError, ValueError):
                url = f"http://127.0.0.1:{self.apis[name]}/cluster"
                with urllib.request.urlopen(url, timeout=2) as answer:
                    return {one["name"]: one for one in json.load(answer)["members"]}
        return {}

    def stop(self) -> None:
        for name in [*self.processes]:
            if name in self.ports:
                self.kill(name)
        for process in self.processes.values():
            process.terminate()
            process.wait(20)

    def _is_up(self, one: dict, role: str, state: str) -> bool:
        return one["role"] == role and one.get("state") == state and one["name"] in self.processes

    def _run(self, name: str, *command: str) -> None:
        with (self.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd="/",
                env={"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C"},
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.as_whom,
            )

    def _configuration(self, name: str) -> dict:
        replicator = {"username": "replicator", "password": PASSWORD}
        owner = {"username": "postgres", "password": PASSWORD}
        behaviour = {"ttl": TTL, "loop_wait": LOOP_WAIT, "retry_timeout": RETRY, "synchronous_mode": True}
        return {
            "scope": "metricgain",
            "name": name,
            "restapi": {"listen": f"127.0.0.1:{self.apis[name]}", "connect_address": f"127.0.0.1:{self.apis[name]}"},
            "etcd3": {"host": f"127.0.0.1:{self.etcd}"},
            "bootstrap": {
                "dcs": behaviour | {"postgresql": {"use_pg_rewind": True, "use_slots": True}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.ports[name]}",
                "connect_address": f"127.0.0.1:{self.ports[name]}",
                "data_dir": str(self.home / name),
                "bin_dir": str(programs()),
                "pgpass": str(self.home / f"{name}.pgpass"),
                "authentication": {"replication": replicator, "superuser": owner, "rewind": owner},
                "pg_hba": ["host all all 127.0.0.1/32 md5", "host replication replicator 127.0.0.1/32 md5"],
                "parameters": {"unix_socket_directories": "", "max_connections": 60, "shared_buffers": "32MB"},
            },
        }


@contextmanager
def running() -> Iterator[Cluster]:
    """Runs a cluster while the block runs. Patroni and PostgreSQL refuse to run as root, so root runs them as another
    user."""
    with tempfile.TemporaryDirectory(prefix="metricgain-") as made:
        as_whom: embedded.Identity = {}
        if os.geteuid() == 0:
            user, group = embedded.system_user()
            os.chown(made, user, group)
            as_whom = {"user": user, "group": group, "extra_groups": []}
        cluster = Cluster(Path(made), as_whom)
        try:
            cluster.start()
            yield cluster
        except BaseException:
            for log in sorted(Path(made).glob("*.log")):
                print(f"{log.name}:", *log.read_text(errors="replace").splitlines()[-45:], sep="\n  ", flush=True)
            raise
        finally:
            cluster.stop()
