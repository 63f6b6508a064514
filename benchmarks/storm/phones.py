"""Phones without a screen: the outbox and flush of `static/js/outbox.js`, written in Python, over HTTP.

The pauses are shorter than a browser's, so that a storm takes minutes and not days."""

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from benchmarks.storm.storm_check import Saying

PATIENCE = 15  # seconds for an answer
PAUSES = (0.3, 4)  # seconds between two attempts, first and longest; a browser's are 2 and 60
FULL = 25  # entries on a phone at which its lifter waits, so that the storm lasts
LATER = (408, 425, 429)
ECHO = re.compile(
    r'data-address="([^"]*)"(?: data-outcome="(\w+)" data-at="(\d+)")?(?: data-stands="([^"]*)")?>([^<]*)<'
)


@dataclass(eq=False, slots=True)
class Entry:
    user: int
    key: str
    address: str
    body: dict
    sayings: list[Saying]  # the first is the edit of the address; others go with it
    version: int
    words: str = ""  # the reason of a refusal

    @property
    def edited(self) -> int:
        return self.sayings[0].edited


class Kept(Exception):
    """All entries stay on the phone. The message is the reason."""


@dataclass(slots=True)
class Counts:
    entries: int = 0
    posts: int = 0
    refused: int = 0
    drops: int = 0
    merges: int = 0
    swaps: int = 0
    reopenings: int = 0


class Phone:
    """A phone of one lifter. `error` is the error of its clock in ms. `sessions` are session cookies, used one after
    the other as they expire."""

    def __init__(self, user: int, sessions: list[str], port: int, *, error: int, seed: int, counts: Counts):
        self.user, self.sessions, self.port, self.error, self.counts = user, list(sessions), port, error, counts
        self.random = random.Random(seed)
        self.session = self.sessions.pop()
        self.csrf = ""
        self.entries: dict[str, Entry] = {}
        self.said: list[Saying] = []
        self.clock: dict[str, int] = {"offset": 0, "last": 0}
        self.lock = threading.RLock()
        self.news = threading.Event()
        self.is_over = False

    # The outbox

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + self.error

    def enter(self, address: str, body: dict, fact: tuple, value, *, gone: list[tuple] = ()) -> None:
        """Keeps an edit until it is sent. `gone`: facts that it deletes with its own."""
        with self.lock:
            edited = max(self.now() + self.clock["offset"], self.clock["last"] + 1)
            self.clock["last"] = edited
            sayings = [Saying(fact, value, edited), *(Saying(one, None, edited) for one in gone)]
            key = re.sub(r"(sets/\d+/)delete/$", r"\1", address)
            if address.endswith("/swap/"):
                key += f"?{edited}"
            end = re.search(r"(finish|skip)/$", address)
            for verb in ("finish/", "skip/", "reopen/") if end else ():
                self.entries.pop(address[: -len(end[0])] + verb, None)
            self.entries.pop(key, None)
            entry = Entry(self.user, key, address, body, sayings, edited)
            self.entries[key] = entry
            self.said += sayings
            self.counts.entries += 1
        self.news.set()
        while len(self.entries) > FULL and not self.is_over:
            time.sleep(0.05)

    def stock(self) -> tuple[set[Saying], set[Saying], set[Saying]]:
        """Returns the acknowledged edits, those that wait on this phone, and all."""
        with self.lock:
            kept = {one for entry in self.entries.values() for one in entry.sayings}
            return {one for one in self.said if one.is_acknowledged}, kept, set(self.said)

    def send_refused_again(self) -> None:
        with self.lock:
            for entry in self.entries.values():
                entry.words = ""
        self.news.set()

    def discard_refused(self) -> None:
        with self.lock:
            for key, entry in list(self.entries.items()):
                if entry.words:
                    del self.entries[key]
                    for saying in entry.sayings:
                        self.said.remove(saying)

    def learn_clock(self, sent: int, received: int, server: int) -> None:
        rtt, offset = received - sent, server - received
        with self.lock:
            state = self.clock
            is_first = "rtt" not in state
            was_set = is_first or abs(offset - state["offset"]) > max(rtt, state["rtt"]) + 1000
            if not is_first and state["rtt"] <= rtt and not was_set:
                return
            last = state["last"] + offset if is_first else min(state["last"], received + offset)
            self.clock = {"offset": offset, "rtt": rtt, "last": last}
            if is_first:
                for saying in self.said:  # replaced ones too; they were never sent
                    saying.edited += offset

    # The flush

    def run(self) -> None:
        """Sends until `is_over`: after each new entry, and again after a pause."""
        pause = PAUSES[0]
        while not self.is_over:
            self.news.wait(pause * (0.5 + self.random.random()))
            self.news.clear()
            if not self.waiting():
                continue
            why = self.flush()
            if why == "signed out" and self.sessions:
                self.session = self.sessions.pop()  # the lifter signs in again
                self.news.set()
            if why:
                pause = min(pause * 2, PAUSES[1])
                time.sleep(pause * self.random.random())
            else:
                pause = PAUSES[0]

    def waiting(self) -> list[Entry]:
        with self.lock:
            waiting = [one for one in self.entries.values() if not one.words]
        return sorted(waiting, key=lambda one: one.edited)

    def flush(self) -> str:
        why, who, sent = "", None, set()
        try:
            while waiting := [one for one in self.waiting() if one.version not in sent]:
                who = who or self.meet()
                entry = next((one for one in waiting if one.user == who["user"]), None)
                if entry is None:
                    return why or "another user"
                sent.add(entry.version)
                if self.send(entry, who):
                    why = "busy"
        except Kept as kept:
            return str(kept)
        return why

    def meet(self) -> dict:
        sent = self.now()
        status, _, text = self.ask("GET", "/outbox/")
        received = self.now()
        try:
            said = json.loads(text)
            server = said["time"]
        except (ValueError, TypeError, KeyError) as error:
            raise Kept("portal" if status < 400 else "offline") from error
        self.learn_clock(sent, received, server)
        if not said.get("user"):
            raise Kept("signed out")
        return said

    def send(self, entry: Entry, who: dict, *, is_again: bool = False) -> bool:
        """Sends one entry. Returns True if the server failed on this entry only. Raises Kept."""
        for saying in entry.sayings:
            saying.is_sent = True
        moment = datetime.fromtimestamp(entry.edited / 1000, UTC).isoformat()
        headers = {"X-CSRFToken": who["token"], "X-Outbox": str(entry.user)}
        self.counts.posts += 1
        status, answered, text = self.ask("POST", entry.address, entry.body | {"edited_at": moment}, headers)
        found = ECHO.search(text)
        address, words = (found[1], found[2]) if found else ("", "")
        if 200 <= status < 300:
            if address != entry.address:
                raise Kept("portal")
            with self.lock:
                for saying in entry.sayings:
                    saying.is_acknowledged = True
                self._remove(entry)
            return False
        if status == 401:
            raise Kept("signed out")
        if status == 409:
            raise Kept("another user")
        if status == 403 and answered.get("X-Outbox") == "csrf":
            if is_again:
                raise Kept("busy")
            who |= self.meet()
            return self.send(entry, who, is_again=True)
        if status == 500:
            return True
        if not 400 <= status < 500 or status in LATER:
            raise Kept("offline")
        if not address and "MetricGain-User" not in answered:
            raise Kept("portal")
        entry.words = words or f"The server refused it ({status})."
        self.counts.refused += 1
        return False

    def _remove(self, entry: Entry) -> None:
        """Removes an entry, unless a newer version has replaced it."""
        if self.entries.get(entry.key) is entry:
            del self.entries[entry.key]

    def ask(self, method: str, address: str, body: dict | None = None, headers: dict | None = None):
        """Returns the status, headers and text of an answer. Raises Kept without a complete answer."""
        cookie = f"sessionid={self.session}" + (f"; csrftoken={self.csrf}" if self.csrf else "")
        asked = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, address, urlencode(body) if body else None, asked | (headers or {}))
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Kept("offline") from error
        finally:
            connection.close()
        for given in answer.headers.get_all("Set-Cookie", []):
            if token := re.match(r"csrftoken=(\w+)", given):
                self.csrf = token[1]
        return answer.status, answer.headers, text


