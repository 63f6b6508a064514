"""Every page of ours as a phone and a desk see it: axe finds nothing, nothing overflows, the first load stays small."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from django.utils import timezone

from exercises import library_seed as library
from exercises.models import Exercise, ExerciseSettings
from metricgain.jobs.models import Job
from metricgain.tests.e2e.conftest import PHONE
from metricgain.tests.e2e.floor import eventually
from metricgain.tests.e2e.signing_in import signed_in
from metricgain.tests.e2e.trained import with_a_past
from metricgain.transfer.takeout.keeping import bring_back, take_out
from metricgain.users.models import User
from training.catalogue import sharing, system_templates
from training.models import Mesocycle, Template
from training.models.prescription import FROM_NOW_ON
from training.plan import next_mesocycle
from training.plan.from_template import start_mesocycle
from training.session import recording
from training.session.supersets import pair_exercise
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

FIRST_LOAD = 60_000  # bytes over the wire, as promised
FOLDED = 7_360  # pixels of "How MetricGain decides" on a phone as it loads
UNSEEN = 0.02  # of cumulative layout shift, where up to 0.1 is called good


@pytest.fixture
def alice(transactional_db):
    library.seed()
    system_templates.seed()
    return User.objects.create_user("alice@example.org", "correct-horse-7")


@pytest.fixture
def mesocycle(alice):
    template = Template.objects.get(slug="push-pull-legs-6")
    today = alice.today()
    at = alice.created_at
    return start_mesocycle(alice, template, name="Autumn", weeks=5, start_date=today, at=at)


@pytest.fixture
def workout(mesocycle):
    """Makes a first workout with one set done, one muscle rated, and a superset."""
    workout = mesocycle.workouts.in_plan().first()
    address, edit = recording.SessionKey(mesocycle.user_id, workout.id, 1), recording.Edit(at=None, local_date=None)
    slot = workout.slots.first()
    recording.log_set(
        address, edit, recording.TypedSet(exercise_id=slot.exercise_id, number=1, weight=80, unit="kg", reps=8)
    )
    one, other = workout.slots.all()[1:3]
    pair_exercise(address, exercise_id=one.exercise_id, other=other.exercise_id, scope=FROM_NOW_ON)
    recording.rate_performance(address, edit, muscle=slot.exercise.muscle_group, pump=2, challenge=1)
    ExerciseSettings.objects.create(
        user=workout.mesocycle.user, exercise=slot.exercise, unit="kg", rir_floor=1, note="Seat 4"
    )
    for day, kg in [("2026-10-26", 81), ("2026-11-02", 80)]:
        workout.mesocycle.user.body_weights.create(date=day, kg=kg)
    return workout


def own_exercise(workout) -> Exercise:
    """Makes an own exercise of the lifter that the library has too."""
    said = {"muscle_group": "chest", "exercise_type": "machine", "equipment": "machine", "loading": "assisted"}
    return Exercise.objects.get_or_create(user=workout.mesocycle.user, name="My chest press", defaults=said)[0]


def planned_next(workout) -> Mesocycle:
    """Plans the mesocycle after this one."""
    parent = workout.mesocycle
    planned = parent.children.filter(status=Mesocycle.Status.PLANNED).first()
    at, today = timezone.now(), parent.user.today()
    return planned or next_mesocycle.plan_next(parent, week=1, weeks=5, name="Winter", today=today, at=at)


def shared_template(workout) -> Template:
    """Makes a template of the lifter, with a link."""
    config = sharing.config_of(workout.mesocycle)
    template, _ = Template.objects.get_or_create(user=workout.mesocycle.user, name="Mine", defaults={"config": config})
    template.share()
    return template


def taken_out(workout) -> str:
    """Makes a file of everything, as its job does."""
    user = workout.mesocycle.user
    job = Job.objects.create(user=user, kind=take_out.module_path, queue="later", finished_at=timezone.now())
    job.keep_file([b"zip"], most=10)
    Job.objects.filter(id=job.id).update(state=Job.State.DONE, outcome={"bytes": 3})
    return reverse("takeout:takeout_detail")


def refused_takeout(workout) -> str:
    outcome, user = {"refused": "This takeout is damaged."}, workout.mesocycle.user
    Job.objects.create(user=user, kind=bring_back.module_path, queue="later", state=Job.State.DONE, outcome=outcome)
    return reverse("takeout:bring_detail")


VISITOR_PAGES = ["/", "/login/", "/signup/", "/how-it-decides/"]
MEMBER_PAGES = {
    "today": lambda workout: reverse("training:today"),
    "how it decides": lambda workout: reverse("training:how_it_decides"),
    "first run": lambda workout: reverse("training:first_run"),
    "workout": lambda workout: reverse("training:workout_detail", args=[workout.id, 1]),
    "workout to come": lambda workout: reverse("training:workout_detail", args=[workout.id, 2]),
    "mesocycles": lambda workout: reverse("training:mesocycle_list"),
    "mesocycle": lambda workout: reverse("training:mesocycle_detail", args=[workout.mesocycle_id]),
    "next mesocycle": lambda workout: reverse("training:mesocycle_next", args=[workout.mesocycle_id]),
    "begin mesocycle": lambda workout: reverse("training:mesocycle_begin", args=[planned_next(workout).id]),
    "planned workout": lambda workout: reverse(
        "training:workout_detail", args=[planned_next(workout).workouts.first().id, 1]
    ),
    "new plan": lambda workout: reverse("training:plan_create"),
    "plan": lambda workout: reverse("training:plan_detail", args=[workout.mesocycle_id]),
    "day of a plan": lambda workout: reverse("training:day_detail", args=[workout.id]),
    "remove a day": lambda workout: reverse("training:day_remove", args=[workout.id]),
    "add to a day": lambda workout: reverse("training:slot_add", args=[workout.id]) + "?muscle=chest",
    "swap in a plan": lambda workout: reverse(
        "training:slot_swap", args=[workout.id, workout.slots.first().exercise_id]
    ),
    "calendar": lambda workout: reverse("training:mesocycle_calendar", args=[workout.mesocycle_id]),
    "end early": lambda workout: reverse("training:mesocycle_end", args=[workout.mesocycle_id]),
    "delete mesocycle": lambda workout: reverse("training:mesocycle_delete", args=[workout.mesocycle_id]),
    "deload now": lambda workout: reverse("training:deload_now", args=[workout.mesocycle_id]),
    "templates": lambda workout: reverse("training:template_list"),
    "template": lambda workout: reverse("training:template_detail", args=[Template.objects.first().id]),
    "templates narrowed": lambda workout: reverse("training:template_list") + "?days=7&goal=arms+focus",
    "template with swaps": lambda workout: (
        reverse("training:template_detail", args=[Template.objects.get(slug="push-pull-legs-6").id]) + "?have=dumbbell"
    ),
    "own template": lambda workout: reverse("training:template_detail", args=[shared_template(workout).id]),
    "edit template": lambda workout: reverse("training:template_edit", args=[shared_template(workout).id]),
    "shared template": lambda workout: reverse("training:template_shared", args=[shared_template(workout).share_token]),
    "save as template": lambda workout: reverse("training:template_save", args=[workout.mesocycle_id]),
    "bring a template": lambda workout: reverse("training:template_import"),
    "exercises": lambda workout: reverse("exercises:exercise_list"),
    "exercises looked for": lambda workout: reverse("exercises:exercise_list") + "?q=curl&equipment=cable",
    "exercise": lambda workout: reverse("exercises:exercise_detail", args=[workout.slots.first().exercise_id]),
    "own exercise": lambda workout: reverse("exercises:exercise_detail", args=[own_exercise(workout).id]),
    "new exercise": lambda workout: reverse("exercises:exercise_create"),
    "edit exercise": lambda workout: reverse("exercises:exercise_edit", args=[own_exercise(workout).id]),
    "merge exercise": lambda workout: reverse("training:exercise_merge", args=[own_exercise(workout).id]),
    "what a merge moves": lambda workout: (
        reverse("training:exercise_merge", args=[own_exercise(workout).id])
        + f"?into={workout.slots.first().exercise_id}"
    ),
    "what an exercise counts": lambda workout: reverse("training:exercise_measure", args=[own_exercise(workout).id]),
    "exercise settings": lambda workout: reverse(
        "training:exercise_settings", args=[workout.slots.first().exercise_id]
    ),
    "settings": lambda workout: reverse("users:settings"),
    "delete my account": lambda workout: reverse("users:account_delete"),
    "take it all out": lambda workout: taken_out(workout),
    "brought back": lambda workout: refused_takeout(workout),
    "body mass": lambda workout: reverse("users:body_mass"),
    "plates": lambda workout: reverse("users:plates"),
    "swap": lambda workout: reverse("training:exercise_swap", args=[workout.id, 1, workout.slots.first().exercise_id]),
    "add": lambda workout: reverse("training:exercise_add", args=[workout.id, 1]),
    "add what was ticked": lambda workout: (
        reverse("training:exercise_add", args=[workout.id, 1]) + f"?q=row&exercises={own_exercise(workout).id}"
    ),
    "sign out": lambda workout: reverse("account_logout"),
}
ANSWERED = ["Answers, and the sets that followed", "All three together", "not enough data", "not listed"]
# Each with what must be in it: its tables, its figures, its parts that come and go.
PROGRESS_PAGES = {
    "progress": (
        lambda workout: reverse("analytics:progress"),
        ["Sets per muscle group", '<svg class="chart"', "1 workout skipped", "Week 2, planned</a>"],
    ),
    "progress of a week to come": (
        lambda workout: reverse("analytics:progress") + "?week=2",
        ["Nothing to show yet", "Week 1</a>"],
    ),
    "stronger": (
        lambda workout: reverse("analytics:stronger") + "?period=all",
        ['<svg class="chart"', "As a table", "Stronger</span>", "Weaker</span>", "Page 1 of"],
    ),
    "stronger lately": (lambda workout: reverse("analytics:stronger"), ["it takes six"]),
    "records": (
        lambda workout: reverse("analytics:records"),
        ["most weight", "best estimated strength", "?page=2"],
    ),
    "records further back": (lambda workout: reverse("analytics:records") + "?page=2", ["?page=1"]),
    "notes": (lambda workout: reverse("analytics:notes"), ["Slept badly", "Note of the exercise"]),
    "enough": (
        lambda workout: reverse("analytics:enough") + "?period=all",
        ["Sets a week", 'id="sets-title"', 'id="volume-title"', 'aria-label="Weeks"', "Page 1 of", *ANSWERED],
    ),
    "mesocycle progress": (
        lambda workout: reverse("analytics:mesocycle_progress", args=[workout.mesocycle_id]),
        ["Targets met", "Muscle groups", "Both mesocycles", "Together", "Best estimated strength", "Other mesocycles"],
    ),
    "lineage": (
        lambda workout: reverse("analytics:mesocycle_lineage", args=[workout.mesocycle_id]),
        ["What changed", "What came of it", "Sets per muscle", "Estimated strength", "Soreness, 0 to 3"],
    ),
    "history": (
        lambda workout: reverse("analytics:exercise_history", args=[workout.slots.first().exercise_id]) + "?period=all",
        ['<svg class="chart"', "As a table", "The heaviest weights", "Lighter weights", "Slept badly", "Page 1 of"],
    ),
}
# After the others, which see a lifter who has just begun.
MEMBER_PAGES |= {
    name: lambda workout, address=address: address(with_a_past(workout))
    for name, (address, _) in PROGRESS_PAGES.items()
}


# How far what was drawn has moved since the page began to arrive.
SHIFTS = """new Promise(done => {
  const moved = [];
  new PerformanceObserver(list => moved.push(...list.getEntries().map(one => one.value)))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 50);
})"""
VIOLATIONS = """async (options) => {
  document.getAnimations().forEach((one) => one.finish());  // colours fade when day turns to night
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  return violations.map((one) => [one.id, ...one.nodes.map((node) => node.html)]);
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # nothing else differs in the dark
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
LATER = "exercise-order, hold-timer, rir-chips, wake-lock, warm-ups"  # their modules are loaded once they are needed
UNKNOWN = f"[...document.querySelectorAll(':not(:defined, {LATER})')].map((one) => one.localName)"


def faults_of(page, address) -> list:
    """Opens the page. Returns what is wrong with it: what moves, what axe finds by day and by night, what does not fit,
    and which elements lack their module."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, {})
    if (moved := sum(page.evaluate(SHIFTS))) >= UNSEEN:
        found.append(f"moves by {moved}")
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(VIOLATIONS, COLOURS)
    if (wide := page.evaluate(SIDEWAYS)) > 0:
        found.append(f"scrolls sideways by {wide}")
    return found + page.evaluate(UNKNOWN)


def faults_of_large_words(page, widths) -> list:
    """Returns what makes the page scroll sideways when a phone shows text twice as large."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        if (wide := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"large words at {width} scroll sideways by {wide}")
    return found


def test_a_lifter_with_a_past_has_every_table_and_figure_of_progress(client, workout):
    """Otherwise the tests below would look at pages that are half empty."""
    client.force_login(workout.mesocycle.user)
    missing = {}
    for name, (_, parts) in PROGRESS_PAGES.items():
        text = client.get(MEMBER_PAGES[name](workout)).content.decode()
        missing |= {name: [one for one in parts if one not in text]}
    assert missing == {name: [] for name in PROGRESS_PAGES}


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_every_page_holds_still_fits_and_has_no_fault_that_axe_finds(browser, server, faults, workout, size):
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(base_url=server, viewport=viewport)
    context.on("console", lambda message: message.type == "error" and faults.append(f"console: {message.text}"))
    page = context.new_page()
    found = {address: faults_of(page, address) for address in VISITOR_PAGES}
    signed_in(page)
    for name, address in MEMBER_PAGES.items():
        found[name] = faults_of(page, address(workout))
        if size[0] == 390:
            found[name] += faults_of_large_words(page, (390, 320))
            page.set_viewport_size(viewport)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    page.evaluate("setTimeout(() => document.querySelector('h1').before(document.createElement('hr')), 20)")
    eventually(lambda: sum(page.evaluate(SHIFTS)) > 0)  # what moves would have been seen
    context.close()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_axe_finds_nothing_in_the_styleguide_either(browser, server, faults, alice, size):
    """The styleguide has every part in every state, light and dark on one page."""
    User.objects.filter(id=alice.id).update(is_staff=True)
    context = browser.new_context(base_url=server, viewport={"width": size[0], "height": size[1]})
    assert faults_of(signed_in(context.new_page()), reverse("styleguide")) == []
    context.close()


def test_what_a_thumb_hits_is_48_pixels_high(page, workout):
    signed_in(page)
    targets = "button:not([hidden]), summary, .chip, input:not([type=hidden], [type=radio], [type=checkbox])"
    small = f"[...document.querySelectorAll('main :is({targets})')].filter((one) => one.checkVisibility())"
    names = ("today", "first run", "workout", "template", "deload now", "exercise settings", "settings", "body mass")
    names += ("plates", "swap", "add", "progress", "stronger", "enough")
    names += ("exercises looked for", "own exercise", "new exercise", "edit exercise", "what a merge moves")
    names += ("what an exercise counts",)
    names += ("next mesocycle", "begin mesocycle", "templates", "template with swaps", "own template")
    names += ("bring a template", "notes", "delete my account")
    names += ("plan", "day of a plan", "add to a day", "swap in a plan", "calendar", "delete mesocycle")
    for name in names:
        page.goto(MEMBER_PAGES[name](workout))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        heights = page.evaluate(f"{small}.map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height])")
        assert [one for one in heights if one[1] < 47.5] == []


def test_the_first_load_of_the_workout_page_is_small(browser, server, workout):
    """Measures everything, as it goes over the wire into an empty cache."""
    fresh = browser.new_context(base_url=server, **PHONE)
    page = signed_in(fresh.new_page())
    protocol = fresh.new_cdp_session(page)
    protocol.send("Network.enable")
    received = []
    protocol.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    asked = {}
    protocol.on(
        "Network.requestWillBeSent", lambda event: asked.setdefault(event["request"]["url"], event["initiator"])
    )
    page.goto(MEMBER_PAGES["workout"](workout), wait_until="networkidle")
    print(f"\nfirst load of the workout page: {sum(received):.0f} bytes in {len(received)} requests")
    assert len(received) >= 10
    assert sum(received) <= FIRST_LOAD
    elements = "outbox-state|saved-copy|plate-line|rir-chips|super-set|wake-lock"
    late = rf"/elements/({elements})|plates|supersets|drawing|done-|morph|contin|decid"
    modules = {url: one["type"] for url, one in asked.items() if url.endswith(".js") and not re.search(late, url)}
    assert len(modules) >= 12
    assert set(modules.values()) == {"parser"}  # none waits until another one names it
    fresh.close()


def test_how_metricgain_decides_stays_short(page, alice):
    """As long as it loads: a chapter that does not fold would be seen here, and so would long examples of one's own."""
    page.goto("/how-it-decides/")
    heights = [page.evaluate("document.documentElement.scrollHeight")]
    exercises = Exercise.objects.filter(is_system=True, muscle_group="legs").order_by("name")[:6]
    lifter, workout = Lifter(alice), planned_workout(alice, *exercises)
    for week in range(1, 5):
        lifter.train(workout, week, 11, 10, 9, soreness=1, pump=2, challenge=1)
    signed_in(page).goto("/how-it-decides/")
    assert page.locator(".example__name", has_text="Yours").count() >= 5
    heights.append(page.evaluate("document.documentElement.scrollHeight"))
    print(f"\nHow MetricGain decides: {heights} pixels for a visitor and for a lifter")
    assert max(heights) <= FOLDED


def test_the_policy_allows_nothing_inline_and_nothing_foreign(page, workout):
    signed_in(page)
    answer = page.goto(MEMBER_PAGES["workout"](workout))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text()
    assert " style=" not in answer.text()
    assert " onclick=" not in answer.text()
