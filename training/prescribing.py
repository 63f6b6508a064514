"""The one bridge between rows and rules: gathers what the engine needs, asks it, and keeps the answer.

Only the next occurrence of a workout is prescribed. A prescription is never changed: a newer row supersedes it, and
once a muscle's first set of that session is logged, its rows there are settled."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise
from training import progression
from training.models import Mesocycle, Prescription, Set, Workout, WorkoutExercise, WorkoutLog
from training.progression import Done, Plan
from training.terms import Terms, gather_terms, in_unit

# Who chose a row, and for how long: kept in its `inputs`.
LIFTER = "lifter"
TODAY, FROM_NOW_ON = "today", "from_now_on"
# What the column holds. Nobody lifts it, but a slip of the finger is logged and must not stop a finish.
HEAVIEST = Decimal("9999.99")
DELOAD_RIR = 4  # "4 or more"


def is_by_lifter(row: Prescription) -> bool:
    return row.inputs.get("by") == LIFTER


def is_for_today(row: Prescription) -> bool:
    """Whether the lifter chose it for that session alone: next week goes on from what stood before."""
    return is_by_lifter(row) and row.inputs.get("scope") == TODAY


@transaction.atomic
def prescribe_first_week(mesocycle: Mesocycle) -> None:
    """Week 1 of every workout, from the plan itself: its weights where it has some, else a question."""
    slots = WorkoutExercise.objects.filter(workout__mesocycle=mesocycle, workout__retired_at=None)
    slots = slots.select_related("exercise").order_by("workout__position_in_week", "position", "id")
    rows = []
    for terms in gather_terms(mesocycle.user, list(slots)):
        plan = _start(terms, progression.target_rir(mesocycle.duration_weeks, week=1, floor_rir=terms.floor_rir))
        rows.append(_row(terms, 1, plan, inputs={"lo": terms.lo, "hi": terms.hi, "floor_rir": terms.floor_rir}))
    Prescription.objects.bulk_create(rows)


def prescribe_after(log: WorkoutLog, mesocycle: Mesocycle) -> None:
    """The next occurrence of the workout of `log`, from what was done so far. Asking twice changes nothing.

    The caller has locked the mesocycle, so that the engine and the lifter take turns."""
    comes_again = log.week_number < mesocycle.duration_weeks and not (log.workout.only_week or log.workout.retired_at)
    if not comes_again:
        return
    history = _History(log)
    settled = history.muscles_begun(log.week_number + 1)
    slots = list(log.workout.slots.select_related("exercise").order_by("position", "id"))
    rows = [
        _next_row(mesocycle, history, terms)
        for terms in gather_terms(mesocycle.user, slots)
        if terms.slot.exercise.muscle_group not in settled
    ]
    done_already = {exercise for week, exercise in history.sets if week == log.week_number + 1}
    _supersede(history, rows, in_plan={slot.exercise_id for slot in slots} | done_already)


def joining_row(
    workout: Workout, week: int, exercise: Exercise, *, position: int, sets: int, kind: str, unit: str | None = None
) -> Prescription:
    """An unsaved row for an exercise that joins a session: its weight is asked, its first effort is easy (2 RIR)."""
    slot = WorkoutExercise(workout=workout, exercise=exercise, position=position, target_sets=sets, unit=unit)
    (terms,) = gather_terms(workout.mesocycle.user, [slot])
    weeks = workout.mesocycle.duration_weeks
    rir = progression.target_rir(weeks, week=min(week, weeks - 1), floor_rir=terms.floor_rir)
    effort = DELOAD_RIR if kind == Prescription.Kind.DELOAD else max(rir, 2)
    row = _row(terms, week, _start(terms, effort), inputs={})
    if kind == Prescription.Kind.DELOAD:
        row.kind, row.rir = kind, None
    return row


class _History:
    """What was asked and done in one workout, week by week, up to the week after `log`."""

    def __init__(self, log: WorkoutLog):
        self.log, self.week = log, log.week_number
        rows = list(log.workout.prescriptions.filter(week_number__lte=self.week + 1).order_by("id"))
        # What each week builds on: the latest row that was not for one day only.
        self.asked = {(row.week_number, row.exercise_id): row for row in rows if not is_for_today(row)}
        self.standing = {(row.week_number, row.exercise_id): row for row in rows if row.superseded_at is None}
        # Addresses where the lifter had a say: the engine leaves them alone.
        self.chosen = {(row.week_number, row.exercise_id) for row in rows if is_by_lifter(row)} | (
            {(row.week_number, row.exercise_id) for row in rows} - set(self.standing)
        )
        self.sets: dict[tuple[int, int], list[Set]] = defaultdict(list)
        logged = Set.objects.filter(workout_log__workout=log.workout_id, workout_log__week_number__lte=self.week + 1)
        for one in logged.working().select_related("workout_log", "exercise").order_by("set_number"):
            self.sets[one.workout_log.week_number, one.exercise_id].append(one)
        self.soreness = dict(log.feedback.values_list("muscle_group", "soreness_level"))

    @cached_property
    def order_of_workouts(self) -> list[int]:
        return list(Workout.objects.filter(mesocycle=self.log.mesocycle_id).in_plan().values_list("id", flat=True))

    def muscles_begun(self, week: int) -> set[str]:
        return {sets[0].exercise.muscle_group for (of_week, _), sets in self.sets.items() if of_week == week and sets}

    def done(self, week: int | None, terms: Terms) -> list[Done]:
        """The working sets of an exercise as the engine reads them, in the slot's unit; no week, no sets.

        A loaded exercise at weight 0 is a set that did not happen; the body alone has no weight but itself."""
        sets = [_done(one, terms) for one in self.sets.get((week, terms.slot.exercise_id), [])]
        return [one for one in sets if one.weight or terms.grid.kind != "load"]

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


def _done(one: Set, terms: Terms) -> Done:
    weight = one.weight if one.unit == terms.unit else in_unit(one.weight_kg, terms.unit)
    rir = Decimal(0) if one.rir is None and one.set_type == Set.Type.FAILURE else one.rir
    return Done(weight=Decimal(0) if terms.moves_nothing_but_the_body else weight, reps=one.reps, rir=rir)


def _next_row(mesocycle: Mesocycle, history: _History, terms: Terms) -> Prescription:
    week = history.week + 1
    asked = history.asked.get((history.week, terms.slot.exercise_id))
    if mesocycle.is_deload(week):
        return _deload_row(mesocycle, history, terms, asked)
    weeks = mesocycle.duration_weeks
    # An exercise that joined the plan later was asked nothing: its own numbers, or the first ones done, begin it.
    plan = _plan(asked) if asked else _start(terms, progression.target_rir(weeks, week=history.week))
    done = history.done(history.week, terms)
    earlier = history.last_week_trained(terms.slot.exercise_id, before=history.week)
    earlier_asked = history.asked.get((earlier, terms.slot.exercise_id))
    given = {
        "lo": terms.lo,
        "hi": terms.hi,
        "next_rir": progression.target_rir(weeks, week=week, floor_rir=terms.floor_rir),
        "next_sets": plan.sets,
        "soreness": history.soreness.get(terms.slot.exercise.muscle_group),
        "perf": progression.performance(
            plan,
            done=done,
            prev_done=history.done(earlier, terms),
            grid=terms.grid,
            prev_rir=earlier_asked.rir if earlier_asked else None,
        ),
    }
    following = progression.plan_load(plan, done=done, grid=terms.grid, **given)
    following = replace(following, reasons=(*following.reasons, progression.hold_sets(following.sets)))
    return _row(terms, week, following, inputs=given | _seen(asked, done))


def _deload_row(mesocycle: Mesocycle, history: _History, terms: Terms, asked: Prescription | None) -> Prescription:
    """The deload of an exercise, from its last session here that was neither deload nor recovery."""
    last = history.last_week_trained(terms.slot.exercise_id, before=history.week + 1)
    asked = history.asked.get((last, terms.slot.exercise_id), asked)
    done = history.done(last, terms)
    reference = _plan(asked) if asked else _start(terms, 0)
    used = progression.main_weight(done, grid=terms.grid)
    if used is not None:
        reference = replace(reference, weight=used)
    given = {
        "best_reps": max((one.reps for one in done), default=None),
        "session_index": history.order_of_workouts.index(terms.slot.workout_id),
        "sessions_in_week": len(history.order_of_workouts),
        "mode": mesocycle.user.preferences.get("deload_mode", "rp"),
    }
    plan = progression.plan_deload(reference, grid=terms.grid, **given)
    return _row(terms, history.week + 1, plan, inputs=given | _seen(asked, done))


def _start(terms: Terms, rir: int) -> Plan:
    """The first plan of a slot: its own weight, else a question. Weight 0 says nothing of a loaded exercise, and
    where only the body moves there is nothing to ask."""
    weight = terms.slot.target_weight
    if terms.moves_nothing_but_the_body:
        weight = Decimal(0)
    elif not weight and terms.grid.kind == "load":
        weight = None
    return progression.start_plan(
        weight, lo=terms.lo, hi=terms.hi, grid=terms.grid, rir=rir, sets=terms.slot.target_sets
    )


def _supersede(history: _History, rows: list[Prescription], in_plan: set[int]) -> None:
    """Appends the rows that say something new, and closes those that they replace and those of exercises gone."""
    new = []
    for row in rows:
        address = (row.week_number, row.exercise_id)
        row.replaces = history.standing.get(address)
        if address not in history.chosen and not (row.replaces and _says_the_same(row, row.replaces)):
            new.append(row)
    # Asked before, and no longer in the plan.
    gone = [
        standing.id
        for (week, exercise), standing in history.standing.items()
        if week == history.week + 1 and exercise not in in_plan and (week, exercise) not in history.chosen
    ]
    closed = [row.replaces_id for row in new if row.replaces_id] + gone
    if closed:
        Prescription.objects.filter(id__in=closed).update(superseded_at=timezone.now())
    if new:
        Prescription.objects.bulk_create(new)


def _says_the_same(row: Prescription, other: Prescription) -> bool:
    says = ("position", "sets", "reps", "reps_lo", "drop", "weight", "unit", "rir", "kind", "reasons")
    return all(getattr(row, name) == getattr(other, name) for name in says)


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
        weight=None if plan.weight is None else min(plan.weight, HEAVIEST),
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


def _seen(asked: Prescription | None, done: list[Done]) -> dict:
    """What the engine saw, as it is kept: the row that was asked, and [weight, reps, RIR] of each set."""
    sets = [[str(one.weight), one.reps, None if one.rir is None else str(one.rir)] for one in done]
    return {"plan": asked.id if asked else None, "done": sets}
