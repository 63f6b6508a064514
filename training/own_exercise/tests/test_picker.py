"""What the pages to swap and to add offer, and in which order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from exercises.forms import ChoiceForm
from exercises.tests.factories import ExerciseFactory
from training.models import Prescription
from training.own_exercise.picker import additions_for, lacking_groups, swaps_for
from training.session.page.tests.test_cards import trained
from training.tests.factories import planned_workout


@pytest.fixture
def workout(alice, press):
    return planned_workout(alice, press)


def asking(**asked):
    return {"now": timezone.now(), "asked": ChoiceForm(asked), "number": asked.get("page")}


def swaps(workout, exercise, **asked):
    choices = swaps_for(workout, 1, exercise, **asking(**asked))
    return [one.name for one in choices.known], [one.name for one in choices.others]


def test_most_alike_come_first_by_joints_then_by_equipment(workout, press):
    ExerciseFactory(name="A fly", mechanic="isolation")
    ExerciseFactory(name="B press", equipment="machine")
    ExerciseFactory(name="C press")
    ExerciseFactory(name="A row", muscle_group="back")
    assert swaps(workout, press) == ([], ["C press", "B press", "A fly"])


def test_what_the_lifter_has_done_comes_before_what_is_new(alice, bob, workout, press):
    fly = ExerciseFactory(name="Fly", mechanic="isolation")
    old, new = ExerciseFactory(name="Old incline"), ExerciseFactory(name="Incline")
    trained(alice, fly, (20, 12), days_ago=1)
    trained(alice, old, (60, 8), days_ago=90)
    trained(alice, new, (60, 8), days_ago=5)
    trained(bob, ExerciseFactory(name="Bob's choice"), (60, 8))
    assert swaps(workout, press) == (["Incline", "Old incline", "Fly"], ["Bob's choice"])


def test_what_is_in_the_session_already_is_no_choice(alice):
    press, fly = ExerciseFactory(name="Press"), ExerciseFactory(name="Fly")
    assert swaps(planned_workout(alice, press, fly), press) == ([], [])


def test_it_says_what_was_last_done_and_what_it_would_ask(signed_in, alice, workout, press):
    incline = ExerciseFactory(name="Incline")
    trained(alice, incline, (60, 10, 2), (55, 10, 2))
    choice = swaps_for(workout, 1, press, **asking()).known[0]
    assert choice.last.endswith(": 60 kg × 10")
    page = signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]))
    assertContains(page, f"Last {choice.last}")
    assertContains(page, f"Start at {choice.start}")


def test_it_asks_what_it_says(signed_in, alice, workout, press):
    incline = ExerciseFactory(name="Incline")
    trained(alice, incline, (60, 10, 2), (55, 10, 2))
    said = swaps_for(workout, 1, press, **asking()).known[0].start
    signed_in.post(reverse("training:exercise_swap", args=[workout.id, 1, press.id]), {"exercise": incline.id})
    row = Prescription.objects.current().get(exercise=incline)
    assert said == f"{row.weight.normalize():f} kg × {row.reps}"


def test_a_deload_is_not_what_was_last_done(alice, workout, press):
    incline = ExerciseFactory(name="Incline")
    trained(alice, incline, (60, 10), days_ago=9)
    asked = workout.prescriptions.get()
    trained(alice, incline, (30, 5), days_ago=2, prescription=asked)
    Prescription.objects.update(kind="deload")
    (choice,) = swaps_for(workout, 1, press, **asking()).known
    assert choice.last.endswith("60 kg × 10")


def test_from_the_page_one_tap_swaps_and_a_second_one_makes_it_last(signed_in, workout, press):
    ExerciseFactory(name="Incline")
    page = signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id])).content.decode()
    assert page.count('name="exercise"') == 1
    assert 'value="today" checked' in page
    assert page.count('name="scope"') == 2


def test_adding_offers_the_latest_then_ones_own_then_the_rest(alice, bob):
    trained(alice, ExerciseFactory(name="Squat", muscle_group="legs"), (100, 5), days_ago=9)
    trained(alice, ExerciseFactory(name="Row", muscle_group="back"), (60, 8), days_ago=2)
    ExerciseFactory(name="Zercher", user=alice)
    ExerciseFactory(name="Arnold")
    ExerciseFactory(name="Bob's", user=bob)
    choices = additions_for(alice, **asking())
    assert [one.name for one in choices.known] == ["Row", "Squat"]
    assert [one.name for one in choices.others] == ["Zercher", "Arnold"]
    assert choices.known[0].kind == "Back · Barbell"
    assert [one.name for one in additions_for(alice, **asking(muscle="legs")).known] == ["Squat"]


def test_staples_of_what_is_lacking_come_before_the_rest(signed_in, alice, workout, press):
    ExerciseFactory.create_batch(45, user=alice)
    for name, muscle, rank in (
        ("Squat", "legs", "staple"),
        ("Fly", "chest", "staple"),
        ("Kickback", "tris", "special"),
    ):
        ExerciseFactory(name=name, muscle_group=muscle, rank=rank)
    for address in (["exercise_add", workout.id, 1], ["slot_add", workout.id]):
        page = signed_in.get(reverse(f"training:{address[0]}", args=address[1:]))
        assert [one.name for one in page.context["choices"].others][:2] == ["Squat", "Fly"]
        page = signed_in.get(reverse(f"training:{address[0]}", args=address[1:]), {"page": "2"})
        assert page.context["choices"].others[-1].name == "Kickback"


def test_what_a_plan_lacks_most_comes_first(alice):
    trained_week = [("chest", 12), ("legs", 8), ("legs", 4), ("bis", 2)]
    assert lacking_groups(trained_week, {"chest"}, alice)[:3] == ["back", "delts", "calfs"]
    assert lacking_groups(trained_week, {"chest"}, alice)[-2:] == ["abs", "legs"]
    for name, muscle in (("Curl", "bis"), ("Row", "back"), ("Fly", "chest"), ("Calf Raise", "calfs")):
        ExerciseFactory(name=name, muscle_group=muscle, rank="staple")
    found = additions_for(alice, **asking(), lacking=["back", "calfs", "bis"])
    assert [one.name for one in found.others] == ["Row", "Calf Raise", "Curl", "Fly"]


def test_a_search_without_scripts_keeps_what_is_ticked(signed_in, alice, bob, workout, press):
    row, fly = ExerciseFactory(name="Row", muscle_group="back"), ExerciseFactory(name="Fly")
    others, is_ticked = ExerciseFactory(name="Bob's", user=bob), 'value="{}" checked'
    for name, *args in (("exercise_add", workout.id, 1), ("slot_add", workout.id)):
        here = reverse(f"training:{name}", args=args)
        said = {"search": "1", "q": "fly", "scope": "from_now_on", "exercises": [row.id, press.id, others.id]}
        answer = signed_in.post(here, said)
        assert answer.status_code == 303
        assert "csrf" not in answer.url
        page = signed_in.get(answer.url)
        assert [one.name for one in page.context["choices"].ticked] == ["Row"]
        assert [one.name for one in page.context["choices"].others] == ["Fly"]
        assertContains(page, is_ticked.format(row.id), count=1)
        assertContains(page, 'value="fly"', count=2)
        signed_in.post(here, {"exercises": [row.id], "exercise": fly.id})
    assert {*workout.slots.values_list("exercise__name", flat=True)} >= {"Press", "Row", "Fly"}
    for nonsense in ("x", "-1", "9" * 30, "\u0663"):
        assert signed_in.get(here, {"exercises": nonsense}).context["choices"].ticked == []


def test_other_pages_and_making_an_exercise_keep_what_is_ticked_without_scripts(signed_in, alice, workout):
    row, *_ = ExerciseFactory.create_batch(45, muscle_group="back")
    for name, *args in (("exercise_add", workout.id, 1), ("slot_add", workout.id)):
        here, said = reverse(f"training:{name}", args=args), {"muscle": "back", "q": "", "exercises": [row.id]}
        assertContains(signed_in.get(here), '<button class="button button--quiet" type="submit" name="page" value="2">')
        page = signed_in.post(here, said | {"page": "2"}, follow=True)
        assert page.context["choices"].page.number == 2
        assert [one.id for one in page.context["choices"].ticked] == [row.id]
        making = signed_in.post(here, said | {"make": "1", "q": "Helms Row"})
        page = signed_in.get(making.url)
        assert page.context["form"]["name"].value() == "Helms Row"
        made = {"name": f"Helms Row of {name}", "muscle_group": "back", "next": page.context["back"]}
        initial = {field.name: field.value() for field in page.context["form"] if field.value() not in (None, False)}
        page = signed_in.post(making.url, initial | made, follow=True)
        assert page.context["made"].name == made["name"]
        assert [one.id for one in page.context["choices"].ticked] == [row.id]


def test_an_unknown_muscle_is_none(signed_in, workout):
    ExerciseFactory(name="Incline")
    page = signed_in.get(reverse("training:exercise_add", args=[workout.id, 1]), {"muscle": "wings"})
    assertContains(page, "Incline")
    assertNotContains(page, "wings")


def test_it_takes_as_many_queries_whatever_was_done(signed_in, alice, workout, press):
    counts = []
    for _ in range(2):
        for _ in range(3):
            trained(alice, ExerciseFactory(), (60, 8), (60, 8))
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]))
        counts.append(len(queries))
    assert counts == [8, 8]


def test_an_exercise_that_is_not_there_is_made_on_the_way_and_offered_first(client, alice):
    workout = planned_workout(alice)
    client.force_login(alice)
    here = reverse("training:exercise_add", args=[workout.id, 1])
    assertContains(client.get(here), f"{reverse('exercises:exercise_create')}?muscle=&amp;next={here}")
    made = ExerciseFactory(name="Zercher Yoke", user=alice, is_system=False)
    assertContains(client.get(f"{here}?exercise={made.id}"), "your new exercise", count=1)
    for nothing in ("x", "999999999999", str(10**30)):
        assertNotContains(client.get(f"{here}?exercise={nothing}"), "your new exercise")


# A long list: pages, and a search


def test_the_first_page_has_the_best_choices_and_the_next_go_on(alice, workout, press):
    for number in range(45):
        ExerciseFactory(name=f"A fly {number:02}", mechanic="isolation")
    ExerciseFactory(name="Z machine", equipment="machine")
    trained(alice, ExerciseFactory(name="Z old", mechanic="isolation"), (20, 12), days_ago=300)
    known, others = swaps(workout, press)
    assert (known, others[:2], len(others)) == (["Z old"], ["Z machine", "A fly 00"], 39)
    assert swaps(workout, press, page="2") == ([], [f"A fly {number:02}" for number in range(38, 45)])
    assert swaps(workout, press, page="nine") == swaps(workout, press)


def test_a_name_is_found_though_mistyped_known_ones_first_then_the_nearest(alice, workout, press):
    trained(alice, ExerciseFactory(name="Incline bench press with pauses"), (60, 8))
    for name in ("Incline bench press", "Incline dumbbell bench press", "Fly"):
        ExerciseFactory(name=name)
    ExerciseFactory(name="Incline curl", muscle_group="bis")
    assert swaps(workout, press, q="inclin bench") == (
        ["Incline bench press with pauses"],
        ["Incline bench press", "Incline dumbbell bench press"],
    )
    choices = additions_for(alice, **asking(q="inclin", equipment="barbell"))
    assert [one.name for one in choices.others][:3] == [
        "Incline dumbbell bench press",  # what most people mean by it
        "Incline curl",
        "Incline bench press",
    ]


@pytest.mark.parametrize("name", ["exercise_swap", "exercise_add"])
def test_on_the_page_the_search_stays_from_page_to_page(signed_in, workout, press, name):
    ExerciseFactory.create_batch(45, equipment="cable")
    ExerciseFactory(name="Dumbbell one", equipment="dumbbell")
    url = reverse(f"training:{name}", args=[workout.id, 1, *([press.id] if name == "exercise_swap" else [])])
    page = signed_in.get(url, {"equipment": "cable"})
    assertContains(page, "Page 1 of 2")
    assertContains(page, "?equipment=cable&amp;page=2")
    assertNotContains(page, "Dumbbell one")
    assertContains(page, "need a signal")
    assert page.content.count(b'name="exercise"') == 40
    found = signed_in.get(url, {"q": "xyzzy"})
    assertContains(found, "Nothing here is called “xyzzy”")
    assertContains(found, "name=xyzzy")


@pytest.mark.parametrize("more", [0, 90])
def test_a_search_takes_as_many_queries_however_long_the_library(signed_in, workout, press, more):
    ExerciseFactory.create_batch(more + 1)
    with assertNumQueries(8):  # one more than without: names first, then those meant as a whole
        signed_in.get(reverse("training:exercise_swap", args=[workout.id, 1, press.id]), {"q": "exercise"})
    with assertNumQueries(6):
        signed_in.get(reverse("training:exercise_add", args=[workout.id, 1]), {"q": "exercise"})
