"""The set table: it looks at performance, at soreness, and at stimulus, which is how the training felt."""

from collections.abc import Sequence

from training.progression.border import check_score, check_whole
from training.progression.config import CONFIG, Config
from training.progression.load.rir import STILL_SORE
from training.progression.load.showing.performance import AS_PLANNED, BETTER, MISSED
from training.progression.sets.slot import Ex, check_exercises

JUST_IN_TIME = 2  # on the scale of soreness: its row also serves where the answer is missing
VERY_HARD = 3  # on the scale of challenge
LOW, MIDDLE, HIGH = "L", "M", "H"


def mean_score(exercises: Sequence[Ex]) -> int | None:
    """Returns the mean performance 0..3 of the logged exercises, weighted by sets and rounded half up; None where
    nothing was logged."""
    check_exercises(exercises)
    return _weighted([(each.perf, each.sets) for each in exercises if each.perf is not None])


def muscle_score(exercises: Sequence[Ex], *, challenge: int | None, rir: int, config: Config = CONFIG) -> int | None:
    """Returns the muscle's performance 0..3 in one workout; None when nothing was logged.

    It is the mean of its exercises, corrected by the answer to `challenge`. Very difficult, although the plan kept reps
    in reserve (`rir`), scores 2 at best; easy turns "as planned" into 0. Chapter "How sets grow, and what stops them".
    """
    check_score("challenge", challenge)
    check_whole("rir", rir, least=0, most=config.most_rir)
    score = mean_score(exercises)
    if score is None:
        return None
    if challenge == VERY_HARD and rir >= 1:
        return max(score, MISSED)
    return BETTER if challenge == 0 and score == AS_PLANNED else score


def stimulus(*, pump: int | None, challenge: int | None, config: Config = CONFIG) -> str:
    """Returns "L", "M" or "H" for pump + challenge, each 0..3. A missing answer counts as an ordinary one."""
    check_score("pump", pump)
    check_score("challenge", challenge)
    felt = (config.missing_pump if pump is None else pump) + (
        config.missing_challenge if challenge is None else challenge
    )
    if felt <= config.low_stimulus_most:
        return LOW
    return MIDDLE if felt <= config.mid_stimulus_most else HIGH


def table_change(
    *,
    soreness: int | None,
    prev_soreness: int | None = None,
    perf: int,
    felt: str,
    strict_rp: bool = False,
    config: Config = CONFIG,
) -> int:
    """Returns the sets that the table adds, -1..2, before any cap.

    After soreness 3 in two weeks in a row, 0 becomes -1. `strict_rp`: as in Israetel's book, which never takes a single
    set away. Chapter "How sets grow, and what stops them".
    """
    row = config.set_changes[JUST_IN_TIME if soreness is None else soreness]
    change = row[perf][(LOW, MIDDLE, HIGH).index(felt)]
    if change == 0 and soreness == prev_soreness == STILL_SORE:
        change = -1
    return max(change, 0) if strict_rp else change


def cell_code(change: int, *, soreness: int | None, perf: int, felt: str) -> str:
    """Returns the code of a cell, such as SETS_UP_S0P1L: direction, soreness (x: no answer), performance, stimulus."""
    direction = "UP" if change > 0 else "DOWN" if change < 0 else "HOLD"
    cell = f"S{'x' if soreness is None else soreness}P{perf}{felt}"
    return "_".join(("SETS", direction, cell))


def _weighted(scores: Sequence[tuple[int, int]]) -> int | None:
    """Returns the mean of (score, sets) weighted by sets, rounded half up; None without sets."""
    weight = sum(sets for _, sets in scores)
    if not weight:
        return None
    return (2 * sum(score * sets for score, sets in scores) + weight) // (2 * weight)
