"""The coach of engine 1.2: asks the rules of `training/progression` in the order in which MetricGain asks them.

The rooms that do so read a database, so this module mirrors them, and a test compares the two:
`training/prescribing/week_plan/history.py` (which session is the reference, which soreness counts),
`training/prescribing/week_plan/judging.py` and `training/prescribing/week_plan/bias.py` (what sessions show, and days
off), `training/prescribing/week_plan/planning.py` (the sets of a muscle, then each exercise; the deload; an eased first
week), `training/plan/next_mesocycle.py` (week 1 from the last hard weeks of the mesocycle before) and
`training/session/page/targets.py` (the sets after the first). Sessions end in their order, nothing is swapped or
shortened, soreness is answered before the first set, and the lifter notes a day while ill.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.engine.simulation.looking_up import (
    BuiltOn,
    answers_of,
    base_sets,
    counted_of,
    days_off,
    gap_days,
    is_reference,
    last_done,
    places_of,
    reference_of,
    references_before,
    refs_of,
)
from benchmarks.engine.simulation.record import Ask, Place, SimulatedMovement, TrainingRecord
from training.progression import (
    CONFIG,
    Background,
    Done,
    Ex,
    ExercisePlan,
    HardSession,
    Shown,
    Signals,
    SlotCtx,
    Target,
    down_set,
    eased_rir,
    fell_twice,
    gate_by_soreness,
    hard_rir,
    landmarks,
    main_weight,
    muscle_score,
    odd,
    open_meso,
    opening_sets,
    performance,
    plan_deload,
    plan_load,
    plan_sets,
    rest_of_session,
    retarget,
    rir_bias,
    rir_point,
    shown,
    soreness_for_sets,
    start_plan,
    waits_once,
    was_easy,
)

STILL_SORE = 3


class Engine12:
    """Engine 1.2 for one lifter."""

    def __init__(self) -> None:
        self._scores: dict[tuple[Place, str], int | None] = {}
        self._shown: dict[tuple[Place, str], Shown | None] = {}
        self._points: dict[str, list[Decimal]] = {}
        self._every: list[Decimal] = []
        self._pointed: set[Place] = set()
        self._last_time: dict[str, Sequence[Done]] = {}

    def next_set(self, ask: Ask, movement: SimulatedMovement, done: Sequence[Done]) -> tuple[Decimal, int]:
        plan, grid, order = ask.plan, movement.grid, len(done)
        assert plan.weight is not None, "the lifter picked a weight"
        counted = self._without_odd(plan, movement, done)
        if not counted:
            return plan.weight, plan.target(order)
        first, last = counted[0], counted[-1]
        weight, at, reps, rest = last.weight, plan.weight, plan.target(order), tuple[int, ...]()
        if first.rir is not None:
            rest_weight, rest, _ = rest_of_session(
                plan, first, lo=movement.lo, hi=movement.hi, grid=grid, bias=self._bias(movement)
            )
        lighter = down_set(last.reps, min(movement.lo, plan.reps_lo), last.weight, grid)
        if len(counted) == 1 and rest:
            weight = rest_weight
        elif lighter:
            weight = Decimal(str(lighter.params["weight"]))
        if order <= len(rest):
            reps, at = rest[order - 1], rest_weight
        if weight != at:  # too far from the plan, the page names no reps: then the plan's own
            reps = retarget(reps, at, weight, grid) or reps
        return weight, reps

    def _without_odd(self, plan: ExercisePlan, movement: SimulatedMovement, done: Sequence[Done]) -> list[Done]:
        """Returns the sets that the page believes: one that falls short is always believed."""
        known, counted = [*self._last_time.get(movement.name, ())], []
        for index, each in enumerate(done):
            is_short = each.reps < min(movement.lo, plan.reps_lo)
            if is_short or not odd(each, plan=plan, index=index, refs=known, grid=movement.grid):
                counted.append(each)
            known.append(each)
        return counted

    def asks(self, record: TrainingRecord, place: Place) -> dict[str, Ask]:
        asks: dict[str, Ask] = {}
        self._take_points(record, place)
        for muscle in record.muscles_of(place.workout):
            movements = record.of_muscle(place.workout, muscle)
            if place.week == record.weeks:
                plans = {one.name: _deload(record, place, one) for one in movements}
            elif place.week == 1:
                plans = {one.name: self._first(record, place, one) for one in movements}
            else:
                plans = self._next(record, place, movements, planned=asks)
            asks |= {name: Ask(plan=plan, is_open=plan.open) for name, plan in plans.items()}
            for one in movements:
                self._last_time[one.name] = last_done(record, place, one)
        return asks

    # -- week 1 and the deload ------------------------------------------------------------------

    def _first(self, record: TrainingRecord, place: Place, one: SimulatedMovement) -> ExercisePlan:
        soreness = record.sessions[place].felt[one.muscle].soreness
        rir = eased_rir(hard_rir(record.weeks, week=1), soreness=soreness, gap_days=gap_days(record, place, one.muscle))
        plan = self._carried(record, place, one)
        if plan is None:
            sets, weight = one.first_sets, one.first_weight
            return start_plan(weight, lo=one.lo, hi=one.hi, grid=one.grid, rir=rir, sets=sets)
        assert plan.rir is not None, "it is of a hard week"
        easier = max(0, rir - plan.rir)
        reps, reps_lo = max(1, plan.reps - easier), max(1, plan.reps_lo - easier)
        return replace(plan, reps=reps, reps_lo=reps_lo, rir=plan.rir + easier)

    def _carried(self, record: TrainingRecord, place: Place, one: SimulatedMovement) -> ExercisePlan | None:
        parent = place.mesocycle - 1
        hard = [at for at in places_of(record, parent, one) if is_reference(record, at, one)]
        if not hard:
            return None
        sessions = [
            HardSession(
                plan=record.sessions[at].asks[one.name].plan,
                done=tuple(record.sessions[at].done[one.name]),
                gap_before=days_off(record, at, one, since=next(references_before(record, at, one), None)),
            )
            for at in reversed(hard)
        ]
        days = [each.day for at, each in record.sessions.items() if at.mesocycle == parent and each.done.get(one.name)]
        began = record.sessions[Place(place.mesocycle, 1, 0)].day
        target = self._target(one, rir=hard_rir(record.weeks, week=1), sets=self._opening_sets(record, parent, one))
        return open_meso(sessions, target=target, gap_days=began - max(days), bias=self._bias(one))

    def _opening_sets(self, record: TrainingRecord, parent: int, one: SimulatedMovement) -> int:
        muscle = [each for each in record.movements if each.muscle == one.muscle]
        rows = []
        for each in muscle:
            first = record.sessions[Place(parent, 1, each.workout)].asks[each.name].plan.sets
            rows.append((first, first))
        hard = [
            (place, session)
            for place, session in record.sessions.items()
            if place.mesocycle == parent and place.week < record.weeks
        ]
        recoveries = sum(any(ask.plan.recovery for ask in session.asks.values()) for _, session in hard)
        scores = [score for place, _ in hard if (score := self._muscle_score(record, place, one.muscle)) is not None]
        sore = [
            session.felt[one.muscle].soreness
            for place, session in record.sessions.items()
            if place.mesocycle == parent and one.muscle in session.felt
        ]
        easy = was_easy(
            recoveries=recoveries,
            sore3=sore.count(STILL_SORE),
            p23=sum(score >= CONFIG.hard_from for score in scores),
            sessions=len(scores),
        )
        mrv = landmarks(one.muscle, experience=one.experience).mrv
        sets = opening_sets(rows, 1, overreached=recoveries > 0, easy=easy, mrv=mrv)
        return sets[muscle.index(one)]

    def _muscle_score(self, record: TrainingRecord, place: Place, muscle: str) -> int | None:
        scored = [
            Ex(
                id=one.name,
                pos=one.position,
                sets=(sets := record.sessions[place].asks[one.name].plan.sets),
                perf=perf,
                completed=sets,
            )
            for one in record.of_muscle(place.workout, muscle)
            if is_reference(record, place, one) and (perf := self._score(record, place, one)) is not None
        ]
        if not scored:
            return None
        challenge, rir = record.sessions[place].felt[muscle].challenge, hard_rir(record.weeks, week=place.week)
        return muscle_score(scored, challenge=challenge, rir=rir)

    # -- what sessions show ---------------------------------------------------------------------

    def _target(self, one: SimulatedMovement, *, rir: int, sets: int) -> Target:
        return Target(lo=one.lo, hi=one.hi, grid=one.grid, next_rir=rir, next_sets=sets, can_fail=True)

    def _bias(self, one: SimulatedMovement) -> Decimal:
        own = self._points.get(one.name)
        return rir_bias(own) if own else rir_bias((), self._every)

    def _take_points(self, record: TrainingRecord, place: Place) -> None:
        """Compares what was said with what the open sets of the session before showed."""
        places = list(record.sessions)
        if len(places) < 2 or places[-2] in self._pointed:
            return
        at = places[-2]
        self._pointed.add(at)
        for one in record.movements:
            if one.workout != at.workout or not is_reference(record, at, one):
                continue
            plan, first = record.sessions[at].asks[one.name].plan, record.sessions[at].done[one.name][0]
            before = [each.done[0] for each in references_before(record, at, one)][:2]
            if not plan.open or odd(first, plan=plan, refs=before, grid=one.grid):
                continue
            point = rir_point(plan, first=first, before=before, grid=one.grid)
            if point is not None:
                self._points.setdefault(one.name, []).append(point)
                self._every.append(point)
                self._scores.clear()  # both were judged with the bias as it was
                self._shown.clear()

    def _shown_at(self, record: TrainingRecord, at: Place, one: SimulatedMovement) -> Shown | None:
        if (at, one.name) not in self._shown:
            session = record.sessions[at]
            self._shown[at, one.name] = shown(
                session.asks[one.name].plan,
                done=session.done[one.name],
                grid=one.grid,
                bias=self._bias(one),
                refs=refs_of(record, at, one),
            )
        return self._shown[at, one.name]

    def _background(
        self, record: TrainingRecord, place: Place, one: SimulatedMovement, reference: BuiltOn
    ) -> Background:
        bias = self._bias(one)
        if reference.week is None or not reference.done:
            return Background(bias=bias)
        at = place._replace(week=reference.week)
        before, prev = next(references_before(record, at, one), None), None
        if before is not None and before.week is not None:
            earlier = at._replace(week=before.week)
            if record.sessions[at].day - record.sessions[earlier].day <= CONFIG.break_days:
                prev = self._shown_at(record, earlier, one)
        is_last = reference.week == place.week - 1
        return Background(prev=prev, refs=refs_of(record, at, one), bias=bias, is_last=is_last)

    # -- the weeks between ----------------------------------------------------------------------

    def _next(
        self, record: TrainingRecord, place: Place, movements: Sequence[SimulatedMovement], *, planned: dict[str, Ask]
    ) -> dict[str, ExercisePlan]:
        muscle = movements[0].muscle
        references = {one.name: reference_of(record, place._replace(week=place.week - 1), one) for one in movements}
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
                target=self._target(one, rir=rir, sets=sets[one.name]),
                background=self._background(record, place, one, reference),
                signals=Signals(
                    soreness=today,
                    challenge=context.challenge,
                    perf=exercise.perf,
                    fell_twice=exercise.fell_twice,
                    recovery=decided.recovery,
                    gap_days=days_off(record, place, one, since=reference if reference.done else None),
                    ill=context.was_ill,
                ),
            )
        return plans

    def _exercise(self, record: TrainingRecord, place: Place, one: SimulatedMovement, reference: BuiltOn) -> Ex:
        at = None if reference.week is None or not reference.done else place._replace(week=reference.week)
        if at is not None and record.sessions[at].is_ill:
            at = None
        done = [] if at is None else reference.done[: reference.plan.sets]
        perf = None if at is None else self._score(record, at, one)
        return Ex(
            id=one.name,
            pos=one.position,
            sets=reference.plan.sets,
            perf=perf,
            fell_twice=at is not None and self._fell_twice(record, at, one),
            completed=sum(not each.is_missed for each in done),
            week1_sets=record.sessions[place._replace(week=1)].asks[one.name].plan.sets,
        )

    def _score(self, record: TrainingRecord, at: Place, one: SimulatedMovement) -> int | None:
        if (at, one.name) not in self._scores:
            before = next(references_before(record, at, one), None)
            session = record.sessions[at]
            self._scores[at, one.name] = performance(
                session.asks[one.name].plan,
                done=session.done.get(one.name, ()),
                prev_done=counted_of(record, at, before, one) if before else (),
                grid=one.grid,
                prev_rir=before.plan.rir if before else None,
                bias=self._bias(one),
                refs=refs_of(record, at, one),
            )
        return self._scores[at, one.name]

    def _fell_twice(self, record: TrainingRecord, at: Place, one: SimulatedMovement) -> bool:
        before = [*references_before(record, at, one)][:2]
        if len(before) < 2 or before[0].week is None:
            return False
        return fell_twice(
            self._score(record, at, one),
            prev_perf=self._score(record, at._replace(week=before[0].week), one),
            done=counted_of(record, at, None, one),
            prev_done=counted_of(record, at, before[0], one),
            prev2_done=counted_of(record, at, before[1], one),
            grid=one.grid,
        )


# -- what the record says ---------------------------------------------------------------------------


def _context(
    record: TrainingRecord, place: Place, muscle: str, references: dict[str, BuiltOn], *, planned: dict[str, Ask]
) -> SlotCtx:
    before = place._replace(week=place.week - 1)
    felt, answers = record.sessions[before].felt.get(muscle), answers_of(record, place, muscle)
    efforts = [each.plan.rir for each in references.values() if each.plan.rir is not None]
    base = {(one.workout, one.name): base_sets(record, before, one) for one in record.movements if one.muscle == muscle}
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
        soreness=soreness_for_sets(*answers),
        prev_soreness=answers[0] if answers[2] == STILL_SORE else None,
        today=answers[2],
        waits_once=waits_once(*answers),
        pump=felt.pump if felt else None,
        challenge=felt.challenge if felt else None,
        rir=min(efforts, default=0),
        weekly_sets=sum(now.values()),
        mrv=landmarks(muscle, experience=experience).mrv,
        added_this_week=sum(max(0, now[key] - base[key]) for key in base),
        next_is_last=place.week == record.weeks - 1,
        was_recovery=any(ask.plan.recovery for name, ask in record.sessions[before].asks.items() if name in references),
        was_ill=record.sessions[before].is_ill,
        gap_days=gap_days(record, place, muscle),
        muscle=muscle,
    )


def _deload(record: TrainingRecord, place: Place, one: SimulatedMovement) -> ExercisePlan:
    reference = next(references_before(record, place, one), None)
    workouts = sorted({each.workout for each in record.movements})
    index, count = workouts.index(place.workout), len(workouts)
    if reference is None:
        plan = record.sessions[place._replace(week=1)].asks[one.name].plan
        return plan_deload(plan, best_reps=None, grid=one.grid, session_index=index, sessions_in_week=count)
    assert reference.week is not None
    judged = counted_of(record, place._replace(week=reference.week), None, one)[: reference.plan.sets]
    counted = [each for each in judged if each is not None]
    used = main_weight(counted, grid=one.grid)
    return plan_deload(
        reference.plan if used is None else replace(reference.plan, weight=used),
        best_reps=max((each.reps for each in counted if each.weight == used), default=None),
        grid=one.grid,
        session_index=index,
        sessions_in_week=count,
    )
