"""Reads what a fact changed of the workout page: for a phone, after each set. The statements stand here as SQL, because
Django takes longer to put together those of the whole page than PostgreSQL takes to answer them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from exercises.models import Exercise, ExerciseSettings
from metricgain.database import columns_of, rows_of
from metricgain.users.models import User
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Workout, WorkoutLog
from training.own_exercise.merged_places import Name, Place, names_in
from training.session.page.reading import Session, SessionExercise, SessionReading, trained_before, with_sets
from training.session.page.sets_around import sets_of
from training.session.recording import SessionKey
from training.session.running_week import SessionWeek

Feedback = dict[str, MuscleGroupFeedback]  # by muscle
LOG = f"""
SELECT {columns_of("l", WorkoutLog)}, {columns_of("w", Workout)}, {columns_of("m", Mesocycle)},
       {columns_of("f", MuscleGroupFeedback)}, EXISTS (SELECT FROM merged_sets WHERE workout_log_id = l.id)
FROM workout_logs l JOIN workouts w ON w.id = l.workout_id JOIN mesocycles m ON m.id = w.mesocycle_id
LEFT JOIN muscle_group_feedback f ON f.workout_log_id = l.id
  AND f.muscle_group = COALESCE(%s, (SELECT muscle_group FROM exercises WHERE id = %s))
WHERE l.user_id = %s AND l.workout_id = %s AND l.week_number = %s
"""
ASKED = f"""
SELECT {columns_of("p", Prescription)}, {columns_of("e", Exercise)}, {columns_of("s", ExerciseSettings)},
       (SELECT notes FROM workout_exercises
        WHERE workout_id = p.workout_id AND exercise_id = p.exercise_id LIMIT 1)
FROM prescriptions p JOIN exercises e ON e.id = p.exercise_id
LEFT JOIN exercise_settings s ON s.exercise_id = e.id AND s.user_id = %s
WHERE p.workout_id = %s AND p.week_number = %s AND p.superseded_at IS NULL
  AND e.muscle_group = COALESCE(%s, (SELECT muscle_group FROM exercises WHERE id = %s))
ORDER BY p.position, p.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a fact changed of a session: the sets of an exercise, or all exercises of a muscle, or, without `cards`,
    only what is asked about it. `seen`: the id of the prescription that a set was logged with; 0: any."""

    exercise_id: int | None = None
    seen: int | None = 0
    muscle: str | None = None
    cards: bool = True
    is_undo: bool = False

    def of(self, planned: Iterable[int]) -> list[int]:
        """Returns the exercises whose cards it changed, out of those `planned` for the muscle."""
        if self.exercise_id:
            return [self.exercise_id]
        return list(planned) if self.cards else []


@dataclass(frozen=True, slots=True)
class ChangedReading:
    """The exercises of the muscle, of which those in `shown` changed, and whether the question after them did."""

    session: SessionReading
    shown: list[int]
    performance: bool


def read_changed(user: User, key: SessionKey, changed: Changed, *, now: datetime) -> ChangedReading | None:
    """Reads the exercises of one muscle, in three queries. None where the fact may have changed more than these: in a
    session that has ended or was left open or has no set, where a card appears or goes, and where the plan
    has changed since."""
    session, feedback, names = _session(user, key, changed)
    if session is None or session.log is None or session.has_ended:
        return None
    before = (session.log.started_at or session.log.performed_at) if session.is_started else now
    planned = _planned(key, changed)
    stands = planned.get(changed.exercise_id or 0)
    if changed.seen != 0 and changed.seen != (stands and stands.id):
        return None
    shown = changed.of(planned)
    sets = sets_of(session.log.id, user_id=user.id, exercise_ids=shown, before=before, others=False)
    last = max((one.performed_at for done in sets.done.values() for one in done), default=None)
    others = [one for one in shown if one in sets.done and one not in planned]
    exercises = tuple(with_sets(session, planned, others, sets, names))
    found = {one.exercise.id for one in exercises}
    if last is None or session.log.was_left_open(now, last_set_at=last) or not found or not found.issuperset(shown):
        return None
    return _asking(session, exercises, changed, shown, before, feedback)


def _session(user: User, key: SessionKey, changed: Changed) -> tuple[Session | None, Feedback, dict[Place, Name]]:
    """Returns the session (None: it has no log), what was answered about the muscle, and the names of its sets of
    merged exercises."""
    place = [changed.muscle, changed.exercise_id, key.user_id, key.workout_id, key.week]
    found = rows_of(LOG, place, WorkoutLog, Workout, Mesocycle, MuscleGroupFeedback)
    for log, workout, mesocycle, answer, has_merged in found:
        mesocycle.user, workout.mesocycle = user, mesocycle
        url = reverse("training:workout_detail", args=[key.workout_id, key.week])
        feedback = {answer.muscle_group: answer} if answer and not mesocycle.is_deload(key.week) else {}
        return (
            Session(workout=workout, week=key.week, log=log, url=url),
            feedback,
            names_in(log.id) if has_merged else {},
        )
    return None, {}, {}


def _planned(key: SessionKey, changed: Changed) -> dict[int, Prescription]:
    """Returns the prescriptions of the muscle by exercise id, each with its exercise, `own` and `plan_note`."""
    place = [key.user_id, key.workout_id, key.week, changed.muscle, changed.exercise_id]
    planned = {}
    for row, exercise, own, plan_note in rows_of(ASKED, place, Prescription, Exercise, ExerciseSettings):
        row.exercise, row.own, row.plan_note = exercise, own, plan_note
        planned[exercise.id] = row
    return planned


def _asking(
    session: Session,
    exercises: tuple[SessionExercise, ...],
    changed: Changed,
    shown: list[int],
    before: datetime,
    feedback: Feedback,
) -> ChangedReading:
    """Adds what was answered about the muscle. A set changes the question after it only where it is the last."""
    is_last = changed.is_undo or all(one.is_done for one in exercises)
    reading = SessionReading(
        workout=session.workout,
        week=session.week,
        log=session.log,
        url=session.url,
        user=session.mesocycle.user,
        exercises=exercises,
        feedback=feedback,
        trained=trained_before(session, exercises, before),
        around=SessionWeek(),
        asked=[],
        volume_before={},
        sets_next={},
        bias_learnt={},
        is_prescribed_later=False,
    )
    return ChangedReading(reading, shown, not session.is_deload and bool(changed.muscle or is_last))
