"""The input and output of the rules for sets: one muscle in one workout, its exercises and its feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from training.progression.border import (
    EngineError,
    check_flag,
    check_score,
    check_whole,
    check_whole_or_missing,
    refuse,
)
from training.progression.config import CONFIG
from training.progression.load.showing.performance import FELL
from training.progression.reasons.reasons import Reason

Id = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ex:
    """One exercise of the muscle in this workout, as it went in its reference session.

    The reference session is the last session of this workout that was neither a deload nor a recovery session, so after
    a recovery session `sets` are those from before it. id: whole number or text. pos: place in the workout, from 0.
    sets: planned, 1..15. perf: 0 (better than planned) .. 3 (below last week); None: nothing that counts. fell_twice:
    see the function `fell_twice`. completed: sets with at least one rep. new: never done in this workout before.
    week1_sets: sets in week 1 of this mesocycle; None: as `sets`. fell_by: whole reps lost per set over the two
    sessions that fell, for the sentence alone. asked: the sets asked that day where the session was shortened; None:
    `sets`. short: whether a set made fewer reps than its own target, for the sentence alone. Raises EngineError when a
    value is out of range.
    """

    id: Id
    pos: int
    sets: int
    perf: int | None = None
    fell_twice: bool = False
    completed: int = 0
    new: bool = False
    week1_sets: int | None = None
    fell_by: int | None = None
    asked: int | None = None
    short: bool = True

    def __post_init__(self) -> None:
        if type(self.id) not in (int, str):
            refuse("id", self.id, wanted="a whole number or text")
        check_whole("pos", self.pos, least=0)
        check_whole("sets", self.sets, least=1, most=CONFIG.most_sets)
        check_score("perf", self.perf)
        check_flag("fell_twice", self.fell_twice)
        check_whole("completed", self.completed, least=0)
        check_flag("new", self.new)
        check_flag("short", self.short)
        check_whole_or_missing("week1_sets", self.week1_sets, least=1, most=CONFIG.most_sets)
        check_whole_or_missing("fell_by", self.fell_by, least=0)
        check_whole_or_missing("asked", self.asked, least=0, most=CONFIG.most_sets)
        if self.fell_twice and self.perf != FELL:
            refuse("perf", self.perf, wanted=f"{FELL} where fell_twice is True")

    @property
    def planned(self) -> int:
        """The sets that count as a complete session: `sets`, or fewer where it was shortened."""
        return self.sets if self.asked is None else min(self.asked, self.sets)

    @property
    def order(self) -> tuple[int, bool, Id]:
        """The sort key: position, then id; whole numbers and text may be mixed."""
        return self.pos, type(self.id) is str, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCtx:
    """The muscle's feedback on the session, and the state of the week and the mesocycle.

    soreness: the result of `soreness_for_sets`, 0..3; prev_soreness: where the muscle is still sore today, the answer
    at this workout's session before. today: the answer at the start of the session planned. waits_once: see the
    function. pump, challenge: 0..3. None: not answered. rir: the target RIR of the session, 0..5. weekly_sets: the
    muscle's sets so far in the week being planned, including what earlier workouts of that week gained. mrv: the most
    they should reach. added_this_week: the sets that those workouts gained. next_is_last: whether the week being
    planned is the last before the deload. was_recovery: whether the last session was a recovery session. was_ill:
    whether the lifter was ill in it. gap_days: days since the muscle's last session; None: no gap. room: the sets that
    still fit into the `minutes` of this workout (`time_room`); None: no limit. muscle: its name in sentences. Raises
    EngineError when a value is out of range.
    """

    soreness: int | None = None
    prev_soreness: int | None = None
    today: int | None = None
    waits_once: bool = False
    pump: int | None = None
    challenge: int | None = None
    rir: int
    weekly_sets: int
    mrv: int
    added_this_week: int = 0
    next_is_last: bool = False
    was_recovery: bool = False
    was_ill: bool = False
    gap_days: int | None = None
    room: int | None = None
    minutes: int | None = None
    muscle: str = "this muscle"

    def __post_init__(self) -> None:
        for name in ("soreness", "prev_soreness", "today", "pump", "challenge"):
            check_score(name, getattr(self, name))
        check_whole("rir", self.rir, least=0, most=CONFIG.most_rir)
        for name in ("weekly_sets", "mrv", "added_this_week"):
            check_whole(name, getattr(self, name), least=0)
        for name in ("next_is_last", "was_recovery", "was_ill", "waits_once"):
            check_flag(name, getattr(self, name))
        for name in ("gap_days", "room"):
            check_whole_or_missing(name, getattr(self, name), least=0)
        check_whole_or_missing("minutes", self.minutes, least=1)
        if self.room is not None and self.minutes is None:
            refuse("minutes", self.minutes, wanted="whole where there is a room")
        if type(self.muscle) is not str or not self.muscle:
            refuse("muscle", self.muscle, wanted="a name")


class PlannedSets(NamedTuple):
    """Next week's sets by exercise id, whether it is a recovery session, and the reasons (see `strongest`)."""

    sets: dict[Id, int]
    recovery: bool
    reasons: tuple[Reason, ...]


def check_exercises(exercises: object) -> None:
    """Checks for a sequence of at least one Ex, each id once."""
    if not isinstance(exercises, Sequence) or not exercises or not all(isinstance(each, Ex) for each in exercises):
        refuse("exercises", exercises, wanted="a sequence of at least one Ex")
    ids = [each.id for each in exercises]
    for each in ids:
        if ids.count(each) > 1:
            raise EngineError(f"each exercise may come once, but id {each!r} comes {ids.count(each)} times")
