"""Repairs words of a name: a slip of one letter, and words that run together.

Only words that no name of the library has are touched, so that no exercise turns into another one."""

from collections.abc import Iterable
from string import ascii_lowercase

from exercises.naming.languages import LINKS
from exercises.naming.words import FILLERS, MAKERS, NOTES, PHRASES

SHORTEST = 5  # letters of a word in which a slip is repaired: shorter words are too near to each other
LONGEST = 25  # letters of a word that is repaired at all: longer ones are no words
SHORTEST_PART = 3  # letters of the parts of words that run together
OF_PHRASES = frozenset(word for way, instead in PHRASES.items() for word in (*way, *instead))
ALWAYS_KNOWN = OF_PHRASES | FILLERS | LINKS | MAKERS | NOTES
WAYS_OF_ONE_WORD = frozenset(way[0] for way in PHRASES if len(way) == 1)


class Spelling:
    """Knows the words that tell exercises apart, beside those of the rules."""

    def __init__(self, telling: Iterable[str] = ()) -> None:
        self._telling = WAYS_OF_ONE_WORD.union(telling)

    def knows(self, word: str) -> bool:
        return word in self._telling or word in ALWAYS_KNOWN

    def may_tell(self, word: str) -> bool:
        """Returns whether a word, or one that it may be a slip of, tells exercises apart."""
        near = {word, *one_slip_from(word)} if len(word) <= LONGEST else {word}
        return not near.isdisjoint(self._telling) or self.repaired([word]) != [word]

    def repaired(self, words: list[str]) -> list[str]:
        """Returns the words, each unknown one replaced by what was meant if there is exactly one candidate for it."""
        return [
            better
            for word in words
            for better in ([word] if self.knows(word) or len(word) > LONGEST else self._meant(word))
        ]

    def _meant(self, word: str) -> list[str]:
        apart = [
            [word[:place], word[place:]]
            for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            if self.knows(word[:place]) and self.knows(word[place:])
        ]
        if len(apart) == 1:
            return apart[0]
        # The first letter is hardly ever a slip, and "dress" is no press.
        near = (other for other in one_slip_from(word) if other[0] == word[0] and len(other) >= SHORTEST)
        meant = {tuple(PHRASES.get((other,), [other])) for other in near if self.knows(other)}
        return list(meant.pop()) if len(word) >= SHORTEST and len(meant) == 1 else [word]


def one_slip_from(word: str) -> set[str]:
    """Returns what `word` can be with one letter left out, added, changed or swapped with its neighbour."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    out = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in parts if tail for letter in ascii_lowercase}
    added = {head + letter + tail for head, tail in parts for letter in ascii_lowercase}
    return (out | swapped | changed | added) - {word, ""}
