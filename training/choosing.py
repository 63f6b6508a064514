"""Exercises to choose from on the floor, the known ones first: when last done, and what each would ask."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.users.models import User
from training import progression
from training.models import Prescription, Workout, WorkoutExercise
from training.progression import Plan
from training.session_sets import DoneSet
from training.starting import first_plan, past_sets
from training.terms import gather_terms

# Of each exercise the first set of its latest session that was no deload and no recovery: a few rows of an index each,
# whatever the history.
LATEST = """
SELECT wanted.exercise_id, s.set_number, s.weight, s.unit, s.weight_kg, s.reps, s.rir, s.set_type, s.performed_at
FROM unnest(%(exercises)s::bigint[]) AS wanted (exercise_id) CROSS JOIN LATERAL (
    SELECT workout_log_id FROM sets LEFT JOIN prescriptions p ON p.id = sets.prescription_id
    WHERE user_id = %(user)s AND sets.exercise_id = wanted.exercise_id AND COALESCE(p.kind, 'normal') = 'normal'
    ORDER BY performed_at DESC LIMIT 1) AS newest
CROSS JOIN LATERAL (
    SELECT * FROM sets WHERE workout_log_id = newest.workout_log_id AND exercise_id = wanted.exercise_id
    ORDER BY set_number LIMIT 1) AS s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    id: int
    name: str
    kind: str  # "Barbell"; with what it trains where that is not clear from the page
    last: str = ""  # "3 Nov: 60 kg × 8"
    start: str = ""  # "62.5 kg × 10", worked out from its own sessions


@dataclass(frozen=True, slots=True)
class Choices:
    known: list[Choice]  # what the lifter has done before
    others: list[Choice]


def swaps_for(workout: Workout, week: int, exercise: Exercise, *, now: datetime) -> Choices:
    """What can stand in for `exercise`: of its muscle group, without what is in the session already. Most alike first,
    by how it moves and what it needs; among the known ones of a kind the latest."""
    user, today = workout.mesocycle.user, workout.mesocycle.user.today(now)
    rows = {row.exercise_id: row for row in workout.prescriptions.current().filter(week_number=week)}
    taken = {*rows, exercise.id}
    found = Exercise.objects.usable_by(user).filter(muscle_group=exercise.muscle_group).with_settings_of(user.id)
    found = [one for one in found if one.id not in taken]
    latest = _latest(user, found)
    row = rows.get(exercise.id)
    starts = _starts(workout, week, [one for one in found if one.id in latest], row, today=today)

    def unlike(one: Exercise) -> tuple:
        return one.mechanic != exercise.mechanic, one.equipment != exercise.equipment

    known = sorted(
        (one for one in found if one.id in latest), key=lambda one: latest[one.id].performed_at, reverse=True
    )
    return Choices(
        known=[
            _choice(one, one.get_equipment_display(), user, latest, today, starts=starts)
            for one in sorted(known, key=unlike)
        ],
        others=[
            Choice(id=one.id, name=one.name, kind=one.get_equipment_display())
            for one in sorted(found, key=lambda one: (*unlike(one), one.user_id is None, one.name))
            if one.id not in latest
        ],
    )


def additions_for(user: User, *, muscle: str, now: datetime, named: str = "") -> Choices:
    """What can join a session: the latest done first, then the lifter's own, then by name. `muscle` empty: of all;
    `named`: what the name is like."""
    found = Exercise.objects.usable_by(user)
    if muscle:
        found = found.filter(muscle_group=muscle)
    found = list(found.named_like(named, user) if named else found)
    latest, today = _latest(user, found), user.today(now)

    def kind(one: Exercise) -> str:
        return (
            one.get_equipment_display()
            if muscle
            else f"{one.get_muscle_group_display()} · {one.get_equipment_display()}"
        )

    known = sorted(
        (one for one in found if one.id in latest), key=lambda one: latest[one.id].performed_at, reverse=True
    )
    return Choices(
        known=[_choice(one, kind(one), user, latest, today) for one in known],
        others=[
            Choice(id=one.id, name=one.name, kind=kind(one))
            for one in sorted(found, key=lambda one: (one.user_id is None, one.name))
            if one.id not in latest
        ],
    )


def _latest(user: User, exercises: list[Exercise]) -> dict[int, DoneSet]:
    with connection.cursor() as cursor:
        cursor.execute(LATEST, {"user": user.id, "exercises": [one.id for one in exercises]})
        return {row[0]: DoneSet(*row) for row in cursor}


def _starts(
    workout: Workout, week: int, exercises: list[Exercise], row: Prescription | None, *, today: date
) -> dict[int, str]:
    """What each would ask in the place of `row`, as the engine's seed has it; nothing where it would have to ask."""
    user, weeks = workout.mesocycle.user, workout.mesocycle.duration_weeks
    if not exercises or workout.mesocycle.is_deload(week):
        return {}
    past = past_sets(user.id, [one.id for one in exercises], today=today)
    slots = []
    for one in exercises:
        slot = WorkoutExercise(
            workout=workout,
            exercise=one,
            position=1,
            target_sets=row.sets if row else 3,
            unit=row.unit if row else None,
        )
        slot.own = one.own
        slots.append(slot)
    starts = {}
    for terms in gather_terms(user, slots):
        rir = workout.mesocycle.target_rir(min(week, weeks - 1), floor_rir=terms.floor_rir)
        exercise = terms.slot.exercise
        plan = first_plan(terms, past[exercise.id], rir=progression.swap_rir(rir), today=today)
        if past[exercise.id] and plan.weight is not None:
            starts[exercise.id] = _asks(plan, exercise, terms.unit)
    return starts


def _asks(plan: Plan, exercise: Exercise, unit: str) -> str:
    if not plan.weight:
        return f"{plan.reps} reps"
    load = f"{plain(plan.weight)} {unit}"
    return f"{load} help × {plan.reps}" if exercise.loading == Loading.ASSISTED else f"{load} × {plan.reps}"


def _choice(
    one: Exercise,
    kind: str,
    user: User,
    latest: dict[int, DoneSet],
    today: date,
    *,
    starts: dict[int, str] | None = None,
) -> Choice:
    done = latest[one.id]
    day = user.today(done.performed_at)
    when = f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"
    return Choice(
        id=one.id, name=one.name, kind=kind, last=f"{when}: {done.words}", start=(starts or {}).get(one.id, "")
    )
