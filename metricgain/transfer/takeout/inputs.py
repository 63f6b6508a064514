"""Checks the JSON of a prescription. Pages and the engine read it as their own, so what makes no sense is refused."""

from decimal import Decimal, InvalidOperation

from metricgain.transfer.takeout.values import WrongValue, as_json
from training.progression import EngineError, Grid, Reason, sentence

MOST_REASONS = 30
WHOLE = ("lo", "hi", "repeats")
LISTS = {"shown": 2, "expect": 3, "slot": 3}
OBJECTS = ("exercise", "muscle", "background", "parent")


def check_reasons(value: object) -> list[object]:
    """Returns reasons that can be told: each has a sentence."""
    reasons = as_json(value)
    if not isinstance(reasons, list) or len(reasons) > MOST_REASONS:
        raise WrongValue("it is no list of reasons")
    for one in reasons:
        try:
            sentence(Reason.from_dict(one))
        except (EngineError, AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise WrongValue("it has a reason that nobody can tell") from error
    return reasons


def check_inputs(value: object) -> dict:
    inputs = as_json(value)
    if not isinstance(inputs, dict):
        raise WrongValue("it is no object")
    for name in WHOLE:
        if name in inputs and type(inputs[name]) is not int:
            raise WrongValue(f"its “{name}” is no whole number")
    for name, length in LISTS.items():
        if name in inputs and (type(inputs[name]) is not list or len(inputs[name]) != length):
            raise WrongValue(f"its “{name}” is no list of {length}")
    for name in OBJECTS:
        if name in inputs and not isinstance(inputs[name], dict):
            raise WrongValue(f"its “{name}” is no object")
    try:
        for name in ("bias", "slope"):
            if name in inputs and not Decimal(inputs[name]).is_finite():
                raise WrongValue(f"its “{name}” is no number")
        if "grid" in inputs:
            Grid.from_dict(inputs["grid"])
    except (EngineError, AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise WrongValue("it has what the engine cannot read") from error
    return inputs
