"""After the first set: one tap says how many reps were left, and the other sets follow. A set that looks like a slip of
the thumb is asked about. Both work without a signal too."""

import pytest
from playwright.sync_api import expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import eventually
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User
from training.models import Set
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")


@pytest.fixture
def alice(transactional_db):
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def workout(alice):
    return planned_workout(alice, ExerciseFactory(name="Press"), target_weight=100)


@pytest.fixture
def session(page, workout):
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    expect(page.locator("set-dock")).to_be_visible()
    return page


def row(page, number):
    return page.get_by_role("form", name=f"Press, set {number}", exact=True)


def chip(page, left):
    return page.locator("rir-chips").get_by_role("button", name=left, exact=True)


def log(page):
    page.locator("[data-part=log]").click()


def stored() -> list[tuple]:
    sets = Set.objects.order_by("set_number").values_list("set_number", "weight", "reps", "rir")
    return [(number, int(weight), reps, None if rir is None else int(rir)) for number, weight, reps, rir in sets]


def until_stored(page, wanted):
    eventually(lambda: stored() == wanted)
    expect(page.locator("outbox-state")).to_be_empty()


@pytest.mark.parametrize("signal", [True, False], ids=["with a signal", "without one"])
def test_one_tap_says_how_many_were_left_and_the_other_sets_follow_at_once(session, signal):
    expect(session.locator("rir-chips")).to_be_hidden()
    expect(row(session, 2)).to_contain_text("9 or more, stop with 3 left.")
    log(session)
    expect(session.locator("rir-chips")).to_be_visible()
    until_stored(session, [(1, 100, 10, None)])
    session.context.set_offline(not signal)
    chip(session, "5+").click()
    expect(chip(session, "5+")).to_have_attribute("aria-pressed", "true")
    expect(row(session, 2)).to_contain_text("11 or more, stop with 3 left.")
    expect(row(session, 2).locator("[name=reps]")).to_have_value("11")
    chip(session, "5+").click()  # taken back
    expect(row(session, 2)).to_contain_text("9 or more")
    chip(session, "1").click()
    expect(row(session, 3)).to_contain_text("6 or more")
    expect(session.locator("workout-session")).to_contain_text("You had 1 left, so go for 7, 6 in the next sets.")
    log(session)
    expect(session.locator("rir-chips")).to_be_hidden()  # it asks about first sets alone
    session.context.set_offline(False)
    until_stored(session, [(1, 100, 10, 1), (2, 100, 7, None)])
    session.reload()
    expect(row(session, 3)).to_contain_text("6 or more, stop with 3 left.")  # the server says the same


def test_who_does_not_want_to_be_asked_is_not_asked_again(session, alice):
    log(session)
    session.get_by_role("button", name="Do not ask").click()
    expect(chip(session, "3")).to_be_hidden()
    session.get_by_role("button", name="Ask me again").click()
    expect(chip(session, "3")).to_be_visible()
    session.get_by_role("button", name="Do not ask").click()
    expect(chip(session, "3")).to_be_hidden()
    expect(session.locator("outbox-state")).to_be_empty()
    alice.refresh_from_db()
    assert not alice.asks_rir
    session.reload()
    expect(session.locator("set-dock")).to_be_visible()
    expect(session.locator("rir-chips")).to_be_hidden()


@pytest.mark.parametrize("signal", [True, False], ids=["with a signal", "without one"])
def test_a_slip_waits_for_an_answer_and_is_no_order_for_the_next_set(session, signal):
    log(session)
    until_stored(session, [(1, 100, 10, None)])
    session.context.set_offline(not signal)
    row(session, 2).locator("[name=weight]").fill("1000")
    row(session, 2).locator("[name=reps]").fill("9")
    row(session, 2).locator(".set-row__log").click()
    expect(row(session, 2)).to_contain_text("1000 kg × 9? Is that right?")
    expect(row(session, 2)).not_to_contain_text("Record")
    expect(row(session, 3).locator("[name=weight]")).to_have_value("100")
    assert stored() == [(1, 100, 10, None)]
    row(session, 2).get_by_role("button", name="Change").click()
    expect(row(session, 2).locator("[name=weight]")).to_be_focused()
    session.keyboard.type("100")
    row(session, 2).locator(".set-row__log").click()
    expect(row(session, 2)).not_to_contain_text("Is that right?")
    session.context.set_offline(False)
    until_stored(session, [(1, 100, 10, None), (2, 100, 9, None)])


def test_stored_it_is_no_order_for_the_next_set_either(session):
    row(session, 1).locator("[name=weight]").fill("1000")
    row(session, 1).locator("[name=reps]").fill("10")
    row(session, 1).locator(".set-row__log").click()
    row(session, 1).get_by_role("button", name="Yes").click()
    for _ in ("as the phone draws it", "as the server does"):
        expect(row(session, 2).locator("[name=weight]")).to_have_value("100")
        expect(row(session, 2)).to_contain_text("9 or more, stop with 3 left.")
        until_stored(session, [(1, 1000, 10, None)])
        session.reload()


def test_yes_sends_it_and_asks_no_more(session):
    row(session, 1).locator("[name=reps]").fill("97")
    log(session)
    row(session, 1).get_by_role("button", name="Yes").click()
    until_stored(session, [(1, 100, 97, None)])
    chip(session, "0").click()
    until_stored(session, [(1, 100, 97, 0)])


@pytest.mark.parametrize("leave", ["finish", "another page"])
def test_unanswered_it_goes_as_typed(session, leave):
    row(session, 1).locator("[name=reps]").fill("97")
    log(session)
    expect(row(session, 1)).to_contain_text("Is that right?")
    if leave == "finish":
        session.get_by_role("button", name="Finish workout").click()
        expect(session.locator("#summary")).to_be_visible()
    else:
        session.goto("/mesocycles/")
    until_stored(session, [(1, 100, 97, None)])


def test_unanswered_it_goes_as_typed_after_ten_minutes(page, workout):
    page.clock.install()
    signed_in(page).goto(f"/workouts/{workout.id}/week/1/")
    row(page, 1).locator("[name=reps]").fill("97")
    log(page)
    expect(row(page, 1)).to_contain_text("Is that right?")
    page.clock.fast_forward("09:00")
    expect(row(page, 1)).to_contain_text("Is that right?")
    assert stored() == []
    page.clock.fast_forward("01:10")
    until_stored(page, [(1, 100, 97, None)])
