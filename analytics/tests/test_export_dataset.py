import csv
import io
import os
import re
import stat
import sys
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from psycopg import sql

from analytics import dataset
from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.database_document.questions import QUESTIONS
from metricgain.tests.database_document.test_statements import ask
from metricgain.users.tests.factories import UserFactory
from training.models import Set, WorkoutLog
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db


def read(raw: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(raw.decode())))


@pytest.fixture
def export(monkeypatch):
    """Returns what the command prints, as rows."""

    def run(**options) -> list[dict]:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        monkeypatch.setattr(sys, "stdout", out)
        call_command("export_dataset", stderr=io.StringIO(), **options)
        return read(out.buffer.getvalue())

    return run


@pytest.fixture
def trained():
    """Makes two weeks of one exercise for alice, as the engine asked for them, with answers."""
    alice = UserFactory(email="alice@example.org", timezone="Pacific/Auckland")
    alice.body_weights.create(date="2026-09-01", kg="72.5")
    press = ExerciseFactory(name="Press, flat")
    workout, lifter = planned_workout(alice, press), Lifter(alice)
    lifter.say(workout, 1, "chest", pump=2, challenge=1)
    lifter.log(workout, 1, press, 10, 9, 8, weight="62.5", rir=Decimal("2.5"))
    lifter.finish(workout, 1)
    lifter.say(workout, 2, "chest", soreness=1)
    lifter.log(workout, 2, press, 10, weight="65")
    return workout


def test_the_first_columns_are_the_documents_query(alices, export):
    rows = export(email=alices.user.email, with_emails=True)
    names = list(rows[0])[:13]
    theirs = ask(QUESTIONS["User Performance Over Time"], [alices.user.id])
    assert names[:6] == ["user_id", "exercise_id", "exercise_name", "muscle_group", "week_number", "performed_at"]
    assert names[6:] == ["set_number", "weight", "reps", "volume", "soreness_level", "pump_level", "challenge_level"]

    def text(value):
        return "" if value is None else str(value)

    ours = {(row["performed_at"], row["exercise_id"], row["set_number"]): [row[name] for name in names] for row in rows}
    assert len(ours) == len(rows) == len(theirs) > 100
    unloaded = {str(one.id) for one in alices.exercises if not one.counts_volume}
    for row in theirs:
        at = row[5].strftime("%Y-%m-%dT%H:%M:%SZ")
        volume = "" if str(row[1]) in unloaded else f"{row[9]:.4f}"
        expected = [alices.user.email, *map(text, row[1:5]), at, *map(text, row[6:9]), volume, *map(text, row[10:])]
        assert ours[at, str(row[1]), str(row[6])] == expected
    assert [row["performed_at"] for row in rows] == sorted((row["performed_at"] for row in rows), reverse=True)


def test_what_was_asked_stands_beside_what_was_done(trained, export):
    [newest, *older] = export()
    asked = trained.prescriptions.current().get(week_number=2)
    assert newest["asked_reasons"].split() == [reason["code"] for reason in asked.reasons]
    assert len(newest["asked_reasons"].split()) >= 2
    assert (newest["asked_weight"], newest["asked_reps"], newest["asked_rir"]) == ("62.50", str(asked.reps), "2")
    assert (newest["engine_version"], newest["config_hash"]) == (asked.engine_version, asked.config_hash)
    assert (newest["asked_kind"], newest["asked_by"]) == ("normal", "engine")
    assert (newest["soreness_level"], newest["pump_level"]) == ("1", "")
    assert (newest["soreness_recorded_at"], newest["performance_recorded_at"]) == ("2026-09-14T06:00:00Z", "")
    assert [row["reps"] for row in older] == ["10", "9", "8"]
    first = older[0]
    assert (first["weight"], first["unit"], first["rir"], first["volume"]) == ("62.50", "kg", "2.5", "625.0000")
    assert (first["body_mass_kg"], first["session_date"], first["performed_at"]) == (
        "72.50",
        "2026-09-07",
        "2026-09-07T06:00:00Z",
    )


def test_people_are_the_same_pseudonyms_every_time(trained, export):
    [person] = {row["user_id"] for row in export()}
    assert re.fullmatch("[0-9a-f]{20}", person)
    assert {row["user_id"] for row in export(since=date(2026, 1, 1))} == {person}
    with override_settings(SECRET_KEY="another"):
        assert {row["user_id"] for row in export()}.isdisjoint({person})
    assert {row["user_id"] for row in export(with_emails=True)} == {"alice@example.org"}


