"""The summary of a finished session: records, volume against the week before, by muscle, and the sets of next week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exercises.models import Equipment, Loading, MuscleGroup
from metricgain.units import in_unit
from training.models.done_set import DoneSet
from training.models.volume import VOLUME_WORDS
from training.session.page.cards import Card, sets_of
from training.session.page.phone_words import say
from training.session.page.reading import SessionReading

MOST_BESTS = 3


@dataclass(frozen=True, slots=True)
class BestSet:
    """An exercise's best record of the session."""

    name: str
    muscle: str
    words: str  # "80 kg × 8"


@dataclass(frozen=True, slots=True)
class MuscleDone:
    """What was done for a muscle. Volumes are in the lifter's unit."""

    muscle: str
    sets: int
    volume: int
    volume_before: int | None  # the same workout a week before; None: nothing to compare with
    sets_next: int | None  # asked for next week; None: not known

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)


@dataclass(frozen=True, slots=True)
class SessionSummary:
    unit: str
    week: int
    sets: str  # "22 of 22"
    moved: str  # the volume of the session: "12,340 kg"
    counts: str  # what volume counts, where a pair of dumbbells makes one wonder
    time: str  # "58 min"; "–" where the lifter did not say
    bests: list[BestSet]  # shown at once, `MOST_BESTS` at most
    more_bests: list[BestSet]  # folded
    muscles: list[MuscleDone]
    learnt: list[tuple[str, str]]  # (exercise, how far off the RIR said in it is), where its open set showed that anew
    is_comparable: bool  # whether this workout was done the week before, and neither was a deload

    @property
    def records(self) -> int:
        return len(self.bests) + len(self.more_bests)

    @property
    def volume(self) -> int:
        return sum(one.volume for one in self.muscles)

    @property
    def volume_before(self) -> int:
        return sum(one.volume_before or 0 for one in self.muscles)

    @property
    def against_last_week(self) -> str:
        """ "+320 kg (+4 %) against week 2"; empty where there is nothing to compare with."""
        if not self.is_comparable or not self.volume_before:
            return ""
        more = self.volume - self.volume_before
        if not more:
            return f"As much as in week {self.week - 1}"
        sign = "+" if more > 0 else "\N{MINUS SIGN}"
        percent = round(100 * abs(more) / self.volume_before)
        return f"{sign}{abs(more):,} {self.unit} ({sign}{percent} %) against week {self.week - 1}"

    @property
    def sets_next(self) -> int:
        return sum(one.sets_next or 0 for one in self.muscles)


def summary_of(reading: SessionReading, cards: Sequence[Card]) -> SessionSummary:
    unit, kilograms, before = reading.user.unit, reading.kilograms, reading.volume_before
    minutes = reading.log.duration_minutes if reading.log else None
    bests = [_best(card) for card in cards if any(row.record for row in card.rows)]
    sets = Counter()
    for one in reading.exercises:
        sets[one.muscle] += sum(each.counts for each in one.done)
    sets_done, sets_asked = sets_of(cards)
    return SessionSummary(
        unit=unit,
        week=reading.week,
        sets=say("part_of", done=sets_done, n=sets_asked),
        moved=moved_words(sum(kilograms.values(), Decimal(0)), unit),
        counts=VOLUME_WORDS if any(one.exercise.equipment == Equipment.DUMBBELL for one in reading.exercises) else "",
        time=say("unknown") if minutes is None else say("minutes", minutes=minutes),
        bests=bests[:MOST_BESTS],
        more_bests=bests[MOST_BESTS:],
        muscles=[
            MuscleDone(
                muscle=muscle,
                sets=count,
                volume=int(in_unit(kilograms.get(muscle, Decimal(0)), unit, places=0)),
                volume_before=int(in_unit(before[muscle], unit, places=0)) if muscle in before else None,
                sets_next=reading.sets_next.get(muscle, 0) if reading.sets_next else None,
            )
            for muscle, count in sets.items()
            if count or reading.sets_next.get(muscle)
        ],
        learnt=[(card.name, words) for card in cards if (words := reading.bias_learnt.get(int(card.id)))],
        is_comparable=bool(before) and not reading.is_deload,
    )


def moved_words(kilograms: Decimal, unit: str) -> str:
    """Returns a volume in words. A phone works it out too, see `volumeOf` in static/js/volume.js."""
    return say("volume", volume=f"{in_unit(kilograms, unit, places=0):,}", unit=unit)


def _best(card: Card) -> BestSet:
    sign = -1 if card.exercise.loading == Loading.ASSISTED else 1  # the least help is the best

    def worth(one: DoneSet) -> tuple[Decimal, int]:
        return sign * one.weight_kg, one.counted

    best = max((row.done for row in card.rows if row.record), key=worth)
    return BestSet(card.name, card.exercise.muscle_group, best.words)
