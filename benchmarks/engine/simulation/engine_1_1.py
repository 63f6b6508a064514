"""The coach of engine 1.1: asks the rules of `training/progression` in the order in which MetricGain asks them.

The rooms that do so read a database, so this module mirrors them, and a test compares the two:
`training/prescribing/week_plan/history.py` (which session is the reference, which soreness counts),
`training/prescribing/week_plan/planning.py` (the sets of a muscle, then each exercise; the deload; an eased first week)
and `training/plan/next_mesocycle.py` (week 1 from week 1 of the mesocycle before). Sessions end in their order, nothing
is swapped or shortened, and soreness is answered before the first set.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.engine.simulation.record import Ask, Movement, Place, TrainingRecord
from training.progression import (
    CONFIG,
    Done,
    Ex,
    ExercisePlan,
    Signals,
    SlotCtx,
    Target,
    eased_rir,
    fell_twice,
    gate_by_soreness,
    hard_rir,
    landmarks,
    main_weight,
    next_meso_sets,
    performance,
    plan_deload,
    plan_load,
    plan_next_meso,
    plan_sets,
    resolve_soreness,
    source_week,
    start_plan,
)

STILL_SORE = 3


@dataclass(frozen=True, slots=True)
class _Reference:
    plan: ExercisePlan
    done: Sequence[Done]
    week: int | None


class Engine11:
    """Engine 1.1 for one lifter."""

    def __init__(self) -> None:
        self._scores: dict[tuple[Place, str], int | None] = {}

    def next_set(self, ask: Ask, movement: Movement, done: Sequence[Done]) -> tuple[Decimal, int]:
        plan = ask.plan
        assert plan.weight is not None, "the lifter picked a weight"
        return plan.weight, plan.target(len(done))

    def asks(self, record: TrainingRecord, place: Place) -> dict[str, Ask]:
        asks: dict[str, Ask] = {}
        for muscle in record.muscles_of(place.workout):
            movements = record.of_muscle(place.workout, muscle)
            if place.week == record.weeks:
                plans = {one.name: _deload(record, place, one) for one in movements}
            elif place.week == 1:
                plans = {one.name: self._first(record, place, one) for one in movements}
            else:
                plans = self._next(record, place, movements, planned=asks)
            asks |= {name: Ask(plan=plan) for name, plan in plans.items()}
        return asks

    # -- week 1 and the deload ------------------------------------------------------------------

    def _first(self, record: TrainingRecord, place: Place, one: Movement) -> ExercisePlan:
        soreness = record.sessions[place].felt[one.muscle].soreness
        rir = eased_rir(hard_rir(record.weeks, week=1), soreness=soreness, gap_days=_gap(record, place, one.muscle))
        plan = self._carried(record, place, one)
        if plan is None:
            sets, weight = one.first_sets, one.first_weight
            return start_plan(weight, lo=one.lo, hi=one.hi, grid=one.grid, rir=rir, sets=sets)
        assert plan.rir is not None, "it is of a hard week"
        easier = max(0, rir - plan.rir)
        reps, reps_lo = max(1, plan.reps - easier), max(1, plan.reps_lo - easier)
        return replace(plan, reps=reps, reps_lo=reps_lo, rir=plan.rir + easier)

    def _carried(self, record: TrainingRecord, place: Place, one: Movement) -> ExercisePlan | None:
        parent = place.mesocycle - 1
        sessions = {
            at: each for at, each in record.sessions.items() if at.mesocycle == parent and at.week < record.weeks
        }
        logged = [at.week for at in sessions if at.workout == one.workout and _is_reference(record, at, one)]
        week = source_week(1, logged) if logged else None
        if week is None:
            return None
        at = Place(parent, week, one.workout)
        plan, asked_first = record.sessions[at].asks[one.name].plan, sessions[at._replace(week=1)].asks[one.name].plan
        sets = next_meso_sets(
            asked_first.sets,
            plan.sets,
            week,
            overreached=any(each.asks[one.name].plan.recovery for each in sessions.values() if one.name in each.asks),
            easy=not self._worked_hard(record, parent, one.muscle),
        )
        last = max(each.day for each in sessions.values() if each.done)
        began = record.sessions[Place(place.mesocycle, 1, 0)].day
        rir = hard_rir(record.weeks, week=1)
        return plan_next_meso(
            plan,
            done=record.sessions[at].done[one.name],
            target=Target(lo=one.lo, hi=one.hi, grid=one.grid, next_rir=rir, next_sets=sets),
            week=week,
            days_since_last=began - last,
        )

    def _worked_hard(self, record: TrainingRecord, mesocycle: int, muscle: str) -> bool:
        for place, session in record.trained(muscle, mesocycle=mesocycle):
            if place.mesocycle != mesocycle:
                continue
            if (session.felt[muscle].soreness or 0) >= CONFIG.hard_from:
                return True
            for one in record.of_muscle(place.workout, muscle):
                if _is_reference(record, place, one) and (self._score(record, place, one) or 0) >= CONFIG.hard_from:
                    return True
        return False

    # -- the weeks between ----------------------------------------------------------------------

    def _next(
        self, record: TrainingRecord, place: Place, movements: Sequence[Movement], *, planned: dict[str, Ask]
    ) -> dict[str, ExercisePlan]:
        muscle = movements[0].muscle
        references = {one.name: _reference(record, place._replace(week=place.week - 1), one) for one in movements}
        exercises = [self._exercise(record, place, one, references[one.name]) for one in movements]
        context = _context(record, place, muscle, references, planned=planned)
        decided = plan_sets(context, exercises)
        today = record.sessions[place].felt[muscle].soreness
        sets = gate_by_soreness(decided.sets, last_sets={one.id: one.sets for one in exercises}, soreness=today)
        plans = {}
        for one, exercise in zip(movements, exercises, strict=True):
            reference, rir = references[one.name], hard_rir(record.weeks, week=place.week)
            plans[one.name] = plan_load(
                reference.plan,
                done=reference.done,
                target=Target(lo=one.lo, hi=one.hi, grid=one.grid, next_rir=rir, next_sets=sets[one.name]),
                signals=Signals(
                    soreness=STILL_SORE if today == STILL_SORE else context.soreness,
                    perf=exercise.perf,
                    fell_twice=exercise.fell_twice,
                    recovery=decided.recovery,
                    gap_days=context.gap_days,
                ),
            )
        return plans

    def _exercise(self, record: TrainingRecord, place: Place, one: Movement, reference: _Reference) -> Ex:
        at = None if reference.week is None or not reference.done else place._replace(week=reference.week)
        done = reference.done[: reference.plan.sets]
        return Ex(
            id=one.name,
            pos=one.position,
            sets=reference.plan.sets,
            perf=None if at is None else self._score(record, at, one),
            fell_twice=at is not None and self._fell_twice(record, at, one),
            completed=sum(not each.is_missed for each in done),
            week1_sets=record.sessions[place._replace(week=1)].asks[one.name].plan.sets,
        )

    def _score(self, record: TrainingRecord, at: Place, one: Movement) -> int | None:
        if (at, one.name) not in self._scores:
            before = next(_references_before(record, at, one), None)
            session = record.sessions[at]
            self._scores[at, one.name] = performance(
                session.asks[one.name].plan,
                done=session.done.get(one.name, ()),
                prev_done=before.done if before else (),
                grid=one.grid,
                prev_rir=before.plan.rir if before else None,
            )
        return self._scores[at, one.name]

    def _fell_twice(self, record: TrainingRecord, at: Place, one: Movement) -> bool:
        before = [*_references_before(record, at, one)][:2]
        if len(before) < 2 or before[0].week is None:
            return False
        return fell_twice(
            self._score(record, at, one),
            prev_perf=self._score(record, at._replace(week=before[0].week), one),
            done=record.sessions[at].done[one.name],
            prev_done=before[0].done,
            prev2_done=before[1].done,
            grid=one.grid,
        )


# -- what the record says ---------------------------------------------------------------------------


def _is_reference(record: TrainingRecord, at: Place, one: Movement) -> bool:
    """Returns whether the exercise was trained in that session, and the session was neither recovery nor deload."""
    session = record.sessions.get(at)
    if session is None or at.week == record.weeks or not session.done.get(one.name):
        return False
    return not session.asks[one.name].plan.recovery


def _references_before(record: TrainingRecord, at: Place, one: Movement) -> Iterator[_Reference]:
    for week in range(at.week - 1, 0, -1):
        earlier = at._replace(week=week)
        if _is_reference(record, earlier, one):
            session = record.sessions[earlier]
            yield _Reference(session.asks[one.name].plan, session.done[one.name], week)


def _reference(record: TrainingRecord, at: Place, one: Movement) -> _Reference:
    session = record.sessions[at]
    plan = session.asks[one.name].plan
    if not plan.recovery:
        return _Reference(plan, session.done.get(one.name, []), at.week)
    earlier = next(_references_before(record, at, one), None)
    return earlier or _Reference(replace(plan, recovery=False), [], None)


def _context(
    record: TrainingRecord, place: Place, muscle: str, references: dict[str, _Reference], *, planned: dict[str, Ask]
) -> SlotCtx:
    before = place._replace(week=place.week - 1)
    felt = record.sessions[before].felt.get(muscle)
    efforts = [each.plan.rir for each in references.values() if each.plan.rir is not None]
    base = {
        (one.workout, one.name): _base_sets(record, before, one) for one in record.movements if one.muscle == muscle
    }
    now = dict(base)
    for workout, name in base:
        asked = planned if workout == place.workout else {}
        session = record.sessions.get(place._replace(workout=workout))
        if session is not None and workout < place.workout:
            asked = session.asks
        if name in asked and (workout, name) in now:
            now[workout, name] = asked[name].plan.sets
    experience = next(one.experience for one in record.movements if one.muscle == muscle)
    return SlotCtx(
        soreness=_soreness(record, before, muscle),
        prev_soreness=_soreness(record, before._replace(week=before.week - 1), muscle),
        pump=felt.pump if felt else None,
        challenge=felt.challenge if felt else None,
        rir=min(efforts, default=0),
        weekly_sets=sum(now.values()),
        mrv=landmarks(muscle, experience=experience).mrv,
        added_this_week=sum(max(0, now[key] - base[key]) for key in base),
        next_is_last=place.week == record.weeks - 1,
        was_recovery=any(ask.plan.recovery for name, ask in record.sessions[before].asks.items() if name in references),
        gap_days=_gap(record, place, muscle),
        muscle=muscle,
    )


def _base_sets(record: TrainingRecord, before: Place, one: Movement) -> int:
    """Returns the sets asked last, in full, of an exercise up to the week of `before`."""
    for week in range(before.week, 0, -1):
        plan = record.sessions[Place(before.mesocycle, week, one.workout)].asks[one.name].plan
        if not plan.recovery:
            return plan.sets
    return one.first_sets


def _soreness(record: TrainingRecord, at: Place, muscle: str) -> int | None:
    session = record.sessions.get(at)
    if session is None:
        return None
    after, found = None, False
    for place, each in record.sessions.items():
        if found and place.mesocycle == at.mesocycle and muscle in each.felt:
            after = each.felt[muscle].soreness
            break
        found = found or place == at
    before = session.felt.get(muscle)
    return resolve_soreness(before.soreness if before else None, after)


def _gap(record: TrainingRecord, place: Place, muscle: str) -> int | None:
    """Returns the days since the muscle's last session in this mesocycle; None without one."""
    today = record.sessions[place].day
    days = (session.day for at, session in record.trained(muscle, mesocycle=place.mesocycle) if at != place)
    return next((today - day for day in days), None)


def _deload(record: TrainingRecord, place: Place, one: Movement) -> ExercisePlan:
    reference = next(_references_before(record, place, one), None)
    workouts = sorted({each.workout for each in record.movements})
    index, count = workouts.index(place.workout), len(workouts)
    if reference is None:
        plan = record.sessions[place._replace(week=1)].asks[one.name].plan
        return plan_deload(plan, best_reps=None, grid=one.grid, session_index=index, sessions_in_week=count)
    counted = reference.done[: reference.plan.sets]
    used = main_weight(counted, grid=one.grid)
    return plan_deload(
        replace(reference.plan, weight=used),
        best_reps=max(each.reps for each in counted if each.weight == used),
        grid=one.grid,
        session_index=index,
        sessions_in_week=count,
    )