def test_own_names_are_only_there_where_people_are_named(trained, export):
    own = ExerciseFactory(name="=Alice's press", user=trained.mesocycle.user)
    Set.objects.update(exercise=own)
    assert {row["exercise_name"] for row in export()} == {""}
    assert {row["exercise_name"] for row in export(with_emails=True)} == {"'=Alice's press"}


def test_a_period_is_of_days_where_the_lifter_was(trained, export):
    assert len(export(since=date(2026, 9, 7), until=date(2026, 9, 7))) == 3
    assert len(export(since=date(2026, 9, 8))) == 1
    assert len(export(until=date(2026, 9, 6))) == 0
    with pytest.raises(CommandError, match="is not a day such as 2026-11-30"):
        call_command("export_dataset", "--to", "sets.csv")
    with pytest.raises(CommandError, match="before the first"):
        export(since=date(2026, 9, 8), until=date(2026, 9, 7))


def test_one_lifter_alone(trained, alices, export):
    assert len(export(email="Alice@Example.org")) == 4
    assert len(export()) == Set.objects.count() > 300
    with pytest.raises(CommandError, match="no account"):
        export(email="nobody@example.org")


def test_a_file_is_whole_and_its_owners_alone(trained, tmp_path):
    said, file = io.StringIO(), tmp_path / "sets.csv"
    call_command("export_dataset", output=file, stderr=said)
    assert len(read(file.read_bytes())) == 4
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert said.getvalue().startswith("4 sets in")
    assert [one.name for one in tmp_path.iterdir()] == ["sets.csv"]
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("export_dataset", output=tmp_path / "nowhere" / "sets.csv", stderr=said)


def test_a_pipe_is_written_to_and_not_replaced(trained, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    call_command("export_dataset", output=pipe, stderr=io.StringIO())
    assert len(read(os.read(reader, 60_000))) == 4
    assert pipe.is_fifo()
    os.close(reader)


def test_the_page_names_every_column_and_no_other():
    text = (settings.BASE_DIR / "docs" / "dataset.md").read_text()
    assert re.findall(r"^\| `(\w+)` \|", text, re.M) == list(dataset.COLUMNS)


# -- one's own ------------------------------------------------------------------------------------


def test_a_download_takes_as_long_as_its_reader(client, trained, monkeypatch):
    """A page limits each statement, but this statement lasts until the last piece is taken."""
    slow = "COPY (SELECT pg_sleep(0.1) FROM generate_series(1, 6)) TO STDOUT"
    monkeypatch.setattr(dataset, "_of", lambda user, wanted: sql.SQL(slow))
    client.force_login(trained.mesocycle.user)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 300")
    assert client.get("/progress/sets.csv").getvalue().count(b"\n") == 7


def test_sets_download_has_ones_own_sets_alone(client, trained, alices):
    client.force_login(trained.mesocycle.user)
    answer = client.get("/progress/sets.csv")
    assert answer["content-type"] == "text/csv; charset=utf-8"
    assert answer["content-disposition"] == 'attachment; filename="metricgain-sets.csv"'
    assert answer["cache-control"] == "no-store"
    content = answer.getvalue()
    rows = own(content)
    assert len(rows) == 4
    assert {row["user_id"] for row in rows} == {dataset.pseudonym(trained.mesocycle.user)}
    assert b"alice@example.org" not in content
    client.force_login(UserFactory())
    assert own(client.get("/progress/sets.csv").getvalue()) == []
    assert client.post("/progress/sets.csv").status_code == 405


def own(content: bytes) -> list[dict]:
    """Reads a download as a spreadsheet does, which knows UTF-8 by its BOM."""
    assert content.startswith(dataset.BOM)
    return read(content.removeprefix(dataset.BOM))


def test_ones_own_notes_are_in_ones_own_download_alone(client, trained):
    user = trained.mesocycle.user
    log = WorkoutLog.objects.get(user=user, week_number=1)
    WorkoutLog.objects.filter(user=user).update(notes="=SUM(A1)\nSlept “badly”")
    exercise = log.sets.order_by("id").first().exercise
    ExerciseSettings.objects.create(user=user, exercise=exercise, note="Elbows in, ünd so")
    client.force_login(user)
    rows = own(client.get("/progress/sets.csv").getvalue())
    assert len(rows) == 4
    assert {row["session_note"] for row in rows} == {"'=SUM(A1)\nSlept “badly”"}
    assert {row["exercise_note"] for row in rows if row["exercise_id"] == str(exercise.id)} == {"Elbows in, ünd so"}
    for wanted in (dataset.Wanted(), dataset.Wanted(named=True, with_emails=True)):
        for row in read(dataset.header() + b"".join(dataset.rows_of(user, wanted))):
            assert row["session_note"] == row["exercise_note"] == ""
