"""The landmarks: from how many weekly sets a muscle grows, and from how many it can recover, by experience."""

from training.progression.border import EngineError, check_choice, check_whole
from training.progression.config import CONFIG, Config, MuscleVolume


def landmarks(muscle: str, *, experience: str | None = None, config: Config = CONFIG) -> MuscleVolume:
    """Returns the landmarks of a muscle group in weekly sets, scaled by experience and rounded half up.

    `muscle`: a muscle group of the library, such as "chest". `experience`: "beginner", "intermediate" or "advanced";
    None, where the lifter did not say: intermediate. They are one coach's numbers, not measured, so they only start
    week 1 and stop growth. Raises EngineError for any other muscle or experience. Chapter "Enough and too much: the
    landmarks".
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
    """Returns the sets of each of the muscle's `exercises` in one workout of week 1, where the template gives none.

    The weekly MEV is divided by `slots`, the number of workouts that train the muscle (rounded half up), and spread
    over the exercises. The first exercises get what is left over. Each gets 2-4. Chapter "The first week".
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
