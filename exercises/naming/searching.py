"""Which exercises a search means, and in which order: what is surely meant, what the lifter does, what is usual.

Pure rules over text, the same for what is typed and what is found. Case, accents and script make no difference; short
forms and words of other languages stand for those of the library; a word still being typed finds those that begin
with it; a word that nothing has is taken for a slip of one that something has."""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, Protocol

from exercises.naming.generic import GENERIC
from exercises.naming.languages import LINKS
from exercises.naming.matching import Key, key, plain_text, search_words
from exercises.naming.muscles import MUSCLES
from exercises.naming.phrases import phrases, singular
from exercises.naming.spelling import one_slip_from
from exercises.naming.words import PHRASES

SHORTEST_SLIP = 4  # letters of a word that may be mistyped
SHORTEST_PART = 3  # letters of each of two words that run together
# What few words mean to who types them in a search, beside what they mean as the whole name of an exercise.
BARE = phrases(
    """
press | bench = barbell bench press
incline = incline dumbbell press
decline = decline barbell bench press
chest = barbell bench press
back = lat pulldown
shoulder | delt = dumbbell shoulder press
leg | quad = leg press
ham | hamstring = romanian deadlift
glute | hip = barbell hip thrust
tricep = triceps pushdown
bicep | arm = dumbbell curl
calf | calves = standing calf raise machine
ab | abs | core = crunch
trap = barbell shrug
trap bar | hex bar = trap bar deadlift
extension = leg extension
raise = dumbbell lateral raise
wrist | forearm = dumbbell wrist curl
landmine = landmine press
hanging = hanging leg raise
machine = chest press machine
cable = cable fly
side bend = dumbbell side bend
incline dumbbell | upper chest | upper pec = incline dumbbell press
lower chest = chest dip
upper back | mid back = seated cable row
side delt | lateral delt | middle delt | medial delt | mid delt = dumbbell lateral raise
front delt | anterior delt = dumbbell front raise
rear delt | posterior delt = reverse pec deck
oblique = russian twist
brachialis | brachioradialis = hammer curl
long head | long head tricep = overhead cable triceps extension
lower ab = hanging leg raise
soleus = seated calf raise
split squat = dumbbell bulgarian split squat
leg raise = hanging leg raise
preacher = ez bar preacher curl
sumo = sumo deadlift
step up = dumbbell step up
"""
)
ASKED = {key(name): key(instead) for name, instead in GENERIC.items()}
ASKED |= {key(" ".join(way)): key(" ".join(instead)) for way, instead in BARE.items()}
MEANT, FITS, SLIPPED = range(3)


class Findable(Protocol):
    """An exercise with its names, its own first. `rank`: 0 is the most usual. `done`: how lately the lifter did it, the
    larger the later; 0 for never. `trains`: its muscle group, part and movement."""

    @property
    def id(self) -> int: ...
    @property
    def names(self) -> Sequence[str]: ...
    @property
    def rank(self) -> int: ...
    @property
    def done(self) -> float: ...
    @property
    def trains(self) -> Sequence[str | None]: ...


class _Read(NamedTuple):
    """A name as the rules see it."""

    plain: str
    key: Key
    every: frozenset[str]  # its words as they are written, and those that they stand for
    length: int  # in words


@lru_cache(maxsize=20_000)
def _read(*names: str) -> tuple[list[_Read], frozenset[str]]:
    """Returns the names of an exercise as the rules see them, and all of their words."""
    read = []
    for name in names:
        plain = plain_text(name)
        words, found = frozenset(map(singular, plain.split())), key(name)
        read.append(_Read(plain, found, words | found, len(words)))
    return read, frozenset().union(*(one.every for one in read))


def ranked[Row: Findable](text: str, exercises: Sequence[Row]) -> list[Row]:
    """Returns the exercises that a search means, the likeliest first; none for signs or nonsense."""
    if not search_words(text) or not exercises:
        return []
    read = [_read(*one.names) for one in exercises]
    search = _Search(text, frozenset().union(*(words for _, words in read)))
    found = [
        (order, one.id, one)
        for one, (names, words) in zip(exercises, read, strict=True)
        if (search.muscles or search.may_mean(words)) and (order := search.order_of(one, names))
    ]
    return [one for *_, one in sorted(found, key=itemgetter(0, 1))]


