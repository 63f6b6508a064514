"""Phones with a screen: real Chromium with the real worker and outbox, used by a simulated lifter."""

import queue
import random
import threading
import time
from collections import defaultdict
from contextlib import contextmanager

from playwright.sync_api import Error, TimeoutError, sync_playwright

from benchmarks.storm.storm_check import Saying
from deploy import chromium

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SWITCHES = ["--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
SETS = 3
ARE_SAVED = "async (all) => (await Promise.all(all.map((one) => caches.match(one, {ignoreVary: true})))).every(Boolean)"
UNFOLD = """(folded) => {
    const card = document.querySelector(folded);
    card?.closest("workout-session").unfold?.(card);
}"""
# Reads the entries that wait on the phone. IndexedDB runs this after the writes of an earlier tap.
WAITING = """() => new Promise((resolve, reject) => {
    const asked = indexedDB.open("metricgain");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const all = asked.result.transaction("entries").objectStore("entries").getAll();
        all.onsuccess = () => {
            asked.result.close();
            resolve(all.result.map(({ address, body, state, words }) => ({ address, body, state, words })));
        };
    };
})"""


class BrowserPhone:
    """The phone of one lifter, who has no other. `said` has the edits in order."""

    def __init__(
        self,
        user: int,
        session: str,
        port: int,
        workouts: list[tuple[int, int]],
        exercises: dict[int, str],
        seed: int,
    ):
        self.user, self.session, self.port, self.workouts, self.exercises = user, session, port, workouts, exercises
        self.random = random.Random(seed)
        self.said: list[Saying] = []
        self.is_off = False
        self.todo = self._plan()
        self.refused: list[str] = []
        self.drops: dict[tuple, list[int]] = defaultdict(list)  # numbers, by session, exercise and set

    @property
    def facts(self) -> int:
        return len(self.workouts) * (SETS * len(self.exercises) + 2)

    def open(self, browser) -> None:
        """Opens the phone before the storm: signed in, with the pages of all its sessions saved."""
        self.context = browser.new_context(base_url=f"http://127.0.0.1:{self.port}", **PHONE)
        self.context.set_default_timeout(20_000)
        self.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self._site}])
        self.page = self.context.new_page()
        addresses = [self._address(*session) for session in self.workouts]
        for address in addresses * 2:  # the worker controls a page from its second load on
            self.page.goto(address)
            self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        until = time.monotonic() + 30
        while not self.page.evaluate(ARE_SAVED, addresses):
            if time.monotonic() > until:
                raise RuntimeError("The worker saves no pages")
            self.page.wait_for_timeout(100)

    @property
    def _site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _address(self, workout: int, week: int) -> str:
        return f"/workouts/{workout}/week/{week}/"

    def _plan(self):
        """Yields one tap after the other, as functions."""
        for session in self.workouts:
            yield lambda session=session: self._go(session)
            for exercise, muscle in self.exercises.items():
                for number in range(1, SETS + 1):
                    yield lambda exercise=exercise, number=number: self._log(exercise, number)
                    if muscle != "abs" and self.random.random() < 0.25:  # a hold has no drops
                        yield lambda exercise=exercise, number=number: self._drop(exercise, number)
                    chance = self.random.random()
                    if chance < 0.25:
                        yield lambda exercise=exercise, number=number: self._log(exercise, number)
                    elif chance < 0.35 and number > 1:
                        yield lambda exercise=exercise, number=number: self._undo(exercise, number)
                    elif chance < 0.5:
                        yield self._reload
                    elif chance < 0.6:
                        yield self._reopen_the_app
                    elif chance < 0.7:
                        yield self._switch
            yield self._note
            yield self._finish

    def step(self) -> bool:
        """Makes the next tap. Returns False when there is none."""
        act = next(self.todo, None)
        if act:
            act()
        return act is not None

    def stock(self) -> tuple[set[Saying], set[Saying], set[Saying]]:
        """Returns the acknowledged edits, those that wait on this phone, and all. The last edit of an address that does
        not wait must have been acknowledged."""
        waiting = {(one["address"], _typed(one["body"])) for one in self.page.evaluate(WAITING)}
        newest = {one.fact: one for one in self.said}.values()
        kept = {one for one in newest if _is_among(one, waiting)}
        return set(newest) - kept, kept, set(self.said)

    def calm(self) -> None:
        """Gives the phone a signal, opens the app, and waits until nothing is left to send (30 s at most)."""
        self.context.set_offline(False)
        self._visit(*self.here)
        for _ in range(60):
            if not self.page.evaluate(WAITING):
                return
            self.page.evaluate("dispatchEvent(new Event('online'))")
            self.page.wait_for_timeout(500)
        self.refused = [str(one) for one in self.page.evaluate(WAITING)]

    # Taps

    def _go(self, session: tuple[int, int]) -> None:
        self.here = session
        self._visit(*session)

    def _visit(self, *session: int) -> None:
        """Opens a page, and tries again where it does not load, as a lifter does."""
        for tries in range(5, 0, -1):
            try:
                self.page.goto(self._address(*session))
                return
            except Error:
                if tries == 1:
                    raise
                self.page.wait_for_timeout(500)

    def _reload(self) -> None:
        self._visit(*self.here)

    def _reopen_the_app(self) -> None:
        self.page.close()
        self.page = self.context.new_page()
        self._visit(*self.here)

    def _switch(self) -> None:
        self.is_off = not self.is_off
        self.context.set_offline(self.is_off)

    def _row(self, exercise: int, number: int):
        """Returns a row. Opens its card first: in a superset the tray has opened another one."""
        self.page.locator("set-dock:not([data-moves])").wait_for(state="attached")
        self.page.evaluate(UNFOLD, f"#exercise-{exercise}.workout-card--folded")
        return self.page.locator(f"#set-{exercise}-{number}")

    def _log(self, exercise: int, number: int) -> None:
        weight, reps = self.random.randint(1, 39_999) / 4, self.random.randint(1, 99)
        self._touch(exercise, number, weight, reps)
        self._say(("set", *self.here, exercise, number), (weight, reps))

    def _touch(self, exercise: int, number: int, weight: float, reps: int) -> None:
        """Types the numbers of a set and logs it. Where the tray opens another card meanwhile, opens this one again."""
        for tries in range(5, 0, -1):
            row = self._row(exercise, number)
            try:
                row.locator("[name=weight]").fill(f"{weight:.2f}", timeout=2_000)
                row.locator("[name=reps]").fill(str(reps), timeout=2_000)
                row.locator(".set-row__log").click(timeout=2_000)
                return
            except TimeoutError:
                if tries == 1:
                    raise

    def _drop(self, exercise: int, number: int) -> None:
        row = self._row(exercise, number)
        row.get_by_role("link", name="+ drop").click()
        begun = row.locator(f"~ .set-row[data-extends='{number}']:not(.set-row--done)")
        behind = int(begun.get_attribute("id").rpartition("-")[2])
        self.drops[*self.here, exercise, number].append(behind)
        self._log(exercise, behind)

    def _undo(self, exercise: int, number: int) -> None:
        self._row(exercise, number).get_by_role("button", name="Undo").click()
        for one in [number, *self.drops.pop((*self.here, exercise, number), [])]:
            self._say(("set", *self.here, exercise, one), None)

    def _note(self) -> None:
        text = f"note {self.random.getrandbits(60)}"
        self.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        form = self.page.locator("#note form")
        form.locator("textarea").fill(text)
        form.locator("button").first.click()
        self._say(("note", *self.here), (text,))

    def _finish(self) -> None:
        self.page.get_by_role("button", name="Finish workout").click()
        self._say(("end", *self.here), ("completed",))

    def _say(self, fact: tuple, value) -> None:
        order = (self.said[-1].edited if self.said else 0) + 1
        self.said.append(Saying(fact, value, order, is_sent=True, is_exact=False))
        self.page.evaluate(WAITING)


