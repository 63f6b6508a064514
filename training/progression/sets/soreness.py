"""Which answer about soreness counts, and what the answer at the start of a session still changes in it."""

from collections.abc import Hashable, Mapping

from training.progression.border import check_score, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.rir import STILL_SORE


def resolve_soreness(before: int | None, after: int | None) -> int | None:
    """Returns the soreness 0..3 that one session of a muscle left behind, or None without an answer.

    Soreness is asked at the start of a session and is about the session before. `before`: the answer in this session;
    `after`: the answer in the muscle's next session, which counts if there is one. A 3 in either counts before all.
    Chapter "How sets grow, and what stops them".
    """
    check_score("before", before)
    check_score("after", after)
    if STILL_SORE in (before, after):
        return STILL_SORE
    return before if after is None else after


def gate_by_soreness[Id: Hashable](
    sets: Mapping[Id, int], *, last_sets: Mapping[Id, int], soreness: int | None, config: Config = CONFIG
) -> dict[Id, int]:
    """Returns today's sets by exercise: no more than last week where the muscle is still sore at the start.

    `sets`: as planned, 1..15 by exercise id. `last_sets`: those of last week, without exercises that are new here.
    Weight and RIR have their own rules for soreness (`plan_load`, `eased_rir`).
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
