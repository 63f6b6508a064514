from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.tests.factories import ExerciseFactory
from training.models import Set, WorkoutLog

TYPED = {"weight": "82.5", "reps": "8", "unit": "kg"}


def test_it_stores_the_set_as_typed_and_returns_to_its_exercise(signed_in, set_url, workout, exercise):
    answer = signed_in.post(set_url(), TYPED | {"rir": "1.5"})
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(answer, f"{page}#exercise-{exercise.id}", status_code=303)
    one = Set.objects.get()
    assert (one.weight, one.reps, one.unit, one.rir, one.set_number) == (
        Decimal("82.50"),
        8,
        "kg",
        Decimal("1.5"),
        1,
    )
    assert one.user == workout.mesocycle.user


def test_it_starts_the_session_with_the_first_set(signed_in, set_url, workout):
    signed_in.post(set_url(1), TYPED)
    signed_in.post(set_url(2), TYPED)
    log = WorkoutLog.objects.get()
    assert (log.status, log.week_number, log.mesocycle) == ("in_progress", 1, workout.mesocycle)
    assert log.started_at == Set.objects.get(set_number=1).performed_at


def test_it_keeps_pounds_as_pounds(signed_in, set_url):
    signed_in.post(set_url(), TYPED | {"weight": "225", "unit": "lb"})
    one = Set.objects.get()
    assert (one.weight, one.unit, one.weight_kg) == (Decimal("225.00"), "lb", Decimal("102.0583"))


def test_it_remembers_the_prescription_that_the_lifter_saw(signed_in, set_url, workout):
    asked = workout.prescriptions.get()
    signed_in.post(set_url(), TYPED | {"prescription": asked.id})
    assert Set.objects.get().prescription == asked


def test_it_overwrites_the_same_set_on_a_second_post(signed_in, set_url):
    signed_in.post(set_url(), TYPED)
    signed_in.post(set_url(), TYPED | {"reps": "9"})
    assert [(one.reps, one.set_number) for one in Set.objects.all()] == [(9, 1)]


def test_a_double_tap_makes_one_row(signed_in, set_url):
    for _ in range(2):
        assert signed_in.post(set_url(), TYPED).status_code == 303
    assert Set.objects.count() == 1
    assert WorkoutLog.objects.count() == 1


def test_the_later_edit_wins_whatever_arrives_last(signed_in, set_url):
    earlier = timezone.now() - timedelta(minutes=5)
    later = earlier + timedelta(minutes=1)
    signed_in.post(set_url(), TYPED | {"reps": "9", "edited_at": later.isoformat()})
    loser = signed_in.post(set_url(), TYPED | {"reps": "7", "edited_at": earlier.isoformat()})
    one = Set.objects.get()
    assert (one.reps, one.edited_at) == (9, later)
    assertContains(signed_in.get(loser.url), "a later edit of this set was stored before", count=1)


def test_a_phone_whose_clock_runs_ahead_is_held_to_the_servers(signed_in, set_url):
    signed_in.post(set_url(), TYPED | {"edited_at": "2099-01-01T00:00:00Z"})
    assert Set.objects.get().edited_at <= datetime.now(UTC)
    signed_in.post(set_url(), TYPED | {"reps": "10"})
    assert Set.objects.get().reps == 10


def test_a_set_for_an_exercise_outside_the_plan_joins_the_session(signed_in, workout):
    other = ExerciseFactory(name="Cable Fly")
    signed_in.post(reverse("training:set_log", args=[workout.id, 1, other.id, 1]), TYPED)
    assert Set.objects.get().exercise == other
    assertContains(signed_in.get(reverse("training:workout_detail", args=[workout.id, 1])), "Cable Fly")


