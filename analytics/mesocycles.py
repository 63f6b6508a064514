"""The summary of a mesocycle: sets prescribed and done, and a comparison with the mesocycle that it was made from."""

from collections import Counter, defaultdict
from dataclasses import astuple, dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from analytics import metrics
from analytics.metrics import MuscleWeek
from analytics.strength import EASY, Tested, best_estimate, without_slips
from exercises.models import Exercise, Loading, MuscleGroup
from metricgain.units import in_unit
from training.models import Mesocycle, Prescription, Set

# A set reached its target with at least the reps of the last set asked, or the seconds, at the weight asked or a harder
# one.
SECONDS_ASKED = Coalesce("prescription__seconds", "prescription__reps_lo")
REPS = Q(seconds=None, reps__gte=F("prescription__reps_lo")) | Q(seconds__gte=SECONDS_ASKED)
HARDER = Q(weight__gte=F("prescription__weight")) & ~Q(exercise__loading=Loading.ASSISTED)
LESS_HELP = Q(weight__lte=F("prescription__weight"), exercise__loading=Loading.ASSISTED)
REACHED = REPS & (Q(prescription__weight=None) | HARDER | LESS_HELP)


@dataclass(frozen=True, slots=True)
class SummaryWeek:
    """One week of the summary. `compared` counts working sets outside deloads that have a target in the same unit;
    `reached` counts those of them that met it."""

    number: int
    done_sets: int
    prescribed_sets: int
    volume_kg: Decimal
    sessions_done: int
    sessions_skipped: int
    reached: int
    compared: int


@dataclass(frozen=True, slots=True)
class LikeWeek:
    """A week of the mesocycle beside the week `number_before` of its parent that is like it: sets and kilograms of
    both. Also the sums of several such weeks; then both numbers are 0."""

    number: int
    number_before: int
    is_deload: bool
    sets: int
    sets_before: int
    volume_kg: Decimal
    volume_before_kg: Decimal


@dataclass(frozen=True, slots=True)
class MuscleTotals:
    """A muscle's sets as (done, asked), one pair per week."""

    name: str
    cells: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Compared:
    """An exercise's best e1RM in the weeks compared of this mesocycle and of its parent, in `unit`."""

    exercise_id: int
    name: str
    unit: str
    now: Decimal
    before: Decimal

    @property
    def change(self) -> str:
        percent = round(100 * (self.now / self.before - 1), 1)
        return f"{percent:+} %" if percent else "0.0 %"


@dataclass(frozen=True, slots=True)
class MesocycleSummary:
    mesocycle: Mesocycle
    weeks: list[SummaryWeek]
    muscles: list[MuscleTotals]
    compared: list[LikeWeek]  # with the parent, by number
    strengths: list[Compared]

    @property
    def together(self) -> LikeWeek:
        """The sums over the weeks that are compared."""
        sums = (sum(column) for column in zip(*(astuple(one)[3:] for one in self.compared), strict=True))
        return LikeWeek(0, 0, False, *sums)

    @property
    def parent(self) -> Mesocycle | None:
        return self.mesocycle.parent_mesocycle

    @property
    def has_prescribed(self) -> bool:
        return any(week.prescribed_sets for week in self.weeks)


def summary_of(mesocycle: Mesocycle) -> MesocycleSummary:
    """Summarises the weeks up to the running one, and later ones that have sets. `mesocycle` needs its parent read.

    Makes four queries; five with a parent, and six with a week to compare with it."""
    prescribed: Counter[tuple[int, str]] = Counter()
    rows = Prescription.objects.current().filter(workout__mesocycle=mesocycle)
    for week, muscle, sets in rows.values_list("week_number", "exercise__muscle_group").annotate(Sum("sets")):
        prescribed[week, muscle] = sets
    rows_done = metrics.volume_by_week_and_muscle(mesocycle)
    done = {(one.week, one.muscle): one for one in rows_done}
    last = max([mesocycle.current_week if prescribed or done else 0, *(week for week, _ in done)])
    weeks = range(1, last + 1)
    states = Counter(mesocycle.logs.values_list("week_number", "status"))
    targets = _targets(mesocycle)
    compared = _beside_parent(mesocycle, rows_done)
    muscles = [one for one in MuscleGroup.values if any((week, one) in done or prescribed[week, one] for week in weeks)]
    return MesocycleSummary(
        mesocycle,
        weeks=[
            SummaryWeek(
                number=week,
                done_sets=sum(one.sets for (at, _), one in done.items() if at == week),
                prescribed_sets=sum(sets for (at, _), sets in prescribed.items() if at == week),
                volume_kg=sum((one.volume_kg for (at, _), one in done.items() if at == week), Decimal(0)),
                sessions_done=states[week, "completed"],
                sessions_skipped=states[week, "skipped"],
                **targets.get(week, {"reached": 0, "compared": 0}),
            )
            for week in weeks
        ],
        muscles=[
            MuscleTotals(
                str(MuscleGroup(one).label),
                [(done[week, one].sets if (week, one) in done else 0, prescribed[week, one]) for week in weeks],
            )
            for one in muscles
        ],
        compared=compared,
        strengths=_strengths(mesocycle, compared),
    )


