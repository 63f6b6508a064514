from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from statistics import mean

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from analytics import enough
from analytics.trends import trends_since
from metricgain.users.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = reverse("analytics:enough")


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
    found = enough.felt_weeks(alices.user, "chest", trends_since(alices.user, None), since=None)
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


def test_the_overview_is_per_week_that_was_trained(alices):
    weeks = {monday_of(alices.user, log) for log, _, _ in alices.rows}
    found = {one.muscle: one for one in enough.overview(alices.user, trends_since(alices.user, None))}
    for muscle in ("chest", "back", "tris", "abs"):
        sets = sum(exercise.muscle_group == muscle for _, _, exercise in alices.rows)
        assert found[muscle].sets_a_week == Decimal(sets) / len(weeks)


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
    rows, _ = enough.followed_by(alices.user, "chest")
    found = [one for one in rows if one.question != enough.TOGETHER]
    assert {(one.question, one.answer) for one in found} == set(expected)
    assert len(found) >= 4
    check_followed(found, expected)
    assert enough.followed_by(UserFactory(), "chest") == ([], 0)


def test_answers_together_stand_there_once_they_are_enough(alices):
    for number, (_, felt) in enumerate(alices.feedback):
        felt.soreness_level, felt.pump_level, felt.challenge_level = 1, 2, number % 4 and 3
        felt.save()
    expected = defaultdict(list)
    for answers, before, after in pairs_after_answers(alices, "chest"):
        expected[enough.TOGETHER, " · ".join(answers)].append((before, after))
    rows, rare = enough.followed_by(alices.user, "chest")
    found = [one for one in rows if one.question == enough.TOGETHER]
    assert [one.times for one in found] == sorted((len(n) for n in expected.values() if len(n) >= 3), reverse=True)
    assert found[0].answer == "Recovered a while ago · Good pump · Very difficult"
    assert rare == len(expected) - len(found)
    check_followed(found, expected)


def test_the_page_shows_one_muscle_closely(client, alices):
    client.force_login(alices.user)
    with assertNumQueries(5):
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
