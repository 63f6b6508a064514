"""Sets per muscle and week of a mesocycle: what was asked, and, while it runs, the engine's outlook."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from exercises.models import MuscleGroup
from training import progression
from training.models import Mesocycle, Prescription
from training.prescribing.parameters import ExerciseParameters
from training.prescribing.week_plan.history import History
from training.prescribing.week_plan.reading import Prescribed
from training.progression import ExAhead, Outlook, Reason, SlotAhead
from training.progression.config import MuscleVolume

MuscleWeek = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A muscle's sets in one week. `low` and `high`: the worst and the best outlook; both are `sets` in a week that is
    asked already."""

    week: int
    sets: int
    low: int
    high: int
    is_outlook: bool
    is_above_mrv: bool

    @property
    def is_open(self) -> bool:
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class ForecastRow:
    muscle: str
    landmarks: MuscleVolume
    cells: list[Cell]
    change: int = 0  # sets of the running week less those of the week before
    why: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(MuscleGroup(self.muscle).label)

    @property
    def changed(self) -> str:
        """ "+2 sets"."""
        sets = f"{self.change:+d} set{'' if abs(self.change) == 1 else 's'}"
        return sets.replace("-", "\N{MINUS SIGN}")

    @property
    def scale(self) -> int:
        """The number of sets at the end of the scale of the bars: above MRV, and above the most sets of any week."""
        return 1 + max(self.landmarks.mrv, *(cell.high for cell in self.cells))


@dataclass(frozen=True, slots=True)
class SetsByWeek:
    rows: list[ForecastRow]
    weeks: list[int]
    running_week: int | None  # None: the mesocycle does not run, and there is no outlook
    is_deload: bool = False  # whether the running week is

    @property
    def moved(self) -> list[ForecastRow]:
        """The rows whose sets have changed since the week before."""
        return [row for row in self.rows if row.change]

    @property
    def has_outlook(self) -> bool:
        return any(cell.is_outlook for row in self.rows for cell in row.cells)

    @property
    def has_range(self) -> bool:
        return any(cell.is_open for row in self.rows for cell in row.cells)


def sets_by_week(mesocycle: Mesocycle, *, today: date) -> SetsByWeek:
    """Returns a row for each muscle that is or was asked for, in the library's order.

    `mesocycle` must come with its user. An ended mesocycle takes one query; a running one is read whole, as for
    prescribing."""
    if not mesocycle.is_active:
        prescribed = _prescribed(
            Prescription.objects.current()
            .filter(workout__mesocycle=mesocycle, week_number__lte=mesocycle.current_week)
            .values_list("exercise__muscle_group", "week_number", "sets")
        )
        return _table(mesocycle, prescribed, ahead={}, running_week=None)
    history, week = History(mesocycle, today=today), mesocycle.current_week
    rows = ((row.muscle, row.week_number, row.sets) for row in history.standing.values())
    prescribed = _prescribed(row for row in rows if row[1] <= week)
    slots = list(slots_ahead(history, week))
    mrv = {slot.muscle: _landmarks(mesocycle, slot.muscle).mrv for slot in slots}
    weeks = mesocycle.duration_weeks
    rir = {one: mesocycle.target_rir(one) for one in range(1, weeks)}
    ahead = progression.project(slots, week=week, weeks=weeks, mrv=mrv, rir=rir)
    table = _table(mesocycle, prescribed, ahead=ahead, running_week=week)
    if week == 1:
        return table
    changed = [_with_its_change(row, history, week) for row in table.rows]
    return replace(table, rows=changed, is_deload=mesocycle.is_deload(week))


def _with_its_change(row: ForecastRow, history: History, week: int) -> ForecastRow:
    change = row.cells[week - 1].sets - row.cells[week - 2].sets
    of_muscle = [one for one in history.standing.values() if one.muscle == row.muscle]
    before = {(one.workout_id, one.exercise_id): one.sets for one in of_muscle if one.week_number == week - 1}
    now = (one for one in of_muscle if one.week_number == week)
    moved = (one for one in now if before.get((one.workout_id, one.exercise_id)) != one.sets)
    return replace(row, change=change, why=tuple(_why(moved)))


