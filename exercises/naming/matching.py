"""Finds the exercise that a name means, however another app or a lifter writes it.

Pure rules over text. A name becomes a set of words, its key. Case, brackets, order, plurals, abbreviations and words of
a few other languages make no difference to it. An index is asked for exactly this key, so a name means one exercise or
none. Only where nothing has the key, `Names.meaning` tries what was probably meant, and says that it is not sure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field

from exercises.naming.generic import GENERIC
from exercises.naming.languages import LINKS
from exercises.naming.phrases import plain_text as plain_text
from exercises.naming.phrases import singular
from exercises.naming.spelling import Spelling
from exercises.naming.words import (
    CHANGES,
    EQUIPMENT,
    FILLERS,
    GRIPS,
    MAKERS,
    NOTES,
    OF_BENCH_PRESS,
    PHRASES,
    POSTURES,
)

Key = frozenset[str]
Means = int | str

# Short forms that people type in a search, and the words that they stand for.
SHORT = {
    short: PHRASES[(short,)]
    for short in ("db", "bb", "kb", "bw", "ohp", "rdl", "dl", "bss", "sldl", "cgbp", "ghr", "dumbell", "dambil")
    if (short,) in PHRASES
} | {
    "pullup": ["pull"],
    "pullups": ["pull"],
    "chinup": ["chin"],
    "chinups": ["chin"],
    "pushup": ["push", "up"],
    "pushups": ["push", "up"],
    "situps": ["sit"],
    "situp": ["sit"],
    "cgbp": ["close", "grip", "bench"],
}
MOST_WORDS = 8
NUMBERED = re.compile(r"^\W*(?:[A-Ha-h]?\d{1,2}|[A-Ha-h])[.):\]]+\s*(?=\D)")  # "A1. ", "2) ": its place in a workout
PARTS = re.compile(r"[(\[][^)\]]*[)\]]?|\s(?:[-–—:|/]|at|my|new|old)\s.*$", re.IGNORECASE)
LONGEST = max(len(phrase) for phrase in PHRASES)
# A word that adds nothing beside one of these others: a curl is for the biceps unless its name says otherwise.
REDUNDANT = {
    "bicep": {"curl"},
    "tricep": {"pushdown", "skullcrusher"},
    "lat": {"pulldown", "pullover"},
    "flat": {"bench"},
    "bentover": {"reardelt"},
    "back": {"squat"},
    "chest": {"fly", "pecdeck"},
    "standing": {"overhead"},
    "conventional": {"deadlift"},
    "underhand": {"curl"},
    "ab": {"crunch"},
}
# Words that a name may add for an equipment or a loading that the exercise has anyway: "Lat Pulldown (Cable)".
SAID_OF = {
    "barbell": [{"barbell"}],
    "dumbbell": [{"dumbbell"}],
    "machine": [{"machine"}],
    "plate_loaded": [{"machine"}, {"plateloaded"}, {"machine", "plateloaded"}],
    "cable": [{"cable"}, {"cable", "machine"}],
    "bodyweight": [{"bodyweight"}],
    "added": [{"weighted"}],
    "assisted": [{"assisted"}],
}


@dataclass(frozen=True, slots=True)
class Named:
    """An exercise and its names. `means` is the value that `Names.resolve` returns for it; `said` are its equipment and
    loading."""

    means: Means
    names: tuple[str, ...]
    said: tuple[str, ...] = ()
    first: bool = False  # wins against an exercise of the same name


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means. Where `is_sure` is False, the name leaves something open, and `means` is what lifters mostly
    mean by it."""

    means: Means
    is_sure: bool


def key(name: str) -> Key:
    """Returns the words that tell one exercise from another."""
    return _key(_words_of(name))


def _words_of(name: str) -> list[str]:
    return [word for word in map(singular, plain_text(name).split()) if word not in LINKS]


def _key(words: list[str]) -> Key:
    found = set(_rewritten(words)) - FILLERS
    if "bench" in found and found <= OF_BENCH_PRESS:
        found.add("press")
    if {"chest", "press"} <= found and found & EQUIPMENT:
        found = found - {"chest"} | {"bench"}
    if {"cable", "row"} <= found:
        found.discard("seated")
    found = {_grip(word, found) for word in found}
    return frozenset(word for word in found if not REDUNDANT.get(word, set()) & found)


def _grip(word: str, found: set[str]) -> str:
    """Returns the word for a reverse grip. A curl is done palms up, so its reverse grip is palms down; for every other
    exercise a reverse grip is palms up."""
    if "curl" in found:
        return {"reversegrip": "reverse", "overhand": "reverse"}.get(word, word)
    return "underhand" if word == "reversegrip" else word


def search_words(text: str) -> list[str]:
    """Returns the words of a search with abbreviations written out: "DB bench" becomes "dumbbell", "bench"."""
    words = plain_text(text).replace("lat raise", "lateral raise").split()
    return list(dict.fromkeys(more for word in words for more in SHORT.get(word, [word])))[:MOST_WORDS]