def muscles_in(text: str) -> frozenset[str]:
    """Returns the muscle groups, parts and movements whose name is all that a search says."""
    return frozenset(MUSCLES.get(tuple(map(singular, plain_text(text).split())), ()))


class _Search:
    """A search among names that have the words `known`."""

    def __init__(self, text: str, known: frozenset[str]):
        self.text, self.key = plain_text(text), key(text)
        self.muscles = muscles_in(text)
        *begun, last = [part for word in telling_words(text) for part in _apart(singular(word), known)]
        ways = [*(_ways(word, known) for word in begun), _ways(last, known, is_typed=True)]
        self.ways = [way for way, _ in ways]
        self.asked = ASKED.get(self.key) or _asked(self.ways)
        self.is_slip = any(is_slip for _, is_slip in ways)

    def order_of(self, one: Findable, read: Sequence[_Read]) -> tuple[int, float, int, bool, int, int, str] | None:
        """Returns by what the exercise is sorted, whose names are `read`; None where the search does not mean it."""
        trains = bool(self.muscles) and not self.muscles.isdisjoint(one.trains)
        fits = [fit for name in read if (fit := self.fit(name))]
        is_asked = self.asked is not None and any(name.key == self.asked for name in read)
        if not fits and not is_asked and not trains:
            return None
        kind, extra = min(fits, default=(FITS, 0))
        rank, own = -1 if is_asked else one.rank, read[0]
        return kind, -one.done, rank, self.fit(own) is None, extra, len(own.plain), own.plain

    def may_mean(self, words: frozenset[str]) -> bool:
        """Whether an exercise with these words in its names is worth a look: most are not."""
        for way in self.ways:
            if way.isdisjoint(words):
                return self.key <= words or (self.asked is not None and self.asked <= words)
        return True

    def fit(self, name: _Read) -> tuple[int, int] | None:
        """Returns how well a name fits, and how many words it has beside those of the search."""
        if name.plain == self.text:
            return MEANT, -1
        if self.key and self.key <= name.key:
            return (MEANT, 0) if self.key == name.key else (FITS, name.length - len(self.key))
        for way in self.ways:
            if way.isdisjoint(name.every):
                return None
        return (SLIPPED if self.is_slip else FITS), name.length - len(self.ways)


def telling_words(text: str) -> list[str]:
    """Returns the words of a search, without those between others."""
    words = search_words(text)
    return [word for word in words if word not in LINKS] or words


def _asked(ways: list[frozenset[str]]) -> Key | None:
    """Returns what is meant where words that are not finished, or mistyped, can only be those of a usual search."""
    meant = {instead for words, instead in ASKED.items() if len(words) == len(ways) and _is_made_of(words, ways)}
    return meant.pop() if len(meant) == 1 else None


def _is_made_of(words: Key, ways: list[frozenset[str]]) -> bool:
    return not any(way.isdisjoint(words) for way in ways) and all(any(word in way for way in ways) for word in words)


def _ways(word: str, known: frozenset[str], *, is_typed: bool = False) -> tuple[frozenset[str], bool]:
    """Returns the known words that a typed word may be, and whether it is taken for a slip. `is_typed`: it is the last
    one, which may be unfinished however short it is."""
    if word in known and not is_typed and len(word) < SHORTEST_SLIP:
        return frozenset({word}), False
    if begun := {each for each in known if each.startswith(word)}:
        return frozenset(begun), False
    if len(word) < SHORTEST_SLIP:
        return frozenset(), False
    once = one_slip_from(word)
    near = {each for each in known if each in once or _begins_near(each, once, word)}
    if not near and len(word) >= 2 * SHORTEST_SLIP:
        near = {each for each in known if abs(len(each) - len(word)) <= 2 and one_slip_from(each) & once}
    return frozenset(near), True


def _apart(word: str, known: frozenset[str]) -> list[str]:
    """Returns the words that a short form stands for, the two that run together, or the word itself."""
    if word not in known and (word,) in PHRASES:
        return PHRASES[(word,)]
    if not any(each.startswith(word) for each in known):
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[:place] in known and word[place:] in known:
                return [word[:place], word[place:]]
    return [word]


def _begins_near(each: str, once: set[str], word: str) -> bool:
    """Whether what was typed so far, with one slip, is the beginning of a word: "hamstrung"."""
    return len(word) > SHORTEST_SLIP and len(each) > len(word) and each[: len(word)] in once
