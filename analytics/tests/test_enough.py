from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from analytics import enough
from analytics.trends import is_hard, trends_from
from analytics.trends import monday_of as monday_of_day
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle
from training.tests import lifting
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db
URL = reverse("analytics:enough")
WEEK = timedelta(weeks=1)


def monday_of(user, log):
    day = log.performed_at.astimezone(user.zone).date()
    return day - timedelta(days=day.weekday())


def test_weeks_have_the_muscles_sets_volume_and_mean_answers(alices):
    rows, felt = defaultdict(list), defaultdict(list)
    for log, one, exercise in alices.rows:
        if exercise.muscle_group == "chest":
            rows[monday_of(alices.user, log)].append(one)
    for log, answer in alices.feedback:
        if answer.muscle_group == "chest":
            felt[monday_of(alices.user, log)].append(answer)
    trends, running = trends_from(alices.user, None), monday_of_day(alices.user.today())
    found = enough.felt_weeks("chest", trends, running=running)
    days = [one.week for one in found]
    assert days == [days[0] + timedelta(weeks=number) for number in range(len(days))]
    assert len(days) > 20
    answered = 0
    for one in found:
        assert one.sets == len(rows[one.week])
        assert one.volume_kg == sum(s.weight * s.reps for s in rows[one.week])
        for name in ("soreness", "pump", "challenge"):
            levels = [getattr(a, f"{name}_level") for a in felt[one.week]]
            levels = [level for level in levels if level is not None]
            assert (getattr(one, name) is None) == (not levels)
            if levels:
                assert float(getattr(one, name)) == pytest.approx(mean(levels))
                answered += 1
    assert answered > 10


def averages(user) -> dict[str, tuple]:
    """Returns sets in hard weeks, sets in deloads, and the verdict, of each muscle."""
    trends = trends_from(user, None)
    weeks = enough.CountedWeeks.of(trends, running=monday_of_day(user.today()))
    return {one.muscle: (one.average, one.deload_average, one.verdict) for one in enough.overview(user, trends, weeks)}


def test_the_overview_is_per_hard_week_that_is_over(alices):
    """The last week of each mesocycle of the logbook is a deload."""
    weeks, running = defaultdict(dict), monday_of_day(alices.user.today())
    for log, _, _ in alices.rows:
        weeks[monday_of(alices.user, log)][id(log)] = log.week_number == 4
    hard = {week for week, logs in weeks.items() if sum(logs.values()) * 2 < len(logs)}
    hard, deloads = hard - {running}, set(weeks) - hard - {running}
    assert len(hard) > 5
    assert deloads
    found = averages(alices.user)
    for muscle in ("chest", "back", "tris", "abs"):
        sets = Counter(monday_of(alices.user, log) for log, _, one in alices.rows if one.muscle_group == muscle)
        means = [Decimal(sum(sets[one] for one in some)) / len(some) for some in (hard, deloads)]
        assert found[muscle][:2] == tuple(f"{one:.1f}" for one in means)


@pytest.fixture
def training(alice):
    """Returns a function that does 8 sets of a press in each week named, every week on the Monday a week after."""
    press = ExerciseFactory()
    workout, lifter = planned_workout(alice, press, weeks=5), Lifter(alice)

    def train(*weeks, sets=8):
        for week in weeks:
            lifter.log(workout, week, press, *[10] * sets)
            lifter.finish(workout, week)
        return workout

    return train


@pytest.fixture
def alice(db):
    return UserFactory()


def test_a_deload_is_apart_from_the_average(client, alice, training):
    training(1, 2, 3, 4)
    training(5, sets=2)
    assert averages(alice) == {"chest": ("8.0", "2.0", "some")}
    client.force_login(alice)
    answer = client.get(URL + "?period=all")
    assertContains(answer, "8.0 sets in hard weeks. Deloads apart: 1 week, 2.0 sets.")
    assertContains(answer, "Averages over 4 hard weeks, without the one that runs.")


def test_a_deload_that_was_asked_early_is_one_and_what_was_done_before_it_is_none(alice, training):
    workout = training(1, 2, 3)
    workout.prescriptions.filter(week_number=2).update(kind="deload")
    assert averages(alice) == {"chest": ("8.0", "8.0", "some")}
    Mesocycle.objects.update(duration_weeks=3, current_week=3)
    assert enough.CountedWeeks.of(trends_from(alice, None), running=date.max).deloads == {lifting.MONDAY + WEEK}


@pytest.mark.parametrize("why", ["ill", "recovery"])
def test_a_week_of_illness_or_recovery_alone_is_apart(alice, training, why):
    workout = training(1, 2)
    training(3, sets=1)
    if why == "ill":
        workout.logs.filter(week_number=3).update(ill=True)
    else:
        workout.prescriptions.filter(week_number=3).update(kind="recovery")
    assert averages(alice) == {"chest": ("8.0", "1.0", "some")}


@pytest.mark.parametrize(
    ("eases", "hard"),
    [
        ([None], True),
        (["deload"], False),
        ([None, "deload"], False),
        ([None, None, "deload"], True),
        ([None, "ill", "recovery"], True),
        (["ill", "recovery"], False),
        ([None, "deload", "ill"], False),
    ],
)
def test_a_week_is_hard_with_more_hard_sessions_than_deloads(eases, hard):
    assert is_hard(eases) is hard


