"""Every number of the engine in one place.

A value that comes from a paper names it; all others are design defaults, chosen and not measured. A prescription is
stored with `ENGINE_VERSION` and `config_hash(config)`, so that its numbers can be explained long after a default has
changed.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

ENGINE_VERSION = "1.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentDefault:
    """The defaults of one kind of equipment: (step, lightest weight) in each unit, and rep ranges (lo, hi)."""

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

    mv: maintains; mev: the least that grows; mav: the range that grows well; mrv: the most to recover from.
    """

    muscle: str
    mv: int
    mev: int
    mav: tuple[int, int]
    mrv: int


# Israetel's published table (2017-2023): one coach's experience, not measured. The rows for legs, shoulders and delts
# are design: such a group holds several muscles of that table, which share their fatigue, so their ceilings cannot be
# added up.
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

# Sets gained, by soreness (row), performance (column), and low, middle or high stimulus (place in the cell). It is
# Israetel's matrix with smaller steps, because there is little evidence for adding sets week by week (Enes 2024, 2025).
SET_CHANGES = (
    ((2, 2, 1), (2, 1, 0), (0, 0, 0), (0, 0, 0)),
    ((2, 1, 1), (1, 1, 0), (0, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0, -1), (-1, -1, -1), (-1, -1, -1)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The constants of the rules. Reps, sets, days and scores are ints; everything else is a Decimal."""

    # How load trades against reps: ln(load) per rep.
    k_choose: Decimal = Decimal("0.0262")  # for choosing a weight; Berger's exponential, close to Nuzzo 2024
    k_expect: Decimal = Decimal("0.05")  # for expecting reps at another weight; upper envelope of public logs
    reps_per_step: int = 2  # where the load moved is unknown
    near_share: Decimal = Decimal("0.025")  # weights this share apart, or one step, count as the same
    round_trip: Decimal = Decimal("1e-6")  # reps; what is this close to a whole number of reps is that number
    most_search_steps: int = 60

    # Border
    most_sets: int = 15
    most_reps: int = 30
    most_logged_rir: int = 10

    most_seconds: int = 600  # that a hold is asked

    # Target RIR: weeks of the mesocycle -> RIR of each week before the deload
    rir_by_weeks: tuple[tuple[int, tuple[int, ...]], ...] = (
        (3, (2, 1)),
        (4, (2, 1, 0)),
        (5, (3, 2, 1, 0)),
        (6, (3, 2, 2, 1, 0)),
        (7, (3, 3, 2, 2, 1, 0)),
    )
    most_rir: int = 5  # above it, estimates of effort mean little (Halperin 2022)
    eased_rir_step: int = 1  # added while still sore or after a gap
    eased_rir_most: int = 4
    recovery_rir: int = 4

    # Performance, in reps per set
    fell: Decimal = Decimal("-1")
    missed: Decimal = Decimal("-0.5")
    better: Decimal = Decimal("2")
    difference_limit: Decimal = Decimal("5")
    single_miss: Decimal = Decimal("1")
    fell_twice_reps: Decimal = Decimal("2")  # about two standard deviations of day-to-day noise

    # Odd sets: probably a slip of the thumb. A set is like another one within all of these bounds.
    odd_load: tuple[Decimal, Decimal] = (Decimal("0.6"), Decimal("1.5"))  # of the other's load
    odd_body_load: tuple[Decimal, Decimal] = (Decimal("0.8"), Decimal("1.25"))  # the same where the body is moved
    odd_steps: int = 6  # the same where the load moved is unknown
    odd_reps_above: int = 5  # more reps than expected; or the next share of them, where that is more
    odd_share_above: Decimal = Decimal("0.5")
    odd_times_below: Decimal = Decimal("2.5")  # so many times fewer reps than the other's, where no RIR is said
    odd_capacity: int = 12  # reps of capacity above the other's, about 37 % of e1RM
    odd_twin_reps: int = 3  # two odd sets at one weight confirm each other within these reps,
    odd_twin_share: Decimal = Decimal("0.3")  # or this share of them
    odd_sessions: int = 3  # earlier sessions whose sets a set may be like

    # Said RIR: how far a lifter's is off, from sets that were taken to failure
    bias_rir: tuple[int, int] = (1, 4)  # what was said of the sets before that can be compared
    bias_tired: Decimal = Decimal("0.8")  # half a rep for the one not finished, 0.3 for the fatigue of the week
    bias_points: int = 8
    bias_others_least: int = 4  # points over all exercises, where the exercise has none of its own
    bias_shrink: Decimal = Decimal("0.5")
    bias_most: Decimal = Decimal("2")

    # Form of the day: how much of a change from one session to the next counts at once
    form_free: Decimal = Decimal("1")  # reps that count in full
    form_share: Decimal = Decimal("0.5")  # of what is beyond
    form_start: Decimal = Decimal("5")  # a rise from here on is a start that was too light, and counts in full

    # Reps beyond what was shown, where every rep was made and nobody said how many were left
    stretch: int = 1
    stretch_easy: int = 2  # after an easy session
    stretch_hard_rir: int = 2  # after a hard one: up to this target RIR only

    # Load
    load_up_limit: Decimal = Decimal("1.10")
    load_down_limit: Decimal = Decimal("0.80")
    far_reps: int = 4  # further outside the rep range than this, the next two limits hold instead
    far_sets: int = 2  # where so many sets show it, or the RIR is said
    far_up_limit: Decimal = Decimal("2.00")
    far_down_limit: Decimal = Decimal("0.60")
    top_share: Decimal = Decimal("1.5")  # of the top of the rep range: the most reps asked while a weight can change
    bottom_share: Decimal = Decimal("0.5")  # of its bottom: the fewest
    hint_sessions: int = 3  # in a row with a step too big: the smaller step is proposed first
    steps_limit: int = 4  # replaces the two limits above where the load moved is unknown
    reset_factor: Decimal = Decimal("0.95")
    last_sets_slack: int = 3  # reps by which the last set may be below the rep range
    most_drop: Decimal = Decimal("2")  # reps fewer from set to set
    start_drop: Decimal = Decimal("1")

    # Holds: seconds in place of reps. Nothing of it was measured.
    hold_range: tuple[int, int] = (20, 60)  # where neither the lifter nor the library says another
    hold_step: int = 5  # seconds
    hold_far: int = 2  # steps below the target from where there is no second try
    hold_top_share: Decimal = Decimal("1.5")  # of the top of the range: the most seconds where no weight can be added
    hold_break_share: Decimal = Decimal("0.85")  # of the seconds, after a break
    hold_opens_below: int = 2  # steps, in the first week of the next mesocycle

    # Days since the last session of the muscle
    gap_days: int = 10  # after more days: RIR +1
    break_days: int = 14  # after more days: a lighter weight
    break_factors: tuple[tuple[int, Decimal], ...] = (  # up to this many days -> share of the load
        (21, Decimal("0.99")),
        (28, Decimal("0.975")),
        (56, Decimal("0.95")),
        (112, Decimal("0.925")),
    )
    longest_break_factor: Decimal = Decimal("0.90")
    break_hold_days: int = 21  # up to so many days the weight stays, and the reps take the factor
    break_step_days: int = 28  # after more days: one step easier where the load moved is unknown

    # The first session of an exercise, from the lifter's own history or after a swap
    seed_days: int = 180  # older sessions say little
    seed_sessions: int = 3
    swap_rir: int = 2  # the least RIR in the first session of an exercise that was swapped in

    # Inside a session: the ratio of two loads above which the reps at one say nothing about the other
    retarget_limit: Decimal = Decimal("1.25")
    rest_beyond: int = 2  # reps outside the rep range after the first set: the other sets take another weight
    rest_most: int = 3  # reps by which the targets of the other sets change at the same weight

    # Next mesocycle
    opening_sessions: int = 3  # the last hard sessions that its first weight is made from
    next_meso_share: Decimal = Decimal("0.6")  # of the sets of the week that it is made from
    next_meso_days: int = 21  # more days since the last hard workout: the weights are an estimate
    next_meso_fewer_from: int = 3  # an exercise with this many sets or more, after week 1, starts with fewer
    hard_from: int = 2  # a performance from here on was hard
    easy_sore_most: int = 1  # a mesocycle was easy with so many sessions that were still sore,
    easy_hard_share: Decimal = Decimal("0.25")  # and this share of hard ones
    easy_mrv_share: Decimal = Decimal("0.6")  # of MRV: the most sets of a muscle in a first week that was raised

    # One-repetition maximum
    berger_scale: Decimal = Decimal("1.0261")  # Berger's exponential, with k_choose
    e1rm_shown_reps: int = 15  # most reps to failure from which an e1RM is shown to the lifter

    # Deload
    deload_factor: Decimal = Decimal("0.5")
    deload_rir: int = 4  # "4 or more"
    # What a deload is called: below this share of the sets x reps x weight of the hard session; more is "less".
    deload_words: tuple[tuple[Decimal, str], ...] = (
        (Decimal("0.18"), "light"),
        (Decimal("0.28"), "quarter"),
        (Decimal("0.40"), "third"),
        (Decimal("0.61"), "half"),
    )

    # Sets
    set_changes: tuple[tuple[tuple[int, int, int], ...], ...] = SET_CHANGES
    missing_pump: int = 2
    missing_challenge: int = 1
    low_stimulus_most: int = 2  # pump + challenge
    mid_stimulus_most: int = 4
    last_week_added_most: int = 1
    week_added_most: int = 3
    session_sets_most: int = 12  # sets past about the 11th of a muscle in a session add little (Remmert 2025)
    day_sets_most: int = 30  # of all muscles; further sets are done tired: design, no figure is known
    break_sets_percent: int = 75
    week1_sets_days: int = 28  # after more days: no more sets than in week 1
    early_deload_days: int = 14
    ill_days: int = 2  # in a week: from so many on an early deload is offered
    swap_sets_from: int = 4  # from this many sets on, an unfamiliar exercise starts with one set fewer
    unfamiliar_days: int = 56

    # First week
    start_sets_least: int = 2
    start_sets_most: int = 4
    experience_percent: tuple[tuple[str, int], ...] = (("beginner", 70), ("intermediate", 85), ("advanced", 100))
    experience_unsaid: str = "intermediate"
    muscle_volumes: tuple[MuscleVolume, ...] = MUSCLE_VOLUMES

    equipment: tuple[EquipmentDefault, ...] = EQUIPMENT_DEFAULTS

    # Seconds of rest after a set. In compound exercises three minutes beat one (Schoenfeld 2016); over all exercises,
    # resting longer than about 90 seconds gains little (Singer 2024). Then the other seconds of a session.
    rest_loaded_compound: int = 150
    rest_any_other: int = 90
    rest_unknown: int = 120  # where nothing is known about the exercise
    superset_rest: int = 15  # within a round of a superset; after it the longest of its exercises
    superset_most: int = 3  # exercises
    set_seconds: int = 40
    exercise_seconds: int = 120  # finding the station, loading it, a warm-up set
    shown_minutes_step: int = 5  # the estimate is no more exact than this

    # How long one more set takes: seconds between the check marks of sets, each within these limits
    pace_limits: tuple[int, int] = (30, 420)
    pace_sets: int = 3  # fewer known than this: the next two
    pace_compound: int = 210
    pace_isolation: int = 150
    warm_up_minutes: int = 5

    # The reps to expect at the next aim, from the lifter's log: weights of a formula that was fitted to public logs
    expect_sessions: int = 20
    expect_least: int = 4
    expect_days: int = 28
    expect_last: tuple[Decimal, ...] = (Decimal("0.048"), Decimal("0.071"), Decimal("-0.079"))
    expect_same: Decimal = Decimal("0.361")  # the last time at this weight
    expect_middle: Decimal = Decimal("0.090")  # the median of the last 12
    expect_middle_of: int = 12
    expect_curve: Decimal = Decimal("0.493")
    expect_constant: Decimal = Decimal("0.212")
    expect_reps: Decimal = Decimal("4")  # per ln(load)
    expect_same_share: Decimal = Decimal("0.01")
    expect_bands: tuple[tuple[Decimal, int], ...] = ((Decimal("0.10"), 1), (Decimal("0.25"), 2))
    expect_widest: int = 3
    curve_half_life: int = 14  # days
    curve_slope: Decimal = Decimal("6")  # reps per ln(load), where nothing else is known
    curve_prior: Decimal = Decimal("0.02")
    slope_days: int = 90
    slope_sessions: int = 8
    slope_weights: int = 3
    slope_limits: tuple[Decimal, Decimal] = (Decimal("4"), Decimal("38"))

    # Warm-ups: (share of the working weight, reps). A few lighter sets of the exercise itself are enough, and they
    # matter most before heavy sets (Ribeiro 2014; Iversen 2021). The shares are coaching custom, not measured.
    warm_up_cold: tuple[tuple[Decimal, int], ...] = ((Decimal("0.5"), 8), (Decimal("0.75"), 4))
    warm_up_heavy: tuple[Decimal, int] = (Decimal("0.9"), 1)  # one more where at most this many reps are asked:
    warm_up_heavy_reps: int = 6
    warm_up_warm: tuple[Decimal, int] = (Decimal("0.6"), 5)  # another exercise of the muscle came before
    warm_up_isolation: tuple[Decimal, int] = (Decimal("0.6"), 8)
    warm_up_light: tuple[tuple[str, Decimal], ...] = (("kg", Decimal(30)), ("lb", Decimal(65)))  # isolation: none below
    warm_up_body_reps: int = 6  # with the body alone, before sets with added weight


CONFIG = Config()


def config_hash(config: Config = CONFIG) -> str:
    """Returns 16 hexadecimal digits that change when, and only when, the value of a constant changes."""
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