def _why(moved: Iterable[Prescribed]) -> Iterator[str]:
    """Yields why the sets of these rows of a muscle moved. What several workouts gained for one reason is told once."""
    by_workout = {}
    for one in moved:
        found = (Reason.from_dict(each) for each in one.reasons if progression.is_about_sets(each["code"]))
        if reason := next(found, None):
            by_workout[one.workout_id, reason.code] = progression.told_of_muscle(reason)
    sets, causes = Counter[str](), {}
    for told in by_workout.values():
        cause = progression.sentence(Reason(told.code, {**told.params, "n": 1}))
        sets[cause] += int(told.params.get("n") or 0)
        causes[cause] = told
    for cause, told in causes.items():
        yield progression.sentence(Reason(told.code, {**told.params, "n": sets[cause]}))


def slots_ahead(history: History, week: int) -> Iterator[SlotAhead]:
    """Yields each muscle of each workout of the plan, as it is asked from `week` on, in the order of the week."""
    prescribed_weeks = defaultdict(set)
    for (of, prescribed, _), row in history.prescribed.items():
        if not row.is_by_lifter:
            prescribed_weeks[of].add(prescribed)
    for workout in history.workouts_in_plan():
        last = week
        while last < history.mesocycle.duration_weeks and last + 1 in prescribed_weeks[workout.id]:
            last += 1
        by_muscle = defaultdict(list)
        for parameters in history.parameters[workout.id]:
            by_muscle[parameters.slot.exercise.muscle_group].append(parameters)
        for muscle, slots in by_muscle.items():
            weeks = range(week, last + 1)
            yield SlotAhead(
                workout=workout.id,
                muscle=muscle,
                exercises=tuple(_exercise_ahead(history, workout.id, parameters, weeks) for parameters in slots),
                kind=_kind(history, workout.id, last, slots),
                minutes=workout.minutes_at_most,
            )


def _exercise_ahead(history: History, workout: int, parameters: ExerciseParameters, weeks: range) -> ExAhead:
    exercise = parameters.slot.exercise_id
    first = history.first_prescribed(workout, exercise)
    in_full = tuple(history.base_sets(workout, week, parameters) for week in weeks)
    return ExAhead(
        id=exercise,
        pos=parameters.slot.position,
        asked=tuple(
            _standing_sets(history, (workout, week, exercise), full) for week, full in zip(weeks, in_full, strict=True)
        ),
        in_full=in_full,
        week1_sets=first.sets if first else None,
        pace=history.pace(parameters),
    )


def _standing_sets(history: History, address: tuple[int, int, int], in_full: int) -> int:
    """Returns the sets asked at an address: 0 where the lifter took the exercise out, `in_full` where nothing is
    prescribed yet."""
    row = history.standing.get(address)
    if row:
        return row.sets
    return 0 if address in history.chosen else in_full


def _kind(history: History, workout: int, week: int, slots: list[ExerciseParameters]) -> str:
    if history.was_recovery(workout, week, slots):
        return Prescription.Kind.RECOVERY.value
    return (Prescription.Kind.DELOAD if history.was_deloaded(workout, week, slots) else Prescription.Kind.NORMAL).value


def _prescribed(rows: Iterable[tuple[str, int, int]]) -> Counter[MuscleWeek]:
    prescribed = Counter()
    for muscle, week, sets in rows:
        prescribed[muscle, week] += sets
    return prescribed


def _table(
    mesocycle: Mesocycle,
    prescribed: Counter[MuscleWeek],
    *,
    ahead: dict[str, tuple[Outlook, ...]],
    running_week: int | None,
) -> SetsByWeek:
    last = mesocycle.duration_weeks if ahead else max((week for _, week in prescribed), default=0)
    weeks = list(range(1, last + 1))
    muscles = {muscle for muscle, _ in prescribed} | set(ahead)
    rows = []
    for muscle in (one for one in MuscleGroup.values if one in muscles):
        landmarks = _landmarks(mesocycle, muscle)
        foretold = {one.week: one for one in ahead.get(muscle, ())}
        cells = [_cell(week, prescribed[muscle, week], foretold.get(week), mrv=landmarks.mrv) for week in weeks]
        rows.append(ForecastRow(muscle, landmarks, cells))
    return SetsByWeek(rows, weeks, running_week)


def _cell(week: int, prescribed: int, foretold: Outlook | None, *, mrv: int) -> Cell:
    if foretold is None:
        return Cell(week, prescribed, prescribed, prescribed, is_outlook=False, is_above_mrv=prescribed > mrv)
    sets = foretold.typical
    return Cell(week, sets, foretold.worst, foretold.best, is_outlook=True, is_above_mrv=sets > mrv)


def _landmarks(mesocycle: Mesocycle, muscle: str) -> MuscleVolume:
    return progression.landmarks(muscle, experience=mesocycle.user.experience)
