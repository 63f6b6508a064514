"""The pages of a takeout: one button makes a file, which waits for a day; a file is brought back where logs are."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from metricgain.jobs.models import FILES_LAST, Job
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.transfer.takeout import keeping
from metricgain.transfer.takeout.tests.lifters import MadeUp
from metricgain.transfer.takeout.tests.packing import members, taken
from metricgain.users.models import BodyWeight
from metricgain.users.tests.factories import UserFactory
from training.models import Import, WorkoutLog

PAGE, FILE, BACK = "takeout:takeout_detail", "takeout:takeout_file", "takeout:bring_detail"


@pytest.fixture
def lifter(seeded):
    return MadeUp(1).live()


@pytest.fixture
def desk(client, lifter):
    client.force_login(lifter)
    return client


@pytest.fixture
def empty_desk(client, lifter, alice):
    """A desk of somebody who has nothing yet."""
    client.force_login(alice)
    return client


def do_jobs() -> None:
    JobWorker(lambda words: None).do_one("later")


def shown(desk, name: str) -> str:
    answer = desk.get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def upload(desk, data: bytes):
    return desk.post(reverse("transfer:import_list"), {"file": SimpleUploadedFile("takeout.zip", data)})


def test_one_button_makes_a_file_that_is_fetched(desk, lifter):
    assert reverse("takeout:takeout_begin") in shown(desk, "users:settings")
    assert desk.get(reverse(FILE)).status_code == 404
    for _ in range(2):  # a double tap
        assert desk.post(reverse("takeout:takeout_begin")).url == reverse(PAGE)
    assert Job.objects.filter(user=lifter, kind=keeping.take_out.module_path).count() == 1
    assert "<job-progress" in shown(desk, PAGE)
    do_jobs()
    assert "Your file is ready" in shown(desk, PAGE)
    answer = desk.get(reverse(FILE))
    data = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(data)
    assert data == taken(lifter)


def test_a_file_is_gone_after_a_day(desk, lifter):
    desk.post(reverse("takeout:takeout_begin"))
    do_jobs()
    Job.objects.filter(user=lifter).update(finished_at=timezone.now() - FILES_LAST - timedelta(minutes=1))
    Job.objects.forget()
    assert desk.get(reverse(FILE)).status_code == 404
    assert "Your file is ready" not in shown(desk, PAGE)


def test_more_than_a_page_hands_out_is_refused_in_words(desk, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1000)
    desk.post(reverse("takeout:takeout_begin"))
    do_jobs()
    assert keeping.TOO_LARGE.replace("`", "`") in shown(desk, PAGE)
    assert desk.get(reverse(FILE)).status_code == 404


def test_an_empty_account_becomes_what_the_file_says(empty_desk, lifter, alice):
    data = taken(lifter)
    assert upload(empty_desk, data).url == reverse(BACK)
    assert "<job-progress" in shown(empty_desk, BACK)
    do_jobs()
    assert "Your data are here" in shown(empty_desk, BACK)
    assert members(taken(alice)) == members(data)
    assert not Job.objects.get(user=alice).chunks.exists()


def test_a_damaged_file_is_refused_with_nothing_stored(empty_desk, lifter, alice):
    data = bytearray(taken(lifter))
    data[len(data) // 2] ^= 0xFF
    upload(empty_desk, bytes(data))
    do_jobs()
    assert "This takeout is damaged" in shown(empty_desk, BACK)
    assert not WorkoutLog.objects.owned_by(alice).exists()


def test_the_commands_do_the_same(lifter, alice, tmp_path):
    to, said = tmp_path / "all.zip", io.StringIO()
    call_command("takeout", lifter.email, to=to, stderr=said)
    assert to.read_bytes() == taken(lifter)
    assert f"{to.stat().st_size:,} bytes" in said.getvalue()
    call_command("bring", str(to), user=alice.email, stdout=said)
    assert members(taken(alice)) == members(to.read_bytes())
    with pytest.raises(CommandError, match="already"):
        call_command("bring", str(to), user=alice.email)
    for wrong in (("takeout", "nobody@example.org"), ("bring", str(to), "--user", "nobody@example.org")):
        with pytest.raises(CommandError, match="Nobody here"):
            call_command(*wrong)


def test_what_is_no_account_of_ones_own_stays_away(client, lifter):
    """A file is made for the one who asks, and handed to nobody else."""
    client.force_login(UserFactory())
    keeping.begin_takeout(lifter)
    do_jobs()
    assert client.get(reverse(FILE)).status_code == 404
    assert "Your file is ready" not in shown(client, PAGE)
    assert not Import.objects.exclude(user=lifter).exists()
    assert not BodyWeight.objects.exclude(user=lifter).exists()
