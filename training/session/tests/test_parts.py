"""The answer to an outbox brings the parts of the page that an entry changed, as the whole page has them."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.html import Element, parse_html
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exercises.tests.factories import ExerciseFactory
from training.models import WorkoutLog
from training.own_exercise import merging
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

# What a part need not have like the page: its token, and what the phone knows by itself, which is the card at hand, and
# that a muscle that has begun is asked about.
APART = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+| workout-card--folded| aria-expanded="\w+"|(?<=") hidden(?=>)'
)


def elements(node: Element):
    for child in node.children:
        if isinstance(child, Element):
            yield child
            yield from elements(child)


def id_of(element: Element) -> str:
    return dict(element.attributes).get("id", "")


class Phone:
    """Posts to a session as the outbox of a page does."""

    def __init__(self, client, user, workout, week=1):
        self.client, self.user, self.workout, self.week, self.answers = client, user, workout, week, count(5)

    def url(self, name, *place):
        return reverse(f"training:{name}", args=[self.workout.id, self.week, *place])

    def post(self, name, *place, headers=None, **fields) -> str:
        asked = {"X-Outbox": str(self.user.id), "X-Parts": self.url("workout_detail")} if headers is None else headers
        answer = self.client.post(self.url(name, *place), fields, headers=asked)
        assert answer.status_code == 200
        return answer.content.decode()

    def log(self, exercise, number, *, reps=None, **more) -> str:
        typed = {"weight": "60", "unit": "kg", "reps": str(reps or next(self.answers)), **more}
        asked = self.workout.prescriptions.current().filter(week_number=self.week, exercise=exercise).first()
        typed = ({"prescription": asked.id} if asked else {}) | typed
        return self.post("set_log", exercise.id, number, **typed)

    def page(self) -> dict[str, Element]:
        html = self.client.get(self.url("workout_detail")).content.decode()
        body = re.search(r"<workout-session[^>]*>(.*)</workout-session>", html, re.DOTALL)[1]
        return {id_of(one): one for one in elements(parse_html(APART.sub("", body))) if id_of(one)}

    def differs(self, before: dict[str, Element]) -> set[str]:
        """Returns the ids of the cards and questions that look other than before."""
        now = self.page()
        names = {one for one in now if re.match(r"exercise-\d|soreness-|performance-", one)}
        return {one for one in names if now[one] != before.get(one)}


def parts_in(answer: str) -> dict[str, Element]:
    _, parts = APART.sub("", answer).split("</p>", 1)
    root = parse_html(f"<div>{parts}</div>")
    return {id_of(one): one for one in root.children if isinstance(one, Element)}


@pytest.fixture
def exercises(db):
    return [
        ExerciseFactory(name=name, muscle_group=muscle)
        for name, muscle in (("Press", "chest"), ("Fly", "chest"), ("Row", "back"))
    ]


@pytest.fixture
def workout(alice, exercises):
    return planned_workout(alice, *exercises)


@pytest.fixture
def phone(signed_in, alice, workout):
    return Phone(signed_in, alice, workout)


def as_on_the_page(phone: Phone, answer: str, before: dict[str, Element]) -> set[str]:
    """Checks that the parts look as on the page, and that nothing else changed. Returns their ids."""
    parts, page = parts_in(answer), phone.page()
    assert parts
    for name, part in parts.items():
        assert part == page[name], name
    assert phone.differs(before) <= {id_of(one) for part in parts.values() for one in (part, *elements(part))}
    return set(parts)


def test_each_set_brings_its_card_and_what_is_asked_about_the_muscle(phone, exercises):
    press, fly, row = exercises
    for exercise, number in [(press, 1), (press, 2), (press, 3), (fly, 1), (row, 1), (fly, 2), (fly, 3), (fly, 4)]:
        before = phone.page()
        found = as_on_the_page(phone, phone.log(exercise, number), before)
        assert f"exercise-{exercise.id}" in found


def test_the_last_set_of_a_muscle_brings_the_question_open(phone, exercises, workout):
    row = exercises[2]
    sets = workout.prescriptions.get(exercise=row).sets
    asked = [parts_in(phone.log(row, number)).get("performance-back") for number in range(1, sets + 1)]
    assert [one and "open" in dict(one.attributes) for one in asked] == [None] * (sets - 1) + [True]


def test_taking_a_set_back_brings_the_same(phone, exercises):
    press, *_ = exercises
    phone.log(press, 1)
    phone.log(press, 2)
    before = phone.page()
    found = as_on_the_page(phone, phone.post("set_delete", press.id, 2), before)
    assert f"exercise-{press.id}" in found


def test_a_set_of_an_exercise_that_is_not_planned_brings_its_card(phone, exercises, alice):
    dip = ExerciseFactory(name="Dip", muscle_group="chest")
    phone.log(exercises[0], 1)
    before = phone.page()
    assert f"exercise-{dip.id}" in as_on_the_page(phone, phone.log(dip, 1), before)


def test_soreness_brings_all_cards_of_the_muscle(signed_in, alice, exercises):
    workout = planned_workout(alice, *exercises, weeks=3)  # in the last week before a deload a late answer is idle
    press, fly, row = exercises
    last_week, phone = (Phone(signed_in, alice, workout, week=week) for week in (1, 2))
    for number in (1, 2):
        last_week.log(press, number, edited_at=(timezone.now() - timedelta(days=2)).isoformat())
    last_week.post("workout_finish")
    phone.log(row, 1)
    before = phone.page()
    found = as_on_the_page(phone, phone.post("soreness_rate", "chest", soreness_level="3"), before)
    assert found == {f"exercise-{press.id}", f"exercise-{fly.id}", "performance-chest"}
    before = phone.page()
    assert f"exercise-{press.id}" in as_on_the_page(phone, phone.log(press, 1), before)


def test_pump_and_challenge_bring_their_question_alone(phone, exercises):
    phone.log(exercises[0], 1)
    before = phone.page()
    answer = phone.post("performance_rate", "chest", pump_level="2")
    assert as_on_the_page(phone, answer, before) == {"performance-chest"}


def test_a_set_in_a_deload_brings_its_card_alone(signed_in, alice, exercises, workout):
    deload = Phone(signed_in, alice, workout, week=5)
    row = exercises[2]
    found = as_on_the_page(deload, deload.log(row, 1), deload.page())
    assert found == {f"exercise-{row.id}"}


def test_a_set_that_a_later_edit_beats_brings_what_stands(phone, exercises):
    row = exercises[2]
    phone.log(row, 1, reps=9)
    late = phone.log(row, 1, reps=7, edited_at=(timezone.now() - timedelta(hours=1)).isoformat())
    assert 'data-outcome="stale"' in late
    assert f"exercise-{row.id}" in as_on_the_page(phone, late, phone.page())


def test_a_phone_that_does_not_ask_gets_the_short_answer(phone, exercises, alice):
    place, typed = ("set_log", exercises[0].id, 1), {"weight": "60", "unit": "kg", "reps": "8"}
    old = phone.post(*place, headers={"X-Outbox": str(alice.id)}, **typed)
    assert (old.count("<p "), "<form" in old) == (1, False)
    for page in ("/", "/settings/", "/workouts/0/week/1/"):
        assert not parts_in(phone.post(*place, headers={"X-Outbox": str(alice.id), "X-Parts": page}, **typed))


def test_there_are_none_where_the_plan_has_changed_since_the_page_was_read(phone, exercises, workout):
    press, *_ = exercises
    seen = workout.prescriptions.get(exercise=press).id
    assert parts_in(phone.log(press, 1))
    phone.post("exercise_sets", press.id, sets="2", scope="today")
    assert not parts_in(phone.log(press, 2, prescription=seen))
    assert parts_in(phone.log(press, 2))


def test_there_are_none_where_more_than_that_may_have_changed(phone, exercises, alice):
    press, fly, _ = exercises
    phone.log(press, 1)
    assert not parts_in(phone.post("set_delete", press.id, 1))  # the last one: the session can be skipped again
    phone.log(press, 1)
    dip = ExerciseFactory(name="Dip", muscle_group="chest")
    phone.log(dip, 1)
    assert not parts_in(phone.post("set_delete", dip.id, 1))  # its card is gone
    own = ExerciseFactory(name="My press", muscle_group="chest", user=alice)
    phone.log(own, 1)
    merging.merge(own, fly)
    assert not parts_in(phone.log(own, 1))  # it lies in another card
    WorkoutLog.objects.update(started_at=timezone.now() - timedelta(hours=5))
    phone.post("workout_finish")
    assert not parts_in(phone.log(press, 2))  # the summary


def test_parts_take_three_queries_however_many_exercises_there_are(signed_in, alice, exercises):
    many = [ExerciseFactory(name=f"Curl {number}", muscle_group="shoulders") for number in range(8)]
    past = planned_workout(alice, exercises[0])
    small, large = (WorkoutFactory(mesocycle=past.mesocycle) for _ in range(2))
    SlotFactory(workout=small, exercise=exercises[0])
    for exercise in (*exercises, *many):
        SlotFactory(workout=large, exercise=exercise)
    writing.prescribe(History(past.mesocycle, today=alice.today()))
    Phone(signed_in, alice, past).log(exercises[0], 1, edited_at=(timezone.now() - timedelta(days=1)).isoformat())
    counts = []
    for workout in (small, large):
        phone = Phone(signed_in, alice, workout)
        shown = workout.prescriptions.get(exercise=exercises[0]).id
        phone.log(exercises[0], 1, edited_at=(timezone.now() - timedelta(minutes=1)).isoformat())
        short = {"X-Outbox": str(alice.id)}
        with CaptureQueriesContext(connection) as alone:
            phone.post("set_log", exercises[0].id, 2, headers=short, weight="60", unit="kg", reps="8")
        with CaptureQueriesContext(connection) as asked:
            phone.post("set_log", exercises[0].id, 2, weight="60", unit="kg", reps="8", prescription=shown)
        counts.append(len(asked) - len(alone))
    assert counts == [3, 3]
