"""Finds the exercise that a name means, however another app or a lifter writes it.

Pure rules over text. A name becomes a set of words, its key. Case, brackets, order, plurals, abbreviations and words of
a few other languages make no difference to it. The index is asked for exactly this key; similar keys are never tried,
so a name means one exercise or none."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field

from exercises.naming.words import FILLERS, NOTES, OF_BENCH_PRESS, PHRASES, SINGULARS

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
LONGEST = max(len(phrase) for phrase in PHRASES)
# A word that adds nothing beside one of these others: a curl is for the biceps unless its name says otherwise.
REDUNDANT = {
    "bicep": {"curl"},
    "tricep": {"pushdown", "skullcrusher"},
    "lat": {"pulldown", "pullover"},
    "flat": {"bench"},
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


def plain_text(name: str) -> str:
    """Returns the name in lower case, without accents and signs, one blank between words: "Rosca (Máquina)" becomes
    "rosca maquina"."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’`´.]", "", text)))


def key(name: str, *, without_notes: bool = False) -> Key:
    """Returns the words that tell one exercise from another. `without_notes` also drops "old", "backup", "2" and the
    like."""
    words = [_singular(word) for word in plain_text(name).split()]
    if without_notes:
        words = [word for word in words if word not in NOTES and not re.fullmatch(r"\d+|rpe\d*", word)]
    found = set(_rewritten(words)) - FILLERS
    if "bench" in found and found <= OF_BENCH_PRESS:
        found.add("press")
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


def _singular(word: str) -> str:
    if word in SINGULARS:
        return SINGULARS[word]
    for ending, instead in (("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("ies", "y")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


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
    _exact: dict[tuple[str, bool], set[Means]] = field(default_factory=dict, repr=False)
    _keys: dict[Key, set[Means]] = field(default_factory=dict, repr=False)
    _implied: dict[Key, set[Means]] = field(default_factory=dict, repr=False)

    def __post_init__(self, exercises: Iterable[Named]) -> None:
        for exercise in exercises:
            for name in exercise.names:
                self._exact.setdefault((plain_text(name), exercise.first), set()).add(exercise.means)
                words = key(name)
                self._keys.setdefault(words, set()).add(exercise.means)
                for said in (more for what in exercise.said for more in SAID_OF.get(what, ())):
                    self._implied.setdefault(words | said, set()).add(exercise.means)

    def resolve(self, name: str) -> Means | None:
        """Returns what `name` means; None where no exercise, or more than one, fits."""
        for first in (True, False):
            if exact := self._exact.get((plain_text(name), first)):
                return _only(exact)
        for words in (key(name), key(name, without_notes=True)):
            found = self._keys.get(words) or self._implied.get(words)
            if words and found:
                return _only(found)
        return None

    def claimed_twice(self) -> dict[Key, set[Means]]:
        """Returns the keys of names and aliases that fit more than one exercise: mistakes in the list of aliases."""
        return {words: found for words, found in self._keys.items() if len(found) > 1}


def _only(found: set[Means]) -> Means | None:
    return next(iter(found)) if len(found) == 1 else None
