"""The examples of the page: the lifter's own last numbers, else those of a made-up lifter."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template
from pytest_django.asserts import assertNumQueries

from metricgain.users.models import Unit
from training.models import Prescription
from training.plan import next_mesocycle
from training.rulebook.examples import CODES
from training.rulebook.made_up import LO, made_up
from training.rulebook.own import OTHERS, own
from training.tests.lifting import asked

URL = "/how-it-decides/"
PAGE = "training/rulebook/how_it_decides.html"
ENGINE = Path("training/progression")


def shown(text: str) -> dict[str, str]:
    """Returns the words of the example in each chapter, by the chapter's id."""
    found = re.findall(r'<h2 id="([\w-]+)".*?(?=<h2 id=|</article>)', text, flags=re.S)
    chapters = dict(zip(found, re.split(r'<h2 id="[\w-]+"', text)[1:], strict=False))
    boxes = {
        name: re.search(r'<div class="example">(.*?)</div>', chapter, flags=re.S) for name, chapter in chapters.items()
    }
    return {name: " ".join(unescape(re.sub(r"<[^>]+>", " ", box[1])).split()) for name, box in boxes.items() if box}


@pytest.mark.parametrize("unit", Unit.values)
def test_every_decision_has_an_example_in_each_unit(unit):
    examples = made_up(unit)
    assert set(examples) == {*CODES, *OTHERS}
    assert all(one.asked and (one.then or one.why) for one in examples.values())
    assert all(unit in one.asked for name, one in examples.items() if name not in ("sets", "minutes", "open"))


def test_the_made_up_lifter_shows_the_decision_that_the_chapter_is_about():
    found = made_up("kg")
    assert found["weight"].then == "3 sets · 100 kg × 10–12 @ 1 RIR"
    assert found["effort"].then == "11 and 10 in the other sets"
    assert found["sets"].then == "4 sets"
    assert found["minutes"].then == "3 sets"
    assert "60 minutes" in found["minutes"].why
    assert "still sore today" in found["soreness"].why
    assert found["slips"].then == "3 sets · 100 kg × 8–11 @ 1 RIR"  # as if 90 had not been there
    assert found["break"].then == "3 sets · 100 kg × 8–10 @ 2 RIR"
    assert found["recovery"].then == f"2 sets · 100 kg × {LO // 2} @ 4 RIR"
    assert found["deload"].then == "2 sets · 100 kg × 5 @ 4+ RIR"
    assert found["next"].then == "3 sets · 95 kg × 8–9 @ 3 RIR"
    assert found["expect"].then == "probably 8–10"
    assert found["warm_ups"].then == "50 × 8, then 75 × 4"


def test_a_visitor_reads_only_what_is_made_up(client, db):
    found = shown(client.get(URL).text)
    assert len(found) == len(CODES) + len(OTHERS)
    assert all(words.startswith("Made up:") for words in found.values())


def test_a_lifter_reads_what_was_asked_of_them_and_what_they_did(signed_in, lifter, workout, exercise):
    lifter.log(workout, 1, exercise, 10, 9, 8, rir=3)
    lifter.finish(workout, 1)
    row = asked(workout, exercise, 2)
    with assertNumQueries(4):  # the session, the lifter, their rows, the sets
        text = signed_in.get(URL).text
    found = shown(text)
    assert found["weight"].startswith(f"Yours: {exercise.name} Asked {asked(workout, exercise, 1).target} ")
    assert "Done 100 kg × 10 (3 left), 9 (3 left), 8 (3 left) " in found["weight"]
    assert f"Then {row.target} “{row.why(about_sets=False)}”" in found["weight"]
    assert found["warm-ups"].endswith("Warm up 50 × 8, then 75 × 4")
    assert found["deload"].startswith("Made up:")


