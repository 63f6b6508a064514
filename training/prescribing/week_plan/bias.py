"""How far the RIR that a lifter says is off, from the open sets of all their mesocycles, read in one query."""

import json
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from metricgain.units import in_unit
from training import progression
from training.progression import CONFIG, Done, ExercisePlan, Grid
from training.progression.load.grid import StoredGrid

# The last open sessions of each exercise, with the first sets of the two hard sessions before it in its workout.
OPEN_SETS = """
WITH asked AS (
    SELECT p.workout_id, week_number, exercise_id, sets, reps, weight, p.unit, inputs -> 'grid' AS grid
    FROM prescriptions p JOIN workouts w ON w.id = workout_id JOIN mesocycles m ON m.id = mesocycle_id
    WHERE m.user_id = %(user)s AND superseded_at IS NULL AND kind = 'normal' AND rir = 0 AND open
), firsts AS (
    SELECT DISTINCT ON (l.workout_id, l.week_number, s.exercise_id)
        l.workout_id, l.week_number, s.exercise_id, l.performed_at, s.weight, s.unit, s.weight_kg, s.reps, s.rir
    FROM asked a
    JOIN workout_logs l ON l.workout_id = a.workout_id
    JOIN sets s ON s.workout_log_id = l.id AND s.exercise_id = a.exercise_id AND s.set_type IN ('working', 'failure')
    WHERE NOT ill AND NOT EXISTS (SELECT FROM prescriptions p WHERE superseded_at IS NULL AND kind <> 'normal'
                      AND (p.workout_id, p.week_number, p.exercise_id) = (l.workout_id, l.week_number, s.exercise_id))
    ORDER BY l.workout_id, l.week_number, s.exercise_id, s.set_number
)
SELECT a.exercise_id, a.workout_id, a.week_number, a.sets, a.reps, a.weight, a.unit, a.grid,
       f.weight, f.unit, f.weight_kg, f.reps, f.rir,
       (SELECT json_agg(json_build_array(b.weight::text, b.unit, b.weight_kg::text, b.reps, b.rir::text))
        FROM (SELECT * FROM firsts e
              WHERE (e.workout_id, e.exercise_id) = (a.workout_id, a.exercise_id) AND e.week_number < a.week_number
              ORDER BY e.week_number DESC LIMIT 2) b)
FROM asked a JOIN firsts f USING (workout_id, week_number, exercise_id)
ORDER BY f.performed_at
"""


class OpenSet(NamedTuple):
    """An open set that shows something. `point`: the reps by which the lifter said too much RIR."""

    exercise_id: int
    session: tuple[int, int]  # (workout, week)
    point: Decimal


def biases_of(user_id: int) -> tuple[dict[int, Decimal], Decimal]:
    """Returns the bias by exercise, and that of an exercise without an open set of its own."""
    return _biases(_open_sets(user_id))


def bias_in_words(user_id: int, exercise_id: int) -> str:
    """Returns the sentence that says how far off the RIR said is in an exercise; "" where it is not."""
    by_exercise, elsewhere = biases_of(user_id)
    return _in_words(by_exercise.get(exercise_id, elsewhere))


def biases_learnt_in(user_id: int, *, workout: int, week: int) -> dict[int, str]:
    """Returns the same sentence by exercise, where an open set of this session made it another one."""
    every, session = _open_sets(user_id), (workout, week)
    places = [place for place, one in enumerate(every) if one.session == session]
    if not places:
        return {}
    until = every[: places[-1] + 1]
    before, elsewhere = _biases([one for one in until if one.session != session])
    after, _ = _biases(until)
    told = {every[place].exercise_id: _in_words(after[every[place].exercise_id]) for place in places}
    return {exercise: words for exercise, words in told.items() if words != _in_words(before.get(exercise, elsewhere))}


def _open_sets(user_id: int) -> list[OpenSet]:
    """Returns the open sets of the lifter that show something, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SETS, {"user": user_id})
        rows = cursor.fetchall()
    found = ((exercise, (workout, week), _point(*row)) for exercise, workout, week, *row in rows)
    return [OpenSet(exercise, session, point) for exercise, session, point in found if point is not None]


def _biases(every: list[OpenSet]) -> tuple[dict[int, Decimal], Decimal]:
    by_exercise = defaultdict(list)
    for one in every:
        by_exercise[one.exercise_id].append(one.point)
    elsewhere = progression.rir_bias((), [one.point for one in every])
    return {exercise: progression.rir_bias(own) for exercise, own in by_exercise.items()}, elsewhere


def _in_words(bias: Decimal) -> str:
    return progression.sentence(progression.said_off(bias)) if bias else ""


def _point(
    sets: int, reps: int, weight: Decimal | None, unit: str, grid: StoredGrid | str | None, *rest
) -> Decimal | None:
    first, before = rest[:-1], rest[-1] or []
    if weight is None or not grid:
        return None
    made_on = Grid.from_dict(json.loads(grid) if isinstance(grid, str) else grid)
    plan = ExercisePlan(sets=min(sets, CONFIG.most_sets), weight=weight, reps=reps, reps_lo=reps, rir=0, open=True)
    before = json.loads(before) if isinstance(before, str) else before
    done = [_done(*one, unit=unit) for one in (first, *before)]
    if any(one.weight == 0 for one in done) and made_on.kind == "load":
        return None
    if progression.odd(done[0], plan=plan, refs=done[1:], grid=made_on):
        return None
    return progression.rir_point(plan, first=done[0], before=done[1:], grid=made_on)


def _done(weight, its_unit: str, weight_kg, reps: int, rir, *, unit: str) -> Done:
    used = Decimal(weight) if its_unit == unit else in_unit(Decimal(weight_kg), unit)
    return Done(weight=used, reps=reps, rir=None if rir is None else Decimal(rir))
