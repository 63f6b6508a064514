"""The files of containers say what the app has. `make drill` builds the image and tries it."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
SETTINGS = (settings.BASE_DIR / "metricgain" / "settings.py").read_text()
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "metricgain"}


def test_there_are_the_services_of_an_installation():
    assert set(COMPOSE["services"]) == {"db", "prepare", "app", "worker", "backup", "caddy"}
    assert set(OURS) == {"prepare", "app", "worker", "backup"}


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_may_do_little(name):
    service = OURS[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["tmpfs"] == ["/tmp"]
    assert not service.get("ports")


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_none_gains_privileges_and_secrets_are_files(name):
    service = COMPOSE["services"][name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    for variable, value in service.get("environment", {}).items():
        assert not re.search("SECRET|PASSWORD|DATABASE_URL", variable) or variable.endswith("_FILE"), variable
        if variable.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in service["secrets"]


@pytest.mark.parametrize("name", OURS)
def test_its_command_is_one_of_ours_and_knows_its_options(name):
    python, script, command, *options = OURS[name]["command"]
    assert (python, script) == (".venv/bin/python", "manage.py")
    assert get_commands()[command] == "metricgain.operations"
    source = (settings.BASE_DIR / "metricgain/operations/management/commands" / f"{command}.py").read_text()
    assert all(f'"{option}"' in source for option in options)


@pytest.mark.parametrize("name", OURS)
def test_its_variables_are_settings(name):
    for variable in OURS[name]["environment"]:
        assert re.search(rf'"{variable.removesuffix("_FILE")}"', SETTINGS), variable


def test_one_service_alone_makes_backups():
    assert [name for name, service in OURS.items() if service["environment"]["BACKUP"] == "on"] == ["backup"]
    assert [name for name, service in OURS.items() if "backups:/backups" in service["volumes"]] == ["prepare", "backup"]


def test_only_what_serves_is_asked_for_its_health():
    assert [name for name, service in OURS.items() if not service["healthcheck"].get("disable")] == ["app"]


def test_the_page_makes_each_secret_that_is_mounted():
    page = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    for secret in COMPOSE["secrets"].values():
        path = secret["file"].removeprefix("../")
        assert f"> {path}" in page
        assert f"> {path}" in (settings.BASE_DIR / "README.md").read_text()


def test_what_the_image_copies_is_there_and_all_that_is_served():
    lines = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    copied = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert all((settings.BASE_DIR / one).exists() for one in copied)
    apps = {
        name.split(".")[0] for name in settings.INSTALLED_APPS if Path(settings.BASE_DIR, *name.split(".")).exists()
    }
    assert copied >= apps | {"metricgain", "templates", "static", "manage.py", "requirements.txt"}


def test_the_image_runs_as_nobody_in_particular():
    assert re.findall(r"^USER (.+)$", CONTAINERFILE, re.MULTILINE) == ["10001:10001"]
    assert re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE) == ["${BASE}", "${BASE}"]