def test_the_other_sets_of_a_lifter_follow_from_what_they_said(lifter, workout, exercise):
    lifter.log(workout, 1, exercise, 10, 9, 8)
    lifter.finish(workout, 1)
    lifter.log(workout, 2, exercise, 10, rir=5)
    example = own(lifter.user)["effort"]
    assert example.done == "100 kg × 10 (5 left)"
    assert example.then == "12, 11 in the other sets"
    assert example.why == "You had 5 left, so go for 12, 11 in the next sets."


def test_an_open_set_of_a_lifter_shows_what_is_counted_in(lifter, workout, exercise):
    lifter.log(workout, 1, exercise, 10, 9, 8)
    row = asked(workout, exercise, 1)
    Prescription.objects.filter(id=row.id).update(open=True, inputs=row.inputs | {"bias": "-1.5"})
    example = own(lifter.user)["open"]
    assert example.asked == f"{row.reps} or more: as many as you have in you."
    assert example.why == "You usually have 1.5 more left than you say, so that is counted in."


def test_the_next_mesocycle_of_a_lifter_opens_from_a_session_of_the_last(lifter, workout, exercise):
    for week in range(1, 5):
        lifter.train(workout, week, 10, 9, 8)
    at, day = lifter.at(6), lifter.day(6)
    planned = next_mesocycle.plan_next(workout.mesocycle, week=1, weeks=5, name="Winter", today=day, at=at)
    row = Prescription.objects.current().get(workout__mesocycle=planned)
    example, parent = own(lifter.user)["next"], row.inputs["parent"]
    assert example.then == row.target
    assert example.asked == asked(workout, exercise, parent["week"]).target
    assert example.done == "100 kg × 10, 9, 8"
    assert example.why.startswith("From what you showed in your last hard weeks")


def test_the_deload_of_a_lifter_stands_beside_the_session_before_it(lifter, workout, exercise):
    for week in range(1, 5):
        lifter.train(workout, week, 10, 9, 8)
    example = own(lifter.user)["deload"]
    assert example.asked == asked(workout, exercise, 4).target
    assert example.then == asked(workout, exercise, 5).target
    assert example.why.startswith("Deload week")


def test_what_a_lifter_chose_is_no_decision_of_the_rules(lifter, workout, exercise):
    lifter.log(workout, 1, exercise, 10, 9, 8)
    lifter.finish(workout, 1)
    assert "weight" in own(lifter.user)
    row = asked(workout, exercise, 2)
    Prescription.objects.filter(id=row.id).update(inputs=row.inputs | {"by": "lifter", "scope": "today"})
    assert "weight" not in own(lifter.user)


def test_what_a_limit_took_is_not_told_as_gained(lifter, workout, exercise):
    row = asked(workout, exercise, 1)
    cap = {"code": "CAP_LAST_WEEK", "most": 1}
    grown = {
        "code": "SETS_UP_S0P0L",
        "muscle": "Chest",
        "n": 1,
        "soreness": 0,
        "perf": 0,
        "stimulus": "L",
        "rated": None,
    }
    for reasons in ([cap, grown], [grown, cap]):
        Prescription.objects.filter(id=row.id).update(reasons=reasons)
        why = own(lifter.user)["sets"].why
        assert why.startswith("Extra sets for the last hard week" if reasons[0] is cap else "+1 set for Chest")


def test_a_stranger_reads_none_of_it(client, bob, lifter, workout, exercise):
    lifter.log(workout, 1, exercise, 10, 9, 8)
    lifter.finish(workout, 1)
    client.force_login(bob)
    assert all(words.startswith("Made up:") for words in shown(client.get(URL).text).values())


def test_every_chapter_that_the_engine_names_is_on_the_page():
    headings = set(re.findall(r"<h[23][^>]*>([^<]+)</h", get_template(PAGE).template.source)) | {"Swaps and skips"}
    named = set()
    for path in ENGINE.rglob("*.py"):
        text = " ".join(path.read_text().split())
        named |= set(re.findall(r'[Cc]hapter "([^"]+)"', text))
    assert len(named) >= 8
    assert named <= headings
