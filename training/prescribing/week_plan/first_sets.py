"""The first sets of the last sessions of each exercise, in any workout and mesocycle, read in one query."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from metricgain.units import in_unit
from training import progression
from training.prescribing.parameters import ExerciseParameters
from training.progression import CONFIG, Done, ExercisePlan, FirstSet

# A lateral join per exercise reads its latest logs by an index, and no other sets of the lifter.
SESSIONS = """
SELECT e.id, s.day, s.sets
FROM unnest(%s::bigint[]) AS e(id), LATERAL (
    SELECT COALESCE(l.local_date, l.performed_at::date) AS day, json_agg(json_build_array(
        s.weight::text, s.unit, s.weight_kg::text, s.reps, s.rir::text, p.weight::text, p.unit, p.reps, p.rir
    ) ORDER BY s.set_number)::text AS sets
    FROM workout_logs l
    JOIN sets s ON s.workout_log_id = l.id AND s.exercise_id = e.id AND s.set_type IN ('working', 'failure')
    LEFT JOIN prescriptions p ON p.id = s.prescription_id
    WHERE l.user_id = %s AND NOT l.ill AND COALESCE(p.kind, 'normal') = 'normal'
      AND s.reps BETWEEN 1 AND %s AND l.performed_at >= %s
    GROUP BY l.performed_at, l.id
    ORDER BY l.performed_at DESC, l.id
    LIMIT %s
) s
ORDER BY e.id, s.day
"""


class LoggedSet(NamedTuple):
    """A working set, and what the row asked for which it was logged. Numbers with decimals are text."""

    weight: str
    unit: str
    weight_kg: str
    reps: int
    rir: str | None
    asked_weight: str | None
    asked_unit: str | None
    asked_reps: int | None
    asked_rir: int | None


class SessionSets(NamedTuple):
    day: date
    sets: list[LoggedSet]


def sessions_of(user_id: int, exercises: Iterable[int], *, since: date) -> dict[int, list[SessionSets]]:
    """Returns the working sets of each of the last sessions since a day, oldest first, by exercise. Deloads, recovery
    sessions and days while ill are left out."""
    found: dict[int, list[SessionSets]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS, [list(exercises), user_id, CONFIG.most_reps, since, CONFIG.expect_sessions])
        for exercise, day, sets in cursor.fetchall():
            found[exercise].append(SessionSets(day, [LoggedSet(*one) for one in json.loads(sets)]))
    return found


def foretold(
    sessions: list[SessionSets], parameters: ExerciseParameters, *, weight: Decimal, rir: int, today: date
) -> dict:
    """Returns what to store in the `inputs` of a row: `expect`, [reps, fewest, most] of its first set, and `slope`, the
    lifter's own reps per ln(load). Each is left out where too little is known."""
    load = parameters.grid.load_moved(weight)
    if load is None or load <= 0:
        return {}
    known = list(_first_sets(sessions, parameters, today=today))
    expect, slope = progression.expect(known, load=load, rir=rir), progression.slope(known)
    return ({"expect": expect} if expect else {}) | ({"slope": str(slope)} if slope else {})


def _first_sets(sessions: list[SessionSets], parameters: ExerciseParameters, *, today: date) -> Iterator[FirstSet]:
    """Yields the first set of each session that shows something: an odd one does not, unless another set of its session
    confirms it."""
    grid, before = parameters.grid, list[list[Done]]()
    for day, sets in sessions:
        done = [_done(one, unit=parameters.unit) for one in sets]
        load = grid.load_moved(done[0].weight)
        if load is None or not all(one.weight or grid.kind != "load" for one in done):
            continue
        refs = [one for each in before[-CONFIG.odd_sessions :] for one in each]
        before.append(done)
        plan = _asked(sets[0], parameters, sets=len(done))
        if load > 0 and _counts(done, plan, refs, parameters):
            rir = sets[0].asked_rir if sets[0].rir is None else sets[0].rir
            yield FirstSet(
                days_ago=max(0, (today - day).days),
                load=load,
                reps=done[0].reps,
                rir=None if rir is None else Decimal(rir),
            )


def _done(one: LoggedSet, *, unit: str) -> Done:
    weight = Decimal(one.weight) if one.unit == unit else in_unit(Decimal(one.weight_kg), unit)
    return Done(weight=weight, reps=one.reps, rir=None if one.rir is None else Decimal(one.rir))


def _asked(one: LoggedSet, parameters: ExerciseParameters, *, sets: int) -> ExercisePlan:
    weight, reps = None, one.asked_reps or 1
    if one.asked_weight is not None and one.asked_unit is not None:
        weight, reps = parameters.here(Decimal(one.asked_weight), reps=reps, of=one.asked_unit)
    if not weight and parameters.grid.kind == "load":
        weight = None
    return ExercisePlan(sets=min(sets, CONFIG.most_sets), weight=weight, reps=reps, reps_lo=1, rir=one.asked_rir)


def _counts(done: list[Done], plan: ExercisePlan, refs: list[Done], parameters: ExerciseParameters) -> bool:
    grid, is_known = parameters.grid, bool(refs) or plan.weight is not None
    if is_known and not progression.odd(done[0], plan=plan, refs=refs, grid=grid):
        return True  # as nearly always, and without a look at the sets after it
    return any(index == 0 for index, _ in progression.kept(plan, done=done, refs=refs, grid=grid))
