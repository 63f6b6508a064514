"""Target effort by week: reps in reserve fall towards the last hard week, then comes the deload."""

from training.progression.border import check_whole, refuse
from training.progression.config import CONFIG, Config

STILL_SORE = 3  # on the scale of soreness, 0..3


def target_rir(weeks: int, *, week: int, floor_rir: int = 0, config: Config = CONFIG) -> int | None:
    """Reps in reserve for one week (1-based) of a mesocycle of 3-7 weeks; None in the last one, the deload.

    `floor_rir` is the least the exercise allows: 1 where failing is unsafe, which costs no growth (Refalo
    2024). A floor above 5 counts as 5, beyond which nobody can tell effort apart. Chapter
    "Effort, week by week".
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
    """The target RIR, one higher (4 at most) when still sore or over 10 days away."""
    if soreness != STILL_SORE and (gap_days is None or gap_days <= config.gap_days):
        return rir
    return max(rir, min(rir + config.eased_rir_step, config.eased_rir_most))
