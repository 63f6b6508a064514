"""A row of `sets` as pages and the engine read it, without a model instance."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from training.models.log import Set, words_of_set


class DoneSet(NamedTuple):
    """The columns of `sets` that pages and the engine need. Building sixty model instances takes as long as the
    query for them."""

    exercise_id: int
    set_number: int
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    rir: Decimal | None
    set_type: str
    performed_at: datetime
    seconds: int | None = None
    extends: int | None = None

    @property
    def words(self) -> str:
        """The same words as `str` of the model: "80 kg × 8"."""
        return words_of_set(self.weight, self.unit, self.reps, self.seconds)

    @property
    def counted(self) -> int:
        """The seconds of a hold, else the reps."""
        return self.reps if self.seconds is None else self.seconds

    @property
    def counts(self) -> bool:
        return self.set_type in Set.COUNTING


class SetInWords(Protocol):
    @property
    def set_number(self) -> int: ...

    @property
    def extends(self) -> int | None: ...

    @property
    def words(self) -> str: ...


def in_words(sets: Iterable[SetInWords]) -> list[str]:
    """Returns the words of each set, with the drops and myo-rep rows that continue it: "80 kg × 10 + 60 kg × 6". A row
    whose set is not there stands alone."""
    sets = list(sets)
    of = {each.set_number: [each.words] for each in sets if not each.extends}
    for each in sets:
        if each.extends in of:
            of[each.extends].append(each.words)
        elif each.extends:
            of[each.set_number] = [each.words]
    return [" + ".join(words) for words in of.values()]
