"""The lifter sees the next mesocycle with every number and its reason, then keeps it, then begins it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from exercises.tests.factories import ExerciseFactory
from metricgain.numbers import plain
from training.catalogue import sharing
from training.models import Mesocycle, Prescription, Workout, WorkoutExercise
from training.plan import next_mesocycle
from training.plan.next_mesocycle_forms import next_name
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.schedule import rescheduling
from training.tests.factories import WorkoutFactory, planned_workout
from training.tests.lifting import Lifter, asked, codes


@pytest.fixture
def parent(alice, press):
    """Makes a mesocycle of five weeks. Two of them were trained at 100 kg, at 3 in reserve and then at 2. It ended 20
    days ago."""
    begins = alice.today() - timedelta(days=27)
    workout = planned_workout(alice, press)
    lifter = Lifter(alice, begins)
    lifter.train(workout, 1, 10, 10, 10, soreness=1, pump=2, challenge=1)
    lifter.train(workout, 2, 11, 10, 10, soreness=2, pump=2, challenge=2)
    workout.mesocycle.finish(at=timezone.now())
    return workout.mesocycle


@pytest.fixture
def url(parent):
    return reverse("training:mesocycle_next", args=[parent.id])


def plan(signed_in, url, **said):
    answer = signed_in.post(url, {"week": 1, "duration_weeks": 5, "name": "Winter"} | said)
    planned = Mesocycle.objects.get(status="planned")
    assertRedirects(answer, reverse("training:mesocycle_detail", args=[planned.id]), status_code=303)
    return planned


def test_the_preview_says_every_number_and_why_and_stores_nothing(signed_in, url):
    before = Mesocycle.objects.count(), Prescription.objects.count()
    answer = signed_in.get(url)
    assertContains(answer, "Press")
    [(_, [one])] = answer.context["ahead"].workouts
    # From the last hard weeks (13 to failure at 100 kg), 20 days ago: one more in reserve, and 1 % off.
    assert (one.row.sets, one.row.weight, one.row.reps, one.row.rir) == (3, Decimal("95.00"), 10, 4)
    assert codes(one.row) == ["MESO_OPEN_BREAK", "RIR_BREAK"]
    assertContains(answer, one.row.target)
    for sentence in one.row.sentences:
        assertContains(answer, sentence)
    assert (Mesocycle.objects.count(), Prescription.objects.count()) == before


def test_where_strength_grew_it_opens_above_the_last_opening_and_says_by_what(signed_in, alice, press):
    workout = planned_workout(alice, press, target_weight=100)
    lifter = Lifter(alice, alice.today() - timedelta(days=25))
    for week, reps in enumerate((12, 14, 16, 18), start=1):
        lifter.train(workout, week, reps, reps - 1, reps - 2)
    workout.mesocycle.finish(at=timezone.now())
    answer = signed_in.get(reverse("training:mesocycle_next", args=[workout.mesocycle_id]))
    [(_, [one])] = answer.context["ahead"].workouts
    assert one.row.weight > 100
    assert one.above == f"+{plain(one.row.weight - 100)} kg on the start of the last mesocycle."
    assertContains(answer, one.above)
    assertContains(answer, "Weights and reps come from your last hard weeks.")


def test_a_later_week_starts_with_fewer_sets_than_it_had_and_says_so(signed_in, url):
    answer = signed_in.get(url, {"week": 2, "duration_weeks": 4})
    [(_, [one])] = answer.context["ahead"].workouts
    chosen = asked(Workout.objects.get(), one.exercise, 2).sets
    assert one.row.sets == chosen - 1
    assertContains(answer, "in week 2 of the last mesocycle")
    assert one.row.rir == 2  # four weeks begin nearer to failure than five


def test_what_is_kept_is_what_was_seen(signed_in, url, parent, press):
    [(_, [seen])] = signed_in.get(url, {"week": 2}).context["ahead"].workouts
    planned = plan(signed_in, url, week=2)
    assert (planned.parent_mesocycle, planned.copied_from_week, planned.name) == (parent, 2, "Winter")
    row = asked(planned.workouts.get(), press, 1)
    assert row.target == seen.row.target
    assert row.reasons == seen.row.reasons
    assert row.inputs["parent"] == {"mesocycle": parent.id, "workout": parent.workouts.get().id, "week": 2}
    assert row.engine_version == seen.row.engine_version
    assert planned.workouts.get().slots.get().target_sets == row.sets


def test_a_double_tap_plans_one(signed_in, url):
    for _ in range(2):
        plan(signed_in, url)
    assert Mesocycle.objects.filter(status="planned").count() == 1


def test_asking_again_changes_nothing(signed_in, alice, url):
    planned = plan(signed_in, url)
    before = list(Prescription.objects.order_by("id").values())
    writing.prescribe(History(planned, today=alice.today()))
    assert list(Prescription.objects.order_by("id").values()) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("week", "3", "Choose one of the weeks that you trained"),
        ("week", "5", "Choose one of the weeks that you trained"),
        ("duration_weeks", "8", "A mesocycle has 3 to 7 weeks."),
        ("name", "", "Give the mesocycle a name"),
        ("name", "x" * 256, "at most 255 characters"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed_and_plans_nothing(signed_in, url, field, typed, words):
    said = {"week": "2", "duration_weeks": "4", "name": "My winter"} | {field: typed}
    answer = signed_in.post(url, said)
    assertContains(answer, words, status_code=422)
    assert {name: answer.context["form"][name].value() for name in said} == said
    assert not Mesocycle.objects.filter(status="planned").exists()


def test_a_mesocycle_that_was_not_trained_says_what_to_do(signed_in, workout):
    url = reverse("training:mesocycle_next", args=[workout.mesocycle_id])
    assertContains(signed_in.get(url), "Train one workout of its plan")
    assertContains(signed_in.post(url), "Nothing to go on from yet", status_code=422)


def test_an_exercise_that_was_skipped_in_the_week_comes_from_the_nearest_and_says_so(
    signed_in, alice, press, parent, url
):
    row = ExerciseFactory(name="Row", muscle_group="back")
    workout = parent.workouts.get()
    WorkoutExercise.objects.create(workout=workout, exercise=row, position=999, target_sets=3, unit="kg")
    Lifter(alice, alice.today() - timedelta(days=27)).log(workout, 2, row, 12, 12)
    assertContains(signed_in.get(url), "You did not train it in week 1, so it is taken from week 2.")


def test_an_exercise_that_was_never_done_is_asked_for(signed_in, parent, url):
    new = ExerciseFactory(name="Dip")
    WorkoutExercise.objects.create(workout=parent.workouts.get(), exercise=new, position=999, target_sets=2, unit="kg")
    [(_, (_, dip))] = signed_in.get(url).context["ahead"].workouts
    assert (dip.week, dip.row.weight, codes(dip.row)) == (None, None, ["SEED_ASK"])
    assert plan(signed_in, url).workouts.get().prescriptions.current().count() == 2


def test_an_archived_exercise_is_left_out_and_named(signed_in, parent, press, url):
    press.archive()
    answer = signed_in.get(url)
    assertContains(answer, "Left out, because they are archived in the library: <bdi>Press</bdi>.")
    assert not plan(signed_in, url).workouts.get().slots.exists()


def test_after_three_weeks_off_the_weights_are_an_estimate(alice, press):
    workout = planned_workout(alice, press)
    Lifter(alice, alice.today() - timedelta(days=40)).train(workout, 1, 10, 10, 10)
    ahead = next_mesocycle.NextMesocycle(History(workout.mesocycle, today=alice.today()), week=1, weeks=5)
    [row] = ahead.rows
    assert "MESO_OPEN_BREAK" in codes(row)
    assert row.weight < 100


def begin(signed_in, planned, **said):
    form = {"start_date": timezone.now().date(), "any_day": "on"} | said
    return signed_in.post(reverse("training:mesocycle_begin", args=[planned.id]), form)


def test_it_begins_when_the_lifter_says_so(signed_in, alice, press, url):
    planned = plan(signed_in, url, week=2)
    before = asked(planned.workouts.get(), press, 1)
    assertContains(signed_in.get(reverse("training:mesocycle_detail", args=[planned.id])), "Planned, not begun")
    assertRedirects(begin(signed_in, planned), reverse("training:today"), status_code=303)
    planned.refresh_from_db()
    assert (planned.status, planned.start_date) == ("active", alice.today())
    assert planned.end_date == alice.today() + timedelta(days=34)
    now = asked(planned.workouts.get(), press, 1)
    assert (now.target, now.reasons) == (before.target, before.reasons)
    assertContains(signed_in.get(reverse("training:today")), now.target)


def test_a_plan_with_an_empty_day_says_which_and_does_not_begin(signed_in, alice, url):
    planned = plan(signed_in, url)
    WorkoutFactory(mesocycle=planned, name="Legs")
    refused = begin(signed_in, planned)
    assertContains(refused, "“Legs” has no exercise yet. Add one on the page of the plan", status_code=422)
    planned.refresh_from_db()
    assert planned.is_planned


def test_begun_twice_it_runs_once(signed_in, url):
    planned = plan(signed_in, url)
    begin(signed_in, planned)
    assertRedirects(begin(signed_in, planned), reverse("training:mesocycle_detail", args=[planned.id]), status_code=303)
    assert Mesocycle.objects.active().get() == planned


def test_a_running_one_is_only_ended_when_told(signed_in, alice, url):
    planned = plan(signed_in, url)
    running = planned_workout(alice).mesocycle
    assertContains(begin(signed_in, planned), "only one mesocycle runs at a time", status_code=422)
    begin(signed_in, planned, end_active="on")
    running.refresh_from_db()
    assert running.status == "completed"
    assert Mesocycle.objects.active().get() == planned


def test_weekdays_are_as_many_as_workouts(signed_in, url):
    planned = plan(signed_in, url)
    answer = begin(signed_in, planned, any_day="", weekdays=["0", "3"])
    assertContains(answer, "This mesocycle has 1 workout a week and you chose 2 days.", status_code=422)
    begin(signed_in, planned, any_day="", weekdays=["3"])
    assert planned.workouts.get().day_of_week == 3


def test_begun_weeks_later_it_is_worked_out_anew(signed_in, alice, press, url):
    planned = plan(signed_in, url)
    later = timezone.now() + timedelta(days=40)
    next_mesocycle.begin(planned, start_date=later.date(), days=None, at=later, ends=None)
    row = asked(planned.workouts.get(), press, 1)
    assert "MESO_OPEN_BREAK" in codes(row)
    assert row.weight < 100
    assert planned.workouts.get().slots.get().target_weight == row.weight


def test_what_the_lifter_changed_in_the_plan_stays_when_it_begins(signed_in, alice, press, url):
    planned = plan(signed_in, url)
    planned.workouts.get().slots.update(target_sets=5)
    later = timezone.now() + timedelta(days=40)
    next_mesocycle.begin(planned, start_date=later.date(), days=None, at=later, ends=None)
    assert asked(planned.workouts.get(), press, 1).sets == 5
    WorkoutExercise.objects.filter(workout__mesocycle=planned).update(target_weight=60)
    writing.prescribe(History(planned, today=alice.today()))
    assert asked(planned.workouts.get(), press, 1).weight == 60


def test_sore_in_its_first_session_it_leaves_one_more_in_reserve(signed_in, alice, press):
    workout = planned_workout(alice, press)
    Lifter(alice, alice.today() - timedelta(days=6)).train(workout, 1, 10, 10, 10)
    workout.mesocycle.finish(at=timezone.now())
    planned = plan(signed_in, reverse("training:mesocycle_next", args=[workout.mesocycle_id]))
    begin(signed_in, planned)
    before = asked(planned.workouts.get(), press, 1)
    Lifter(alice, alice.today()).say(planned.workouts.get(), 1, press.muscle_group, soreness=3)
    now = asked(planned.workouts.get(), press, 1)
    assert (now.rir, now.reps, now.weight) == (before.rir + 1, before.reps - 1, before.weight)
    assert codes(now)[0] == "SORE_TODAY"


def test_the_pages_cost_as_many_queries_however_much_there_is(signed_in, alice, url):
    with assertNumQueries(10):
        signed_in.get(url)
    many = [ExerciseFactory(muscle_group=muscle) for muscle in ("chest", "back", "legs", "abs")]
    workout = planned_workout(alice, *many, weeks=7)
    for week in (1, 2, 3):
        Lifter(alice, alice.today() - timedelta(days=30)).train(workout, week, 10, 10, 9)
    with assertNumQueries(10):
        signed_in.get(reverse("training:mesocycle_next", args=[workout.mesocycle_id]))


def test_a_mesocycle_offers_the_next_and_today_a_planned_one(signed_in, url, parent):
    assertContains(signed_in.get(reverse("training:mesocycle_detail", args=[parent.id])), url)
    assertContains(signed_in.get(reverse("training:today")), url)
    planned = plan(signed_in, url)
    assertContains(signed_in.get(reverse("training:today")), reverse("training:mesocycle_begin", args=[planned.id]))
    detail = signed_in.get(reverse("training:mesocycle_detail", args=[planned.id]))
    assertNotContains(detail, reverse("training:mesocycle_next", args=[planned.id]))


@pytest.mark.parametrize("name", ["mesocycle_next", "mesocycle_begin"])
def test_somebody_elses_is_not_found(client, bob, parent, name):
    client.force_login(bob)
    for ask in (client.get, client.post):
        assert ask(reverse(f"training:{name}", args=[parent.id])).status_code == 404


@pytest.mark.parametrize(
    ("name", "following"),
    [("Autumn", "Autumn 2"), ("Autumn 2", "Autumn 3"), ("Spring 2026", "Spring 2026 2"), ("9", "9 2")],
)
def test_the_next_name_counts_on(name, following):
    assert next_name(name) == following


def test_a_week_that_was_repeated_counts_once_in_the_next_plan(signed_in, alice, press):
    workout = planned_workout(alice, press)
    lifter = Lifter(alice, alice.today() - timedelta(days=14))
    lifter.train(workout, 1, 10, 10, 10, soreness=1, pump=2, challenge=1)
    day, now = lifter.day(1, 1), lifter.at(1, 1)
    rescheduling.repeat_week(workout.mesocycle, week=1, day=day, now=now)
    lifter.train(workout, 2, 10, 10, 10, soreness=1, pump=2, challenge=1)
    parent = Mesocycle.objects.get(id=workout.mesocycle_id)
    parent.finish(at=timezone.now())
    assert (parent.duration_weeks, parent.planned_weeks, sharing.config_of(parent)["duration_weeks"]) == (6, 5, 5)
    answer = signed_in.get(reverse("training:mesocycle_next", args=[parent.id]))
    assert answer.context["form"]["duration_weeks"].initial == 5
    of_week = {}
    for week in (1, 2):
        answer = signed_in.get(reverse("training:mesocycle_next", args=[parent.id]), {"week": week})
        [(_, [one])] = answer.context["ahead"].workouts
        of_week[week] = one.row.sets
    assert of_week[1] == of_week[2] >= 3
