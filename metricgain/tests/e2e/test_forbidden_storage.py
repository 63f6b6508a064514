"""A browser that forbids storage (a strict setting, a managed phone): every page works, and nothing fails unseen."""

import pytest
from playwright.sync_api import expect

from exercises.models import Exercise
from metricgain.tests.e2e.floor import dock, eventually
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.test_pages import MEMBER_PAGES, VISITOR_PAGES, alice, mesocycle, workout  # noqa: F401
from training.models import Set
from training.tests.factories import planned_workout

REFUSE = "(() => { throw new DOMException('The operation is insecure.', 'SecurityError'); })"
WEB_STORAGE = f"""
for (const area of ["localStorage", "sessionStorage"]) Object.defineProperty(window, area, {{ get: {REFUSE} }});
"""
ALL = (
    WEB_STORAGE
    + f"""
for (const area of ["indexedDB", "caches"]) Object.defineProperty(window, area, {{ get: {REFUSE} }});
window.BroadcastChannel = function () {{ {REFUSE}(); }};
if (navigator.locks) navigator.locks.request = async () => {REFUSE}();
"""
)


@pytest.mark.parametrize("forbidden", [WEB_STORAGE, ALL], ids=["web storage", "all"])
def test_no_page_fails_where_storage_is_forbidden(context, faults, workout, forbidden):  # noqa: F811
    context.add_init_script(forbidden)
    page = context.new_page()
    for address in VISITOR_PAGES:
        page.goto(address)
    signed_in(page)
    for name, address in MEMBER_PAGES.items():
        page.goto(address(workout))
        page.evaluate("new Promise((done) => setTimeout(done))")
        assert [fault for fault in faults if fault.startswith("script:")] == [], name


@pytest.mark.parametrize("forbidden", [WEB_STORAGE, ALL], ids=["web storage", "all"])
def test_a_set_is_logged_where_storage_is_forbidden(context, alice, forbidden):  # noqa: F811
    press = Exercise.objects.filter(muscle_group="chest").first()
    workout = planned_workout(alice, press, target_weight=100)  # noqa: F811
    context.add_init_script(forbidden)
    page = signed_in(context.new_page())
    page.goto(f"/workouts/{workout.id}/week/1/")
    dock(page).get_by_role("button", name="Log").tap()
    eventually(Set.objects.exists)
    if forbidden == WEB_STORAGE:  # else the form was posted, and a new page knows of no rest
        expect(page.locator("rest-timer")).to_have_attribute("data-state", "runs")