class PhoneLifter:
    """Trains session after session on a phone: logs, corrects and deletes sets, answers questions, writes notes,
    finishes, swaps and reopens. (It answers soreness for one muscle only, because each answer asks the engine, and the
    storm tests what is stored.)

    The phone shows pages from before all merges, so it goes on with the exercises that it knows. `number` is the number
    of this phone among the lifter's. `swap` is an exercise and its replacement. `merges` are functions that each merge
    once, in order."""

    SETS = 8
    DROP = 10  # added to the number of a set for the drop or the myo-reps behind it

    def __init__(
        self,
        phone: Phone,
        workouts: list[tuple[int, int]],
        exercises: dict[int, str],
        *,
        number: int,
        phones: int,
        pace: float,
        swap: tuple[int, int],
        merges: list[Callable[[], None]],
    ):
        self.phone, self.workouts, self.exercises, self.pace = phone, workouts, exercises, pace
        self.number, self.phones, self.swap, self.random = number, phones, swap, phone.random
        self.typed: set[tuple] = set()
        every = len(workouts) * len(exercises) * self.SETS
        self.merges = dict(zip(sorted(self.random.sample(range(every), len(merges))), merges, strict=True))
        self.sets = 0

    @classmethod
    def facts_of_a_session(cls, exercises: dict[int, str]) -> int:
        return len(exercises) * cls.SETS + 1 + len(set(exercises.values())) + 2

    @property
    def is_alone(self) -> bool:
        return self.phones == 1

    def train(self) -> None:
        for place, (workout, week) in enumerate(self.workouts):
            self.session = (workout, week)
            muscles = list(dict.fromkeys(self.exercises.values()))
            self.soreness(muscles[0])
            for exercise in self.exercises_today(is_first=place == 0):
                for number in range(1, self.SETS + 1):
                    self.set(exercise, number)
                    if self.random.random() < 0.2:
                        self.drop(exercise, number)
                    self.second_thoughts(exercise, number)
                    self.merge_at_home()
            for muscle in muscles:
                self.performance(muscle)
            self.note()
            self.end("finish", "completed")
            self.afterthoughts(is_first=place == 0)

    def exercises_today(self, *, is_first: bool) -> list[int]:
        """Returns today's exercises. In some sessions one is swapped for another."""
        exercise, other = self.swap
        if not is_first and self.random.random() < 0.7:
            return list(self.exercises)
        self.phone.counts.swaps += 1
        said = {"exercise": other, "scope": "today"}
        self._say(f"exercises/{exercise}/swap/", said, ("swap", exercise), (other,))
        return [other if one == exercise else one for one in self.exercises]

    def merge_at_home(self) -> None:
        if merge := self.merges.get(self.sets):
            merge()
            self.phone.counts.merges += 1
        self.sets += 1

    def second_thoughts(self, exercise: int, number: int) -> None:
        chance = self.random.random()
        earlier = self.random.randint(1, number)
        if chance < 0.2:
            self.set(exercise, earlier)
        elif chance < 0.3 and earlier > 1:  # keeps the first set, because a session needs one to be finished
            self.take_back(exercise, earlier)
            if chance < 0.25:
                self.set(exercise, earlier)
        elif chance < 0.35:
            self.note()

    def afterthoughts(self, *, is_first: bool) -> None:
        chance = self.random.random()
        if chance < 0.1:
            self.set(self.random.choice(list(self.exercises)), self.random.randint(1, self.SETS))
        elif self.is_alone and (is_first or chance < 0.3):
            self.phone.counts.reopenings += 1
            self.end("reopen", "in_progress")
            if is_first or chance < 0.25:
                self.set(self.random.choice(list(self.exercises)), 1)
                self.end("finish", "completed")

    # Facts, each with random values

    def set(self, exercise: int, number: int, **more: str) -> None:
        while True:  # values that this lifter never typed on any phone, so that they identify a set
            quarters = self.random.randint(1, 19_999) * self.phones + self.number
            weight, reps = quarters / 4, self.random.randint(1, 99)
            if (weight, reps) not in self.typed:
                break
        self.typed.add((weight, reps))
        body = {"weight": f"{weight:.2f}", "reps": str(reps), "unit": "kg"} | more
        self._say(f"exercises/{exercise}/sets/{number}/", body, ("set", exercise, number), (weight, reps))

    def drop(self, exercise: int, number: int) -> None:
        """Logs a drop or myo-reps behind set `number`. Sometimes changes it, or takes it back alone."""
        self.phone.counts.drops += 1
        kind = {"set_type": self.random.choice(("drop", "myo")), "extends": str(number)}
        self.set(exercise, self.DROP + number, **kind)
        chance = self.random.random()
        if chance < 0.2:
            self.set(exercise, self.DROP + number, **kind)
        elif chance < 0.3:
            self.take_back(exercise, self.DROP + number)

    def take_back(self, exercise: int, number: int) -> None:
        """Takes a set back, and with it what continues it, also where another phone logged that."""
        gone = [("set", exercise, self.DROP + number)] if number <= self.SETS else []
        path = f"exercises/{exercise}/sets/{number}/delete/"
        self._say(path, {}, ("set", exercise, number), None, gone=gone)

    def soreness(self, muscle: str) -> None:
        level = self.random.randint(0, 3)
        self._say(f"muscles/{muscle}/soreness/", {"soreness_level": level}, ("soreness", muscle), (level,))

    def performance(self, muscle: str) -> None:
        pump, challenge = self.random.randint(0, 3), self.random.randint(0, 3)
        body = {"pump_level": pump, "challenge_level": challenge}
        self._say(f"muscles/{muscle}/performance/", body, ("performance", muscle), (pump, challenge))

    def note(self) -> None:
        text = f"note {self.random.getrandbits(60)}"
        self._say("note/", {"notes": text}, ("note",), (text,))

    def end(self, verb: str, status: str) -> None:
        self._say(f"{verb}/", {}, ("end",), (status,))

    def _say(self, path: str, body: dict, fact: tuple, value, *, gone: list[tuple] = ()) -> None:
        workout, week = self.session
        day = {"local_date": datetime.now(UTC).date().isoformat()}
        here, *others = ((kind, workout, week, *rest) for kind, *rest in [fact, *gone])
        self.phone.enter(f"/workouts/{workout}/week/{week}/{path}", body | day, here, value, gone=others)
        time.sleep(self.random.expovariate(1 / self.pace))
