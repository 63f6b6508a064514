"""The target RIR of each week: it falls towards the last hard week, then comes the deload."""

from training.progression.border import check_whole, refuse
from training.progression.config import CONFIG, Config

STILL_SORE = 3  # on the scale of soreness, 0..3


def target_rir(weeks: int, *, week: int, floor_rir: int = 0, config: Config = CONFIG) -> int | None:
    """Returns the target RIR of `week` (1-based) in a mesocycle of 3-7 weeks; None in the last week, the deload.

    `floor_rir`: the RIR floor of the exercise: 1 where a failed rep is unsafe, which costs no growth (Refalo 2024). A
    floor above 5 counts as 5, because above that nobody can judge RIR. Chapter "Effort, week by week".
    """
    accumulation = dict(config.rir_by_weeks)
    check_whole("weeks", weeks, least=min(accumulation), most=max(accumulation))
    check_whole("week", week, least=1, most=weeks)
    check_whole("floor_rir", floor_rir, least=0, most=config.most_logged_rir)
    if week == weeks:
        return None
    return max(accumulation[weeks][week - 1], min(floor_rir, config.most_rir))


def hard_rir(weeks: int, *, week: int, floor_rir: int = 0, config: Config = CONFIG) -> int:
    """As `target_rir`, of a week that is no deload; EngineError for one that is."""
    rir = target_rir(weeks, week=week, floor_rir=floor_rir, config=config)
    if rir is None:
        refuse("week", week, wanted="a week before the deload")
    return rir


def eased_rir(rir: int, *, soreness: int | None, gap_days: int | None, config: Config = CONFIG) -> int:
    """Returns `rir`, raised by 1 (to 4 at most) where the muscle is still sore or was not trained for over 10 days."""
    if soreness != STILL_SORE and (gap_days is None or gap_days <= config.gap_days):
        return rir
    return max(rir, min(rir + config.eased_rir_step, config.eased_rir_most))
