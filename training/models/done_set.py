"""A row of `sets` as pages and the engine read it, without a model instance."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from metricgain.numbers import plain
from training.models.log import Set


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

    @property
    def words(self) -> str:
        """The same words as `str` of the model: "80 kg × 8"."""
        return f"{plain(self.weight)} {self.unit} × {self.reps}" if self.weight else f"{self.reps} reps"

    @property
    def counts(self) -> bool:
        return self.set_type in Set.COUNTING
