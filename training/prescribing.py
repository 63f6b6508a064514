"""The one bridge between rows and rules: gathers what the engine needs, asks it, and keeps the answer.

Only the next occurrence of a workout is prescribed. A prescription is never changed: a newer row supersedes it, and
once a muscle's first set of that session is logged, its rows there are settled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from exercises.models import ExerciseSettings, Loading
from metricgain.users.models import Unit
from training import progression
from training.models import Mesocycle, Prescription, Set, WorkoutExercise, WorkoutLog
from training.models.log import KG_PER_LB
from training.progression import Done, Grid, Plan


@dataclass(frozen=True, slots=True)
class Terms:
    """What a lifter trains an exercise by, gathered from the slot, their settings and the library, in that order."""

    slot: WorkoutExercise
    grid: Grid
    lo: int
    hi: int
    floor_rir: int
    unit: str


@transaction.atomic
def prescribe_first_week(mesocycle: Mesocycle) -> None:
    """Week 1 of every workout, from the plan itself: its weights where it has some, else a question."""
    slots = list(
        WorkoutExercise.objects.filter(workout__mesocycle=mesocycle, workout__retired_at=None)
        .select_related("exercise", "workout")
        .order_by("workout__position_in_week", "position", "id")
    )
    rows = []
    for terms in _terms(mesocycle, slots):
        rir = progression.target_rir(mesocycle.duration_weeks, week=1, floor_rir=terms.floor_rir)
        plan = progression.start_plan(
            terms.slot.target_weight,
            lo=terms.lo,
            hi=terms.hi,
            grid=terms.grid,
            rir=rir,
            sets=terms.slot.target_sets,
        )
        rows.append(_row(terms, 1, plan, inputs={"lo": terms.lo, "hi": terms.hi, "floor_rir": terms.floor_rir}))
    Prescription.objects.bulk_create(rows)


@transaction.atomic
def prescribe_after(log: WorkoutLog) -> None:
    """The next occurrence of the workout of `log`, from what was done so far. Asking twice changes nothing."""
    mesocycle = Mesocycle.objects.select_for_update().select_related("user").get(id=log.mesocycle_id)
    if log.week_number >= mesocycle.duration_weeks:
        return
    history = _History(log)
    settled = history.muscles_begun(log.week_number + 1)
    slots = log.workout.slots.select_related("exercise").order_by("position", "id")
    for terms in _terms(mesocycle, list(slots)):
        if terms.slot.exercise.muscle_group not in settled:
            _supersede(history, _next_row(mesocycle, history, terms))


class _History:
    """What was asked and done in one workout, week by week, up to the week after `log`."""

    def __init__(self, log: WorkoutLog):
        self.log, self.week = log, log.week_number
        current = log.workout.prescriptions.current().filter(week_number__lte=self.week + 1)
        self.asked = {(p.week_number, p.exercise_id): p for p in current.order_by("week_number")}
        self.sets: dict[tuple[int, int], list[Set]] = defaultdict(list)
        logged = Set.objects.filter(workout_log__workout=log.workout_id, workout_log__week_number__lte=self.week + 1)
        for one in logged.working().select_related("workout_log", "exercise").order_by("set_number"):
            self.sets[one.workout_log.week_number, one.exercise_id].append(one)
        self.soreness = dict(log.feedback.values_list("muscle_group", "soreness_level"))

    def muscles_begun(self, week: int) -> set[str]:
        return {sets[0].exercise.muscle_group for (of_week, _), sets in self.sets.items() if of_week == week}

    def done(self, week: int, terms: Terms) -> list[Done]:
        """The working sets of an exercise as the engine reads them, in the slot's unit.

        A loaded exercise at weight 0 is a set that did not happen."""
        sets = [one for one in self.sets[week, terms.slot.exercise_id] if one.weight or terms.grid.kind != "load"]
        return [
            Done(
                weight=one.weight if one.unit == terms.unit else _in_unit(one.weight_kg, terms.unit),
                reps=one.reps,
                rir=Decimal(0) if one.rir is None and one.set_type == Set.Type.FAILURE else one.rir,
            )
            for one in sets
        ]

    def last_week_trained(self, exercise_id: int, *, before: int) -> int | None:
        """The last week before `before` in which the exercise has sets here that count: no deload, no recovery."""
        weeks = [
            week
            for (week, exercise), sets in self.sets.items()
            if exercise == exercise_id
            and week < before
            and sets
            and getattr(self.asked.get((week, exercise)), "kind", "normal") == Prescription.Kind.NORMAL
        ]
        return max(weeks, default=None)


def _next_row(mesocycle: Mesocycle, history: _History, terms: Terms) -> Prescription:
    week = history.week + 1
    rir = progression.target_rir(mesocycle.duration_weeks, week=week, floor_rir=terms.floor_rir)
    asked = history.asked.get((history.week, terms.slot.exercise_id))
    if mesocycle.is_deload(week):
        return _deload_row(mesocycle, history, terms, asked)
    if asked is None:
        # It joined the plan after this session was prescribed: it starts next week.
        plan = progression.start_plan(
            terms.slot.target_weight,
            lo=terms.lo,
            hi=terms.hi,
            grid=terms.grid,
            rir=rir,
            sets=terms.slot.target_sets,
        )
        return _row(terms, week, plan, inputs={"lo": terms.lo, "hi": terms.hi})
    plan, done = _plan(asked), history.done(history.week, terms)
    earlier = history.last_week_trained(terms.slot.exercise_id, before=history.week)
    earlier_done = history.done(earlier, terms) if earlier else []
    earlier_asked = history.asked.get((earlier, terms.slot.exercise_id))
    given = {
        "lo": terms.lo,
        "hi": terms.hi,
        "next_rir": rir,
        "next_sets": plan.sets,
        "soreness": history.soreness.get(terms.slot.exercise.muscle_group),
        "perf": progression.performance(
            plan,
            done=done,
            prev_done=earlier_done,
            grid=terms.grid,
            prev_rir=earlier_asked.rir if earlier_asked else None,
        ),
    }
    following = progression.plan_load(plan, done=done, grid=terms.grid, **given)
    following = replace(following, reasons=(*following.reasons, progression.hold_sets(following.sets)))
    return _row(terms, week, following, inputs=given | {"plan": asked.id, "done": [_as_json(one) for one in done]})


def _deload_row(mesocycle: Mesocycle, history: _History, terms: Terms, asked: Prescription | None) -> Prescription:
    """The deload of an exercise, from its last session here that was neither deload nor recovery."""
    last = history.last_week_trained(terms.slot.exercise_id, before=history.week + 1)
    asked = history.asked.get((last, terms.slot.exercise_id), asked)
    done = history.done(last, terms) if last else []
    if asked is None:
        reference = progression.start_plan(
            terms.slot.target_weight,
            lo=terms.lo,
            hi=terms.hi,
            grid=terms.grid,
            rir=0,
            sets=terms.slot.target_sets,
        )
    else:
        reference = _plan(asked)
    reference = replace(reference, weight=progression.main_weight(done, grid=terms.grid) or reference.weight)
    order = list(mesocycle.workouts.in_plan().values_list("id", flat=True))
    given = {
        "best_reps": max((one.reps for one in done), default=None),
        "session_index": order.index(terms.slot.workout_id),
        "sessions_in_week": len(order),
        "mode": mesocycle.user.preferences.get("deload_mode", "rp"),
    }
    plan = progression.plan_deload(reference, grid=terms.grid, **given)
    inputs = given | {"plan": asked.id if asked else None, "done": [_as_json(one) for one in done]}
    return _row(terms, history.week + 1, plan, inputs=inputs)


def _start(terms: Terms, rir: int) -> Plan:
    """The first plan of a slot: its own weight, else a question. Weight 0 says nothing of a loaded exercise."""
    weight = terms.slot.target_weight
    if not weight and terms.grid.kind == "load":
        weight = None
    return progression.start_plan(
        weight, lo=terms.lo, hi=terms.hi, grid=terms.grid, rir=rir, sets=terms.slot.target_sets
    )


def _supersede(history: _History, row: Prescription) -> None:
    """Appends `row` where it says something new, and closes the row that it replaces."""
    standing = history.asked.get((row.week_number, row.exercise_id))
    if standing:
        says = ("position", "sets", "reps", "reps_lo", "drop", "weight", "unit", "rir", "kind", "reasons")
        if all(getattr(standing, name) == getattr(row, name) for name in says):
            return
        standing.superseded_at = timezone.now()
        standing.save(update_fields=["superseded_at"])
        row.replaces = standing
    row.save()


def _terms(mesocycle: Mesocycle, slots: list[WorkoutExercise]) -> Iterable[Terms]:
    settings = {
        one.exercise_id: one
        for one in ExerciseSettings.objects.filter(
            user=mesocycle.user_id, exercise__in=[slot.exercise_id for slot in slots]
        )
    }
    body = mesocycle.user.body_weights.latest_on(mesocycle.user.today())
    for slot in slots:
        own, exercise = settings.get(slot.exercise_id), slot.exercise
        unit = slot.unit or (own and own.unit) or mesocycle.user.unit
        grid = progression.default_grid(
            equipment=exercise.equipment,
            loading=exercise.loading,
            mechanic=exercise.mechanic,
            unit=unit,
            body=_in_unit(body, unit) if body and exercise.loading in (Loading.ADDED, Loading.ASSISTED) else None,
        )
        lo, hi = _rep_range(slot, own)
        yield Terms(slot=slot, grid=grid, lo=lo, hi=hi, floor_rir=_floor(slot, own), unit=unit)


def _rep_range(slot: WorkoutExercise, own: ExerciseSettings | None) -> tuple[int, int]:
    exercise = slot.exercise
    for lo, hi in (
        (slot.target_reps_min, slot.target_reps_max),
        (own and own.rep_min, own and own.rep_max),
        (exercise.rep_min, exercise.rep_max),
    ):
        if lo and hi:
            return min(lo, 30), min(hi, 30)
    return progression.default_rep_range(
        equipment=exercise.equipment, loading=exercise.loading, mechanic=exercise.mechanic
    )


def _floor(slot: WorkoutExercise, own: ExerciseSettings | None) -> int:
    """The RIR that this slot never goes below; at least 1 where failing is unsafe."""
    said = next((rir for rir in (slot.target_rir, own and own.rir_floor) if rir is not None), 0)
    return max(min(said, 5), 1 if slot.exercise.unsafe_to_fail else 0)


def _row(terms: Terms, week: int, plan: Plan, *, inputs: dict) -> Prescription:
    kinds = Prescription.Kind
    return Prescription(
        workout_id=terms.slot.workout_id,
        week_number=week,
        exercise=terms.slot.exercise,
        position=terms.slot.position,
        sets=plan.sets,
        reps=plan.reps,
        reps_lo=plan.reps_lo,
        drop=plan.drop,
        weight=plan.weight,
        unit=terms.unit,
        rir=plan.rir,
        kind=kinds.RECOVERY if plan.recovery else kinds.DELOAD if plan.rir is None else kinds.NORMAL,
        reasons=[reason.to_dict() for reason in plan.reasons],
        inputs=inputs,
        engine_version=progression.ENGINE_VERSION,
        config_hash=progression.config_hash(progression.CONFIG),
    )


def _plan(row: Prescription) -> Plan:
    return Plan(
        sets=row.sets,
        weight=row.weight,
        reps=row.reps,
        reps_lo=row.reps_lo,
        rir=row.rir,
        drop=row.drop,
        recovery=row.kind == Prescription.Kind.RECOVERY,
        reasons=tuple(progression.Reason.from_dict(reason) for reason in row.reasons),
    )


def _as_json(done: Done) -> list[str | int | None]:
    return [str(done.weight), done.reps, None if done.rir is None else str(done.rir)]


def _in_unit(kilograms: Decimal, unit: str) -> Decimal:
    return (kilograms if unit == Unit.KG else kilograms / KG_PER_LB).quantize(Decimal("0.01"))
