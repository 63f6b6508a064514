"""What broke behind PgBouncer once, on the database that DATABASE_URL names.

    DATABASE_URL=... python -m benchmarks.drill.pooled_course URL

`benchmarks.drill.pooler` starts it. URL reaches the same database without PgBouncer."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")

import django

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.drill.pooler import POOL  # noqa: E402
from metricgain.operations import assets, configuration, preparing  # noqa: E402
from metricgain.operations.backups import taking  # noqa: E402
from metricgain.operations.servers import databases  # noqa: E402
from metricgain.users.models import User  # noqa: E402

PASSWORD = "correct-horse-7"
AT_ONCE = 12
# What PgBouncer itself carries from one session to the next.
CARRIED = ("application_name", "client_encoding", "DateStyle", "TimeZone", "standard_conforming_strings")
KEPT = """
SELECT pg_backend_pid(), ARRAY(
    SELECT name || ' = ' || setting FROM pg_settings
    WHERE source = 'session' AND setting IS DISTINCT FROM reset_val AND name <> ALL(%s)
)
"""
LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
PREPARE = "from metricgain.operations import preparing; preparing.prepare(print)"


def deploy(address: str) -> None:
    """Prepares the database in a process of its own, as `serve` does. Raises RuntimeError where it has to wait."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", PREPARE]
    environment = os.environ | {"DATABASE_URL": address}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode or "Waiting" in done.stdout:
        raise RuntimeError(f"A deployment failed: {done.stdout}{done.stderr}")


def sign_in(number: int) -> int:
    """Signs in from an address of its own, because attempts are counted."""
    form = {"login": f"lifter{number}@example.org", "password": PASSWORD}
    client = Client(raise_request_exception=False)
    try:
        return client.post("/login/", form, REMOTE_ADDR=f"203.0.{number // 200}.{number % 200}").status_code
    finally:
        connection.close()


@contextmanager
def load(users: list[User]) -> Iterator[Counter]:
    """Opens pages as six lifters while the block runs. Yields how often each status was answered."""
    answered: Counter = Counter()
    is_over = threading.Event()

    def open_pages(user: User) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        while not is_over.is_set():
            for page in ("/", "/exercises/", "/progress/", "/settings/"):
                answered[client.get(page).status_code] += 1
        connection.close()

    threads = [threading.Thread(target=open_pages, args=[user]) for user in users[:6]]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def end_sessions(users: list[User]) -> int:
    """Deactivates accounts that are signed in. Returns how many sessions they still have."""
    keys = []
    for user in users:
        client = Client()
        client.force_login(user)
        keys.append(client.session.session_key)
        user.deactivate()
    return Session.objects.filter(session_key__in=keys).count()


def kept_in_the_pool(sessions: int) -> dict[int, list[str]]:
    """Holds as many transactions at once as the pool has sessions. Returns the settings that each has kept."""
    found, all_began = {}, threading.Barrier(sessions)

    def look(_: int) -> None:
        with databases.session() as opened, opened.transaction():
            backend, kept = opened.execute(KEPT, [list(CARRIED)]).fetchone()
            all_began.wait(20)
            found[backend] = kept

    with ThreadPoolExecutor(sessions) as pool:
        list(pool.map(look, range(sessions)))
    return found


def course(direct: str) -> Iterator[tuple[str, bool, object]]:
    """Yields each step with whether it went well and what was seen."""
    through, past = os.environ["DATABASE_URL"], configuration.database(direct)
    preparing.prepare(print)
    with psycopg.connect(host=past["HOST"], port=past["PORT"], user=past["USER"], dbname=past["NAME"]) as session:
        locks = databases.row_of(session, LOCKS)[0]
    yield "a deployment leaves no lock", locks == 0, locks
    for address in (direct, through, direct):
        deploy(address)
    yield "three more do not wait", True, ""
    users = [User.objects.create_user(f"lifter{number}@example.org", PASSWORD) for number in range(200)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answered = Counter(pool.map(sign_in, range(120)))
    yield f"120 sign in, {AT_ONCE} at once", answered == {302: 120}, dict(answered)
    with load(users) as answered:
        left = end_sessions(users[100:140])
    yield "40 accounts are signed out under load", left == 0 and set(answered) == {200}, (left, dict(answered))
    yield "pg_dump is not let through", isinstance(refusal(), taking.BackupFailed), refusal()
    settings.DIRECT_DATABASE = past
    with load(users) as answered:
        for _ in range(3):
            call_command("backup", verify=True)
    yield "three verified backups under load", set(answered) == {200}, dict(answered)
    kept = kept_in_the_pool(POOL)
    yield "no session of the pool kept a setting", len(kept) == POOL and not any(kept.values()), kept


def refusal() -> Exception | None:
    try:
        taking.take()
    except taking.BackupFailed as error:
        return error
    return None


def main(direct: str) -> int:
    settings.ALLOWED_HOSTS.append("testserver")
    is_good = True
    with assets.collected():
        for what, went_well, seen in course(direct):
            is_good &= went_well
            print(f"{'passed' if went_well else 'FAILED'}: {what} {seen}", flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
