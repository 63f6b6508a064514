"""Which answer about soreness counts for the sets, and what the answer at the start still changes in a session."""

from collections.abc import Hashable, Mapping

from training.progression.border import check_score, check_whole, refuse
from training.progression.config import CONFIG, Config
from training.progression.load.rir import STILL_SORE


def soreness_for_sets(before: int | None, after: int | None, today: int | None) -> int | None:
    """Returns the soreness 0..3 by which the set table decides, or None without an answer.

    Soreness is asked at the start of a session and is about the session before. `before`: the answer in the session
    just done in this workout; `after`: the answer at the muscle's next session; `today`: the answer at the start of the
    session that is planned. Still sore today counts before all. Else it is what this workout's own sets left behind:
    `after`, without it `before`, without either `today`. Where that was 3, and the muscle has recovered by now, it
    counts as 2: the growth of this workout waits once. Chapter "How sets grow, and what stops them".
    """
    for name, score in (("before", before), ("after", after), ("today", today)):
        check_score(name, score)
    if today == STILL_SORE:
        return STILL_SORE
    own = before if after is None else after
    if own == STILL_SORE and today is not None:
        return own - 1
    return today if own is None else own


def waits_once(before: int | None, after: int | None, today: int | None) -> bool:
    """Returns whether the growth waits because the muscle was still sore after this workout last time, though it is not
    today."""
    own = before if after is None else after
    return own == STILL_SORE and today is not None and today != STILL_SORE


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
