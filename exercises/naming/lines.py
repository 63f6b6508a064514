"""Lists of lines such as "calf | tibialis: calfs": the first one whose words a name has says what the name means."""

from exercises.naming.matching import Key, key

Lines = tuple[tuple[Key, str], ...]


def read(text: str) -> Lines:
    """A way of several words is there if each of them is."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return tuple((key(way), what.strip()) for ways, _, what in lines for way in ways.split("|"))


def first(lines: Lines, words: Key) -> str | None:
    return next((what for way, what in lines if way <= words), None)