def _rewritten(words: list[str]) -> list[str]:
    """Replaces each run of words in PHRASES by the words it stands for, longest run first, until nothing changes (three
    times at most)."""
    for _ in range(3):
        before, words, place = words, [], 0
        while place < len(before):
            for length in range(min(LONGEST, len(before) - place), 0, -1):
                instead = PHRASES.get(tuple(before[place : place + length]))
                if instead is not None:
                    words += instead
                    place += length
                    break
            else:
                words.append(before[place])
                place += 1
        if words == before:
            break
    return words


@dataclass(slots=True)
class Names:
    """An index of names. A name that fits two exercises means neither."""

    exercises: InitVar[Iterable[Named]]
    generic: InitVar[Mapping[str, str]] = GENERIC
    _exact: dict[tuple[str, bool], set[Means]] = field(default_factory=dict, repr=False)
    _keys: dict[Key, set[Means]] = field(default_factory=dict, repr=False)
    _implied: dict[Key, set[Means]] = field(default_factory=dict, repr=False)
    _bare: dict[Key, set[Means]] = field(default_factory=dict, repr=False)
    _generic: dict[Key, Means] = field(default_factory=dict, repr=False)
    _spelling: Spelling = field(default_factory=Spelling, repr=False)

    def __post_init__(self, exercises: Iterable[Named], generic: Mapping[str, str]) -> None:
        telling = {*CHANGES, *EQUIPMENT, *GRIPS, *MAKERS, *POSTURES}
        for exercise in exercises:
            own = key(exercise.names[0])
            for said in (more for what in exercise.said for more in SAID_OF.get(what, ())):
                self._bare.setdefault(own - said, set()).add(exercise.means)
            for name in exercise.names:
                self._exact.setdefault((plain_text(name), exercise.first), set()).add(exercise.means)
                if not (words := key(name)):
                    continue
                telling.update(words, _words_of(name))
                self._keys.setdefault(words, set()).add(exercise.means)
                for said in (more for what in exercise.said for more in SAID_OF.get(what, ())):
                    self._implied.setdefault(words | said, set()).add(exercise.means)
        self._spelling = Spelling(telling)
        for name, instead in generic.items():
            if means := _only(self._keys.get(key(instead), set())):
                self._generic[key(name)] = means

    def resolve(self, name: str) -> Means | None:
        """Returns what `name` means for sure; None where it leaves anything open, or nothing fits."""
        found = self.meaning(name)
        return found.means if found and found.is_sure else None

    def meaning(self, name: str) -> Meaning | None:
        """Returns what `name` means, or most likely means; None where no exercise, or more than one, fits."""
        for first in (True, False):
            if exact := self._exact.get((plain_text(name), first)):
                means = _only(exact)
                return Meaning(means, is_sure=True) if means else None
        for words, is_sure in self._readings(name):
            if found := self._keys.get(words) or self._implied.get(words):
                means = _only(found)
                return Meaning(means, is_sure) if means else None
            if means := self._generic.get(words) or _only(self._bare.get(words, set())):
                return Meaning(means, is_sure=False)
        return None

    def _readings(self, name: str) -> Iterator[tuple[Key, bool]]:
        """Gives the keys that a name may stand for, nearest to what is written first, each with whether it is sure."""
        yield key(name), True
        name = NUMBERED.sub("", name)
        words = _without_notes(_words_of(name))
        yield _key(words), True
        words = _without_notes(_words_of(self._without_strange_parts(name)))
        yield _key(words), False
        if MAKERS.intersection(words):
            words = [word for word in words if word not in MAKERS]
            yield _key([*words, "machine"]), False
            yield _key(words), False
        found = _key(self._spelling.repaired(words))
        yield found, False
        yield (found := frozenset("cable" if word == "rope" else word for word in found)), False
        yield (found := found - GRIPS), False
        yield found - POSTURES, False

    def _without_strange_parts(self, name: str) -> str:
        """Leaves out what stands in brackets or behind a dash, if no word of it tells exercises apart: "(My gym)"."""

        def kept(part: re.Match[str]) -> str:
            words = _without_notes(_words_of(part[0]))
            return part[0] if any(self._spelling.may_tell(word) for word in words) else " "

        return PARTS.sub(kept, name)

    def claimed_twice(self) -> dict[Key, set[Means]]:
        """Returns the keys of names and aliases that fit more than one exercise: mistakes in the list of aliases."""
        return {words: found for words, found in self._keys.items() if len(found) > 1}


def _only(found: set[Means]) -> Means | None:
    return next(iter(found)) if len(found) == 1 else None


def _without_notes(words: list[str]) -> list[str]:
    return [
        word
        for word in _rewritten(words)
        if word not in NOTES and not re.fullmatch(r"\d+(s|x|rm|kg|lb)?\d*|rpe\d*", word)
    ]
