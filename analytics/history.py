"""One exercise, session by session."""

from dataclasses import dataclass, field
from datetime import date

from exercises.models import Exercise
from metricgain.users.models import User
from training.models import Set


@dataclass(slots=True)
class ExerciseSession:
    """The sets of one exercise in one session."""

    log_id: int
    workout_id: int
    week: int
    date: date
    sets: list[Set] = field(default_factory=list)


def exercise_history(user: User, exercise: Exercise, *, most_sets: int = 120) -> list[ExerciseSession]:
    """The latest sessions of an exercise, newest first, over all mesocycles; at most `most_sets` sets."""
    newest = Set.objects.filter(user=user, exercise=exercise).order_by("-performed_at")
    sessions: dict[int, ExerciseSession] = {}
    for one in newest.select_related("workout_log")[:most_sets]:
        log = one.workout_log
        session = sessions.setdefault(
            log.id,
            ExerciseSession(log.id, log.workout_id, log.week_number, log.local_date or user.today(log.performed_at)),
        )
        session.sets.append(one)
    for session in sessions.values():
        session.sets.sort(key=lambda one: one.set_number)
    return list(sessions.values())
