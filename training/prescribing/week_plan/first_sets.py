"""The first sets of the last sessions of each exercise, in any workout and mesocycle, read in one query."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from metricgain.units import in_unit
from training import progression
from training.prescribing.parameters import ExerciseParameters
from training.progression import CONFIG, FirstSet

# A lateral join per exercise reads its latest logs by an index, and no other sets of the lifter.
FIRST_SETS = """
SELECT e.id, s.day, s.weight, s.unit, s.weight_kg, s.reps, COALESCE(s.rir, s.asked)
FROM unnest(%s::bigint[]) AS e(id), LATERAL (
    SELECT DISTINCT ON (l.performed_at, l.id)
        COALESCE(l.local_date, l.performed_at::date) AS day,
        s.weight, s.unit, s.weight_kg, s.reps, s.rir, p.rir AS asked
    FROM workout_logs l
    JOIN sets s ON s.workout_log_id = l.id AND s.exercise_id = e.id AND s.set_type IN ('working', 'failure')
    LEFT JOIN prescriptions p ON p.id = s.prescription_id
    WHERE l.user_id = %s AND NOT l.ill AND COALESCE(p.kind, 'normal') = 'normal'
      AND s.reps BETWEEN 1 AND %s AND l.performed_at >= %s
    ORDER BY l.performed_at DESC, l.id, s.set_number
    LIMIT %s
) s
ORDER BY e.id, s.day
"""


class First(NamedTuple):
    day: date
    weight: Decimal
    unit: str
    weight_kg: Decimal
    reps: int
    rir: Decimal | None  # said, else asked


def first_sets_of(user_id: int, exercises: Iterable[int], *, since: date) -> dict[int, list[First]]:
    """Returns the first working set of each of the last sessions since a day, oldest first, by exercise. Deloads,
    recovery sessions and days while ill are left out."""
    found: dict[int, list[First]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_SETS, [list(exercises), user_id, CONFIG.most_reps, since, CONFIG.expect_sessions])
        for exercise, *row in cursor.fetchall():
            found[exercise].append(First._make(row))
    return found


def foretold(firsts: list[First], parameters: ExerciseParameters, *, weight: Decimal, rir: int, today: date) -> dict:
    """Returns what to store in the `inputs` of a row: `expect`, [reps, fewest, most] of its first set, and `slope`, the
    lifter's own reps per ln(load). Each is left out where too little is known."""
    grid, known = parameters.grid, []
    for one in firsts:
        used = one.weight if one.unit == parameters.unit else in_unit(one.weight_kg, parameters.unit)
        load = grid.load_moved(used)
        if load is not None and load > 0:
            known.append(FirstSet(days_ago=max(0, (today - one.day).days), load=load, reps=one.reps, rir=_rir(one)))
    load = grid.load_moved(weight)
    if load is None or load <= 0:
        return {}
    expect, slope = progression.expect(known, load=load, rir=rir), progression.slope(known)
    return ({"expect": expect} if expect else {}) | ({"slope": str(slope)} if slope else {})


def _rir(one: First) -> Decimal | None:
    return None if one.rir is None else Decimal(one.rir)
