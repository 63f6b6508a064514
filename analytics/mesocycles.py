"""The summary of a mesocycle: sets prescribed and done, and a comparison with the mesocycle that it was made from."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from analytics import metrics
from analytics.strength import EASY, estimate
from exercises.models import Loading, MuscleGroup
from metricgain.units import in_unit
from training.models import Mesocycle, Prescription, Set

# A set reached its target with at least the reps of the last set asked, at the weight asked or a harder one.
REPS = Q(reps__gte=F("prescription__reps_lo"))
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
    parent_sets: int | None = None
    parent_volume_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MuscleTotals:
    """A muscle's sets as (done, asked), one pair per week."""

    name: str
    cells: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Compared:
    """An exercise's best e1RM in this mesocycle and in its parent, in `unit`."""

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
    strengths: list[Compared]

    @property
    def parent(self) -> Mesocycle | None:
        return self.mesocycle.parent_mesocycle

    @property
    def has_prescribed(self) -> bool:
        return any(week.prescribed_sets for week in self.weeks)


def summary_of(mesocycle: Mesocycle) -> MesocycleSummary:
    """Summarises the weeks up to the running one, and later ones that have sets. `mesocycle` needs its parent read.

    Makes four queries, six with a parent."""
    prescribed: Counter[tuple[int, str]] = Counter()
    rows = Prescription.objects.current().filter(workout__mesocycle=mesocycle)
    for week, muscle, sets in rows.values_list("week_number", "exercise__muscle_group").annotate(Sum("sets")):
        prescribed[week, muscle] = sets
    done = {(one.week, one.muscle): one for one in metrics.volume_by_week_and_muscle(mesocycle)}
    last = max([mesocycle.current_week if prescribed or done else 0, *(week for week, _ in done)])
    weeks = range(1, last + 1)
    states = Counter(mesocycle.logs.values_list("week_number", "status"))
    targets = _targets(mesocycle)
    parent_sets, parent_volume_kg = _totals(mesocycle.parent_mesocycle)
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
                parent_sets=parent_sets.get(week),
                parent_volume_kg=parent_volume_kg.get(week),
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
        strengths=_strengths(mesocycle),
    )


def _targets(mesocycle: Mesocycle) -> dict[int, dict[str, int]]:
    sets = Set.objects.working().filter(workout_log__mesocycle=mesocycle, unit=F("prescription__unit"))
    rows = (
        sets.exclude(prescription__kind=Prescription.Kind.DELOAD)
        .values_list("workout_log__week_number")
        .annotate(reached=Count("id", filter=REACHED), compared=Count("id"))
    )
    return {week: {"reached": reached, "compared": compared} for week, reached, compared in rows}


def _totals(mesocycle: Mesocycle | None) -> tuple[dict[int, int], dict[int, Decimal]]:
    """Sets, and kilograms, of each week."""
    sets: dict[int, int] = defaultdict(int)
    volume_kg: dict[int, Decimal] = defaultdict(Decimal)
    for one in metrics.volume_by_week_and_muscle(mesocycle) if mesocycle else ():
        sets[one.week] += one.sets
        volume_kg[one.week] += one.volume_kg
    return sets, volume_kg


def _strengths(mesocycle: Mesocycle) -> list[Compared]:
    """Returns the exercises done in both mesocycles, by name. Leaves out deloads, and exercises that move the body,
    because their load needs the body mass of each day."""
    parent, unit = mesocycle.parent_mesocycle_id, mesocycle.user.unit
    if parent is None:
        return []
    sets = Set.objects.working().filter(
        workout_log__mesocycle__in=[mesocycle.id, parent], exercise__loading=Loading.WEIGHT, reps__gt=0, weight_kg__gt=0
    )
    rows = sets.exclude(prescription__kind__in=EASY).values_list(
        "exercise", "exercise__name", "workout_log__mesocycle", "weight_kg", "reps", "rir"
    )
    best: dict[tuple[str, int], dict[int, Decimal]] = defaultdict(dict)
    for exercise, name, block, weight, reps, rir in rows.distinct():
        shown = estimate(weight, reps, rir)
        if shown is not None:
            of_exercise = best[name, exercise]
            of_exercise[block] = max(shown, of_exercise.get(block, shown))
    return [
        Compared(exercise, name, unit, in_unit(kg[mesocycle.id], unit), in_unit(kg[parent], unit))
        for (name, exercise), kg in sorted(best.items())
        if len(kg) == 2
    ]
