"""Why a file is refused. Reading a file of anybody raises nothing else."""

from collections.abc import Sequence


class Unreadable(Exception):
    """`sentence` says to the lifter what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


SHOWN = 100  # characters of a cell


def shown(head: Sequence[Sequence[str]]) -> list[list[str]]:
    """Returns the first rows of a table for a page: long cells are shortened."""
    return [[cell[:SHOWN] for cell in row] for row in head]


class Unrecognised(Unreadable):
    """A table whose columns have to be pointed out. `head` has its first rows, long cells shortened."""

    def __init__(self, sentence: str, head: list[list[str]]) -> None:
        super().__init__(sentence)
        self.head = shown(head)