def _targets(mesocycle: Mesocycle) -> dict[int, dict[str, int]]:
    sets = Set.objects.working().filter(workout_log__mesocycle=mesocycle, unit=F("prescription__unit"))
    rows = (
        sets.exclude(prescription__kind=Prescription.Kind.DELOAD)
        .values_list("workout_log__week_number")
        .annotate(reached=Count("id", filter=REACHED), compared=Count("id"))
    )
    return {week: {"reached": reached, "compared": compared} for week, reached, compared in rows}


def _beside_parent(mesocycle: Mesocycle, done: list[MuscleWeek]) -> list[LikeWeek]:
    """Returns the weeks that are over and have sets in the mesocycle and, where they are like them, in its parent.

    A week that runs would be held against a whole one, so it is left out."""
    parent = mesocycle.parent_mesocycle
    if parent is None:
        return []
    now, before = _totals(mesocycle, done), _totals(parent, metrics.volume_by_week_and_muscle(parent))
    pairs = ((week, mesocycle.like_week(week, parent)) for week in sorted(now))
    return [
        LikeWeek(week, like, mesocycle.is_deload(week), now[week][0], before[like][0], now[week][1], before[like][1])
        for week, like in pairs
        if like in before
    ]


def _totals(mesocycle: Mesocycle, done: list[MuscleWeek]) -> dict[int, tuple[int, Decimal]]:
    """Returns the sets and kilograms of each week that is over."""
    totals: dict[int, tuple[int, Decimal]] = {}
    for one in done:
        if mesocycle.is_over(one.week):
            sets, volume_kg = totals.get(one.week, (0, Decimal(0)))
            totals[one.week] = sets + one.sets, volume_kg + one.volume_kg
    return totals


def _strengths(mesocycle: Mesocycle, weeks: list[LikeWeek]) -> list[Compared]:
    """Returns the exercises done in both mesocycles in these weeks, by name. Leaves out deloads and days while ill, and
    exercises that move the body, because their load needs the body mass of each day."""
    parent, unit = mesocycle.parent_mesocycle_id, mesocycle.user.unit
    if parent is None or not weeks:
        return []
    own = Q(workout_log__mesocycle=mesocycle, workout_log__week_number__in=[one.number for one in weeks])
    before = Q(workout_log__mesocycle=parent, workout_log__week_number__in=[one.number_before for one in weeks])
    sets = Set.objects.working().filter(
        own | before,
        workout_log__ill=False,
        exercise__loading=Loading.WEIGHT,
        reps__gt=0,
        seconds=None,
        weight_kg__gt=0,
    )
    rows = sets.exclude(prescription__kind__in=EASY).values_list(
        "exercise", "workout_log__mesocycle", "weight_kg", "reps", "rir", "prescription__rir"
    )
    tested: dict[int, dict[int, list[Tested]]] = defaultdict(lambda: defaultdict(list))
    for exercise, block, *one in rows:
        tested[exercise][block].append(tuple(one))
    both = Exercise.objects.in_bulk([exercise for exercise, done in tested.items() if len(done) == 2])
    found = (_compared(exercise, tested[id_], now=mesocycle.id, unit=unit) for id_, exercise in both.items())
    return sorted(filter(None, found), key=lambda one: (one.name, one.exercise_id))


def _compared(exercise: Exercise, done: dict[int, list[Tested]], *, now: int, unit: str) -> Compared | None:
    counting = without_slips(exercise, done, body_kg=None)
    best = {block: best_estimate(exercise.loading, sets, None)[0] for block, sets in counting.items()}
    kg, before = best.pop(now, None), next(iter(best.values()), None)
    if kg is None or before is None:
        return None
    return Compared(exercise.id, exercise.name, unit, in_unit(kg, unit), in_unit(before, unit))
