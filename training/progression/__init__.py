"""The progression engine: pure rules from a plan and a log to the next plan, each number with its reason.

It imports the standard library and `metricgain.numbers` only: no clock, no randomness, no database. Weights are
Decimals in the lifter's own unit. "Chapter ..." in a docstring is a chapter of the page "How MetricGain decides", which
also lists the papers (training/rulebook/papers.py).
"""

from training.progression.border import EngineError
from training.progression.config import CONFIG, ENGINE_VERSION, Config, config_hash
from training.progression.deload import plan_deload
from training.progression.frontier import SetMark, frontier, records, rose, shows_something, that_count
from training.progression.load.capacity import whole_reps
from training.progression.load.gap import gap_band
from training.progression.load.grid import Grid, default_grid, default_rep_range
from training.progression.load.holds.first_hold import open_hold, seed_hold, start_hold
from training.progression.load.holds.hold_steps import done_in_steps, from_steps, in_steps
from training.progression.load.holds.next_hold import plan_hold
from training.progression.load.load import plan_load
from training.progression.load.opening import HardSession, open_meso
from training.progression.load.other_unit import on_grid
from training.progression.load.plan import Done, ExercisePlan, shown_lo
from training.progression.load.rest import session_seconds, set_pace, shown_minutes, time_room, usual_rest
from training.progression.load.retarget import calibrate, down_set, rest_of_session, retarget
from training.progression.load.rir import eased_rir, hard_rir, target_rir
from training.progression.load.seed import Past, seed
from training.progression.load.showing.bias import rir_bias, rir_point
from training.progression.load.showing.e1rm import e1rm, shown_e1rm
from training.progression.load.showing.expectation import FirstSet, expect, slope
from training.progression.load.showing.odd import kept, odd
from training.progression.load.showing.performance import fell_twice, performance, reps_fallen
from training.progression.load.showing.shown import Shown, main_weight, missed_reps, shown
from training.progression.load.start import start_body, start_plan, swap_rir
from training.progression.load.target import Background, Signals, Target
from training.progression.load.today import RIR_CODES, told_today
from training.progression.load.warm_up import Climb, climb, warm_ups
from training.progression.next_mesocycle import next_meso_sets, opening_sets, plan_next_meso, source_week, was_easy
from training.progression.planned_week import PlanWarning, plan_warnings, weekly_sets
from training.progression.projection import (
    BEST,
    TYPICAL,
    WORST,
    ExAhead,
    Feedback,
    Outlook,
    SlotAhead,
    play_out,
    project,
)
from training.progression.reasons.reasons import (
    TEMPLATES,
    Reason,
    added,
    chosen_sets,
    deload_now,
    hold_sets,
    is_of_muscle,
    moves_sets,
    repeated,
    retold,
    said_off,
    sentence,
    shortened,
    sore_today,
    swap_new,
    swapped,
    told_here,
    told_of_muscle,
)
from training.progression.reasons.set_reasons import is_about_sets
from training.progression.sets.landmarks import landmarks, start_sets
from training.progression.sets.recovery import (
    break_sets,
    recovery_sets,
    resumed_sets,
    suggests_early_deload,
    swapped_sets,
)
from training.progression.sets.set_table import muscle_score
from training.progression.sets.sets import plan_sets, strongest
from training.progression.sets.slot import Ex, PlannedSets, SlotCtx
from training.progression.sets.soreness import gate_by_soreness, soreness_for_sets, waits_once
from training.progression.shorten import Work, shorten
from training.progression.supersets import in_turn, may_pair, pair, supersets, turn, units, unpair

__all__ = [
    "BEST",
    "CONFIG",
    "ENGINE_VERSION",
    "RIR_CODES",
    "TEMPLATES",
    "TYPICAL",
    "WORST",
    "Background",
    "Climb",
    "Config",
    "Done",
    "EngineError",
    "Ex",
    "ExAhead",
    "ExercisePlan",
    "Feedback",
    "FirstSet",
    "Grid",
    "HardSession",
    "Outlook",
    "Past",
    "PlanWarning",
    "PlannedSets",
    "Reason",
    "SetMark",
    "Shown",
    "Signals",
    "SlotAhead",
    "SlotCtx",
    "Target",
    "Work",
    "added",
    "break_sets",
    "calibrate",
    "chosen_sets",
    "climb",
    "config_hash",
    "default_grid",
    "default_rep_range",
    "deload_now",
    "done_in_steps",
    "down_set",
    "e1rm",
    "eased_rir",
    "expect",
    "fell_twice",
    "from_steps",
    "frontier",
    "gap_band",
    "gate_by_soreness",
    "hard_rir",
    "hold_sets",
    "in_steps",
    "in_turn",
    "is_about_sets",
    "is_of_muscle",
    "kept",
    "landmarks",
    "main_weight",
    "may_pair",
    "missed_reps",
    "moves_sets",
    "muscle_score",
    "next_meso_sets",
    "odd",
    "on_grid",
    "open_hold",
    "open_meso",
    "opening_sets",
    "pair",
    "performance",
    "plan_deload",
    "plan_hold",
    "plan_load",
    "plan_next_meso",
    "plan_sets",
    "plan_warnings",
    "play_out",
    "project",
    "records",
    "recovery_sets",
    "repeated",
    "reps_fallen",
    "rest_of_session",
    "resumed_sets",
    "retarget",
    "retold",
    "rir_bias",
    "rir_point",
    "rose",
    "said_off",
    "seed",
    "seed_hold",
    "sentence",
    "session_seconds",
    "set_pace",
    "shorten",
    "shortened",
    "shown",
    "shown_e1rm",
    "shown_lo",
    "shown_minutes",
    "shows_something",
    "slope",
    "sore_today",
    "soreness_for_sets",
    "source_week",
    "start_body",
    "start_hold",
    "start_plan",
    "start_sets",
    "strongest",
    "suggests_early_deload",
    "supersets",
    "swap_new",
    "swap_rir",
    "swapped",
    "swapped_sets",
    "target_rir",
    "that_count",
    "time_room",
    "told_here",
    "told_of_muscle",
    "told_today",
    "turn",
    "units",
    "unpair",
    "usual_rest",
    "waits_once",
    "warm_ups",
    "was_easy",
    "weekly_sets",
    "whole_reps",
]
