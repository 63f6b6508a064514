"""Which answer about soreness counts, and what today's answer still changes when the workout begins."""

from collections.abc import Hashable, Mapping

from training.progression.border import check_score, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.rir import STILL_SORE


def resolve_soreness(before: int | None, after: int | None) -> int | None:
    """The soreness 0..3 that one session of a muscle left behind, or None when nobody answered.

    Soreness is asked at the start of a workout, so it is about the session before. `before`: the answer given
    in this session; `after`: the one given in the next session of the muscle, which knows better. A 3 in either
    counts. Chapter "How sets grow, and what stops them".
    """
    check_score("before", before)
    check_score("after", after)
    if STILL_SORE in (before, after):
        return STILL_SORE
    return before if after is None else after


def gate_by_soreness[Id: Hashable](
    sets: Mapping[Id, int], *, last_sets: Mapping[Id, int], soreness: int | None, config: Config = CONFIG
) -> dict[Id, int]:
    """Today's sets by exercise: still sore at the start means no more than last week.

    `sets`: as planned, 1..15 by exercise id; `last_sets`: those of last week, an exercise that is new here left
    out. Weight and RIR have their own gate (`plan_load`, `eased_rir`).
    """
    check_score("soreness", soreness)
    for name, counts in (("sets", sets), ("last_sets", last_sets)):
        if not isinstance(counts, Mapping):
            refuse(name, counts, wanted="a mapping from exercise to sets")
        for exercise, count in counts.items():
            check_whole(f"{name} of {exercise!r}", count, least=1, most=config.most_sets)
    if soreness != STILL_SORE:
        return dict(sets)
    return {exercise: min(count, last_sets.get(exercise, count)) for exercise, count in sets.items()}
