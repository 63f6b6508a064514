"""Sets that do not come from the table: in a recovery session and after it, after a break, after a swap."""

from collections.abc import Collection, Mapping

from training.progression.border import check_whole, check_whole_or_missing, refuse
from training.progression.config import CONFIG, Config
from training.progression.reasons.reasons import Reason


def recovery_sets(sets: int, *, config: Config = CONFIG) -> int:
    """Returns the sets of an exercise in a recovery session: half of `sets` (1..15), rounded up. Chapter "Recovery
    sessions"."""
    check_whole("sets", sets, least=1, most=config.most_sets)
    return -(-sets // 2)


def resumed_sets(sets: int, *, week1_sets: int | None, config: Config = CONFIG) -> int:
    """Returns the sets after a recovery session: halfway between week 1 and the session before it, rounded down, and
    never more than in that session.

    `sets`: those of the session before the recovery session, 1..15. `week1_sets`: 1..15; None: as `sets`.
    """
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole_or_missing("week1_sets", week1_sets, least=1, most=config.most_sets)
    halfway = sets if week1_sets is None else (week1_sets + sets) // 2
    return min(halfway, sets)


def break_sets(sets: int, *, gap_days: int, week1_sets: int | None, config: Config = CONFIG) -> int:
    """Returns the sets after `gap_days` without training the muscle: after more than 14 days three quarters, rounded
    half up; up to 14 days as they were.

    After more than 28 days they are also no more than in week 1. `sets`, `week1_sets`: 1..15; None: as `sets`. Strength
    lasts through two to three weeks off (McMaster 2013); tolerance of volume does not. Chapter "After a break".
    """
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole("gap_days", gap_days, least=0)
    check_whole_or_missing("week1_sets", week1_sets, least=1, most=config.most_sets)
    if gap_days <= config.break_days:
        return sets
    eased = max((sets * config.break_sets_percent + 50) // 100, 1)
    if gap_days > config.week1_sets_days and week1_sets is not None:
        return min(eased, week1_sets)
    return eased


def swapped_sets(sets: int, *, days_since_trained: int | None, config: Config = CONFIG) -> int:
    """Returns the sets of an exercise that is swapped in for one with `sets` (1..15).

    From 4 sets on it is one fewer where the exercise is unfamiliar, that is, not trained in the last 56 days (None:
    never), because unfamiliar work makes more soreness. Chapter "Swaps and skips".
    """
    check_whole("sets", sets, least=1, most=config.most_sets)
    check_whole_or_missing("days_since_trained", days_since_trained, least=0)
    unfamiliar = days_since_trained is None or days_since_trained > config.unfamiliar_days
    return sets - 1 if unfamiliar and sets >= config.swap_sets_from else sets


def suggests_early_deload(
    recovered: Mapping[str, int], *, trained: Collection[str], ill_days: int = 0, config: Config = CONFIG
) -> Reason | None:
    """Returns EARLY_DELOAD where more than half of the trained muscles needed a recovery session within 14 days,
    DELOAD_ILL where the lifter trained ill on two days of this week or more, else None.

    `recovered`: days since the last recovery session, by muscle. `trained`: the trained muscles. `ill_days`: days of
    this week that were noted as ill. It is a suggestion; nothing is ever forced.
    """
    if not isinstance(recovered, Mapping):
        refuse("recovered", recovered, wanted="a mapping from muscle to days")
    if isinstance(trained, str) or not isinstance(trained, Collection):
        refuse("trained", trained, wanted="a collection of muscles")
    for muscle, days in recovered.items():
        check_whole(f"days since the recovery of {muscle}", days, least=0)
    check_whole("ill_days", ill_days, least=0)
    if ill_days >= config.ill_days:
        return Reason("DELOAD_ILL", {"days": ill_days})
    muscles = set(trained)
    needed = sum(days <= config.early_deload_days for muscle, days in recovered.items() if muscle in muscles)
    if 2 * needed <= len(muscles):
        return None
    return Reason("EARLY_DELOAD", {"needed": needed, "trained": len(muscles)})
