"""The pages of an import: a file is looked at, its names are changed, it is stored by a job, and taken back."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.models import Exercise
from metricgain.jobs.models import Job, JobChunk
from metricgain.operations.workers.job_worker import JobWorker
from metricgain.transfer import keeping
from training.models import Import, Set, Template, WorkoutLog

HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
ROW = '2024-01-{day:02} 18:00:00,"{title}",1h,"{exercise}",{number},{weight},8,0,0,"","",\n'
TABLE = "When,What,Heavy,Times\n2024-01-01,Bench Press,60,8\n2024-01-03,Bench Press,62.5,8\n"


def strong(
    days: int = 3, *, exercise: str = "Bench Press (Barbell)", title: str = "Push", weight: str = "102.5"
) -> str:
    return HEAD + "".join(
        ROW.format(day=day, title=title, exercise=exercise, number=number, weight=weight)
        for day in range(1, days + 1)
        for number in (1, 2)
    )


@pytest.fixture
def desk(client, alice, bench):
    client.force_login(alice)
    return client


def upload(desk, text: str | bytes, name: str = "strong.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return desk.post(reverse("transfer:import_list"), {"file": SimpleUploadedFile(name, data)})


def brought(desk, text: str | bytes, name: str = "strong.csv") -> Import:
    answer = upload(desk, text, name)
    assert answer.status_code == 303, answer.content.decode()
    import_ = Import.objects.latest("id")
    assert answer.url == page_of(import_)
    return import_


def page_of(import_: Import, view: str = "detail", *more) -> str:
    return reverse(f"transfer:import_{view}", args=[import_.id, *more])


def shown(desk, import_: Import) -> str:
    answer = desk.get(page_of(import_))
    assert answer.status_code == 200
    return answer.content.decode()


def work() -> None:
    """Does the jobs that wait, as a worker does."""
    worker = JobWorker(print)
    while worker.do_one("later"):
        pass


def test_from_the_file_to_the_sessions(desk, alice):
    import_ = brought(desk, strong(exercise="Zorbing Press"))
    look = shown(desk, import_)
    for words in ("A look before anything is stored", "Zorbing Press", "new, your own: Chest", "Store 3 sessions"):
        assert words in look
    assert not WorkoutLog.objects.exists()
    assert desk.post(page_of(import_, "store"), {"unit": "kg"}).url == page_of(import_)
    assert "are being stored" in shown(desk, import_)
    work()
    after = shown(desk, import_)
    assert "Your 3 sessions are here" in after
    assert "You trained" in after
    assert not JobChunk.objects.exists()
    assert Set.objects.filter(user=alice, weight="102.5", unit="kg").count() == 6


def test_the_unit_is_asked_with_its_evidence_and_has_no_say_of_its_own(desk):
    import_ = brought(desk, strong(weight="95"))
    look = shown(desk, import_)
    assert "The file does not say its unit" in look
    assert "6 of 6 sets of Bench Press (Barbell) are on the 45-lb ladder" in look
    refused = desk.post(page_of(import_, "store"), {"unit": "stone"})
    assert refused.status_code == 422
    assert not Job.objects.filter(kind=keeping.store_logs.module_path).exists()
    desk.post(page_of(import_, "store"), {"unit": "lb"})
    work()
    assert set(Set.objects.values_list("weight", "unit")) == {(95, "lb")}


def test_a_name_is_changed_and_remembered(desk, alice, bench):
    import_ = brought(desk, strong(exercise="Kran"))
    address = page_of(import_, "name", 0)
    assert "What is <bdi>Kran</bdi>?" in desk.get(address).content.decode()
    assert desk.post(address, {"exercise": bench.id}).url == page_of(import_)
    assert "<bdi>Barbell Bench Press</bdi>" in shown(desk, import_)
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    assert set(Set.objects.values_list("exercise", flat=True)) == {bench.id}
    assert "1 name that is clear" in shown(desk, brought(desk, strong(5, exercise="kran")))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"name": "Crane", "muscle_group": "legs", "equipment": "cable", "measure": "reps"},
            "new, your own: Crane, Legs, cable",
        ),
        ({"leave_out": "on"}, "left out"),
    ],
)
def test_a_name_becomes_an_own_exercise_or_nothing(desk, said, words):
    import_ = brought(desk, strong(exercise="Kran"))
    assert desk.post(page_of(import_, "name", 0), said).status_code == 303
    assert words in shown(desk, import_)


def test_a_name_that_is_refused_comes_back(desk, bob):
    import_ = brought(desk, strong(exercise="Kran"))
    refused = desk.post(page_of(import_, "name", 0), {"name": "Crane", "muscle_group": "wings"})
    assert refused.status_code == 422
    assert 'value="Crane"' in refused.content.decode()
    own = Exercise.objects.create(user=bob, name="His", muscle_group="legs", exercise_type="machine")
    assert desk.post(page_of(import_, "name", 0), {"exercise": own.id}).status_code == 404
    assert desk.get(page_of(import_, "name", 1)).status_code == 404


def test_columns_that_nobody_knows_are_pointed_out(desk):
    import_ = brought(desk, TABLE, "table.csv")
    page = shown(desk, import_)
    assert "Which column is which?" in page
    assert "2024-01-03" in page
    refused = desk.post(page_of(import_, "columns"), {"column_0": "date", "column_1": "date"})
    assert refused.status_code == 422
    assert "Say which column is: the exercise, reps or seconds." in refused.content.decode()
    said = {"column_0": "date", "column_1": "exercise", "column_2": "weight", "column_3": "reps"}
    assert desk.post(page_of(import_, "columns"), said).status_code == 303
    assert "Store 2 sessions" in shown(desk, import_)
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    assert sorted(Set.objects.values_list("weight", flat=True)) == [60, 62.5]


def test_a_table_is_asked_for_its_columns_with_what_its_header_says(desk):
    table = "Day;Lift;Sets;Load kg;Reps\n13.01.2024;Squat;1;100;5\n13.01.2024;Squat;2;102,5;5\n13.01.2024;Row;1;60;8\n"
    import_ = brought(desk, table, "table.csv")
    page = shown(desk, import_)
    assert "Which column is which?" in page
    chosen = re.findall(r'<option value="([^"]+)" selected', page)
    assert chosen == ["date", "exercise", "weight", "reps"]  # sets that count up are numbers of sets
    said = dict(zip(("column_0", "column_1", "column_3", "column_4"), chosen, strict=True))
    desk.post(page_of(import_, "columns"), said)
    look = shown(desk, import_)
    assert "Squat 100 kg × 5, Squat 102.5 kg × 5, Row 60 kg × 8" in look
    assert "Say again which column is which" in look
    assert "Which column is which?" in desk.get(page_of(import_, "columns")).content.decode()


def test_what_was_chosen_stays_while_a_name_is_changed(desk, bench):
    import_ = brought(desk, strong(exercise="Kran", weight="33"))
    page = shown(desk, import_)
    assert not re.search(r'name="unit"[^>]* checked', page)  # nothing speaks for either
    answer = desk.post(page_of(import_, "store"), {"unit": "lb", "change": "0"})
    assert answer.url == page_of(import_, "name", 0)
    desk.post(answer.url, {"exercise": bench.id})
    assert re.search(r'value="lb"[^>]* checked', shown(desk, import_))


def test_the_next_file_of_an_app_remembers_unit_and_names(desk, bench):
    import_ = brought(desk, strong(exercise="Kran", weight="33"))
    desk.post(page_of(import_, "name", 0), {"exercise": bench.id})
    other = brought(desk, strong(2, exercise="Kran", weight="33"))  # in place of the one that was not stored
    assert "1 name that is clear" in shown(desk, other)
    desk.post(page_of(other, "store"), {"unit": "lb"})
    work()
    page = shown(desk, brought(desk, strong(4, exercise="Kran", weight="33")))
    assert "Your earlier file of Strong was in pounds." in page
    assert re.search(r'value="lb"[^>]* checked', page)


def test_days_to_come_and_sets_beyond_99_are_said_before_and_after(desk):
    rows = [ROW.format(day=1, title="Push", exercise="Squat (Barbell)", number=n, weight=100) for n in range(1, 102)]
    late = rows[0].replace("2024-01-01", "2099-01-01")
    import_ = brought(desk, HEAD + "".join(rows) + late)
    for page in (shown(desk, import_), _stored_page(desk, import_)):
        assert "1 on a day that is still to come" in page
        assert "2 beyond set 99 of an exercise in one session" in page
        assert "99 sets" in page or ">99<" in page


def _stored_page(desk, import_: Import) -> str:
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    return shown(desk, import_)


HOSTILE = {
    "nothing": (b"", "That file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
    "no export": (b"hello", ""),
    "NUL bytes": (strong().encode() + b"\0\0\0", ""),
    "no SQLite": (b"SQLite format 3\0" + b"x" * 5000, "damaged"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_gets_a_sentence(desk, what):
    data, words = HOSTILE[what]
    answer = upload(desk, data)
    assert answer.status_code in (303, 422)
    page = answer.content.decode() if answer.status_code == 422 else shown(desk, Import.objects.get())
    assert words in page
    assert "form" in page


def test_a_zip_with_one_file_is_read(desk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("strong.csv", strong())
    assert "Store 3 sessions" in shown(desk, brought(desk, packed.getvalue(), "logs.zip"))


def test_a_large_file_is_read_by_a_job(desk, monkeypatch):
    monkeypatch.setattr(keeping, "READ_AT_ONCE", 100)
    import_ = brought(desk, strong())
    assert "The file is being read" in shown(desk, import_)
    work()
    assert "Store 3 sessions" in shown(desk, import_)
    import_ = brought(desk, "nonsense " * 100)
    work()
    page = shown(desk, import_)
    assert "cannot be read" in page or "Which column is which?" in page


def test_another_file_replaces_one_that_was_not_stored(desk):
    first, second = brought(desk, strong(2)), brought(desk, strong(3))
    assert list(Import.objects.all()) == [second]
    assert Job.objects.filter(kind=keeping.read_logs.module_path).count() == 1
    desk.post(page_of(second, "name", 0), {"leave_out": "on"})
    assert brought(desk, strong(3)) == second  # the same file keeps what was said of it
    assert "left out" in shown(desk, second)
    assert first != second


def test_while_one_is_being_stored_another_waits(desk):
    import_ = brought(desk, strong())
    for _ in range(2):
        assert desk.post(page_of(import_, "store"), {"unit": "kg"}).status_code == 303
    assert Job.objects.filter(kind=keeping.store_logs.module_path).count() == 1
    answer = upload(desk, strong(4))
    assert answer.status_code == 422
    assert keeping.IS_UNDER_WAY in answer.content.decode()


def test_a_file_that_is_gone_is_asked_for_again(desk):
    import_ = brought(desk, strong())
    JobChunk.objects.all().delete()
    answer = desk.post(page_of(import_, "store"), {"unit": "kg"})
    assert answer.status_code == 422
    assert keeping.FILE_IS_GONE in answer.content.decode()


def test_a_job_that_failed_is_said(desk, monkeypatch):
    import_ = brought(desk, strong())
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    Job.objects.filter(kind=keeping.store_logs.module_path).update(state="failed")
    assert "Storing did not end. Nothing of it was stored; try again." in shown(desk, import_)
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    assert "Your 3 sessions are here" in shown(desk, import_)


def test_undoing_says_what_goes(desk, alice):
    import_ = brought(desk, strong())
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    assert "Its 3 sessions with 6 sets go" in desk.get(page_of(import_, "undo")).content.decode()
    for _ in range(2):  # a double tap
        answer = desk.post(page_of(import_, "undo"), {"csrfmiddlewaretoken": "x"})
        assert answer.url == reverse("transfer:import_list")
    assert not WorkoutLog.objects.exists()


def test_what_was_trained_most_becomes_a_template(desk, alice):
    import_ = brought(desk, strong(3, title="Push"))
    desk.post(page_of(import_, "store"), {"unit": "kg"})
    work()
    answer = desk.post(page_of(import_, "template"))
    template = Template.objects.get(user=alice)
    assert answer.url == reverse("training:template_detail", args=[template.id])
    assert [(one["name"], len(one["exercises"])) for one in template.config["workouts"]] == [("Push", 1)]
    assert not template.plan.wrong
    assert desk.get(answer.url).status_code == 200


def test_imports_of_another_lifter_are_not_there(client, desk, alice, bob):
    import_ = brought(desk, strong())
    client.force_login(bob)
    for view in ("detail", "undo"):
        assert client.get(page_of(import_, view)).status_code == 404
    for view in ("columns", "store", "template"):
        assert client.post(page_of(import_, view), {"unit": "kg"}).status_code == 404
    assert client.get(page_of(import_, "name", 0)).status_code == 404
    assert client.post(page_of(import_, "undo")).status_code == 404
    assert Import.objects.filter(id=import_.id).exists()
    assert "strong.csv" not in client.get(reverse("transfer:import_list")).content.decode()


def test_a_share_that_no_worker_took_leads_to_the_page(client, desk):
    answer = desk.post(reverse("transfer:import_shared"), {"file": SimpleUploadedFile("a.csv", b"x")})
    assert answer.url == reverse("transfer:import_list")


def test_pages_take_as_many_queries_for_many_names_as_for_few(desk):
    def queries(names: int) -> list[int]:
        text = HEAD + "".join(
            ROW.format(day=1 + place % 20, title="Push", exercise=f"Zorbing {place}", number=1, weight=60)
            for place in range(names)
        )
        import_ = brought(desk, text)
        counts = []
        for address in (reverse("transfer:import_list"), page_of(import_), page_of(import_, "name", 0)):
            with CaptureQueriesContext(connection) as seen:
                desk.get(address)
            counts.append(len(seen))
        return counts

    assert queries(3) == queries(60) == [3, 5, 5]
