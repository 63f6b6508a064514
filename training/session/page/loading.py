"""Loads a session: its workout, its log, what was answered, and what it asks, of all muscles or of one.

The statements stand here as SQL: Django takes longer to put them together than PostgreSQL takes to answer them, and the
page or a part of it is read after each set."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from exercises.models import Exercise, ExerciseSettings
from metricgain.database import columns_of, rows_of
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Workout, WorkoutLog
from training.own_exercise.merged_places import Name, Place, names_in

# Of all muscles, of one, or of that of an exercise.
OF_MUSCLE = "(%s OR {column} = COALESCE(%s, (SELECT muscle_group FROM exercises WHERE id = %s)))"
SESSION = f"""
SELECT {columns_of("w", Workout)}, {columns_of("m", Mesocycle)}, {columns_of("l", WorkoutLog)},
       {columns_of("f", MuscleGroupFeedback)}, EXISTS (SELECT FROM merged_sets WHERE workout_log_id = l.id),
       (SELECT json_agg(json_build_array(e.id, e.name, p.superset) ORDER BY p.position, p.id)
        FROM prescriptions p JOIN exercises e ON e.id = p.exercise_id
        WHERE p.workout_id = %s AND p.week_number = %s AND p.superseded_at IS NULL)
FROM workouts w JOIN mesocycles m ON m.id = w.mesocycle_id
LEFT JOIN workout_logs l ON l.workout_id = w.id AND l.week_number = %s
LEFT JOIN muscle_group_feedback f ON f.workout_log_id = l.id AND {OF_MUSCLE.format(column="f.muscle_group")}
WHERE w.id = %s AND m.user_id = %s
"""
ASKED = f"""
SELECT {columns_of("p", Prescription)}, {columns_of("e", Exercise)}, {columns_of("s", ExerciseSettings)},
       (SELECT notes FROM workout_exercises
        WHERE workout_id = p.workout_id AND exercise_id = p.exercise_id LIMIT 1)
FROM prescriptions p JOIN exercises e ON e.id = p.exercise_id
LEFT JOIN exercise_settings s ON s.exercise_id = e.id AND s.user_id = %s
WHERE p.workout_id = %s AND p.week_number = %s AND p.superseded_at IS NULL
  AND {OF_MUSCLE.format(column="e.muscle_group")}
ORDER BY p.position, p.id
"""


class Placed(NamedTuple):
    """An exercise that a session asks for."""

    exercise_id: int
    name: str
    superset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A workout in one of its weeks. `order`: all that it asks for, also where only a part of it is read."""

    workout: Workout
    week: int
    log: WorkoutLog | None  # None: it has no fact yet
    url: str  # of its page; facts are posted to addresses below it (training/urls.py, `session`)
    order: tuple[Placed, ...] = ()

    @property
    def mesocycle(self) -> Mesocycle:
        return self.workout.mesocycle

    def superset_of(self, exercise_id: int) -> tuple[Placed, ...]:
        """Returns the exercises of the superset of an exercise, in order; only itself where it is alone."""
        return next((one for one in self.together if any(each.exercise_id == exercise_id for each in one)), ())

    def pairs_with(self, exercise_id: int) -> Placed | None:
        """Returns the next exercise, where the two may become a superset."""
        place = next((place for place, one in enumerate(self.order) if one.exercise_id == exercise_id), len(self.order))
        marks = [one.superset for one in self.order]
        if not progression.may_pair(marks, place, place + 1) or self.order[place + 1] in self.superset_of(exercise_id):
            return None
        return self.order[place + 1]

    @property
    def together(self) -> list[tuple[Placed, ...]]:
        """Its supersets, and each exercise that is alone, in order."""
        units = progression.units([one.superset for one in self.order])
        return [tuple(self.order[place] for place in unit) for unit in units]

    @property
    def is_deload(self) -> bool:
        return self.mesocycle.is_deload(self.week)

    @property
    def is_completed(self) -> bool:
        return bool(self.log and self.log.is_completed)

    @property
    def is_started(self) -> bool:
        return bool(self.log and self.log.is_started)

    @property
    def is_skipped(self) -> bool:
        return bool(self.log and self.log.is_skipped)

    @property
    def has_ended(self) -> bool:
        return bool(self.log and self.log.has_ended)

    def past_until(self, now: datetime) -> datetime:
        """Returns when the past of this session ends: when it began, or now."""
        return (self.log.started_at or self.log.performed_at) if self.log and self.is_started else now

    @property
    def plan_goes_on(self) -> bool:
        """Whether a change can be "from now on": not in the last week, nor in an extra session."""
        return not self.is_deload and self.workout.only_week is None

    @property
    def asks_feedback(self) -> bool:
        """Whether it asks how muscles felt: not in a deload, nor in a session that came from another app."""
        return not self.is_deload and self.mesocycle.imported_by_id is None

    @property
    def asks_again_if_skipped(self) -> bool:
        """Whether next week asks the same if this session is skipped, which a deload does not."""
        return self.plan_goes_on and not self.mesocycle.is_deload(self.week + 1)


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """`feedback`: what was answered, by muscle; empty in a deload, which asks nothing. `names`: of the sets of merged
    exercises."""

    session: Session
    feedback: dict[str, MuscleGroupFeedback]
    names: dict[Place, Name]


def load_session(
    user: User, workout_id: int, week: int, *, muscle: str | None = None, exercise_id: int | None = None
) -> LoadedSession | None:
    """Loads a session of the user; None where there is no such workout, or it is not trained in that week. With a
    muscle, or an exercise of it, only that muscle's answers are loaded."""
    values = [workout_id, week, week, *_muscle(muscle, exercise_id), workout_id, user.id]
    rows = list(rows_of(SESSION, values, Workout, Mesocycle, WorkoutLog, MuscleGroupFeedback))
    if not rows:
        return None
    workout, mesocycle, log, _, has_merged, order = rows[0]
    mesocycle.user, workout.mesocycle = user, mesocycle
    if not mesocycle.has(workout, week):
        return None
    url = reverse("training:workout_detail", args=[workout_id, week])
    answers = () if mesocycle.is_deload(week) else (answer for _, _, _, answer, *_ in rows if answer)
    return LoadedSession(
        Session(workout=workout, week=week, log=log, url=url, order=tuple(Placed(*one) for one in order or ())),
        feedback={answer.muscle_group: answer for answer in answers},
        names=names_in(log.id) if has_merged else {},
    )


def planned_in(
    session: Session, *, muscle: str | None = None, exercise_id: int | None = None
) -> dict[int, Prescription]:
    """Returns the prescriptions of a session by exercise id, each with its exercise, `own` and `plan_note`."""
    values = [session.mesocycle.user_id, session.workout.id, session.week, *_muscle(muscle, exercise_id)]
    planned = {}
    for row, exercise, own, plan_note in rows_of(ASKED, values, Prescription, Exercise, ExerciseSettings):
        row.exercise, row.own, row.plan_note = exercise, own, plan_note
        planned[exercise.id] = row
    return planned


def _muscle(muscle: str | None, exercise_id: int | None) -> list[bool | str | int | None]:
    return [muscle is None and exercise_id is None, muscle, exercise_id]
