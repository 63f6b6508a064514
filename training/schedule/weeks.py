"""The weeks of a mesocycle. A week is an ordinal, never a date: a missed day moves nothing by itself."""

import calendar
from dataclasses import dataclass
from datetime import datetime

from training.models import Mesocycle, Workout, WorkoutLog


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A workout in a week, with its log if it has one. `now`: the time by which it counts as left open or not."""

    workout: Workout
    week: int
    log: WorkoutLog | None
    now: datetime

    @property
    def weekday(self) -> str:
        """The name of its day in this week, "Monday" to "Sunday"; "" without one."""
        day = self.workout.day_in(self.week)
        return "" if day is None else calendar.day_name[day]

    @property
    def is_moved(self) -> bool:
        return self.workout.moved_week == self.week

    @property
    def state(self) -> str:
        """ "done", "skipped", "started", "left_open", or "open". Feedback alone does not start a session."""
        if self.log is None:
            return "open"
        if self.log.is_completed:
            return "done"
        if self.log.is_skipped:
            return "skipped"
        if self.log.last_set_at is None:
            return "open"
        return "left_open" if self.log.was_left_open(self.now, last_set_at=self.log.last_set_at) else "started"


def weeks_of(mesocycle: Mesocycle, *, now: datetime) -> list[list[Occurrence]]:
    """Returns all weeks in order, each with its workouts in order. A retired workout is in the weeks that have its
    log."""
    logs = {(log.workout_id, log.week_number): log for log in mesocycle.logs.with_last_set()}
    workouts = sorted(mesocycle.workouts.all(), key=lambda workout: workout.place)
    weeks = [
        [
            Occurrence(workout, week, logs.get((workout.id, week)), now)
            for workout in workouts
            if (workout.id, week) in logs or (workout.retired_at is None and workout.occurs_in(week))
        ]
        for week in range(1, mesocycle.duration_weeks + 1)
    ]
    return [_with_moved(week, mesocycle) for week in weeks]


def _with_moved(week: list[Occurrence], mesocycle: Mesocycle) -> list[Occurrence]:
    """Puts each moved workout before the first one with a later day. The others keep their order.

    A week of the mesocycle is seven days from its first day, so days are counted from that day."""
    first = mesocycle.start_date.weekday() if mesocycle.start_date else 0

    def place(occurrence: Occurrence) -> int:
        """Before all others where it has no day: none is later than that."""
        day = occurrence.workout.day_in(occurrence.week)
        return -1 if day is None else (day - first) % 7

    moved = [one for one in week if one.is_moved]
    order = [one for one in week if not one.is_moved]
    for one in sorted(moved, key=place):
        later = (at for at, other in enumerate(order) if place(other) > place(one))
        order.insert(next(later, len(order)), one)
    return order


def in_turn(week: list[Occurrence]) -> list[Occurrence]:
    """Returns the sessions of a week that are still to do, the next one first: those in progress, then the others.

    In freestyle no session is waited for, so one without a set does not count."""
    to_do = [occurrence for occurrence in week if occurrence.state not in ("done", "skipped")]
    to_do = [one for one in to_do if one.state != "open" or one.workout.retired_at is None]
    under_way = [occurrence for occurrence in to_do if occurrence.state != "open"]
    has_plan = any(occurrence.workout.only_week is None for occurrence in week)
    return under_way + [one for one in to_do if has_plan and one.state == "open"]


def next_occurrence(week: list[Occurrence]) -> Occurrence | None:
    return next(iter(in_turn(week)), None)
