"""The same file, a newer one, two at once, and taking an import back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from exercises.models import Exercise, ExerciseAlias
from metricgain.transfer.history import storing
from metricgain.transfer.history.looking import look_at
from metricgain.transfer.history.undoing import edited_sessions, undo
from metricgain.transfer.tests.made import MONDAY, a_book, a_session, a_set, looked_at, stored, weeks_of_push
from training.models import Import, Mesocycle, Set, WorkoutExercise, WorkoutLog
from training.session import recording
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter


def sessions_of(user) -> int:
    return WorkoutLog.objects.filter(user=user).count()


def test_the_same_file_brings_nothing_twice(alice, bench):
    stored(alice, *weeks_of_push(3))
    again = stored(alice, *weeks_of_push(3))
    assert (again.sessions, again.sets, sessions_of(alice)) == (0, 0, 3)


def test_a_newer_file_brings_what_is_new_into_mesocycles_of_its_own(alice, bench):
    stored(alice, *weeks_of_push(2))
    pull = a_session(MONDAY + timedelta(days=1), "Pull")  # in a week that the first import has
    newer = stored(alice, *weeks_of_push(3), pull)
    assert (newer.sessions, sessions_of(alice)) == (2, 4)
    own = newer.mesocycles.order_by("start_date").values_list("start_date", flat=True)
    assert list(own) == [MONDAY.date(), MONDAY.date() + timedelta(weeks=2)]


def test_keys_are_compared_as_the_file_wrote_them(alice, bench):
    """The lifter has moved since, and the session was put onto another day."""
    stored(alice, a_session())
    WorkoutLog.objects.update(local_date="2024-02-01", performed_at=timezone.now())
    alice.timezone = "Asia/Tokyo"
    alice.save()
    assert stored(alice, a_session()).sessions == 0
    assert stored(alice, a_session(title="push")).sessions == 1
    assert stored(alice, a_session(MONDAY, "Push", a_set(reps=9)), app="Hevy").sessions == 1


def test_a_session_that_two_apps_have_is_brought_once(alice, bench):
    """Also where an app wrote its date in another language since."""
    stored(alice, a_session())
    assert stored(alice, a_session(), app="Hevy").sessions == 0
    other = a_session()
    other.key = "1 Ocak 2024, 18:00"
    assert look_at(alice, a_book(other), now=timezone.now())["here"] == 1
    assert stored(alice, other, a_session(MONDAY, "Push", a_set(reps=20))).sessions == 0  # that key is known


def test_a_changed_session_is_shown_asked_and_stays_in_its_mesocycle(alice, bench):
    first = stored(alice, *weeks_of_push(2))
    log = WorkoutLog.objects.order_by("performed_at").first()
    more = a_session(MONDAY, "Push", a_set(), a_set("Bent Over Row (Barbell)"), note="Added later")
    look = look_at(alice, a_book(more, *weeks_of_push(2)[1:]), now=timezone.now())
    assert (look["changed"], look["changed_count"], look["here"], look["fresh"]) == (
        [{"title": "Push", "day": "2024-01-01"}], 1, 1, 0,
    )  # fmt: skip
    assert stored(alice, more).look["changed"] == 0  # not asked for
    taken = stored(alice, more, changed=True)
    assert (taken.look["changed"], taken.sessions) == (1, 0)
    log.refresh_from_db()
    assert (log.mesocycle.imported_by, log.notes, log.sets.count()) == (first, "Added later", 2)
    assert WorkoutExercise.objects.filter(workout=log.workout).count() == 2
    assert stored(alice, more, changed=True).look["changed"] == 0  # now it is as in the file


def test_what_was_logged_here_is_not_brought_once_more(alice, bench):
    workout = planned_workout(alice, bench)
    lifter = Lifter(alice)
    lifter.log(workout, 1, bench, 8, 7)
    day = lifter.at(1).replace(tzinfo=None)
    assert stored(alice, a_session(day), app="MetricGain").sessions == 0
    assert look_at(alice, a_book(a_session(day)), now=timezone.now())["here"] == 1
    assert stored(alice, a_session(day + timedelta(days=1))).sessions == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_turns(alice, bench):
    books = [a_book(*weeks_of_push(8)) for _ in range(2)]
    imports = [looked_at(alice, book) for book in books]
    meet, failed = threading.Barrier(2), []

    def run(import_, book):
        try:
            meet.wait(10)
            storing.store(import_, book, now=timezone.now())
        except Exception as error:  # told in the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(imports, books, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(Import.objects.values_list("sessions", flat=True)) == [0, 8]
    assert sessions_of(alice) == 8


def test_storing_an_import_twice_stores_it_once(alice, bench):
    book = a_book(*weeks_of_push(2))
    import_ = looked_at(alice, book)
    for _ in range(2):
        storing.store(import_, book, now=timezone.now())
    assert (sessions_of(alice), Set.objects.count()) == (2, 4)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.95])
def test_what_breaks_off_leaves_nothing(alice, bench, share):
    book = a_book(*weeks_of_push(60), a_session(MONDAY + timedelta(days=1), "New", a_set("Zorbing")))
    import_ = looked_at(alice, book)

    def say(per_cent: int, words: str) -> None:
        if per_cent >= 100 * share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storing.store(import_, book, now=timezone.now(), say=say)
    import_.refresh_from_db()
    assert (import_.stored_at, sessions_of(alice), Mesocycle.objects.count(), Set.objects.count()) == (None, 0, 0, 0)
    assert not Exercise.objects.filter(user=alice).exists()


# -- taking back ------------------------------------------------------------------------------------


def test_undoing_takes_its_sessions_and_nothing_else(alice, bob, bench):
    workout = planned_workout(alice, bench)
    Lifter(alice).log(workout, 1, bench, 8)
    kept = stored(alice, a_session(MONDAY, "Push", a_set(reps=9)), app="Hevy")
    stored(bob, a_session())
    undo(stored(alice, *weeks_of_push(3), a_session(MONDAY, "Odd", a_set("Zorbing"))))
    assert list(Import.objects.filter(user=alice)) == [kept]
    assert (sessions_of(alice), sessions_of(bob)) == (2, 1)
    assert not Exercise.objects.filter(user=alice).exists()
    assert stored(alice, a_session()).sessions == 1  # it can come again


def test_an_own_exercise_and_a_name_stay_where_something_else_uses_them(alice, bench):
    said = {"names": {"Kran": bench.id}}
    import_ = stored(alice, a_session(MONDAY, "Odd", a_set("Zorbing"), a_set("Kran")), **said)
    own = Exercise.objects.get(user=alice)
    planned_workout(alice, own, bench)
    Lifter(alice).log(planned_workout_of(alice), 1, bench, 8)
    undo(import_)
    assert Exercise.objects.filter(id=own.id).exists()
    assert ExerciseAlias.objects.filter(user=alice, name="Kran").exists()


def planned_workout_of(user):
    return Mesocycle.objects.planned_by(user).get().workouts.get()


def test_edited_sessions_are_named_before(alice, bench):
    import_ = stored(alice, *weeks_of_push(3))
    assert not edited_sessions(import_).exists()
    first, _, third = WorkoutLog.objects.order_by("performed_at")
    later = recording.Edit(at=timezone.now() + timedelta(minutes=1), local_date=first.local_date)
    address = recording.SessionKey(alice.id, first.workout_id, first.week_number)
    recording.delete_set(address, later, exercise_id=bench.id, number=1)
    address = recording.SessionKey(alice.id, third.workout_id, third.week_number)
    recording.write_note(address, later, text="Best day")
    assert list(edited_sessions(import_)) == [third, first]
