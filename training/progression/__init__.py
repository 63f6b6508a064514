"""The progression engine: pure rules from a plan and a log to the next plan, each number with its reason.

Standard library only; no clock, no randomness, no database. Weights are Decimals in the lifter's own unit.
"""

from .border import EngineError
from .config import CONFIG, ENGINE_VERSION, Config, config_hash
from .deload import plan_deload
from .grid import Grid, default_grid, default_rep_range
from .load import plan_load
from .performance import fell_twice, performance
from .plan import Done, Plan, shown_lo
from .reasons import TEMPLATES, Reason, added, chosen_sets, hold_sets, sentence, swapped
from .rir import eased_rir, target_rir
from .session import main_weight
from .start import start_plan

__all__ = [
    "CONFIG",
    "ENGINE_VERSION",
    "TEMPLATES",
    "Config",
    "Done",
    "EngineError",
    "Grid",
    "Plan",
    "Reason",
    "added",
    "chosen_sets",
    "config_hash",
    "default_grid",
    "default_rep_range",
    "eased_rir",
    "fell_twice",
    "hold_sets",
    "main_weight",
    "performance",
    "plan_deload",
    "plan_load",
    "sentence",
    "shown_lo",
    "start_plan",
    "swapped",
    "target_rir",
]
