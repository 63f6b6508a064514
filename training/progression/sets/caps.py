"""The caps on an increase of sets, in the order in which their reasons are listed. They stop growth; they never take
away sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.progression.config import CONFIG, Config
from training.progression.load.showing.performance import AS_PLANNED
from training.progression.reasons.reasons import Reason
from training.progression.sets.slot import Ex, SlotCtx

# These two caps take the whole increase or nothing. Their reasons are listed even where nothing was left to take.
ALL_OR_NOTHING = frozenset({"CAP_INCOMPLETE", "CAP_GAP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What the caps look at."""

    ctx: SlotCtx
    exercises: Sequence[Ex]
    config: Config


def capped(
    change: int, *, ctx: SlotCtx, exercises: Sequence[Ex], config: Config = CONFIG
) -> tuple[int, tuple[Reason, ...]]:
    """Returns what the caps leave of an increase (`change` > 0 sets), and the reason of every cap that took something.

    The reasons for unfinished sets and for a gap are listed even where nothing was left to take. Chapter "How sets
    grow, and what stops them".
    """
    wish = _Wish(ctx=ctx, exercises=exercises, config=config)
    reasons = []
    for cap in CAPS:
        room, reason = cap(wish)
        left = min(change, max(room, 0))
        if left < change or (room == 0 and reason.code in ALL_OR_NOTHING):
            reasons.append(reason)
        change = left
    return change, tuple(reasons)


def growing(exercises: Sequence[Ex], *, config: Config = CONFIG) -> list[Ex]:
    """Returns the exercises that can take one more set, the first to get one first.

    The order is fewest sets, then best performance, then position. Exercises that are new, missed their targets or were
    not logged take none.
    """
    able = [
        each
        for each in exercises
        if not each.new and each.perf is not None and each.perf <= AS_PLANNED and each.sets < config.most_sets
    ]
    return sorted(able, key=lambda each: (each.sets, each.perf, each.order))


# The sets that a cap leaves room for, and its reason.
_Room = tuple[int, Reason]


def _incomplete(wish: _Wish) -> _Room:
    # New exercises do not count: they had no sets to leave undone.
    asked = [each for each in wish.exercises if not each.new]
    planned = sum(each.planned for each in asked)
    done = sum(min(each.completed, each.planned) for each in asked)
    reason = Reason("CAP_INCOMPLETE", {"done": done, "planned": planned})
    return (0 if done < planned else wish.config.most_sets), reason


def _gap(wish: _Wish) -> _Room:
    days = wish.ctx.gap_days
    reason = Reason("CAP_GAP", {"days": days, "muscle": wish.ctx.muscle})
    return (0 if days is not None and days > wish.config.gap_days else wish.config.most_sets), reason


def _last_week(wish: _Wish) -> _Room:
    room = wish.config.last_week_added_most if wish.ctx.next_is_last else wish.config.most_sets
    return room, Reason("CAP_LAST_WEEK", {"most": wish.config.last_week_added_most})


def _mrv(wish: _Wish) -> _Room:
    ctx = wish.ctx
    return ctx.mrv - ctx.weekly_sets, Reason("CAP_MRV", {"muscle": ctx.muscle, "mrv": ctx.mrv})


def _week_rate(wish: _Wish) -> _Room:
    ctx, most = wish.ctx, wish.config.week_added_most
    reason = Reason("CAP_WEEK_RATE", {"muscle": ctx.muscle, "added": ctx.added_this_week, "most": most})
    return most - ctx.added_this_week, reason


def _session(wish: _Wish) -> _Room:
    sets, most = sum(each.sets for each in wish.exercises), wish.config.session_sets_most
    reason = Reason("CAP_SESSION", {"muscle": wish.ctx.muscle, "sets": sets, "most": most})
    return most - sets, reason


def _time(wish: _Wish) -> _Room:
    ctx = wish.ctx
    reason = Reason("CAP_TIME", {"muscle": ctx.muscle, "minutes": ctx.minutes})
    return wish.config.most_sets if ctx.room is None else ctx.room, reason


def _exercise(wish: _Wish) -> _Room:
    room = len(growing(wish.exercises, config=wish.config))
    return room, Reason("CAP_EXERCISE", {"most": wish.config.most_sets})


CAPS: tuple[Callable[[_Wish], _Room], ...] = (
    _incomplete,
    _gap,
    _last_week,
    _mrv,
    _week_rate,
    _session,
    _time,
    _exercise,
)
