"""How a lifter does an exercise: stored where it is not as usual, and obeyed from the next session on."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.models import ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from training.models import Mesocycle, Prescription
from training.own_exercise.settings_forms import MOST_WEIGHTS, Ambiguous, split_weights
from training.session.tests.test_workout_finish import asked, finish, log_sets
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

NOTHING = {"unit": "kg"}


@pytest.fixture
def cable(db):
    return ExerciseFactory(name="Cable Row", muscle_group="back", equipment="cable")


@pytest.fixture
def workout(alice, cable):
    return planned_workout(alice, cable)


@pytest.fixture
def url(cable):
    return reverse("training:exercise_settings", args=[cable.id])


@pytest.fixture
def trained(signed_in, workout, cable):
    """Trains week 1 with reps above the range, so that week 2 asks for the next heavier weight."""
    log_sets(signed_in, workout, cable, 13, 13, 13, weight="50")
    finish(signed_in, workout)
    return workout


def kept() -> ExerciseSettings | None:
    return ExerciseSettings.objects.first()


# Storing


def test_it_keeps_everything(signed_in, alice, cable, url):
    typed = {
        "unit": "lb",
        "increment": "2,5",
        "smallest_weight": "7.5",
        "rep_min": "12",
        "rep_max": "20",
        "rir_floor": "2",
        "rest_seconds": "90",
        "note": "Seat on 4.",
    }
    assertRedirects(signed_in.post(url, typed), url, status_code=303)
    row = kept()
    assert (row.user, row.exercise, row.unit, row.weights) == (alice, cable, "lb", None)
    assert (row.increment, row.smallest_weight) == (Decimal("2.5"), Decimal("7.5"))
    assert (row.rep_min, row.rep_max, row.rir_floor, row.rest_seconds, row.note) == (12, 20, 2, 90, "Seat on 4.")


def test_the_page_shows_what_is_kept(signed_in, url):
    signed_in.post(url, {"unit": "lb", "weights": "20 12; 14.50, 12", "rep_min": "8", "rep_max": "9", "rir_floor": "0"})
    page = signed_in.get(url)
    assertContains(page, "12, 14.5, 20")
    shown = {name: page.context["form"][name].value() for name in ("unit", "rep_min", "rep_max", "rir_floor")}
    assert shown == {"unit": "lb", "rep_min": 8, "rep_max": 9, "rir_floor": 0}


def test_the_page_says_what_is_usual(signed_in, url):
    page = signed_in.get(url)
    assertContains(page, "Usually 5 kg or 10 lb.", count=2)  # the step, and the lightest weight
    for words in ("Usually 10.", "Usually 15.", "Usual: 0", "Usually 150."):
        assertContains(page, words)


def test_what_is_usual_comes_from_the_library_where_that_knows(signed_in):
    squat = ExerciseFactory(rep_min=5, rep_max=8, rest_seconds=180, unsafe_to_fail=True)
    page = signed_in.get(reverse("training:exercise_settings", args=[squat.id]))
    for words in ("Usually 5.", "Usually 8.", "Usually 180.", "Usual: 1", "Usually 20 kg or 45 lb."):
        assertContains(page, words)


@pytest.mark.parametrize(("loading", "label"), [("added", "Least added weight"), ("assisted", "Least help")])
def test_the_weights_are_called_what_they_are(signed_in, loading, label):
    exercise = ExerciseFactory(loading=loading)
    page = signed_in.get(reverse("training:exercise_settings", args=[exercise.id]))
    assertContains(page, label)
    assertContains(page, "Usually 0.")


def test_all_empty_keeps_nothing(signed_in, url):
    signed_in.post(url, NOTHING | {"increment": "2.5"})
    signed_in.post(url, NOTHING)
    assert kept() is None


def test_saving_again_changes_nothing(signed_in, url):
    for _ in range(2):
        signed_in.post(url, NOTHING | {"increment": "2.5"})
    assert ExerciseSettings.objects.count() == 1


def test_a_unit_of_its_own_is_kept(signed_in, url):
    signed_in.post(url, {"unit": "lb"})
    assert kept().unit == "lb"


def test_back_to_the_defaults_deletes_the_row_and_twice_is_once(signed_in, url):
    signed_in.post(url, NOTHING | {"increment": "2.5"})
    assertContains(signed_in.get(url), "Back to the defaults")
    for _ in range(2):
        assertRedirects(signed_in.post(f"{url}delete/"), url, status_code=303)
        assert kept() is None
    assertNotContains(signed_in.get(url), "Back to the defaults")


def test_opening_the_address_that_deletes_deletes_nothing(signed_in, url):
    signed_in.post(url, NOTHING | {"increment": "2.5"})
    assertRedirects(signed_in.get(f"{url}delete/"), url, status_code=303)
    assert kept()


def test_a_bodyweight_exercise_has_no_weights(signed_in):
    crunch = ExerciseFactory(equipment="bodyweight", loading="bodyweight")
    url = reverse("training:exercise_settings", args=[crunch.id])
    assertNotContains(signed_in.get(url), "Weights in")
    signed_in.post(url, {"increment": "2.5", "weights": "1 2", "rep_min": "10", "rep_max": "20"})
    row = kept()
    assert (row.unit, row.increment, row.weights, row.rep_min) == (None, None, None, 10)


def test_added_weight_and_help_may_be_0(signed_in):
    for loading in ("added", "assisted"):
        exercise = ExerciseFactory(loading=loading)
        url = reverse("training:exercise_settings", args=[exercise.id])
        assert signed_in.post(url, NOTHING | {"weights": "0 5 10"}).status_code == 303
        assert ExerciseSettings.objects.get(exercise=exercise).weights[0] == 0


# Refusing


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"increment": "0"}, "More than 0"),
        ({"increment": "-1"}, "More than 0"),
        ({"increment": "1e1"}, "such as 2.5"),
        ({"rest_seconds": "1_20"}, "Enter a whole number"),
        ({"increment": "501"}, "500 at most"),
        ({"increment": "much"}, "such as 2.5"),
        ({"smallest_weight": "-5"}, "cannot be less than 0"),
        ({"smallest_weight": "10000"}, "heavier than MetricGain can store"),
        ({"weights": "12 heavy"}, "“heavy” is not a weight"),
        ({"weights": "12 -14"}, "“-14” is not a weight"),
        ({"weights": "12 NaN"}, "“NaN” is not a weight"),
        ({"weights": "1e3"}, "“1e3” is not a weight"),
        ({"weights": "0 12"}, "Leave 0 out"),
        ({"weights": "1_2"}, "“1_2” is not a weight"),
        ({"weights": "99999"}, "heavier than MetricGain can store"),
        ({"weights": "10,12"}, "could be one weight or several"),
        ({"weights": " ".join(map(str, range(1, MOST_WEIGHTS + 2)))}, f"keeps at most {MOST_WEIGHTS}"),
        ({"weights": "12 14", "increment": "2"}, "Leave this or the list empty"),
        ({"weights": "12 14", "smallest_weight": "2"}, "Leave this or the list empty"),
        ({"rep_min": "8"}, "both ends, or neither"),
        ({"rep_max": "8"}, "both ends, or neither"),
        ({"rep_min": "12", "rep_max": "8"}, "its lower end first"),
        ({"rep_min": "0", "rep_max": "8"}, "within 1 to 30 reps"),
        ({"rep_min": "8", "rep_max": "31"}, "within 1 to 30 reps"),
        ({"rir_floor": "6"}, "A plan keeps 0 to 5 reps in reserve."),
        ({"rest_seconds": "1"}, "greater than or equal to 10"),
        ({"rest_seconds": "9" * 30}, "less than or equal to 1800"),
        ({"note": "x" * 1001}, "at most 1,000 characters"),
        ({"unit": "stone"}, "Select a valid choice"),
        ({"unit": ""}, "Choose the unit"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_kept_on_the_page(signed_in, url, typed, words):
    answer = signed_in.post(url, NOTHING | {"note": "Seat on 4."} | typed)
    assertContains(answer, words, status_code=422)
    form = answer.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    if "note" not in typed:
        assertContains(answer, "Seat on 4.", status_code=422)
    assert kept() is None


def test_failing_an_unsafe_exercise_cannot_be_asked_for(signed_in):
    url = reverse("training:exercise_settings", args=[ExerciseFactory(unsafe_to_fail=True).id])
    assert signed_in.post(url, NOTHING | {"rir_floor": "0"}).status_code == 422
    assert signed_in.post(url, NOTHING | {"rir_floor": "1"}).status_code == 303


# Lists


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        (" ,; ", []),
        ("12", ["12"]),
        ("12, 14, 16, 20", ["12", "14", "16", "20"]),
        ("12 14\n16\t20", ["12", "14", "16", "20"]),
        ("12;14; 16", ["12", "14", "16"]),
        ("12 ,14,", ["12", "14"]),
        ("12,14,16", ["12", "14", "16"]),
        ("12.5,15,17.5", ["12.5", "15", "17.5"]),
        ("12.5,15", ["12.5", "15"]),
        ("12,5 15 17,5", ["12.5", "15", "17.5"]),
        ("12,5, 15, 17,5", ["12.5", "15", "17.5"]),
        ("1,25; 2,50; 3,75", ["1.25", "2.50", "3.75"]),
        ("١٢٫٥، ١٥؛ １７．５", ["12.5", "15", "17.5"]),
    ],
)
def test_a_list_is_read_however_it_is_separated(text, numbers):
    assert split_weights(text) == numbers


def test_weights_with_a_third_decimal_are_rounded_and_said(signed_in, url):
    page = signed_in.post(url, NOTHING | {"weights": "2.268 4,5 ٩"}, follow=True)
    assertContains(page, "Rounded to 2.27: a weight has two decimals.")
    assert kept().weights == [Decimal("2.27"), Decimal("4.50"), Decimal("9.00")]
    page = signed_in.post(url, NOTHING | {"increment": "1.134", "smallest_weight": "2.268"}, follow=True)
    assertContains(page, "Rounded to 1.13, 2.27: a weight has two decimals.")


@pytest.mark.parametrize("text", ["12,5", "12,14", "10,12, 14", "12,5,15,17,5", "2.5,5,2.5", "12,x,14"])
def test_a_list_that_can_be_read_in_two_ways_is_refused(text):
    with pytest.raises(Ambiguous):
        split_weights(text)


# What is asked next


def test_a_finer_step_is_obeyed_next_week(signed_in, trained, cable, url):
    assert asked(trained, cable, 2).weight == 55
    signed_in.post(url, NOTHING | {"increment": "2.5"})
    row = asked(trained, cable, 2)
    assert (row.weight, row.reasons[0]["code"]) == (Decimal("52.5"), "LOAD_UP")
    signed_in.post(f"{url}delete/")
    assert asked(trained, cable, 2).weight == 55


def test_a_list_is_obeyed_next_week(signed_in, trained, cable, url):
    signed_in.post(url, NOTHING | {"weights": "40 50 53 60"})
    assert asked(trained, cable, 2).weight == 53


def test_saving_without_a_change_appends_nothing(signed_in, trained, url):
    before = Prescription.objects.count()
    signed_in.post(url, NOTHING | {"increment": "5", "note": "Seat on 4."})
    assert Prescription.objects.count() == before


def test_what_has_begun_is_left(signed_in, trained, cable, url):
    log_sets(signed_in, trained, cable, 12, week=2, weight="55")
    signed_in.post(url, NOTHING | {"increment": "2.5"})
    assert asked(trained, cable, 2).weight == 55


def test_reps_and_effort_go_into_the_plan_that_has_its_own(signed_in, trained, cable, url):
    assertContains(signed_in.get(url), "which has 8–12 reps")
    signed_in.post(url, NOTHING | {"rep_min": "10", "rep_max": "15", "rir_floor": "3", "in_plan": "on"})
    slot, row = trained.slots.get(), asked(trained, cable, 2)
    assert (slot.target_reps_min, slot.target_reps_max, slot.target_rir) == (10, 15, 3)
    # 13 reps are within the new range: no more weight, and week 2 leaves 3 in reserve instead of 2.
    assert (row.weight, row.rir) == (50, 3)


def test_the_plan_keeps_its_own_where_the_lifter_wants_that(signed_in, trained, cable, url):
    answer = signed_in.post(url, NOTHING | {"rep_min": "10", "rep_max": "15"}, follow=True)
    assertContains(answer, "keeps the reps and effort that its plan says")
    assert (trained.slots.get().target_reps_min, asked(trained, cable, 2).weight) == (8, 55)


def test_reps_that_were_not_changed_do_not_go_into_the_plan(signed_in, alice, workout, cable, url):
    ExerciseSettings.objects.create(user=alice, exercise=cable, unit="kg", rep_min=10, rep_max=15)
    typed = {"rep_min": "10", "rep_max": "15", "increment": "2.5", "in_plan": "on"}
    signed_in.post(url, NOTHING | typed)
    assert workout.slots.get().target_reps_min == 8


def test_where_the_plan_has_two_ranges_changing_both_is_not_the_default(signed_in, workout, cable, url):
    SlotFactory(
        workout=WorkoutFactory(mesocycle=workout.mesocycle), exercise=cable, target_reps_min=4, target_reps_max=6
    )
    page = signed_in.get(url)
    assertContains(page, "which has 4–6 reps and 8–12 reps")
    assert page.context["form"]["in_plan"].value() is False


def test_a_plan_without_its_own_obeys_the_settings(signed_in, alice, cable, url):
    workout = planned_workout(alice, cable, target_reps_min=None, target_reps_max=None)
    assertNotContains(signed_in.get(url), "in_plan")
    signed_in.post(url, NOTHING | {"rep_min": "20", "rep_max": "24", "rir_floor": "4"})
    row = asked(workout, cable, 1)
    assert (row.reps, row.rir) == (22, 4)


@pytest.mark.parametrize("status", ["planned", "completed", "archived"])
def test_a_mesocycle_that_does_not_run_is_left(signed_in, trained, cable, url, status):
    Mesocycle.objects.update(status=status)
    signed_in.post(url, NOTHING | {"increment": "2.5", "rep_min": "5", "rep_max": "6", "in_plan": "on"})
    assert (asked(trained, cable, 2).weight, trained.slots.get().target_reps_min) == (55, 8)


# Getting there and back


def test_it_leads_back_to_the_workout_that_led_here(signed_in, workout, url):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(url, {"next": page}), f'href="{page}"')
    assert signed_in.post(url, NOTHING | {"next": page}).url == page
    assert signed_in.post(f"{url}delete/", {"next": page}).url == page


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_it_never_leads_elsewhere(signed_in, url, address):
    assertNotContains(signed_in.get(url, {"next": address}), address)
    assert signed_in.post(url, NOTHING | {"next": address}).url == url


def test_the_workout_leads_here_and_back_to_the_exercise(signed_in, workout, cable, url):
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(page), f'href="{url}?next={page}%23exercise-{cable.id}"')


def test_the_history_of_the_exercise_leads_here(signed_in, cable, url):
    assertContains(signed_in.get(reverse("analytics:exercise_history", args=[cable.id])), f'href="{url}"')


@pytest.mark.parametrize("way", ["", "delete/"])
def test_bob_has_settings_of_his_own_of_an_exercise_for_everyone(client, signed_in, bob, url, way):
    signed_in.post(url, NOTHING | {"increment": "2.5", "note": "Alice's seat"})
    client.force_login(bob)
    assertNotContains(client.get(url), "Alice")
    client.post(url + way, NOTHING | {"increment": "1.25"})
    assert ExerciseSettings.objects.get(user__email="alice@example.org").increment == Decimal("2.5")


def test_it_hides_alices_own_exercise_from_bob(client, alice, bob):
    url = reverse("training:exercise_settings", args=[ExerciseFactory(user=alice).id])
    client.force_login(bob)
    assert {client.get(url).status_code, client.post(url, NOTHING).status_code} == {404}
    assert client.post(f"{url}delete/").status_code == 404


@pytest.mark.parametrize("slots", [0, 3])
def test_the_page_takes_six_queries(signed_in, alice, cable, url, slots):
    if slots:
        first = planned_workout(alice, cable, ExerciseFactory(), ExerciseFactory())
        assert first.slots.count() == slots
    with assertNumQueries(6):  # session, user, exercise, slots, settings, bias
        signed_in.get(url)


def test_how_many_one_can_do_is_where_an_exercise_of_the_body_begins(signed_in, alice):
    dips = ExerciseFactory(name="Dips", loading="added", equipment="bodyweight")
    workout = planned_workout(alice, dips, target_reps_min=6, target_reps_max=15)
    page = signed_in.get(reverse("training:workout_detail", args=[workout.id, 1]))
    assertContains(page, "Say how many you can do")
    assert asked(workout, dips, 1).reps == 6
    signed_in.post(reverse("training:exercise_settings", args=[dips.id]), {"unit": "kg", "can_do": "12"})
    Mesocycle.objects.update(status="active")
    signed_in.post(reverse("training:exercise_settings", args=[dips.id]), {"unit": "kg", "can_do": "12"})
    row = asked(workout, dips, 1)
    assert (row.weight, row.reps) == (0, 12 - row.rir)
    assert row.sentences[0] == f"{row.reps} reps, because you can do 12 and {row.rir} stay in you."


def test_how_many_one_can_do_is_not_asked_of_a_barbell(signed_in, press):
    assert "can_do" not in signed_in.get(reverse("training:exercise_settings", args=[press.id])).context["form"].fields


def test_a_pause_between_the_sides_is_for_exercises_that_have_sides(signed_in, alice, press):
    lunge = ExerciseFactory(name="Lunge", unilateral=True)
    workout = planned_workout(alice, lunge, press)
    url = reverse("training:exercise_settings", args=[lunge.id])
    for wrong, words in (("4", "5 to 120 seconds. Leave it empty for none."), ("121", "5 to 120 seconds.")):
        assertContains(signed_in.post(url, {"unit": "kg", "side_pause": wrong}), words, status_code=422)
    page = reverse("training:workout_detail", args=[workout.id, 1])
    assertContains(signed_in.get(page), 'data-sides=""', count=1)
    assert signed_in.post(url, {"unit": "kg", "side_pause": "15"}).status_code == 303
    assertContains(signed_in.get(page), 'data-sides="15"', count=1)
    signed_in.post(url, {"unit": "kg", "side_pause": ""})
    assert not ExerciseSettings.objects.exists()
    other = signed_in.get(reverse("training:exercise_settings", args=[press.id]))
    assert "side_pause" not in other.context["form"].fields
