import subprocess
import sys

import pytest
from django.conf import settings

from metricgain.operations import configuration
from metricgain.operations.tests.serving import surroundings
from metricgain.web.hosts import Refused


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_database_is_read(scheme):
    found = configuration.database(f"{scheme}://alice:p%40ss@db.example.org:5433/gym")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("alice", "p@ss", "db.example.org", 5433)
    assert found["NAME"] == "gym"


def test_a_database_that_is_gone_is_noticed_and_its_owner_may_say_when():
    noticed = configuration.database("postgresql://alice:pass@db.example.org/gym?connect_timeout=3")["OPTIONS"]
    assert int(noticed["connect_timeout"]) == 3
    assert {"keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"} <= set(noticed)
    assert "options" not in noticed  # which PgBouncer refuses


@pytest.mark.parametrize(
    "url",
    [
        "geheim",
        "mysql://u:geheim@h/db",
        "sqlite:///geheim",
        "postgresql://u:geheim@h",
        "postgresql://u:geheim@h/",
        "postgresql://u:geheim@h:port/db",
        "postgresql://u:geheim@[::1/db",
    ],
)
def test_a_database_that_is_none_is_refused_without_telling_the_password(url):
    with pytest.raises(Refused, match=r"^DATABASE_URL") as refused:
        configuration.database(url)
    assert "geheim" not in str(refused.value)


def test_workers_are_counted():
    assert [configuration.how_many("WORKERS", text, 2) for text in ("", "1", " 16 ")] == [2, 1, 16]
    for text in ("0", "-1", "two", "1.5", "9999"):
        with pytest.raises(Refused, match=r"^WORKERS="):
            configuration.how_many("WORKERS", text, 2)


def test_a_key_of_pushes_is_read_or_refused_without_telling_it():
    key = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
    assert [configuration.push_key(text) for text in ("", f" {key}= ", key)] == ["", key, key]
    for text in (f"{key}x", key[1:], f"{key[:-1]}+"):
        with pytest.raises(Refused, match=r"^VAPID_PRIVATE_KEY is no private key") as refused:
            configuration.push_key(text)
        assert text not in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "abc"),
        ("HOST", "http://gym"),
        ("SITE_URL", "gym.example.org"),
        ("SITE_URL", "https://gym.example.org/"),
        ("DATABASE_URL", "gym"),
        ("ALLOWED_HOSTS", "http://gym"),
        ("TRUSTED_PROXIES", "caddy"),
        ("DATA_DIR", "/etc/passwd"),
        ("DEBUG", "maybe"),
        ("VAPID_PRIVATE_KEY", "maybe"),
        ("DEMO", "maybe"),
        ("MIGRATE_WITHOUT_BACKUP", "maybe"),
        ("DRAIN_SECONDS", "0"),
        ("SECRET_KEY_FILE", "/nowhere/secret"),
        ("DATABASE_URL_FILE", "/dev/null"),  # empty: without it another database would be made
        ("METRICS_TOKEN_FILE", "/etc"),
        ("EMAIL_URL_FILE", sys.executable),
    ],
)
def test_a_wrong_variable_is_told_in_one_sentence(tmp_path, variable, value):
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=surroundings(tmp_path) | {"SECRET_KEY": "" if variable == "DATA_DIR" else "of a test", variable: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(variable)
    assert done.stderr.count("\n") == 1


def test_a_secret_is_taken_as_it_stands():
    class Environment(configuration.Environment):
        ENVIRON = configuration.Variables({"SECRET_KEY": " $ecret,\\$1\n", "ecret,\\$1": "of another variable"})

    assert [Environment().secret(name) for name in ("SECRET_KEY", "METRICS_TOKEN")] == ["$ecret,\\$1", ""]
