"""How many weekly sets a muscle grows from, and how many it can recover from, by experience."""

from training.progression.border import EngineError, check_choice, check_whole
from training.progression.config import CONFIG, Config, MuscleVolume


def landmarks(muscle: str, *, experience: str | None = None, config: Config = CONFIG) -> MuscleVolume:
    """Weekly sets of a muscle group of the library (key as "chest"), scaled by experience, half up.

    `experience`: "beginner", "intermediate" or "advanced"; None, not said: intermediate. One coach's numbers, not
    measured: a seed for week 1 and a stop for growth, no more. Raises EngineError for any other muscle or
    experience. Source: section 1.3.
    """
    shares = dict(config.experience_percent)
    experience = config.experience_unsaid if experience is None else experience
    check_choice("experience", experience, of=tuple(shares))
    share = shares[experience]
    for row in config.muscle_volumes:
        if row.muscle == muscle:
            return MuscleVolume(
                muscle=muscle,
                mv=_scaled(row.mv, share),
                mev=_scaled(row.mev, share),
                mav=(_scaled(row.mav[0], share), _scaled(row.mav[1], share)),
                mrv=_scaled(row.mrv, share),
            )
    raise EngineError(f"no volume landmarks for the muscle {muscle!r}")


def start_sets(
    muscle: str, *, slots: int, exercises: int, experience: str | None = None, config: Config = CONFIG
) -> tuple[int, ...]:
    """Sets of each of the muscle's `exercises` in one workout of week 1, where the template names none.

    The weekly MEV shared by the muscle's `slots` (workouts of the week, half up), spread over the exercises,
    the first ones getting what is left over; 2-4 each. Source: section 3.8.
    """
    check_whole("slots", slots, least=1)
    check_whole("exercises", exercises, least=1)
    weekly = landmarks(muscle, experience=experience, config=config).mev
    share, left_over = divmod((2 * weekly + slots) // (2 * slots), exercises)
    return tuple(
        min(max(share + (index < left_over), config.start_sets_least), config.start_sets_most)
        for index in range(exercises)
    )


def _scaled(sets: int, percent: int) -> int:
    return (sets * percent + 50) // 100