def _typed(body: dict) -> tuple:
    return tuple(sorted((name, value) for name, value in body.items() if name in ("weight", "reps", "notes")))


def _is_among(one: Saying, waiting: set) -> bool:
    kind, workout, week, *rest = one.fact
    session = f"/workouts/{workout}/week/{week}/"
    if kind == "set":
        address, number = f"{session}exercises/{rest[0]}/sets/{rest[1]}/", one.value
        if number is None:
            return any(where == f"{address}delete/" for where, _ in waiting)
        return (address, (("reps", str(number[1])), ("weight", f"{number[0]:.2f}"))) in waiting
    if kind == "note":
        return (f"{session}note/", (("notes", one.value[0]),)) in waiting
    return any(where == f"{session}finish/" for where, _ in waiting)


class Browsers:
    """Runs all browser phones in one thread, as Playwright requires. Other threads call `do`."""

    def __init__(self, phones: list[BrowserPhone]):
        self.phones = phones
        self.asked: queue.Queue = queue.Queue()
        self.faults: list[str] = []
        self.is_trained = threading.Event()
        self.may_train = threading.Event()
        self.is_over = False
        self.thread = threading.Thread(target=self._run, name="browsers", daemon=True)

    @contextmanager
    def opened(self):
        if not self.phones:
            self.is_trained.set()
            yield self
            return
        self.thread.start()
        self.do(lambda: None)
        try:
            yield self
        finally:
            self.is_over = True
            self.thread.join(30)

    def do(self, work, patience: float = 300):
        """Runs `work` in the browsers' thread and returns its result."""
        if not self.phones:
            return work()
        answer: queue.Queue = queue.Queue()
        self.asked.put((work, answer))
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not self.thread.is_alive():
                raise RuntimeError("The browsers are gone: " + "; ".join(self.faults))
            try:
                result, error = answer.get(timeout=1)
            except queue.Empty:
                continue
            if error:
                raise error
            return result
        raise TimeoutError("The browsers do not answer")

    def _run(self) -> None:
        try:
            with sync_playwright() as playwright:
                path = chromium.find_lean()
                browser = playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *chromium.switches()])
                for phone in self.phones:
                    phone.open(browser)
                self._work()
                browser.close()
        except Exception as error:  # the next `do` reports it
            self.faults.append(repr(error))
            self.is_trained.set()
            raise

    def _work(self) -> None:
        training = list(self.phones)
        while not self.is_over:
            while not self.asked.empty():
                work, answer = self.asked.get()
                try:
                    answer.put((work(), None))
                except Exception as error:  # raised again in the caller of `do`
                    answer.put((None, error))
            if training and self.may_train.is_set():
                phone = training.pop(0)
                if phone.step():
                    training.append(phone)
            else:
                time.sleep(0.05)
            if not training:
                self.is_trained.set()
