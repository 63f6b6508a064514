"""Every number of the engine in one place.

Values from papers say so; the others are design defaults, chosen and not measured. A plan is stored with
`ENGINE_VERSION` and `config_hash(config)`, so that any number can be explained long after a default moved.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

ENGINE_VERSION = "1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentDefault:
    """One row of the table "Increments and defaults": (step, lightest) per unit, rep ranges (lo, hi)."""

    name: str
    kg: tuple[Decimal | None, Decimal]  # step None: nothing to load
    lb: tuple[Decimal | None, Decimal]
    compound: tuple[int, int]
    isolation: tuple[int, int]


def _row(
    name: str,
    *,
    kg: tuple[str | None, str],
    lb: tuple[str | None, str],
    reps: tuple[int, int],
    isolation: tuple[int, int] | None = None,
) -> EquipmentDefault:
    (kg_step, kg_min), (lb_step, lb_min) = (
        (None if step is None else Decimal(step), Decimal(least)) for step, least in (kg, lb)
    )
    return EquipmentDefault(
        name=name,
        kg=(kg_step, kg_min),
        lb=(lb_step, lb_min),
        compound=reps,
        isolation=isolation or reps,
    )


EQUIPMENT_DEFAULTS = (
    _row("barbell", kg=("2.5", "20"), lb=("5", "45"), reps=(6, 10), isolation=(8, 12)),
    _row("dumbbell", kg=("2", "2"), lb=("5", "5"), reps=(8, 12), isolation=(10, 15)),
    _row("machine", kg=("5", "5"), lb=("10", "10"), reps=(10, 15)),
    _row("cable", kg=("5", "5"), lb=("10", "10"), reps=(10, 15)),
    _row("plate_loaded", kg=("2.5", "0"), lb=("5", "0"), reps=(8, 12)),
    _row("other", kg=("2.5", "0"), lb=("5", "0"), reps=(6, 10), isolation=(8, 12)),
    _row("added", kg=("2.5", "0"), lb=("5", "0"), reps=(6, 15)),
    _row("bodyweight", kg=(None, "0"), lb=(None, "0"), reps=(8, 20)),
    _row("assisted", kg=("5", "0"), lb=("10", "0"), reps=(6, 12)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleVolume:
    """Weekly sets of one muscle group of the library, for an advanced lifter.

    mv: maintain; mev: least that grows; mav: the range that grows well; mrv: most that can be recovered from.
    """

    muscle: str
    mv: int
    mev: int
    mav: tuple[int, int]
    mrv: int


# Israetel's published grid (2017-2023), one coach's experience and not measured. Legs, shoulders and delts are
# design: several muscles of the grid in one group share their fatigue, so the ceilings do not add up.
MUSCLE_VOLUMES = (
    MuscleVolume(muscle="chest", mv=4, mev=6, mav=(12, 20), mrv=22),
    MuscleVolume(muscle="back", mv=8, mev=10, mav=(14, 22), mrv=25),
    MuscleVolume(muscle="legs", mv=8, mev=10, mav=(14, 22), mrv=28),
    MuscleVolume(muscle="shoulders", mv=0, mev=4, mav=(6, 10), mrv=14),
    MuscleVolume(muscle="delts", mv=4, mev=8, mav=(16, 22), mrv=26),
    MuscleVolume(muscle="bis", mv=5, mev=8, mav=(14, 20), mrv=26),
    MuscleVolume(muscle="tris", mv=4, mev=6, mav=(10, 14), mrv=18),
    MuscleVolume(muscle="calfs", mv=6, mev=8, mav=(12, 16), mrv=20),
    MuscleVolume(muscle="abs", mv=0, mev=0, mav=(16, 20), mrv=25),
)

# Sets gained by soreness (row) and performance (column), each for a low, middle or high stimulus. Israetel's
# matrix with smaller steps, because ramps of sets are weakly supported (Enes 2024, 2025).
SET_CHANGES = (
    ((2, 2, 1), (2, 1, 0), (0, 0, 0), (0, 0, 0)),
    ((2, 1, 1), (1, 1, 0), (0, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0, -1), (-1, -1, -1), (-1, -1, -1)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The constants of the rules. Reps, sets, days and scores are ints; everything else is a Decimal."""

    # Exchange of load against reps: ln(load) per rep.
    k_choose: Decimal = Decimal("0.0262")  # to choose a weight; Berger's exponential, near Nuzzo 2024
    k_expect: Decimal = Decimal("0.05")  # to expect reps elsewhere; upper envelope of public logs
    reps_per_step: int = 2  # where the load moved is unknown
    near_share: Decimal = Decimal("0.025")  # two weights count as the same within this, or one step
    most_search_steps: int = 60

    # Border
    most_sets: int = 15
    most_reps: int = 30
    most_logged_rir: int = 10

    # Target RIR: weeks of the mesocycle -> accumulation weeks; the last week is the deload
    rir_by_weeks: tuple[tuple[int, tuple[int, ...]], ...] = (
        (3, (2, 1)),
        (4, (2, 1, 0)),
        (5, (3, 2, 1, 0)),
        (6, (3, 2, 2, 1, 0)),
        (7, (3, 3, 2, 2, 1, 0)),
    )
    most_rir: int = 5  # beyond it estimates of effort mean little (Halperin 2022)
    eased_rir_step: int = 1  # added when sore or after a gap
    eased_rir_most: int = 4
    recovery_rir: int = 4

    # Performance, in reps per set
    fell: Decimal = Decimal("-1")
    missed: Decimal = Decimal("-0.5")
    better: Decimal = Decimal("2")
    difference_limit: Decimal = Decimal("5")
    single_miss: Decimal = Decimal("1")
    fell_twice_reps: Decimal = Decimal("2")  # about two sigma of day-to-day noise

    # Load
    load_up_limit: Decimal = Decimal("1.10")
    load_down_limit: Decimal = Decimal("0.80")
    steps_limit: int = 4  # instead of the two limits above where the load moved is unknown
    reset_factor: Decimal = Decimal("0.95")
    last_sets_slack: int = 3  # reps that the last set may land below the range
    most_drop: Decimal = Decimal("2")  # reps lost from set to set
    start_drop: Decimal = Decimal("1")

    # Days since the last session of the muscle
    gap_days: int = 10  # more: RIR +1
    break_days: int = 14  # more: lighter
    break_factors: tuple[tuple[int, Decimal], ...] = (  # up to this many days -> share of the load
        (28, Decimal("0.975")),
        (56, Decimal("0.95")),
        (112, Decimal("0.925")),
    )
    longest_break_factor: Decimal = Decimal("0.90")
    break_step_days: int = 28  # more: one step easier where the load moved is unknown

    # A first session from the lifter's own history, and the swap that may need it
    seed_days: int = 180  # older sessions say little
    seed_sessions: int = 3
    swap_rir: int = 2  # the least in reserve in the first session of an exercise swapped in

    # Inside a session: load ratio (either way) beyond which nobody can expect reps
    retarget_limit: Decimal = Decimal("1.25")

    # Next mesocycle
    next_meso_share: Decimal = Decimal("0.6")  # of the sets of the week it is made from
    next_meso_days: int = 21  # more since the last hard week: the weights are an estimate
    next_meso_fewer_from: int = 3  # sets: always fewer than these from here on, after the first week
    hard_from: int = 2  # of soreness and of performance: a muscle that never got there had it easy

    # One-repetition maximum
    berger_scale: Decimal = Decimal("1.0261")  # Berger's exponential, with k_choose
    e1rm_shown_reps: int = 15  # most reps to failure behind a number shown to the lifter

    # Deload
    deload_factor: Decimal = Decimal("0.5")
    deload_rir: int = 4  # "4 or more"

    # Sets
    set_changes: tuple[tuple[tuple[int, int, int], ...], ...] = SET_CHANGES
    missing_pump: int = 2
    missing_challenge: int = 1
    low_stimulus_most: int = 2  # pump + challenge
    mid_stimulus_most: int = 4
    last_week_added_most: int = 1
    week_added_most: int = 3
    session_sets_most: int = 12  # beyond about 11 a session adds little (Remmert 2025)
    day_sets_most: int = 30  # of all muscles; beyond, the last are done tired: design, no figure is known
    break_sets_percent: int = 75
    week1_sets_days: int = 28  # more: the sets of week 1 at most
    early_deload_days: int = 14
    swap_sets_from: int = 4  # an unfamiliar exercise starts with one set fewer from here on
    unfamiliar_days: int = 56

    # First week
    start_sets_least: int = 2
    start_sets_most: int = 4
    experience_percent: tuple[tuple[str, int], ...] = (("beginner", 70), ("intermediate", 85), ("advanced", 100))
    experience_unsaid: str = "intermediate"
    muscle_volumes: tuple[MuscleVolume, ...] = MUSCLE_VOLUMES

    equipment: tuple[EquipmentDefault, ...] = EQUIPMENT_DEFAULTS

    # Seconds of rest after a set: three minutes beat one where many joints work (Schoenfeld 2016); beyond about 90
    # little is gained on the whole (Singer 2024). Seconds that the rest of a session takes, and how it is shown.
    rest_loaded_compound: int = 150
    rest_any_other: int = 90
    rest_unknown: int = 120  # nothing is known of the exercise
    set_seconds: int = 40
    exercise_seconds: int = 120  # finding the station, loading it, a warm-up set
    shown_minutes_step: int = 5  # an estimate is no more exact than that

    # Warm-ups: shares of the work weight with their reps. Some lighter sets of the exercise itself are enough, and
    # matter most before heavy ones (Ribeiro 2014; Iversen 2021); the shares are coaching custom, not measured.
    warm_up_cold: tuple[tuple[Decimal, int], ...] = ((Decimal("0.5"), 8), (Decimal("0.75"), 4))
    warm_up_heavy: tuple[Decimal, int] = (Decimal("0.9"), 1)  # one more where few reps are asked:
    warm_up_heavy_reps: int = 6
    warm_up_warm: tuple[Decimal, int] = (Decimal("0.6"), 5)  # another exercise of the muscle came before
    warm_up_isolation: tuple[Decimal, int] = (Decimal("0.6"), 8)
    warm_up_light: tuple[tuple[str, Decimal], ...] = (("kg", Decimal(30)), ("lb", Decimal(65)))  # isolation: none below
    warm_up_body_reps: int = 6  # before added weight the body alone


CONFIG = Config()


def config_hash(config: Config = CONFIG) -> str:
    """16 hexadecimal digits that change when, and only when, a constant changes its value."""
    text = json.dumps(_canonical(config), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _canonical(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_canonical(each) for each in value]
    if isinstance(value, Decimal):  # 0.90 and 0.9 are one constant
        return f"{value.normalize():f}"
    return value
