"""What the engine's coach looks up in a record: the session to build on, the sets before it, answers, days off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.engine.simulation.record import Place, SimulatedMovement, TrainingRecord
from training.progression import CONFIG, Done, ExercisePlan, kept


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """What the next session of an exercise builds on. week: None where nothing was trained that counts."""

    plan: ExercisePlan
    done: Sequence[Done]
    week: int | None


def is_reference(record: TrainingRecord, at: Place, one: SimulatedMovement) -> bool:
    """Returns whether the exercise was trained in that session, which was no recovery, no deload and not while ill."""
    session = record.sessions.get(at)
    if session is None or session.is_ill or at.week == record.weeks or not session.done.get(one.name):
        return False
    return not session.asks[one.name].plan.recovery


def references_before(record: TrainingRecord, at: Place, one: SimulatedMovement) -> Iterator[BuiltOn]:
    for week in range(at.week - 1, 0, -1):
        earlier = at._replace(week=week)
        if is_reference(record, earlier, one):
            session = record.sessions[earlier]
            yield BuiltOn(session.asks[one.name].plan, session.done[one.name], week)


def reference_of(record: TrainingRecord, at: Place, one: SimulatedMovement) -> BuiltOn:
    session = record.sessions[at]
    plan = session.asks[one.name].plan
    if not plan.recovery:
        return BuiltOn(plan, session.done.get(one.name, []), at.week)
    earlier = next(references_before(record, at, one), None)
    return earlier or BuiltOn(replace(plan, recovery=False), [], None)


def base_sets(record: TrainingRecord, before: Place, one: SimulatedMovement) -> int:
    """Returns the sets asked last, in full, of an exercise up to the week of `before`."""
    for week in range(before.week, 0, -1):
        plan = record.sessions[Place(before.mesocycle, week, one.workout)].asks[one.name].plan
        if not plan.recovery:
            return plan.sets
    return one.first_sets


def answers_of(record: TrainingRecord, place: Place, muscle: str) -> tuple[int | None, int | None, int | None]:
    """Returns the soreness said in this workout's session before, at the muscle's session after that, and today."""
    at = place._replace(week=place.week - 1)
    before, after, found = record.sessions[at].felt.get(muscle), None, False
    for other, each in record.sessions.items():
        if found and muscle in each.felt:
            after = each.felt[muscle].soreness
            break
        found = found or other == at
    return before.soreness if before else None, after, record.sessions[place].felt[muscle].soreness


def refs_of(record: TrainingRecord, at: Place, one: SimulatedMovement) -> tuple[Done, ...]:
    """Returns the sets of the last three hard sessions of the exercise before that session."""
    before = [*references_before(record, at, one)][: CONFIG.odd_sessions]
    return tuple(each for reference in before for each in reference.done)


def places_of(record: TrainingRecord, mesocycle: int, one: SimulatedMovement) -> list[Place]:
    return [at for at in record.sessions if at.mesocycle == mesocycle and at.workout == one.workout]


def gap_days(record: TrainingRecord, place: Place, muscle: str) -> int | None:
    """Returns the days since the muscle's last session in this mesocycle; None without one."""
    today = record.sessions[place].day
    days = (session.day for at, session in record.trained(muscle, mesocycle=place.mesocycle) if at < place)
    return next((today - day for day in days), None)


def days_off(record: TrainingRecord, place: Place, one: SimulatedMovement, *, since: BuiltOn | None) -> int | None:
    """Returns the muscle's days off: where there was a break since the session built on, the longest one."""
    last, today = gap_days(record, place, one.muscle), record.sessions[place].day
    if since is None or since.week is None:
        return last
    began = record.sessions[place._replace(week=since.week)].day
    trained = record.trained(one.muscle, mesocycle=place.mesocycle)
    days = sorted({began} | {each.day for at, each in trained if at != place and began < each.day < today})
    longest = max(later - earlier for earlier, later in pairwise([*days, today]))
    return longest if longest > CONFIG.break_days else last


def last_done(record: TrainingRecord, place: Place, one: SimulatedMovement) -> Sequence[Done]:
    """Returns the sets of the exercise's last session, of any kind."""
    sessions = (session for at, session in reversed(record.sessions.items()) if at != place)
    return next((session.done[one.name] for session in sessions if session.done.get(one.name)), ())


def counted_of(record: TrainingRecord, at: Place, before: BuiltOn | None, one: SimulatedMovement) -> list[Done | None]:
    """Returns the sets of the session (or of a reference before it), with None in place of odd ones."""
    if before is not None:
        assert before.week is not None
        at = at._replace(week=before.week)
    session = record.sessions[at]
    plan, done = session.asks[one.name].plan, session.done.get(one.name, [])
    places = {index for index, _ in kept(plan, done=done, refs=refs_of(record, at, one), grid=one.grid)}
    return [each if index in places or index >= plan.sets else None for index, each in enumerate(done)]
