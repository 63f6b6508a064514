"""A hold in steps of seconds, which the rules for scores and deloads read as reps: a step more or less says of a hold
about what a rep says of a lift. A step that was only begun does not count."""

from dataclasses import replace
from decimal import Decimal

from training.progression.config import CONFIG, Config
from training.progression.load.plan import Done, ExercisePlan


def in_steps(plan: ExercisePlan, *, config: Config = CONFIG) -> ExercisePlan:
    """Returns the plan of a hold with steps for reps, the same in every set. At least one step."""
    steps = max(1, seconds_of(plan) // config.hold_step)
    return replace(plan, seconds=None, reps=steps, reps_lo=steps, drop=Decimal(0), open=False)


def done_in_steps(done: Done, *, config: Config = CONFIG) -> Done:
    """Returns a set of a hold with steps for reps. Its RIR is left out, because nobody can say it of a hold."""
    return replace(done, seconds=None, reps=(done.seconds or 0) // config.hold_step, rir=None)


def from_steps(plan: ExercisePlan, *, config: Config = CONFIG) -> ExercisePlan:
    """Returns the plan of a hold from one with steps for reps."""
    seconds = plan.reps * config.hold_step
    return replace(plan, seconds=seconds, reps=1, reps_lo=1, drop=Decimal(0), open=False)


def seconds_of(plan: ExercisePlan) -> int:
    return plan.reps if plan.seconds is None else plan.seconds


def down_to_step(seconds: int, *, config: Config) -> int:
    """Returns seconds rounded down to a step, at least one."""
    return max(seconds - seconds % config.hold_step, config.hold_step)
