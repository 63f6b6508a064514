"""Weights as they were typed in the app of origin, which may have stored them in the other unit.

The unit is decided once for each exercise of a file: one set alone could be either."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from metricgain.numbers import hundredths
from metricgain.transfer.formats.book import LISTED, is_impossible
from metricgain.transfer.logbook import AppLog, AppSet, NotTaken, NotTakenBecause
from metricgain.units import KG_PER_LB, KILOGRAMS

# The steps, in kilograms, of the weights that people type: quarters of a kilogram, halves of a pound.
STEPS = {"kg": Decimal("0.25"), "lb": KG_PER_LB / 2}
DECIMALS = 2
SLACK = Decimal("0.005")  # kilograms: what two decimals may have cut off
SLACK_OF_MORE = Decimal("0.0005")  # what apps that write more lose by a rough factor: 61.23492 for 135 lb
OTHER = {"kg": "lb", "lb": "kg"}
SURE = 2  # times as many sets for a unit as for the other
# Kilograms of a lift that few people ever do half of their sets with.
HEAVY = {"deadlift": 200, "squat (barbell)": 170, "bench press (barbell)": 120, "overhead press (barbell)": 80}
FEWEST = 5  # sets that say something

LADDER_NAMES = {"kg": "20-kg", "lb": "45-lb"}  # by their bars
BARBELLS = (
    "barbell", "(bar)", "bench press", "squat", "deadlift", "overhead press", "langhantel", "barra", "bilanciere",
    "kniebeuge", "bankdrücken", "kreuzheben", "штанг",
)  # fmt: skip
NO_BARBELLS = ("dumbbell", "machine", "smith", "cable", "kettlebell", "goblet", "bodyweight", "kurzhantel", "maschine")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProposal:
    """The unit of weights whose file says none, and the exercise that shows it best: of its sets that have a weight,
    `fitting` speak for the unit and `against` for the other. `is_converted`: they do so because they are odd numbers of
    the one unit and round ones of the other."""

    unit: str
    is_sure: bool
    exercise: str
    fitting: int
    against: int
    sets: int
    is_converted: bool
    heavier_than: int | None = None  # so many kilograms that hardly anybody lifts them

    @property
    def sentence(self) -> str:
        """Why; empty where nothing speaks for either unit."""
        of = f"{self.fitting} of {self.sets} sets of {self.exercise}"
        if self.heavier_than:
            return f"{of} are heavier than {self.heavier_than}, which is much in kilograms."
        if not self.fitting:
            return ""
        if self.is_converted:
            names = {"kg": "kilograms", "lb": "pounds"}
            return f"{of} are {names[self.unit]} that were converted from {names[OTHER[self.unit]]}."
        ladder, other = LADDER_NAMES[self.unit], LADDER_NAMES[OTHER[self.unit]]
        return f"{of} are on the {ladder} ladder, {self.against} on the {other} ladder."


def proposed(logbook: AppLog) -> UnitProposal | None:
    """Returns a proposal where a weight has no unit. One in ten is wrong: it is asked, and never taken silently."""
    silent: dict[str, list[Decimal]] = defaultdict(list)
    for one in _sets(logbook):
        if one.unit is None and one.weight:
            silent[one.exercise].append(one.weight)
    if not silent:
        return None
    barbells = {name: weights for name, weights in silent.items() if _is_barbell(name)}
    by_ladder = _by_ladder(barbells) or _by_ladder(silent)
    if by_ladder and by_ladder.unit == "lb":
        return _by_conversion(silent) or by_ladder
    return _by_conversion(silent) or _by_size(silent) or by_ladder or _unknown(silent)


def as_typed(logbook: AppLog, unit: str | None = None) -> None:
    """Gives each set its unit, and its weight as typed, to two decimals. `unit` is that of weights without one."""
    proposal = proposed(logbook)
    instead = unit or (proposal.unit if proposal else _commonest(logbook))
    exercises: dict[str, list[AppSet]] = defaultdict(list)
    for one in _sets(logbook):
        one.unit = one.unit or instead
        exercises[one.exercise].append(one)
    is_mixed = len({one.unit for one in _sets(logbook) if one.weight}) > 1
    unclear = [sets for sets in exercises.values() if not _decide(sets)]
    typed = _commonest(logbook)  # an exercise that does not show its unit has that of the others
    for sets in unclear:
        stored = next((one.unit for one in sets if one.weight), None)
        _store(sets, (is_mixed and stored) or typed)
    _leave_impossible(logbook)


def _decide(sets: list[AppSet]) -> bool:
    """Whether the weights of an exercise say their unit by themselves; they have it then."""
    units = {one.unit for one in sets if one.weight and one.unit}
    if len(units) > 1:  # the file itself mixes them
        _store(sets, None)
        return True
    weights = {one.weight for one in sets if one.weight}
    if not weights or all(_is_on_both(weight, *units) for weight in weights):
        return False
    [unit] = units
    _store(sets, OTHER[unit] if _is_converted(weights, unit) else unit)
    return True


def _store(sets: list[AppSet], typed: str | None) -> None:
    """Gives sets that have a unit the one in which they were typed; None: each its own."""
    for one in sets:
        if one.weight is not None and one.unit:
            one.weight = hundredths(_in_unit(one.weight, one.unit, typed or one.unit))
        one.unit = typed or one.unit


def _sets(logbook: AppLog) -> Iterator[AppSet]:
    return (one for session in logbook.sessions for one in session.sets)


def _commonest(logbook: AppLog) -> str:
    units = Counter(one.unit for one in _sets(logbook) if one.unit)
    return units.most_common(1)[0][0] if units else "kg"


def _leave_impossible(logbook: AppLog) -> None:
    """Takes out what only its unit shows to be impossible: 1,500 may be pounds, and is too much in kilograms. Sessions
    stay, even without a set: callers count them."""
    for session in logbook.sessions:
        for one in session.sets:
            if is_impossible(one.weight, one.unit):
                logbook.left[NotTakenBecause.IMPOSSIBLE] += 1
                if logbook.left[NotTakenBecause.IMPOSSIBLE] <= LISTED:
                    logbook.not_taken.append(
                        NotTaken(one.line, NotTakenBecause.IMPOSSIBLE, f"{one.exercise} · {one.weight}")
                    )
        session.sets = [one for one in session.sets if not is_impossible(one.weight, one.unit)]


# -- conversion -------------------------------------------------------------------------------------


def _nearest(kilograms: Decimal, unit: str) -> Decimal:
    """Returns the steps of a unit that are next to a weight."""
    return (kilograms / STEPS[unit]).to_integral_value(ROUND_HALF_EVEN)


def _is_on(weight: Decimal, unit: str, step: str) -> bool:
    """Whether a weight of a unit is on the steps of one of the units."""
    kilograms = weight * KILOGRAMS[unit]
    return abs(kilograms - _nearest(kilograms, step) * STEPS[step]) <= _slack(weight)


def _slack(weight: Decimal) -> Decimal:
    exponent = weight.as_tuple().exponent
    return SLACK if isinstance(exponent, int) and exponent >= -DECIMALS else SLACK_OF_MORE


def _is_on_both(weight: Decimal, unit: str) -> bool:
    return _is_on(weight, unit, unit) and _is_on(weight, unit, OTHER[unit])


def _is_of_other(weight: Decimal, unit: str) -> bool:
    """Whether a weight is odd in its unit and round in the other."""
    return not _is_on(weight, unit, unit) and _is_on(weight, unit, OTHER[unit])


def _is_converted(weights: Collection[Decimal], unit: str) -> bool:
    return sum(_is_of_other(weight, unit) for weight in weights) * 2 > len(weights)


def _in_unit(weight: Decimal, unit: str, typed: str) -> Decimal:
    """Returns the weight in the unit in which it was typed; the error of conversion is undone where it shows."""
    if unit == typed:
        return weight
    kilograms = weight * KILOGRAMS[unit]
    if _is_on(weight, unit, typed):
        kilograms = _nearest(kilograms, typed) * STEPS[typed]
    return kilograms / KILOGRAMS[typed]


# -- evidence ---------------------------------------------------------------------------------------


def _by_conversion(exercises: dict[str, list[Decimal]]) -> UnitProposal | None:
    """Such numbers hardly come about by chance, so a quarter of them is enough."""
    found = {unit: {name: _odd(weights, unit) for name, weights in exercises.items()} for unit in KILOGRAMS}
    totals = {unit: sum(counts.values()) for unit, counts in found.items()}
    unit = max(totals, key=lambda each: totals[each])
    if totals[unit] < FEWEST or totals[unit] * 4 < sum(map(len, exercises.values())):
        return None
    return _proposal(unit, found, exercises, is_converted=True)


def _odd(weights: list[Decimal], unit: str) -> int:
    return sum(_is_of_other(weight, unit) for weight in weights)


def _by_size(exercises: dict[str, list[Decimal]]) -> UnitProposal | None:
    """Half of a lifter's sets are hardly ever that heavy in kilograms."""
    for word, most in HEAVY.items():
        for name, weights in exercises.items():
            ordered = sorted(weights)
            if word in name.casefold() and len(weights) >= FEWEST and ordered[len(weights) // 2] > most:
                heavier = sum(weight > most for weight in weights)
                return UnitProposal(
                    unit="lb",
                    is_sure=True,
                    exercise=name,
                    fitting=heavier,
                    against=0,
                    sets=len(weights),
                    is_converted=False,
                    heavier_than=most,
                )
    return None


def _by_ladder(exercises: dict[str, list[Decimal]]) -> UnitProposal | None:
    found = {
        unit: {name: sum(map(is_on, weights)) for name, weights in exercises.items()} for unit, is_on in LADDERS.items()
    }
    totals = {unit: sum(counts.values()) for unit, counts in found.items()}
    unit = max(totals, key=lambda each: totals[each])
    return _proposal(unit, found, exercises, is_converted=False) if totals[unit] >= FEWEST else None


def _unknown(exercises: dict[str, list[Decimal]]) -> UnitProposal:
    name = max(exercises, key=lambda each: len(exercises[each]))
    return UnitProposal(
        unit="kg", is_sure=False, exercise=name, fitting=0, against=0, sets=len(exercises[name]), is_converted=False
    )


def _proposal(
    unit: str, found: dict[str, dict[str, int]], exercises: dict[str, list[Decimal]], *, is_converted: bool
) -> UnitProposal:
    fitting, against = found[unit], found[OTHER[unit]]
    best = max(exercises, key=lambda name: fitting[name] - against[name])
    return UnitProposal(
        unit=unit,
        is_sure=sum(fitting.values()) >= SURE * sum(against.values()),
        exercise=best,
        fitting=fitting[best],
        against=against[best],
        sets=len(exercises[best]),
        is_converted=is_converted,
    )


def _is_barbell(name: str) -> bool:
    words = name.casefold()
    return any(word in words for word in BARBELLS) and not any(word in words for word in NO_BARBELLS)


def _on_pounds(weight: Decimal) -> bool:
    """A bar of 45 lb with pairs of 45 and at most one of 10, of 25, or of both: 45, 65, 95, 115, 135, 155, 185, 225."""
    return weight >= 45 and (weight - 45) % 90 in (0, 20, 50, 70)


def _on_kilograms(weight: Decimal) -> bool:
    """A bar of 20 kg with any pairs of 5 and more, or with a pair of 1.25: 20, 30, 60, 62.5, 80, 100."""
    return weight >= 20 and (weight % 10 == 0 or weight % 5 == Decimal("2.5"))


LADDERS = {"kg": _on_kilograms, "lb": _on_pounds}
