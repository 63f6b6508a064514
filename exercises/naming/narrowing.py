"""What a name must have so that a search can mean it: pieces by which PostgreSQL leaves out most of a lifter's own
exercises, before the rules of `exercises.naming.searching` read the others. Pure: no database."""

from functools import lru_cache

from exercises.naming.matching import key
from exercises.naming.phrases import singular
from exercises.naming.searching import ASKED, SHORTEST_SLIP, telling_words
from exercises.naming.words import EQUIPMENT, PHRASES

END = 3  # letters at an end of a word
WITHIN_WORDS = frozenset(".'`")  # signs that may part a piece
# The word that a name may have instead of another, as `matching.key` reads it.
READ_AS = {"press": "bench", "bench": "chest", "underhand": "reverse", "reverse": "overhand"}

WAYS = sorted(PHRASES.items(), key=lambda phrase: len(phrase[0]))  # single words first: they stand in longer ways too


@lru_cache(maxsize=1000)
def pieces_of(text: str) -> frozenset[str]:
    """Returns pieces in small letters: each name of English letters that `text` means, however it is written, has one
    of them. A name that fits has all words of the search, so the word counts that tells most."""
    typed = frozenset(singular(word) for word in telling_words(text))
    readings = {typed, key(text), ASKED.get(key(text), typed), ASKED.get(typed, typed)} - {frozenset()}
    pieces = {piece for words in readings for piece in _pieces(max(words, key=_tells))}
    pieces |= {instead for word, instead in READ_AS.items() if _has(word, pieces)}
    sought = set(pieces)
    for way, instead in WAYS:
        if any(_has(word, pieces) for word in instead) and not any(_has(word, sought) for word in way):
            sought.add(max(way, key=_tells)[:END])
    return WITHIN_WORDS | {piece for piece in sought if piece.isascii()}


def _tells(word: str) -> tuple[bool, int, str]:
    return word not in EQUIPMENT, len(word), word


def _has(word: str, pieces: set[str]) -> bool:
    return any(piece in word for piece in pieces)


def _pieces(word: str) -> set[str]:
    """Returns pieces of a word: whatever begins with it, or may be meant by a slip in it, has one of them."""
    if len(word) < SHORTEST_SLIP:
        return {word[:END]}
    end = min(END, len(word) // 2)
    middle = {word[end:-end]} if len(word) >= 2 * SHORTEST_SLIP else set()
    swapped = {_swapped(word, end)[:END], _swapped(word, len(word) - end)[-END:]}
    return {word[:end], word[end:] if len(word) < 2 * END else word[-END:], *middle, *swapped}


def _swapped(word: str, place: int) -> str:
    """Returns the word with the letters on both sides of a place swapped."""
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
