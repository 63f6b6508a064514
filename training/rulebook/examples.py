"""One example for each decision: the lifter's own last one where there is one, else that of a made-up lifter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What was asked and done, what followed, and why. Each is text, and empty where the decision has none of it."""

    exercise: str
    is_own: bool = False
    asked: str = ""
    done: str = ""
    then: str = ""  # what is asked after it
    why: str = ""  # the sentence that the lifter read


# Each decision, by its id on the page, and the codes of the reasons that show it.
CODES: dict[str, tuple[str, ...]] = {
    "weight": (
        "REPS_",
        "LOAD_UP",
        "LOAD_DOWN",
        "LOAD_HOLD_B",
        "LOAD_HOLD_L",
        "LOAD_HOLD_M",
        "LOAD_STEP_",
        "LOAD_NO_",
        "LOAD_RESET",
    ),
    "sets": (
        "SETS_UP_",
        "SETS_DOWN_",
        "SETS_HOLD_S0",
        "SETS_HOLD_S1",
        "SETS_HOLD_S2",
        "SETS_HOLD_Sx",
        "SORE_TWICE",
        "CAP_",
    ),
    "soreness": ("SORE_TODAY", "SETS_HOLD_SORE_", "LOAD_HOLD_SORE", "SETS_SORE_TODAY", "SETS_HOLD_S3", "SETS_DOWN_S3"),
    "slips": ("LOAD_HOLD_ODD",),
    "break": ("LOAD_BREAK", "RIR_BREAK", "SETS_BREAK", "LOAD_ILL"),
    "minutes": ("CAP_TIME", "SHORTENED"),
    "recovery": ("RECOVERY",),
    "deload": ("DELOAD",),
    "next": ("MESO_OPEN",),
}
