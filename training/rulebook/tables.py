"""The engine's rules as tables to read, made from its configuration alone, so they show the numbers that count.

The words stand in the template of the page; the numbers come from here."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from exercises.models import Equipment, MuscleGroup
from metricgain.numbers import plain
from metricgain.users.models import DeloadMode, Experience, Unit
from training import progression
from training.models.feedback import Soreness
from training.progression import CONFIG, Config, ExercisePlan, Grid, config_hash
from training.progression.config import EquipmentDefault, MuscleVolume
from training.progression.load.gap import break_factor
from training.progression.sets.set_table import HIGH, LOW, MIDDLE, table_change

WENT = ("Beat targets", "Hit targets", "Missed some", "Fell below last week")
NOT_ANSWERED = "Not answered"
# Names for the rows of the table of increments that are not equipment of the library.
LOADED_BY = {
    "added": "Body weight plus plates",
    "bodyweight": "Body weight alone",
    "assisted": "Assisted by a machine",
    "other": "Anything else",
}
EXAMPLE = ExercisePlan(sets=4, weight=Decimal(100), reps=10, reps_lo=10, rir=0)


@dataclass(frozen=True, slots=True)
class EffortRow:
    """Target RIR by week for a mesocycle of `weeks` weeks, without the last week, the deload."""

    weeks: int
    targets: list[int]
    unused: int  # columns left for longer mesocycles


@dataclass(frozen=True, slots=True)
class SorenessRow:
    """Sets gained for each performance: one figure, or three for a low, middle and high stimulus."""

    name: str
    changes: list[str]


@dataclass(frozen=True, slots=True)
class MuscleLandmarks:
    name: str
    by_experience: list[tuple[str, MuscleVolume]]  # (experience, weekly sets)


@dataclass(frozen=True, slots=True)
class Steps:
    """How one kind of equipment is loaded: step and lightest weight in each unit, and rep ranges."""

    name: str
    kg: str
    lb: str
    compound: str
    isolation: str


@dataclass(frozen=True, slots=True)
class DeloadRow:
    name: str
    mode: str  # empty: before the deload
    sets: int
    reps: int
    weight: str  # in any unit


@dataclass(frozen=True, slots=True)
class BreakRow:
    days: str
    sets: str
    lighter: str  # per cent off the weight; empty: none
    rir: int  # added to the target RIR


@dataclass(frozen=True, slots=True)
class WarmUpRow:
    when: str
    sets: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    version: str
    hash: str
    weeks: list[int]
    effort: list[EffortRow]
    went: tuple[str, ...]
    soreness: list[SorenessRow]
    landmarks: list[MuscleLandmarks]
    steps: list[Steps]
    deload: list[DeloadRow]
    breaks: list[BreakRow]
    warm_ups: list[WarmUpRow]
    per_rep: str  # per cent of the weight that a rep is worth when choosing a weight,
    per_rep_today: str  # and when expecting reps at another weight
    up: str  # per cent of the weight: the largest rise, the largest fall, the reset after two falls
    down: str
    reset: str
    far_up: str  # the same, far outside the rep range
    far_down: str
    top: str  # times the top of the rep range: the most reps
    hold_far: int  # seconds short from where a hold is not tried again, and below what is due in a next mesocycle
    hold_opens_below: int
    hold_top: str  # times the top of the range: the most seconds of a hold
    hold_break: str  # per cent of the seconds that a break takes off
    form_free: str  # reps better or worse that count in full, and from which a rise does
    form_start: str
    bias: str  # the most reps that a said RIR is corrected by
    easy_mrv: str  # per cent of MRV: the most sets that an easy mesocycle starts the next with
    easy_hard: str  # per cent of its sessions that may have been hard in an easy mesocycle
    apart: str  # per cent by which two weights may differ for the reps at one to say anything about the other
    beats: str  # reps above the target, below the target, below last week, below two weeks ago
    misses: str
    falls: str
    falls_twice: str


@cache
def rulebook(config: Config = CONFIG) -> Rulebook:
    weeks = list(range(1, max(dict(config.rir_by_weeks)) + 1))
    return Rulebook(
        version=progression.ENGINE_VERSION,
        hash=config_hash(config),
        weeks=weeks,
        effort=[_effort(each, most=len(weeks), config=config) for each, _ in config.rir_by_weeks],
        went=WENT,
        soreness=_soreness(config),
        landmarks=[_landmarks(row.muscle, config) for row in config.muscle_volumes],
        steps=[_steps(row) for row in config.equipment],
        deload=_deload(config),
        breaks=_breaks(config),
        warm_ups=_warm_ups(config),
        per_rep=_percent(config.k_choose),
        per_rep_today=_percent(config.k_expect),
        up=_percent(config.load_up_limit - 1),
        down=_percent(1 - config.load_down_limit),
        reset=_percent(1 - config.reset_factor),
        far_up=_percent(config.far_up_limit - 1),
        far_down=_percent(1 - config.far_down_limit),
        top=plain(config.top_share),
        hold_far=config.hold_far * config.hold_step,
        hold_opens_below=config.hold_opens_below * config.hold_step,
        hold_top=plain(config.hold_top_share),
        hold_break=_percent(1 - config.hold_break_share),
        form_free=plain(config.form_free),
        form_start=plain(config.form_start),
        bias=plain(config.bias_most),
        easy_mrv=_percent(config.easy_mrv_share),
        easy_hard=_percent(config.easy_hard_share),
        apart=_percent(config.retarget_limit - 1),
        beats=plain(config.better),
        misses=plain(-config.missed),
        falls=plain(-config.fell),
        falls_twice=plain(config.fell_twice_reps),
    )


def _effort(weeks: int, *, most: int, config: Config) -> EffortRow:
    targets = [progression.hard_rir(weeks, week=week, config=config) for week in range(1, weeks)]
    return EffortRow(weeks=weeks, targets=targets, unused=most - weeks)


def _soreness(config: Config) -> list[SorenessRow]:
    """Returns the set table, row by row. A missing answer has a row too."""
    return [
        SorenessRow(
            name=NOT_ANSWERED if soreness is None else str(Soreness(soreness).label),
            changes=[_changes(soreness, perf, config) for perf in range(len(WENT))],
        )
        for soreness in (*Soreness.values, None)
    ]


def _changes(soreness: int | None, perf: int, config: Config) -> str:
    changes = [table_change(soreness=soreness, perf=perf, felt=felt, config=config) for felt in (LOW, MIDDLE, HIGH)]
    return "/".join(_signed(one) for one in (changes[:1] if len(set(changes)) == 1 else changes))


def _signed(change: int) -> str:
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"


def _landmarks(muscle: str, config: Config) -> MuscleLandmarks:
    return MuscleLandmarks(
        name=str(MuscleGroup(muscle).label),
        by_experience=[
            (experience, progression.landmarks(muscle, experience=experience, config=config))
            for experience, _ in config.experience_percent
        ],
    )


def _steps(row: EquipmentDefault) -> Steps:
    name = LOADED_BY.get(row.name) or str(Equipment(row.name).label)
    sign = {"added": "+", "assisted": "−"}.get(row.name, "")

    def said(step: Decimal | None, least: Decimal, unit: str) -> str:
        if step is None:
            return "nothing to load"
        return f"{sign}{plain(step)} {unit}" + (f", from {plain(least)}" if least else "")

    def reps(lo: int, hi: int) -> str:
        return f"{lo}–{hi}"

    return Steps(
        name=name,
        kg=said(*row.kg, Unit.KG.value),
        lb=said(*row.lb, Unit.LB.value),
        compound=reps(*row.compound),
        isolation=reps(*row.isolation),
    )


def _deload(config: Config) -> list[DeloadRow]:
    """Returns an example: the deload of one exercise that is trained twice a week."""
    grid = Grid(kind="load", step=Decimal("2.5"))
    rows = [DeloadRow("Last hard week", "", EXAMPLE.sets, EXAMPLE.reps, plain(EXAMPLE.weight))]
    for name, mode, session in (
        ("First half of the week", DeloadMode.RP, 0),
        ("Second half", DeloadMode.RP, 1),
        ("All week", DeloadMode.SIMPLE, 0),
    ):
        asked = progression.plan_deload(
            EXAMPLE,
            best_reps=EXAMPLE.reps,
            grid=grid,
            session_index=session,
            sessions_in_week=2,
            mode=mode.value,
            config=config,
        )
        rows.append(DeloadRow(name, mode.value, asked.sets, asked.reps, plain(asked.weight)))
    return rows


def _breaks(config: Config) -> list[BreakRow]:
    """Returns a row for each band of days that the rules treat alike."""
    bounds = [config.gap_days, config.break_days, *(days for days, _ in config.break_factors)]
    rows = [BreakRow(f"Up to {bounds[0]}", "as planned", "", 0)]
    for after, days in zip(bounds, [*bounds[1:], bounds[-1] + 1], strict=True):
        text = f"{after + 1}–{days}" if days in bounds else f"Over {after}"
        if days <= config.break_days:
            sets = "no increase"
        elif days <= config.week1_sets_days:
            sets = f"{config.break_sets_percent} %"
        else:
            sets = f"{config.break_sets_percent} %, at most week 1’s"
        factor = break_factor(days, config=config)
        lighter = _percent(1 - factor) if days > config.break_hold_days else ""
        eased = progression.eased_rir(0, soreness=None, gap_days=days, config=config)
        rows.append(BreakRow(text, sets, lighter, eased))
    return rows


def _warm_ups(config: Config) -> list[WarmUpRow]:
    """Returns the warm-up sets in per cent of the working weight, by the exercise that they come before."""

    def said(*steps: tuple[Decimal, int]) -> str:
        return ", ".join(f"{_percent(share)} % × {reps}" for share, reps in steps)

    heavy = said(*config.warm_up_cold, config.warm_up_heavy)
    return [
        WarmUpRow("First compound of its muscle", said(*config.warm_up_cold)),
        WarmUpRow(f"The same, for {config.warm_up_heavy_reps} reps or fewer", heavy),
        WarmUpRow("Compound after another exercise", said(config.warm_up_warm)),
        WarmUpRow("First isolation, not light", said(config.warm_up_isolation)),
        WarmUpRow("Body weight plus plates", f"body alone × {config.warm_up_body_reps}"),
    ]


def _percent(share: Decimal) -> str:
    return plain((share * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def experience_of(user) -> str | None:
    """Returns the experience whose column is the reader's own; None for a visitor."""
    if not user.is_authenticated:
        return None
    return user.experience or CONFIG.experience_unsaid


def experience_names() -> dict[str, str]:
    """Returns the names of the experiences without their years: Beginner, Intermediate, Advanced."""
    return {one.value: str(one.label).split(" (")[0] for one in Experience}
