"""MetricGain's own dataset comes back as it went."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.dataset import COLUMNS, own_sets
from exercises.tests.factories import ExerciseFactory
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.formats.own import Own
from metricgain.transfer.logbook import KindOfSet
from metricgain.transfer.tests.files_of_apps import read_text, sets_of, shape
from metricgain.users.tests.factories import UserFactory
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


def dataset(*rows: dict) -> str:
    usual = {
        "user_id": "a@example.org", "exercise_name": "Squat", "performed_at": "2026-11-24T17:24:22Z", "set_number": 1,
        "weight": "102.50", "reps": 5, "unit": "kg", "set_type": "working", "session_id": 7, "session_minutes": 45,
    }  # fmt: skip
    lines = [",".join(str((usual | row).get(name, "")) for name in COLUMNS) for row in rows]
    return "\n".join([",".join(COLUMNS), *lines])


def test_every_column_that_is_read_is_one_of_the_dataset():
    assert Own.meanings.keys() <= COLUMNS.keys()


def test_sets_come_back(tmp_path):
    logbook = read_text(
        tmp_path,
        dataset(
            {"rir": "1.5", "asked_superset": 2, "session_note": "'=tired"},
            {"set_number": 2, "set_type": "failure", "weight": "225", "unit": "lb"},
            {"exercise_name": "'-Row", "session_id": 8},
            {"exercise_name": "Plank", "seconds": 60, "reps": 1, "weight": "0.00", "session_id": 8},
        ),
    )
    assert logbook.app == "MetricGain"
    assert [session.key for session in logbook.sessions] == [
        "2026-11-24T17:24:22Z 7",
        "2026-11-24T17:24:22Z 8",
    ]
    assert (logbook.sessions[0].starts, logbook.sessions[0].seconds) == (
        datetime(2026, 11, 24, 17, 24, 22, tzinfo=UTC), 45 * 60,
    )  # fmt: skip
    assert [session.note for session in logbook.sessions] == ["=tired", ""]
    assert shape(logbook) == [
        ("Squat", "102.50", "kg", 5, None),
        ("Squat", "225", "lb", 5, None),
        ("-Row", "102.50", "kg", 5, None),
        ("Plank", "0.00", "kg", None, 60),
    ]
    first, second, *_ = sets_of(logbook)
    assert (first.rir, first.superset, second.kind) == (1.5, "2", KindOfSet.FAILURE)


def test_rows_that_continue_a_set_come_behind_it(tmp_path):
    logbook = read_text(
        tmp_path,
        dataset(
            {"set_number": 1},
            {"set_number": 2},
            {"set_number": 3, "set_type": "drop", "extends": 1, "weight": 80},
            {"set_number": 4, "set_type": "myo", "extends": 2, "weight": 70},
            {"set_number": 5, "set_type": "drop", "extends": 1, "weight": 60},
        ),
    )
    assert [(one.kind, one.weight) for one in sets_of(logbook)] == [
        (KindOfSet.WORKING, 102.5), (KindOfSet.DROP, 80), (KindOfSet.DROP, 60),
        (KindOfSet.WORKING, 102.5), (KindOfSet.MYO, 70),
    ]  # fmt: skip


def test_the_sets_of_several_people_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="several people"):
        read_text(tmp_path, dataset({}, {"user_id": "b@example.org"}))


@pytest.mark.django_db
def test_what_a_lifter_downloads_is_what_they_did(tmp_path):
    press, lifter = ExerciseFactory(name='=Press, "flat"'), Lifter(UserFactory(timezone="Pacific/Auckland"))
    workout = planned_workout(lifter.user, press)
    lifter.log(workout, 1, press, 10, 9, 8, weight="62.5", rir=Decimal("2.5"))
    lifter.finish(workout, 1)
    lifter.log(workout, 2, press, 10, weight="65")
    logbook = read_text(tmp_path, b"".join(own_sets(lifter.user)).decode())
    assert [session.starts for session in logbook.sessions] == [lifter.at(1), lifter.at(2)]
    assert [(one.exercise, one.weight, one.unit, one.reps, one.rir) for one in sets_of(logbook)] == [
        ('=Press, "flat"', Decimal("62.5"), lifter.user.unit, 10, Decimal("2.5")),
        ('=Press, "flat"', Decimal("62.5"), lifter.user.unit, 9, Decimal("2.5")),
        ('=Press, "flat"', Decimal("62.5"), lifter.user.unit, 8, Decimal("2.5")),
        ('=Press, "flat"', Decimal(65), lifter.user.unit, 10, None),
    ]
    assert logbook.left == {}
