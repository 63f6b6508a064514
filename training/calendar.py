"""Weeks of a mesocycle. A week is an ordinal, never a date: a missed day moves nothing by itself."""

from dataclasses import dataclass

from training.models import Mesocycle, Workout, WorkoutLog


@dataclass(frozen=True, slots=True)
class Slot:
    """A workout in a week, and its log if it has one."""

    workout: Workout
    week: int
    log: WorkoutLog | None

    @property
    def state(self) -> str:
        """done, skipped, started, or open (feedback alone does not start a session)."""
        if self.log is None:
            return "open"
        if self.log.status == WorkoutLog.Status.COMPLETED:
            return "done"
        if self.log.status == WorkoutLog.Status.SKIPPED:
            return "skipped"
        return "started" if self.log.is_started else "open"


def weeks_of(mesocycle: Mesocycle) -> list[list[Slot]]:
    """All weeks in order, each with its workouts in order. A retired workout stands where it was logged."""
    logs = {(log.workout_id, log.week_number): log for log in mesocycle.logs.all()}
    workouts = list(mesocycle.workouts.order_by("position_in_week", "id"))
    weeks = []
    for week in range(1, mesocycle.duration_weeks + 1):
        slots = [Slot(w, week, logs.get((w.id, week))) for w in workouts]
        weeks.append(
            [s for s in slots if s.log or (s.workout.retired_at is None and s.workout.only_week in (None, week))]
        )
    return weeks


def next_session(mesocycle: Mesocycle) -> Slot | None:
    """The session to go to: one that is under way, else the first of the week that is neither done nor skipped."""
    open_slots = [s for s in weeks_of(mesocycle)[mesocycle.current_week - 1] if s.state in ("open", "started")]
    return next((s for s in open_slots if s.state == "started"), open_slots[0] if open_slots else None)
