"""Reads the plan of a template and brings it inside the bounds. Anybody may have written it, so nothing is trusted.

The admin and the import refuse a plan with something `wrong`. A stored plan is used as read, inside the bounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from metricgain.bounds import Bound, span, wrong_in_range
from training.models.bounds import BOUNDS, DAYS, EXERCISES, HEAVIEST, RIR, SETS, SUPERSET, WEEKS, left_out

NUMBERS: dict[str, Bound] = {
    "target_sets": SETS,
    "target_reps_min": BOUNDS["reps"],
    "target_reps_max": BOUNDS["reps"],
    "target_rir": RIR,
}
CARRIED = (*NUMBERS, "superset")  # what a slot says of itself, in every form that a template has
RANGE = ("target_reps_min", "target_reps_max")
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something outside the bounds. `where`: "Workout 1, exercise 2"; empty: the plan as a whole. `rule`: the bound, as
    a sentence. `became`: what it was read as, as a sentence. `row`: (place of the workout, exercise) where it is shown
    in a row of the plan; None: it is shown above the plan."""

    where: str
    rule: str
    became: str = ""
    row: tuple[int, object] | None = None

    @property
    def refusal(self) -> str:
        return f"{self.where}: {self.rule}" if self.where else self.rule


@dataclass(frozen=True, slots=True)
class TemplatePlan:
    """`config`, shaped as in `Template`, inside the bounds. `wrong`: what was outside them. Too many exercises in a
    workout are listed there, but not removed."""

    config: dict
    wrong: tuple[Wrong, ...]

    @property
    def weeks(self) -> int:
        return self.config["duration_weeks"]

    @property
    def workouts(self) -> list[dict]:
        return self.config["workouts"]

    @property
    def weekdays(self) -> list[int | None]:
        return [workout.get("day_of_week") for workout in self.workouts]

    @property
    def slots(self) -> list[dict]:
        return [slot for workout in self.workouts for slot in workout["exercises"]]

    def exercises(self) -> set:
        return {slot["exercise_id"] for slot in self.slots}

    def said_of(self, place: int, exercise: int) -> list[str]:
        """Returns the sentences about the changed numbers of a row: `exercise` in the workout at `place`, from 1."""
        return [one.became for one in self.wrong if one.row == (place, exercise)]

    @property
    def refusals(self) -> list[str]:
        """The sentences that no row of the plan shows."""
        return [one.became or one.refusal for one in self.wrong if one.row is None]


def read_plan(config: object, *, key: str = "exercise_id") -> TemplatePlan:
    """Returns the plan in `config` (see Template), which may be any value. `key`: the field that names an exercise,
    "exercise_id", or "name" where the plan comes from elsewhere. Unknown fields stay as they are."""
    reader = _Reader(key)
    return TemplatePlan(reader.plan(config), tuple(reader.wrong))


class _Reader:
    def __init__(self, key: str):
        self.key = key
        self.wrong: list[Wrong] = []

    def say(self, *said, **more) -> None:
        self.wrong.append(Wrong(*said, **more))

    def plan(self, config: object) -> dict:
        config = config if isinstance(config, dict) else {}
        weeks, written = config.get("duration_weeks"), config.get("workouts")
        if not WEEKS.holds(weeks):
            self.say("", WEEKS.sentence, WEEKS.brought_inside(weeks) if type(weeks) is int else "")
            weeks = WEEKS.nearest(weeks) if type(weeks) is int else WEEKS.least
        written = written if isinstance(written, list) else []
        if len(written) not in DAYS.every:
            self.say("", DAYS.sentence, DAYS.brought_inside(len(written)) if written else "")
        workouts = list(self.workouts(written[: DAYS.most]))
        if config.get("days_per_week", len(workouts)) != len(workouts):
            self.say("", "days_per_week is the number of workouts.")
        return config | {"duration_weeks": weeks, "days_per_week": len(workouts), "workouts": workouts}

    def workouts(self, written: list) -> Iterator[dict]:
        place = 0  # counts only the workouts that could be read
        for number, workout in enumerate(written, start=1):
            here = f"Workout {number}"
            if not isinstance(workout, dict):
                self.say("", f"{here} is not written as a workout.")
                continue
            place += 1
            read = workout | {"exercises": self.slots(workout.get("exercises"), here, place)}
            if not _is_name(workout.get("name")):
                self.say(here, f"its name should be 1 to {LONGEST_NAME} plain characters.")
                read["name"] = here
            day = workout.get("day_of_week")
            if day is not None and (type(day) is not int or day not in range(7)):
                self.say(here, "day_of_week is 0 (Monday) to 6 (Sunday), or null.")
                read["day_of_week"] = None
            yield read

    def slots(self, written: object, workout: str, place: int) -> list[dict]:
        written = written if isinstance(written, list) else []
        if len(written) not in EXERCISES.every:
            self.say(workout, EXERCISES.sentence)
        slots, taken = [], set()
        for number, slot in enumerate(written, start=1):
            here = f"{workout}, exercise {number}"
            name = slot.get(self.key) if isinstance(slot, dict) else None
            if not (_is_id(name) if self.key == "exercise_id" else isinstance(name, str)):
                self.say(here, "It is not written as an exercise.")
            elif name in taken and self.key == "exercise_id":
                self.say(here, "It stands there already.")
            else:
                taken.add(name)
                slots.append(self.slot(slot, here, (place, name)))
        return slots

    def slot(self, slot: dict, here: str, row: tuple) -> dict:
        slot = dict(slot)
        counted = BOUNDS["seconds" if slot.get("measure") == "seconds" else "reps"]
        for name, bound in (NUMBERS | dict.fromkeys(RANGE, counted)).items():
            value = slot.get(name)
            if value is None or bound.holds(value):
                continue
            if type(value) is int:
                slot[name], became = bound.nearest(value), bound.brought_inside(value)
            else:
                del slot[name]
                became = left_out(bound.unit, bound.sentence)
            self.say(here, bound.sentence, became, row)
        lo, hi = (slot.get(name) for name in RANGE)
        if rule := wrong_in_range(lo, hi):
            if lo is None or hi is None:
                slot, became = slot | dict.fromkeys(RANGE), left_out(counted.unit, rule)
            else:
                slot |= dict(zip(RANGE, (hi, lo), strict=True))
                became = f"It says {span(lo, hi)} {counted.unit}; {span(hi, lo)} are planned. {rule}"
            self.say(here, rule, became, row)
        if not _is_weight(slot.get("target_weight")):
            rule = f"A weight is a number from 0 to {HEAVIEST}."
            self.say(here, rule, f"Its weight is left out. {rule}", row)
            slot["target_weight"] = None
        if slot.get("superset") is not None and not SUPERSET.holds(slot["superset"]):
            self.say(here, SUPERSET.sentence, f"It is planned alone. {SUPERSET.sentence}", row)
            slot["superset"] = None
        return slot


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_NAME and "\0" not in value


def _is_id(value: object) -> bool:
    return type(value) is int and abs(value) < 2**63


def _is_weight(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, int | float | Decimal) and type(value) is not bool and 0 <= Decimal(value) <= HEAVIEST
    except InvalidOperation:
        return False