def test_the_running_week_is_in_no_average_but_ones_first(alice, training):
    workout = training(1, 2)
    trends = trends_from(alice, None)
    second = lifting.MONDAY + WEEK
    assert enough.CountedWeeks.of(trends, running=second) == enough.CountedWeeks({second - WEEK}, set(), False)
    felt = enough.felt_weeks("chest", trends, running=second)
    assert [one.kind for one in felt] == ["", "so far"]
    workout.logs.filter(week_number=1).delete()
    assert enough.CountedWeeks.of(trends_from(alice, None), running=second).is_running


def test_a_period_begins_with_a_whole_week(alice, training):
    """Twelve weeks before a Saturday is a Saturday: its week would lack what was done from Monday on."""
    training(1, 2)
    saturday = lifting.MONDAY + timedelta(days=5)
    assert [one.working_sets for one in trends_from(alice, monday_of_day(saturday))] == [8, 8]
    assert [one.week for one in trends_from(alice, lifting.MONDAY + WEEK)] == [lifting.MONDAY + WEEK]


def test_the_verdict_judges_the_average_that_is_shown(alice, training):
    training(1, sets=4)
    training(2, sets=5)
    assert averages(alice) == {"chest": ("4.5", "\N{EN DASH}", "too little")}


def pairs_after_answers(alices, muscle) -> list[tuple]:
    """Returns (answers, sets of that week, sets of the next week) for each session that no deload followed."""
    sets = defaultdict(int)
    for log, _, exercise in alices.rows:
        if exercise.muscle_group == muscle:
            sets[log.mesocycle_id, log.week_number] += 1
    pairs = []
    for log, felt in alices.feedback:
        this, after = (log.mesocycle_id, log.week_number), (log.mesocycle_id, log.week_number + 1)
        if felt.muscle_group == muscle and log.week_number + 1 < 4 and sets.get(this) and sets.get(after):
            answers = (
                felt.get_soreness_level_display(),
                felt.get_pump_level_display(),
                felt.get_challenge_level_display(),
            )
            pairs.append((answers, sets[this], sets[after]))
    return pairs


def check_followed(found, expected) -> None:
    for one in found:
        pairs = expected[one.question, one.answer]
        assert one.times == len(pairs)
        assert one.is_enough == (len(pairs) >= 3)
        assert float(one.sets) == pytest.approx(mean(before for before, _ in pairs))
        assert float(one.next_sets) == pytest.approx(mean(after for _, after in pairs))


def test_answers_stand_beside_their_week_and_the_one_after_but_for_deloads(alices):
    expected = defaultdict(list)
    for answers, before, after in pairs_after_answers(alices, "chest"):
        for question, answer in zip(("soreness", "pump", "challenge"), answers, strict=True):
            if answer is not None:
                expected[question, answer].append((before, after))
    rows, _ = enough.followed_by(alices.user, "chest", since=None)
    found = [one for one in rows if one.question != enough.TOGETHER]
    assert {(one.question, one.answer) for one in found} == set(expected)
    assert len(found) >= 4
    check_followed(found, expected)
    assert enough.followed_by(UserFactory(), "chest", since=None) == ([], 0)


def test_answers_together_stand_there_once_they_are_enough(alices):
    for number, (_, felt) in enumerate(alices.feedback):
        felt.soreness_level, felt.pump_level, felt.challenge_level = 1, 2, number % 4 and 3
        felt.save()
    expected = defaultdict(list)
    for answers, before, after in pairs_after_answers(alices, "chest"):
        expected[enough.TOGETHER, " · ".join(answers)].append((before, after))
    rows, rare = enough.followed_by(alices.user, "chest", since=None)
    found = [one for one in rows if one.question == enough.TOGETHER]
    assert [one.times for one in found] == sorted((len(n) for n in expected.values() if len(n) >= 3), reverse=True)
    assert found[0].answer == "Recovered a while ago · Good pump · Very difficult"
    assert rare == len(expected) - len(found)
    check_followed(found, expected)


def test_the_page_shows_one_muscle_closely(client, alices):
    client.force_login(alices.user)
    with assertNumQueries(6):  # one tells deloads from hard weeks
        answer = client.get(URL + "?period=all&muscle=back")
    assertContains(answer, "Back by week")
    assertContains(answer, '<svg class="chart"', count=2)
    assertContains(answer, ">MEV</text>")
    assertContains(answer, "not enough data")
    assertContains(client.get(URL + "?period=all&muscle=nonsense"), "Chest by week")
    assertContains(client.get(URL + "?period=all&muscle=back&page=2"), "Page 2 of")


def test_a_muscle_of_the_body_alone_has_no_volume_to_draw(client, alices):
    client.force_login(alices.user)
    assertContains(client.get(URL + "?period=all&muscle=abs"), '<svg class="chart"', count=1)


def test_without_sets_it_says_what_to_do(client, alices):
    client.force_login(UserFactory())
    answer = client.get(URL)
    assertContains(answer, "You logged no sets in this period")
    assertNotContains(answer, "by week")


def test_a_change_is_the_difference_of_the_numbers_beside_it():
    followed = enough.Followed("soreness", "Still sore", 4, Decimal("12.64"), Decimal("15.16"))
    assert followed.words == "12.6 → 15.2 (+2.6)"  # 2.52 before rounding
