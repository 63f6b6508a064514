"""The course of a storm: makes the lifters, lets them train through failures, and checks the database."""

import random
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from benchmarks.storm.browsers import BrowserPhone, Browsers
from benchmarks.storm.flaky_proxy import Weather
from benchmarks.storm.gathering import Joined, end_session, join, library, merge, stored_of
from benchmarks.storm.phones import Counts, Phone, PhoneLifter
from benchmarks.storm.storm_check import Verdict, called, judge
from metricgain.operations.tests.machine import Machine

WEEKS, DAYS = 7, 4
OF_TWO_PHONES = 4  # one in this many lifters has two phones
DOWN = 1.5  # the most seconds before a killed process is started again
CLOCKS = (0, 0, 40, -900, 7_200_000, -7_200_000)  # errors of phones' clocks, in ms


@dataclass
class Options:
    facts: int
    phones: int
    browsers: int
    seed: int
    pace: float  # seconds between two entries of a lifter
    minutes: float
    every: float  # seconds between two kills


@dataclass
class StormRow:
    seed: int
    middle: list[Verdict] = field(default_factory=list)
    last: Verdict | None = None
    minutes: float = 0
    troubles: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def faults(self) -> list[str]:
        return [*self.troubles, *(words for one in [*self.middle, self.last] for words in one.faults)]


