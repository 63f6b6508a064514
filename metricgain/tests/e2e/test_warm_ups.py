"""Where the plan names no weight, warm-ups lead to the one that is typed, with and without a signal."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from playwright.sync_api import Page, expect

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.floor import at_hand, dock, eventually, log, open_workout, row_of, stored
from metricgain.users.models import User
from training import progression
from training.tests.factories import planned_workout

pytestmark = pytest.mark.allow_console(r"net::ERR_|Failed to load resource|Failed to fetch")
CASES = json.loads((Path(settings.BASE_DIR) / "training" / "progression" / "tests" / "warm_up_cases.json").read_text())
EACH = """async ([module, weights, cases]) => {
    const [{ warmUps }, { gridOf }] = await Promise.all([import(module), import(weights)]);
    return cases.map(({ weight, grid, climb }) => warmUps(Number(weight), gridOf(JSON.stringify(grid)), climb));
}"""


@pytest.fixture
def phone(page, transactional_db) -> Page:
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    exercises = [ExerciseFactory(name=name, muscle_group="chest") for name in ("Press", "Fly")]
    workout = planned_workout(alice, *exercises)
    return open_workout(page, f"/workouts/{workout.id}/week/1/")


def way(case) -> list:
    facts = {name: case[name] for name in ("reps", "mechanic", "is_warm", "is_deload")}
    least, shares = progression.climb(grid=progression.Grid.from_dict(case["grid"]), **facts)
    return [float(least), *([float(share), reps] for share, reps in shares)]


def test_the_browsers_warm_ups_are_the_engines(phone):
    cases = [case | {"climb": way(case)} for case in CASES]
    found = phone.evaluate(EACH, [static("js/warming-up.js"), static("js/weights.js"), cases])
    assert [each for each in zip(CASES, found, strict=True) if each[0]["steps"] != each[1]] == []


def ladder(phone: Page, exercise: str = "Press"):
    return phone.locator(f'warm-ups[aria-label="Warm-up sets of {exercise}"]')


@pytest.mark.parametrize("is_offline", [False, True], ids=["online", "offline"])
def test_they_lead_to_the_weight_in_the_first_row(phone, context, is_offline):
    context.set_offline(is_offline)
    expect(ladder(phone)).to_be_hidden()
    weight = row_of(phone, 1).get_by_label("Weight")
    weight.fill("100")
    expect(ladder(phone).locator("label")).to_have_text(["50 × 8", "75 × 4"])
    dock(phone).get_by_role("button", name="More weight").tap()
    expect(ladder(phone).locator("label")).to_have_text(["50 × 8", "75 × 4"])
    weight.fill("٨٠")
    expect(ladder(phone).locator("label")).to_have_text(["40 × 8", "60 × 4"])
    ladder(phone).get_by_role("checkbox").first.check()
    weight.fill("heavy")
    expect(ladder(phone)).to_be_hidden()
    log(phone, 1, 8, weight="80")
    expect(row_of(phone, 1)).to_contain_text("On this phone." if is_offline else "Done.")
    expect(ladder(phone).locator("label")).to_have_text(["40 × 8", "60 × 4"])
    expect(ladder(phone).get_by_role("checkbox").first).to_be_checked()
    at_hand(phone, "Fly")
    row_of(phone, 1, "Fly").get_by_label("Weight").fill("50")
    expect(ladder(phone, "Fly").locator("label")).to_have_text(["30 × 5"])
    phone.reload()
    at_hand(phone, "Press")
    expect(ladder(phone).locator("label")).to_have_text(["40 × 8", "60 × 4"])
    expect(ladder(phone).get_by_role("checkbox").first).to_be_checked()
    context.set_offline(False)
    eventually(lambda: stored() == [("Press", 1, 8)])