@pytest.mark.parametrize(
    ("typed", "stored"), [("82,5", "82.5"), (" 82.5 ", "82.5"), ("0", "0"), ("9999.99", "9999.99")]
)
def test_it_reads_weights_as_people_write_them(signed_in, set_url, typed, stored):
    assert signed_in.post(set_url(), TYPED | {"weight": typed}).status_code == 303
    assert Set.objects.get().weight == Decimal(stored)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("weight", "", "Type the weight you used"),
        ("weight", "heavy", "Type the weight as a number"),
        ("weight", "NaN", "Type the weight as a number"),
        ("weight", "-1", "cannot be less than 0"),
        ("weight", "1e9", "Type the weight as a number"),
        ("weight", "1,500", "Type the weight as a number"),
        ("weight", "9999.995", "heavier than MetricGain can store"),
        ("reps", "1_0", "Type whole reps"),
        ("rir", "1e0", "reps in reserve as a number"),
        ("reps", "", "Type how many reps"),
        ("reps", "8.5", "Type whole reps"),
        ("reps", "-3", "cannot be less than 0"),
        ("reps", "999", "300 at most"),
        ("rir", "many", "reps in reserve"),
        ("rir", "-1", "leave it empty when unsure"),
        ("rir", "100.5", "10 at most"),
        ("rir", "1.25", "at most one decimal"),
        ("unit", "stone", "stone"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_loses_nothing(signed_in, set_url, field, typed, words):
    signed_in.post(set_url(1), TYPED)
    answer = signed_in.post(set_url(2), TYPED | {field: typed, "rir": typed if field == "rir" else "2"})
    assertContains(answer, words, status_code=422)
    kept = {"weight": "82.5", "reps": "8"} | ({field: typed} if field in ("weight", "reps") else {})
    row = answer.content.decode().split(f'action="{set_url(2)}#')[1].split("</form>")[0]
    assert all(f'value="{value}"' in row for value in kept.values())
    assert Set.objects.count() == 1


def test_whole_reps_may_have_an_idle_decimal(signed_in, set_url):
    assert signed_in.post(set_url(), TYPED | {"reps": "٨٫٠"}).status_code == 303
    assert Set.objects.get().reps == 8


def test_a_weight_with_three_decimals_is_rounded_and_its_row_says_so(signed_in, set_url):
    signed_in.post(set_url(1), TYPED)
    page = signed_in.post(set_url(2), TYPED | {"weight": "2.268"}, follow=True)
    assert [one.weight for one in Set.objects.order_by("set_number")] == [Decimal("82.50"), Decimal("2.27")]
    assertContains(page, "Rounded to 2.27 kg.", count=1)
    row = page.content.decode().split(f'action="{set_url(2)}#')[1].split("</form>")[0]
    assert "Rounded to 2.27 kg." in row
    assertNotContains(signed_in.post(set_url(2), TYPED | {"weight": "2.27"}, follow=True), "Rounded to 2.27")


@pytest.mark.parametrize("typed", ["10000", "1000000000", "123456789.123"])
def test_what_is_too_heavy_is_said_once(signed_in, set_url, typed):
    answer = signed_in.post(set_url(), TYPED | {"weight": typed})
    row = answer.content.decode().split(f'action="{set_url()}#')[1].split("</form>")[0]
    assert (answer.status_code, row.count("heavier than MetricGain can store")) == (422, 1)


@pytest.mark.parametrize(("week", "number"), [(0, 1), (6, 1), (99, 1)])
def test_a_week_that_does_not_exist_is_not_found(signed_in, set_url, week, number):
    assert signed_in.post(set_url(number, week=week), TYPED).status_code == 404
    assert not WorkoutLog.objects.exists()


def test_a_set_number_below_1_is_refused(signed_in, set_url):
    assert signed_in.post(set_url(0), TYPED).status_code == 422


def test_it_hides_alices_workout_from_bob(client, bob, set_url):
    client.force_login(bob)
    assert client.post(set_url(), TYPED).status_code == 404
    assert client.post(set_url(), TYPED | {"weight": "x"}).status_code == 404
    assert not WorkoutLog.objects.exists()


def test_bobs_own_exercise_is_not_found_in_alices_workout(signed_in, bob, workout):
    his = ExerciseFactory(user=bob)
    assert signed_in.post(reverse("training:set_log", args=[workout.id, 1, his.id, 1]), TYPED).status_code == 404


def test_it_sends_visitors_to_sign_in(client, set_url):
    answer = client.post(set_url(), TYPED)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")


def test_opening_its_address_leads_to_the_page_and_stores_nothing(signed_in, set_url, workout):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertRedirects(signed_in.get(set_url()), page, status_code=303)
    assert not WorkoutLog.objects.exists()
    assert signed_in.put(set_url()).status_code == 405


def test_it_takes_three_queries(signed_in, set_url):
    with assertNumQueries(3):  # session, user, the fact
        signed_in.post(set_url(), TYPED)
    with assertNumQueries(3):
        signed_in.post(set_url(), TYPED | {"reps": "9"})
