"""The examples of a lifter: the last numbers of their own that each decision was about."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from metricgain.bounds import span
from metricgain.numbers import plain
from metricgain.users.models import User
from training import progression
from training.models import Prescription, Set
from training.models.done_set import DoneSet
from training.models.prescription import PARENT
from training.progression import Reason, is_about_sets, sentence
from training.rulebook.examples import CODES, Example
from training.session.page.phone_words import say
from training.session.page.targets import bias_of, rest_of

LATEST = 200  # rows that are looked through: about a mesocycle and the first week of the next
FOR_TODAY = {"SHORTENED"}  # the reasons of rows that the lifter chose which are looked at
Address = tuple[int, int, int]  # (workout, week, exercise)


def own(user: User) -> dict[str, Example]:
    """Returns the lifter's example of each decision that their last rows show, in two queries; one without any row."""
    rows = _latest(user)
    if not rows:
        return {}
    past = _Past(rows, _done(user, {row.workout_id for row in rows}))
    found = {name: past.first(_told(name)) for name in CODES}
    found |= {name: past.first(shows) for name, shows in OTHERS.items()}
    return {name: one for name, one in found.items() if one}


def _latest(user: User) -> list[Prescription]:
    rows = Prescription.objects.current().filter(workout__mesocycle__user=user).select_related("exercise")
    return list(rows.order_by("-id")[:LATEST])


def _done(user: User, workouts: set[int]) -> dict[Address, list[DoneSet]]:
    """Returns the working sets of these workouts by address, in order."""
    found = defaultdict(list)
    sets = Set.objects.working().filter(user=user, workout_log__workout__in=workouts).order_by("set_number")
    for workout, week, *one in sets.values_list("workout_log__workout", "workout_log__week_number", *DoneSet._fields):
        done = DoneSet._make(one)
        found[workout, week, done.exercise_id].append(done)
    return found


class _Past(NamedTuple):
    rows: list[Prescription]  # the newest first
    done: dict[Address, list[DoneSet]]

    def first(self, shows: "Shows") -> Example | None:
        """Returns what `shows` makes of the newest row of which it makes anything."""
        return next((one for row in self.rows if (one := shows(row, self))), None)

    def before(self, row: Prescription) -> Address | None:
        """Returns the session from which the row was made; None where nothing was logged in it."""
        if parent := row.inputs.get(PARENT):
            address = parent["workout"], parent["week"], row.exercise_id
            return address if address in self.done else None
        weeks = (week for week in range(row.week_number - 1, 0, -1))
        addresses = ((row.workout_id, week, row.exercise_id) for week in weeks)
        return next((one for one in addresses if one in self.done), None)

    def asked(self, address: Address) -> str:
        return next((row.target for row in self.rows if row.address == address), "")


Shows = Callable[[Prescription, _Past], Example | None]


def _told(decision: str) -> Shows:
    """Returns what shows a decision by the sentence that the lifter read."""

    def shows(row: Prescription, past: _Past) -> Example | None:
        told = [one for one in _strongest(row) if one["code"].startswith(CODES[decision])]
        if not told:
            return None
        before = past.before(row)
        return Example(
            exercise=row.exercise.name,
            is_own=True,
            asked=past.asked(before) if before else "",
            done=_words(past.done[before]) if before else "",
            then=row.target,
            why=sentence(Reason.from_dict(told[0])),
        )

    return shows


def _strongest(row: Prescription) -> list[dict]:
    """Returns the reasons that decided: of those about sets the first alone, because a limit comes before what it took.
    Of what the lifter chose, only that it was shortened is a decision of the rules."""
    about_sets = [one for one in row.reasons if is_about_sets(one["code"])][:1]
    found = about_sets + [one for one in row.reasons if not is_about_sets(one["code"])]
    return [one for one in found if not row.is_by_lifter or one["code"] in FOR_TODAY]


def _one_tap(row: Prescription, past: _Past) -> Example | None:
    """Shows how the other sets followed from the first, whose RIR was said."""
    done, grid = past.done.get(row.address), row.grid
    if not done or grid is None or row.weight is None or done[0].rir is None or done[0].unit != row.unit:
        return None
    if grid.kind == "load" and not done[0].weight:
        return None
    weight, others, reason = rest_of(row, done[0], grid)
    if reason is None:
        return None
    load = "" if weight == done[0].weight else f"{plain(weight)} {row.unit} × "
    then = f"{load}{', '.join(map(str, others))} in the other sets"
    return _of_session(row, done[:1], then=then, why=sentence(reason))


def _open_set(row: Prescription, past: _Past) -> Example | None:
    done = past.done.get(row.address)
    if not done or not row.open:
        return None
    bias = bias_of(row)
    why = sentence(progression.said_off(bias)) if bias else ""
    return _of_session(row, done[:1], asked=say("aim_open", reps=row.reps), why=why)


def _expectation(row: Prescription, past: _Past) -> Example | None:
    if not (expect := row.inputs.get("expect")):
        return None
    return _of_session(row, past.done.get(row.address, [])[:1], then=f"probably {span(*expect[1:])}")


def _warm_ups(row: Prescription, past: _Past) -> Example | None:
    grid, is_deload = row.grid, row.kind == Prescription.Kind.DELOAD
    if grid is None or is_deload:
        return None
    mechanic, reps = row.exercise.mechanic, max(1, row.reps)
    steps = progression.warm_ups(row.weight, reps=reps, grid=grid, mechanic=mechanic, is_warm=False)
    then = ", then ".join(f"{plain(weight)} × {reps}" for weight, reps in steps)
    return _of_session(row, [], then=then) if then else None


OTHERS: dict[str, Shows] = {
    "effort": _one_tap,
    "open": _open_set,
    "expect": _expectation,
    "warm_ups": _warm_ups,
}


def _of_session(
    row: Prescription, done: Iterable[DoneSet], *, asked: str = "", then: str = "", why: str = ""
) -> Example:
    return Example(
        exercise=row.exercise.name,
        is_own=True,
        asked=asked or row.target,
        done=_words(list(done)),
        then=then,
        why=why,
    )


def _words(done: list[DoneSet]) -> str:
    """Says sets: "100 kg × 10, 9, 8" where all have one weight, else each with its own; with the RIR that was said."""
    if not done:
        return ""
    if len({(one.weight, one.unit) for one in done}) > 1:
        return ", ".join(one.words for one in done)
    first = f"{plain(done[0].weight)} {done[0].unit} × " if done[0].weight else ""
    return first + ", ".join(f"{one.reps}{_left(one.rir)}" for one in done)


def _left(rir: Decimal | None) -> str:
    return "" if rir is None else f" ({plain(rir)} left)"
