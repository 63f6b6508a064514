"""Tells what a phone has saved, and makes it save: shared by the tests of saved pages."""

from django.urls import reverse
from playwright.sync_api import Page

from exercises.tests.factories import ExerciseFactory
from metricgain.tests.e2e.signing_in import signed_in
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

CUT = r"net::ERR_|Failed to load resource|Failed to fetch"
SAVED = """async () => {
    const found = {};
    for (const name of (await caches.keys()).filter((each) => each.startsWith("metricgain-pages-")))
        for (const { url } of await (await caches.open(name)).keys())
            found[url.slice(location.origin.length)] =
                Number((await caches.match(url, { cacheName: name })).headers.get("MetricGain-Bytes"));
    return found;
}"""
# Asks the worker, and waits until it has done it.
SAVE_AHEAD = """async (wanted) => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ type: "save-ahead" });
    for (let tries = 0; tries < 300; tries++) {
        const found = (await Promise.all(wanted.map((each) => caches.match(each)))).every(Boolean);
        if (found) return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
}"""
UP_AGAIN = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ type: "save-ahead" });
    while (await caches.match("/down", { cacheName: "metricgain-signal" }))
        await new Promise((resolve) => setTimeout(resolve, 50));
}"""


def small_week(alice) -> list:
    """Her three workouts of the week, of an exercise each: as many pages as a test has the time to save."""
    exercises = [ExerciseFactory(name=name, muscle_group="chest") for name in ("Press", "Fly", "Dip")]
    first = planned_workout(alice, exercises[0])
    for exercise in exercises[1:]:
        SlotFactory(workout=WorkoutFactory(mesocycle=first.mesocycle), exercise=exercise)
    writing.prescribe(History(first.mesocycle, today=alice.today()))
    return list(first.mesocycle.workouts.in_plan())


def address(workout) -> str:
    return reverse("training:workout_detail", args=[workout.id, 1])


def with_all_saved(page: Page, workouts) -> Page:
    """Signs in, and saves the pages of `workouts` beside the first and the last page that a phone saves ahead."""
    signed_in(page).goto("/")
    assert page.evaluate(SAVE_AHEAD, ["/", *map(address, workouts), reverse("training:mesocycle_list")])
    return page


def saved(page: Page) -> dict[str, int]:
    return page.evaluate(SAVED)


def stop_worker(page: Page, context) -> None:
    protocol = context.new_cdp_session(page)
    protocol.send("ServiceWorker.enable")
    protocol.send("ServiceWorker.stopAllWorkers")
    protocol.detach()
