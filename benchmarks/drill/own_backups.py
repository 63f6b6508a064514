"""Types the recipe for pgBackRest of docs/operations.md, on a PostgreSQL that it knows.

    python -m benchmarks.drill.own_backups

Backs up, writes on, goes back to a moment between, and looks for what was there. Exits with 1 if that fails."""

import shutil
import sys
import time
from datetime import datetime

from benchmarks.drill import cluster
from metricgain.operations.tests.own_server import RECIPES, OwnServer


def lacks() -> str:
    """Returns what this machine has not; empty: nothing."""
    if shutil.which("pgbackrest") is None:
        return "no pgBackRest here"
    return "" if cluster.programs() else f"no PostgreSQL {cluster.VERSIONS[0]} here"


def go_back(server: OwnServer) -> list[tuple]:
    """Returns what the database holds after it went back to the moment before a deletion."""
    places = {"CONFIG": "pgbackrest.conf", "LOCK_PATH": "locks", "LOG_PATH": "logs", "SPOOL_PATH": "spool"}
    places |= {"PG1_SOCKET_PATH": ""}
    server.environment |= {f"PGBACKREST_{key}": str(server.home / place) for key, place in places.items()}
    server.environment |= {"PGBACKREST_PG1_USER": "postgres", "REPOSITORY": str(server.home / "repository")}
    server.type("mkdir $PGBACKREST_LOG_PATH $REPOSITORY")
    server.type(RECIPES["pgbackrest"])
    server.restart()
    server.type(RECIPES["pgbackrest begin"])
    server.ask("CREATE TABLE users AS SELECT 'alice' AS name")
    server.type(RECIPES["pgbackrest daily"])
    server.ask("INSERT INTO users VALUES ('bob')")
    moment: datetime = server.ask("SELECT clock_timestamp()")[0][0]
    time.sleep(0.1)
    server.ask("DELETE FROM users")
    server.ask("SELECT pg_switch_wal()")
    server.stop()
    server.type(RECIPES["pgbackrest restore"], TIME=moment.isoformat(" "))
    server.start()
    server.recovered()
    found = server.ask("SELECT name FROM users ORDER BY 1")
    server.type(RECIPES["pgbackrest daily"])  # and it goes on from there
    return found


def main() -> int:
    if missing := lacks():
        print(missing, file=sys.stderr)
        return 1
    with OwnServer.running(cluster.programs()) as server:
        found = go_back(server)
    print(f"Back at the moment, with {found}")
    return 0 if found == [("alice",), ("bob",)] else 1


if __name__ == "__main__":
    sys.exit(main())
