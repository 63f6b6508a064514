"""How alike two exercises are, for a swap: by movement, then part, then how usual and how near. Pure: no database."""

from functools import lru_cache

from exercises.kinds import Equipment, Loading, Movement, Rank
from exercises.models import Exercise
from exercises.naming.matching import key
from exercises.naming.phrases import words_in

# Movements that can stand for each other, the nearest first in each line.
NEAR = {
    frozenset(pair): distance
    for distance, pairs in {
        1: (
            (Movement.HORIZONTAL_PRESS, Movement.INCLINE_PRESS),
            (Movement.HORIZONTAL_PRESS, Movement.DIP),
            (Movement.HORIZONTAL_PRESS, Movement.FLY),
            (Movement.INCLINE_PRESS, Movement.FLY),
            (Movement.VERTICAL_PULL, Movement.PULLOVER),
            (Movement.HORIZONTAL_PULL, Movement.VERTICAL_PULL),
            (Movement.SQUAT, Movement.LUNGE),
            (Movement.HIP_THRUST, Movement.HIP_EXTENSION),
            (Movement.LATERAL_RAISE, Movement.UPRIGHT_ROW),
            (Movement.REAR_FLY, Movement.HORIZONTAL_PULL),
            (Movement.DIP, Movement.TRICEPS_EXTENSION),
            (Movement.HORIZONTAL_PRESS, Movement.TRICEPS_EXTENSION),
            (Movement.CRUNCH, Movement.LEG_RAISE),
            (Movement.CRUNCH, Movement.ROLLOUT),
            (Movement.ROTATION, Movement.SIDE_BEND),
            (Movement.VERTICAL_PRESS, Movement.FRONT_RAISE),
        ),
        2: (
            (Movement.INCLINE_PRESS, Movement.DIP),
            (Movement.DIP, Movement.FLY),
            (Movement.HINGE, Movement.HIP_THRUST),
            (Movement.HINGE, Movement.KNEE_FLEXION),
            (Movement.SQUAT, Movement.KNEE_EXTENSION),
            (Movement.LUNGE, Movement.HIP_THRUST),
            (Movement.HORIZONTAL_PULL, Movement.PULLOVER),
            (Movement.ROLLOUT, Movement.HOLD),
            (Movement.ROLLOUT, Movement.LEG_RAISE),
        ),
    }.items()
    for pair in pairs
}
FAR = 3
# What loads the lower back, and stands for nothing else.
HARD_ON_THE_BACK = (Movement.HINGE, Movement.POWER)
USUAL = {Rank.STAPLE: 0, Rank.COMMON: 1, Rank.SPECIAL: 2}
# Words of a name that say what other columns say already.
SAID_ELSEWHERE = words_in(
    """barbell dumbbell machine cable smith kettlebell band plateloaded isolateral bodyweight weighted ez bar suspension
    ring chest bicep tricep"""
)
# Words by which a curl trains other muscles of the arm.
GRIPS_OF_CURLS = words_in("hammer reverse")
STACKS = {Equipment.MACHINE, Equipment.CABLE}
FREE = {Equipment.BARBELL, Equipment.DUMBBELL}
MOST_WORDS = 3  # that count, of those that two names do not share


def movement_apart(one: Exercise, other: Exercise) -> int:
    """Returns 0 for the same movement to 3 for one that is far from it, 4 where it is harder on the back; 1 where one
    of the two is not known."""
    if one.movement is None or other.movement is None:
        return 1
    if one.movement == other.movement:
        return 0
    if one.movement in HARD_ON_THE_BACK:
        return FAR + 1
    return NEAR.get(frozenset((Movement(one.movement), Movement(other.movement))), FAR)


def unlike(one: Exercise, other: Exercise) -> tuple:
    """Returns by what `one` is sorted among those that can replace `other`: the least is the most alike. What a coach
    would say first: a usual exercise of the same kind, also with other equipment, as theirs may be taken."""
    return (
        movement_apart(one, other),
        one.part != other.part,
        one.mechanic != other.mechanic,
        _grip(one) != _grip(other),
        2 * usual(one) + words_apart(one, other) + equipment_apart(one, other) + (one.unilateral != other.unilateral),
        usual(one),
        words_apart(one, other),
        one.exercise_type != other.exercise_type,
        one.equipment != other.equipment,
        one.user_id is None,
        one.name,
    )


def usual(one: Exercise) -> int:
    return USUAL[Rank(one.rank)] if one.rank else USUAL[Rank.COMMON]


def words_apart(one: Exercise, other: Exercise) -> int:
    """Returns how many words the names do not share: "preacher", "incline", "seated"."""
    return min(len(_words(one.name) ^ _words(other.name)), MOST_WORDS)


def equipment_apart(one: Exercise, other: Exercise) -> int:
    """Returns 1 where one of the two is a free weight and the other a stack, which guides, or where one has no weight
    at all. A bar on rails or a lever with plates is between the two."""
    done_with, loads = {one.equipment, other.equipment}, {one.loading, other.loading}
    is_guided = not done_with.isdisjoint(STACKS) and not done_with.isdisjoint(FREE)
    return is_guided or (len(loads) > 1 and Loading.BODYWEIGHT in loads)


def _grip(one: Exercise) -> frozenset[str]:
    return _words(one.name) & GRIPS_OF_CURLS if one.movement in (Movement.CURL, Movement.WRIST_CURL) else frozenset()


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return key(name) - SAID_ELSEWHERE
