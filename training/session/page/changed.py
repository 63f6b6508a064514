"""Reads what a fact changed of the workout page: for a phone, after each set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from metricgain.users.models import User
from training.session.page.loading import load_session, planned_in
from training.session.page.reading import SessionReading, trained_before, with_sets
from training.session.page.sets_around import sets_of
from training.session.recording import SessionKey


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
    muscle, exercise_id = changed.muscle, changed.exercise_id
    loaded = load_session(user, key.workout_id, key.week, muscle=muscle, exercise_id=exercise_id)
    if loaded is None or loaded.session.log is None or loaded.session.has_ended:
        return None
    session, log, before = loaded.session, loaded.session.log, loaded.session.past_until(now)
    planned = planned_in(session, muscle=muscle, exercise_id=exercise_id)
    stands = planned.get(changed.exercise_id or 0)
    if changed.seen != 0 and changed.seen != (stands and stands.id):
        return None
    shown = changed.of(planned)
    sets = sets_of(log.id, user_id=user.id, exercise_ids=shown, before=before, others=False)
    last = max((one.performed_at for done in sets.done.values() for one in done), default=None)
    others = [one for one in shown if one in sets.done and one not in planned]
    exercises = tuple(with_sets(session, planned, others, sets, loaded.names))
    found = {one.exercise.id for one in exercises}
    if last is None or log.was_left_open(now, last_set_at=last) or not found or not found.issuperset(shown):
        return None
    reading = SessionReading(
        workout=session.workout,
        week=session.week,
        log=log,
        url=session.url,
        order=session.order,
        user=user,
        exercises=exercises,
        feedback=loaded.feedback,
        trained=trained_before(session, exercises, before),
    )
    # A set changes the question after it only where it is the last.
    is_last = changed.is_undo or all(one.is_done for one in exercises)
    return ChangedReading(reading, shown, not session.is_deload and bool(changed.muscle or is_last))
