"""The values of a chart: by tap, by mouse, by keys, and as a table where scripts are off."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from analytics.tests.conftest import write_logbook
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.users.models import User

DESK = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False, "device_scale_factor": 1}


@pytest.fixture
def lifter(transactional_db):
    alice = User.objects.create_user("alice@example.org", "correct-horse-7")
    exercises = [ExerciseFactory(name=name, muscle_group="chest") for name in ("Press", "Fly", "Dip")]
    write_logbook(alice, exercises, seed=1, now=timezone.now())
    return alice


def opened(page: Page, name: str) -> Page:
    signed_in(page).goto(reverse(f"analytics:{name}") + "?period=all")
    return page


def points_of(chart: Locator) -> list[list[str]]:
    """Returns x, y and the words of each point."""
    return [one.split(" ", 2) for one in chart.get_attribute("data-points").split("|")]


def place_of(chart: Locator, x: float, y: float) -> tuple[float, float]:
    """Returns where on the screen a point of the drawing is."""
    chart.scroll_into_view_if_needed()
    box, (_, _, width, _) = chart.locator("svg").bounding_box(), chart.locator("svg").get_attribute("viewBox").split()
    scale = box["width"] / float(width)
    return box["x"] + x * scale, box["y"] + y * scale


def says(chart: Locator, point: list[str]) -> None:
    """Waits until the chart says the words of this point, and marks it."""
    x, y, words = point
    expect(chart.locator("output")).to_have_text(words)
    expect(chart.locator(".chart__chosen")).to_have_attribute("d", f"M{x} {y}h0")


def rests(chart: Locator) -> None:
    """Waits until no point is marked. The latest value stands there, as at first."""
    expect(chart.locator("output")).to_have_text(points_of(chart)[-1][2])
    expect(chart.locator(".chart__chosen")).to_have_attribute("d", "")


@pytest.mark.parametrize("name", ["stronger", "enough"])
def test_a_tap_says_the_value_of_the_nearest_point(page, lifter, name):
    chart = opened(page, name).locator("chart-values").first
    points = points_of(chart)
    for point in (points[len(points) // 2], points[0], points[-1]):
        across, down = place_of(chart, float(point[0]), 100)
        page.touchscreen.tap(across, down)
        says(chart, point)
    expect(chart).to_be_focused()


def test_a_mouse_shows_values_and_leaves_without_a_trace(new_context, lifter):
    page = opened(new_context(**DESK).new_page(), "enough")
    charts = page.locator("chart-values")
    for chart in charts.all():
        point = points_of(chart)[3]
        page.mouse.move(*place_of(chart, float(point[0]) + 0.4, 40))
        says(chart, point)
    page.mouse.move(5, 5)
    rests(charts.last)


def test_arrow_keys_walk_along_the_line_and_escape_leaves(new_context, lifter):
    page = opened(new_context(**DESK).new_page(), "stronger")
    chart = page.locator("chart-values").first
    points = points_of(chart)
    chart.focus()
    says(chart, points[-1])
    for key, place in [
        ("ArrowLeft", -2),
        ("ArrowLeft", -3),
        ("ArrowRight", -2),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", -1),
        ("ArrowRight", -1),
    ]:
        page.keyboard.press(key)
        says(chart, points[place])
    page.keyboard.press("Escape")
    rests(chart)
    expect(chart).not_to_be_focused()


def test_a_chart_is_one_stop_of_the_tab_key_and_has_a_name(new_context, lifter):
    page = opened(new_context(**DESK).new_page(), "stronger")
    chart = page.locator("chart-values").first
    chart.focus()
    page.keyboard.press("Tab")
    expect(page.locator("details:has(summary:focus)")).to_have_count(1)
    expect(page.get_by_role("application", name="Estimated strength in").first).to_be_visible()
    expect(chart.get_by_role("status")).to_have_text(points_of(chart)[-1][2])


def test_the_table_says_what_the_chart_says(page, lifter):
    card = opened(page, "stronger").locator(".card:has(chart-values)").first
    card.get_by_text("As a table").tap()
    rows = card.locator("tbody tr").evaluate_all(
        "all => all.map((one) => [...one.cells].map((cell) => cell.innerText))"
    )
    assert [f"{day}: {value} kg" for day, value in rows[::-1]] == [
        words for _, _, words in points_of(card.locator("chart-values"))
    ]


@pytest.mark.allow_console(r"\.js csp")  # what the page names ahead is not fetched
def test_without_scripts_the_latest_value_and_the_table_are_there(new_context, lifter):
    page = opened(new_context(java_script_enabled=False).new_page(), "stronger")
    card = page.locator(".card:has(chart-values)").first
    expect(card.locator("svg")).to_be_visible()
    expect(card.locator("output")).to_have_text(points_of(card.locator("chart-values"))[-1][2])
    expect(page.locator(".chart-hint")).to_be_hidden()
    card.get_by_text("As a table").tap()
    expect(card.locator("tbody tr").first).to_be_visible()
    assert card.locator("chart-values").get_attribute("tabindex") is None


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (390, 1), (800, 2), (1280, 3), (1920, 3)])
def test_charts_stand_side_by_side_where_there_is_room(new_context, lifter, width, columns):
    page = opened(new_context(**(DESK | {"viewport": {"width": width, "height": 900}})).new_page(), "stronger")
    tops = page.locator("chart-values").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    assert tops.count(tops[0]) == columns
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_only_pages_with_charts_load_the_module(page, lifter):
    for name, loads in {"analytics:enough": True, "users:body_mass": True, "training:today": False}.items():
        text = signed_in(page).goto(reverse(name)).text()
        assert ("elements/chart-values." in text) == loads