class Storm:
    def __init__(self, machine: Machine, weather: Weather, options: Options):
        self.machine, self.weather, self.options = machine, weather, options
        self.random = random.Random(options.seed)
        self.counts = Counts()
        self.row = StormRow(options.seed)
        self.to_merge = 0

    def gather(self) -> None:
        """Makes the lifters, each with a plan, and their phones."""
        self.phones, self.lifters, screens, of_all = [], [], [], library()
        for number in range(self.options.browsers):
            joined = join(self.options.seed, 10_000 + number, WEEKS, DAYS, of_all, own=0)
            places = [(workout, 1) for workout in joined.workouts[:2]]
            seed = self.random.getrandbits(32)
            port, exercises = self.weather.port, joined.exercises
            screens.append(BrowserPhone(joined.user, joined.cookies[0], port, places, exercises, seed))
        self.browsers = Browsers(screens)
        wanted = self.options.facts - sum(one.facts for one in screens)
        for number in range(self.options.phones):
            joined = join(self.options.seed, number, WEEKS, DAYS, of_all)
            sessions = max(1, round(wanted / PhoneLifter.facts_of_a_session(joined.exercises) / self.options.phones))
            if sessions >= WEEKS * DAYS:
                sys.exit(f"That takes {sessions} sessions a lifter of {WEEKS * DAYS} in a plan: ask for more phones.")
            places = [(workout, week) for week in range(1, WEEKS + 1) for workout in joined.workouts][:sessions]
            self.equip(joined, places, phones=2 if number % OF_TWO_PHONES == 0 else 1, swap=(of_all.row, of_all.spare))

    def equip(self, joined: Joined, places: list[tuple[int, int]], *, phones: int, swap: tuple[int, int]) -> None:
        for number in range(phones):
            phone = Phone(
                joined.user,
                joined.cookies[number::phones],
                self.weather.port,
                error=self.random.choice([*CLOCKS, self.random.randint(-90_000, 90_000)]),
                seed=self.random.getrandbits(32),
                counts=self.counts,
            )
            merges = [partial(merge, *one) for one in joined.merges] if number == 0 else []
            self.to_merge += len(merges)
            self.phones.append(phone)
            self.lifters.append(
                PhoneLifter(
                    phone,
                    places,
                    joined.exercises,
                    number=number,
                    phones=phones,
                    pace=self.options.pace,
                    swap=swap,
                    merges=merges,
                )
            )

    def run(self) -> StormRow:
        began = time.monotonic()
        with self.browsers.opened():
            training = [threading.Thread(target=one.train, daemon=True) for one in self.lifters]
            sending = [threading.Thread(target=one.run, daemon=True) for one in self.phones]
            for thread in [*training, *sending]:
                thread.start()
            self.browsers.may_train.set()
            self.rage(training, until=began + 60 * self.options.minutes)
            self.calm_down(training, sending)
        self.row.minutes = (time.monotonic() - began) / 60
        return self.row

    # The storm

    def rage(self, training: list[threading.Thread], until: float) -> None:
        """Runs the storm until everything is typed, with at least one kill of each kind, and checks in between."""
        blows = [self.kill_server, self.kill_database, self.suspend, self.sign_out, self.lend]
        self.random.shuffle(blows)
        turn, next_blow = 0, time.monotonic() + self.options.every * 0.5
        while self.goes_on(training) or not all(self.machine.killed.values()):
            if time.monotonic() > until:
                self.row.troubles.append("not all was typed in time")
                break
            self.weather.turn_somehow()
            time.sleep(self.random.uniform(0.05, 0.3) * self.options.every)
            if time.monotonic() > next_blow:
                blows[turn % len(blows)]()
                turn += 1
                if turn % len(blows) == 0 or turn == 2:
                    self.row.middle.append(self.look())
                next_blow = time.monotonic() + self.options.every * self.random.uniform(0.5, 1.5)

    def goes_on(self, training: list[threading.Thread]) -> bool:
        return any(one.is_alive() for one in training) or not self.browsers.is_trained.is_set()

    def kill_server(self) -> None:
        self.machine.kill_server()
        time.sleep(self.random.uniform(0, DOWN))
        self.machine.start_server()

    def kill_database(self) -> None:
        self.machine.kill_database()
        time.sleep(self.random.uniform(0, DOWN))
        self.machine.start_database()

    def suspend(self) -> None:
        self.machine.suspend(self.random.uniform(1, 7))

    def sign_out(self) -> None:
        """Lets sessions expire and CSRF tokens change on a third of the phones."""
        for phone in self.random.sample(self.phones, len(self.phones) // 3):
            if phone.sessions:
                end_session(phone.session)
            phone.csrf = ""

    def lend(self) -> None:
        """Lets another lifter sign in on some phones for two seconds."""
        pairs = list(zip(self.phones, self.phones[-3:] + self.phones[:-3], strict=True))
        lent = [(phone, phone.session, other.session) for phone, other in self.random.sample(pairs, len(pairs) // 4)]
        for phone, _, others in lent:
            phone.session = others
        time.sleep(2)
        for phone, mine, _ in lent:
            phone.session = mine

    # The outcome

    def look(self) -> Verdict:
        """Checks whether all edits acknowledged so far are in the database."""
        of_user = defaultdict(list)
        for phone in [*self.phones, *self.browsers.phones]:
            of_user[phone.user].append(phone)
        total = Verdict()
        for user, phones in of_user.items():
            total += self.look_at(user, phones)
        return total

    def look_at(self, user: int, phones: list[Phone | BrowserPhone]) -> Verdict:
        """Judges one lifter's edits while the phones go on. Reads the acknowledged edits before the database, and the
        list of all edits after it."""
        acknowledged, kept, known = set(), set(), set()
        for phone in phones:
            ask = self.browsers.do if isinstance(phone, BrowserPhone) else (lambda look: look())
            for all_of_them, part in zip((acknowledged, kept, known), ask(phone.stock), strict=True):
                all_of_them |= part
        stored = stored_of(user)
        said = [one for phone in phones for one in list(phone.said)]
        return judge(said, called(said, stored), kept=kept | (set(said) - known), acknowledged=acknowledged)

    def calm_down(self, training: list[threading.Thread], sending: list[threading.Thread]) -> None:
        self.weather.settle()
        for phone in self.phones:
            phone.news.set()
        deadline = time.monotonic() + 120
        while any(phone.waiting() for phone in self.phones) and time.monotonic() < deadline:
            time.sleep(0.1)
        for phone in self.phones:
            phone.send_refused_again()
        while any(phone.waiting() for phone in self.phones) and time.monotonic() < deadline:
            time.sleep(0.1)
        refused = [one for phone in self.phones for one in phone.entries.values() if one.words]
        self.row.troubles += [f"refused: {one.address}: {one.words}" for one in refused]
        for phone in self.phones:
            phone.discard_refused()
        for screen in self.browsers.phones:
            self.browsers.do(screen.calm)
            self.row.troubles += [f"a browser keeps {one}" for one in screen.refused]
        for phone in self.phones:
            phone.is_over = True
            phone.news.set()
        for thread in [*training, *sending]:
            thread.join(10)
        self.weather.settle()
        self.row.last = self.look()
        self.row.troubles += [line.strip() for line in self.machine.said if "deadlock detected" in line]
        if self.counts.merges < self.to_merge:
            self.row.troubles.append(f"{self.counts.merges} of {self.to_merge} merges were done")
