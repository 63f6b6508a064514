"""Plans a week: asks the engine for each muscle of each workout, in the order of the week."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from exercises.models import MuscleGroup
from training import progression
from training.models import Workout
from training.models.feedback import Soreness
from training.prescribing.parameters import ExerciseParameters
from training.prescribing.starting_point import first_plan
from training.prescribing.week_plan.first_sets import foretold
from training.prescribing.week_plan.history import History, Reference
from training.prescribing.week_plan.judging import Judgement
from training.prescribing.week_plan.reading import as_plan
from training.progression import CONFIG, Background, Ex, ExercisePlan, PlannedSets, Reason, Signals, SlotCtx, Target

# Reasons about sets that come first even where the sets stay, because they explain the weight and reps too.
SAID_FIRST = ("RECOVERY", "SETS_RESUME", "SETS_BREAK")


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """The engine's plan of one exercise, and the `inputs` it was made from."""

    parameters: ExerciseParameters
    plan: ExercisePlan
    inputs: dict


@dataclass(frozen=True, slots=True)
class Case:
    """The engine's input for one muscle in one workout: its `exercises` in order, and the reference of each."""

    references: list[Reference]
    exercises: list[Ex]
    context: SlotCtx


@dataclass(slots=True)
class WeekPlan:
    """The plan of one week. `sets`: the sets planned so far, by (workout, exercise), because the sets that one session
    adds leave less room for the next."""

    history: History
    week: int
    sets: dict[tuple[int, int], int] = field(default_factory=dict)
    judged: Judgement = field(init=False)

    def __post_init__(self) -> None:
        self.judged = Judgement(self.history)
        # Sets that are settled count from the start: those of ended sessions, of muscles that have begun, and those
        # that the lifter chose.
        for (workout, week, exercise), row in self.history.prescribed.items():
            if week == self.week and (
                self.history.is_settled(workout, week, row.muscle) or (workout, week, exercise) in self.history.chosen
            ):
                self.sets[workout, exercise] = row.sets

    def plan(self, workout: Workout, of: str | None = None) -> list[PlannedExercise]:
        """Plans the workout in this week, for the muscle `of` or for all. Muscles that have begun are left out."""
        planned = []
        for muscle, parameters in _by_muscle(self.history.parameters_in(workout.id, self.week)):
            if of in (None, muscle) and not self.history.is_settled(workout.id, self.week, muscle):
                of_muscle = self.plan_muscle(workout, muscle, parameters)
                for one in of_muscle:
                    self.sets.setdefault((workout.id, one.parameters.slot.exercise_id), one.plan.sets)
                planned += of_muscle
        return [replace(one, inputs=one.inputs | self._foretold(one)) for one in planned]

    def _foretold(self, planned: PlannedExercise) -> dict:
        """Returns what to expect of the first set (see `first_sets.foretold`); nothing where it asks for all there is,
        and in a deload or recovery session."""
        plan, parameters = planned.plan, planned.parameters
        if plan.weight is None or plan.rir is None or plan.open or plan.recovery or parameters.is_hold:
            return {}
        sessions = self.history.sessions.get(parameters.slot.exercise_id, [])
        return foretold(sessions, parameters, weight=plan.weight, rir=plan.rir, today=self.history.today)

    def plan_muscle(self, workout: Workout, muscle: str, parameters: list[ExerciseParameters]) -> list[PlannedExercise]:
        if self.week == 1:
            return [self._first(workout, one) for one in parameters]
        if self.week == workout.first_week and not self.history.mesocycle.is_deload(self.week):
            return [self._first(workout, one, eased=True) for one in parameters]
        if self.history.mesocycle.is_deload(self.week):
            return [self._deload(workout, one) for one in parameters]
        return list(self._next(workout, muscle, parameters))

    # -- week 1 and the deload ------------------------------------------------------------------

    def _first(self, workout: Workout, parameters: ExerciseParameters, *, eased: bool = False) -> PlannedExercise:
        """Plans a first session: from the plan itself, else from earlier sessions, else with a question.

        `eased`: the workout joins a running plan, and starts at a higher RIR than its week asks."""
        history, muscle = self.history, parameters.slot.exercise.muscle_group
        felt = {
            "soreness": history.said(workout.id, self.week, muscle, "soreness_level"),
            "gap_days": history.days_since(muscle, before=(workout.id, self.week)),
        }
        week_rir = self._target_rir(parameters)
        as_usual = progression.swap_rir(week_rir) if eased else week_rir
        rir, given = progression.eased_rir(as_usual, **felt), {"floor_rir": parameters.floor_rir} | felt
        row = history.carried.get((workout.id, self.week, parameters.slot.exercise_id))
        given |= {"bias": row.inputs["bias"]} if row and "bias" in row.inputs else {}
        usual, plan = (
            self._carried(workout, parameters, each)
            or first_plan(parameters, history.past[parameters.slot.exercise_id], rir=each, today=history.today)
            for each in (as_usual, rir)
        )
        target = parameters.target(rir=usual.rir or 0, sets=plan.sets)
        signals = Signals(soreness=felt["soreness"], gap_days=felt["gap_days"])
        told = progression.told_today(plan, usual=usual, target=target, signals=signals)
        return PlannedExercise(parameters, told, given)

    def _carried(self, workout: Workout, parameters: ExerciseParameters, rir: int) -> ExercisePlan | None:
        """Returns the plan carried over from the mesocycle before, with the sets that the lifter planned. None where
        there is none, or where the lifter has planned another weight or rep range since. A higher `rir` than in that
        plan takes off as many reps."""
        row, slot = self.history.carried.get((workout.id, self.week, parameters.slot.exercise_id)), parameters.slot
        if row is None or row.weight != slot.target_weight:
            return None
        if (row.inputs["lo"], row.inputs["hi"]) != (parameters.lo, parameters.hi):
            return None
        plan, easier = as_plan(row, parameters), max(0, rir - row.rir)
        reasons = plan.reasons
        if slot.target_sets != row.sets:
            reasons = tuple(one for one in reasons if not progression.is_about_sets(one.code))
        reps, reps_lo = max(1, plan.reps - easier), max(1, plan.reps_lo - easier)
        rir = row.rir + easier
        told = tuple(progression.retold(one, reps=reps, rir=rir) for one in reasons)
        return replace(plan, sets=slot.target_sets, reps=reps, reps_lo=reps_lo, rir=rir, reasons=told)

    def plan_deload_now(self, workout: Workout) -> list[PlannedExercise]:
        """Plans a deload this week, of every exercise that the workout asks for today."""
        slots = self.history.prescribed_today(workout, self.week)
        return [self._deload(workout, parameters, now=True) for parameters in slots]

    def plan_recovery_now(self, workout: Workout, muscle: str) -> list[PlannedExercise]:
        """Plans a recovery session of the muscle this week, because the lifter asked for it."""
        slots = self.history.prescribed_today(workout, self.week)
        return [
            self._recovery(workout, parameters)
            for parameters in slots
            if parameters.slot.exercise.muscle_group == muscle
        ]

    def _deload(self, workout: Workout, parameters: ExerciseParameters, *, now: bool = False) -> PlannedExercise:
        workouts = [one.id for one in self.history.workouts_in_plan()]
        reference = self._last_hard(workout, parameters)
        judged = self.judged.counted(workout.id, reference.week, parameters)[: reference.plan.sets]
        counted = [one for one in judged if one is not None]
        used = progression.main_weight(counted, grid=parameters.grid)
        given = {
            # Only sets at the main weight: a light set at the end says nothing about the weight that is halved.
            "best_reps": max((one.reps for one in counted if one.weight == used), default=None),
            "session_index": workouts.index(workout.id),
            "sessions_in_week": len(workouts),
            "mode": self.history.mesocycle.user.deload_mode,
            "now": now,
        }
        plan = reference.plan if used is None else replace(reference.plan, weight=used)
        if parameters.is_hold:
            plan = progression.in_steps(plan)
        deload = progression.plan_deload(plan, grid=parameters.grid, **given)
        if parameters.is_hold:
            deload, used = progression.from_steps(deload), None
        shown = {} if used is None or not given["best_reps"] else {"shown": [str(used), given["best_reps"]]}
        return PlannedExercise(parameters, deload, given | seen(reference) | shown)

    def _recovery(self, workout: Workout, parameters: ExerciseParameters) -> PlannedExercise:
        reference = self._last_hard(workout, parameters)
        sets = progression.recovery_sets(reference.plan.sets)
        target = parameters.target(rir=self._target_rir(parameters) or 0, sets=sets)
        background = self.judged.background(workout.id, reference, parameters, week=self.week)
        plan = _next_of(parameters, reference, target, Signals(recovery=True), background)
        reasons = (progression.deload_now(), *plan.reasons)
        given = {"next_rir": target.next_rir, "next_sets": target.next_sets, "recovery": True}
        return PlannedExercise(parameters, replace(plan, reasons=reasons), given | seen(reference))

    def _last_hard(self, workout: Workout, parameters: ExerciseParameters) -> Reference:
        """Returns the exercise's last session in this workout that was neither a deload nor a recovery session. Without
        one it returns what was asked last, else the plan."""
        history = self.history
        return history.last_reference(workout.id, self.week, parameters) or history.prescribed_first(
            workout.id, self.week, parameters
        )

    # -- the weeks between ----------------------------------------------------------------------

    def case(self, workout: Workout, muscle: str, slots: list[ExerciseParameters]) -> Case:
        """Gathers the engine's input for the muscle's sets."""
        references = [self.history.reference(workout.id, self.week - 1, parameters) for parameters in slots]
        return Case(
            references=references,
            exercises=[self._exercise(workout, *pair) for pair in zip(slots, references, strict=True)],
            context=self._context(workout, muscle, slots, references),
        )

    def _next(self, workout: Workout, muscle: str, slots: list[ExerciseParameters]) -> Iterator[PlannedExercise]:
        history, before = self.history, self.week - 1
        case = self.case(workout, muscle, slots)
        context, exercises = case.context, case.exercises
        decided = progression.plan_sets(context, exercises)
        is_back = (context.gap_days or 0) > CONFIG.break_days
        if history.was_deloaded(workout.id, before, slots) and not is_back:
            # Nothing is learned from a deload: the sets before it go on.
            decided = PlannedSets({one.id: one.sets for one in exercises}, False, ())
        last_sets = {one.id: one.sets for one in exercises}
        sets = progression.gate_by_soreness(decided.sets, last_sets=last_sets, soreness=context.today)
        for parameters, reference, exercise in zip(slots, case.references, exercises, strict=True):
            target = parameters.target(rir=self._target_rir(parameters), sets=sets[exercise.id])
            signals = Signals(
                soreness=context.today,
                perf=exercise.perf,
                fell_twice=exercise.fell_twice,
                recovery=decided.recovery,
                gap_days=self.judged.days_off(
                    parameters, since=reference.week if reference.done else None, before=(workout.id, self.week)
                ),
                challenge=context.challenge,
                ill=context.was_ill,
            )
            background = self.judged.background(workout.id, reference, parameters, week=self.week)
            plan = _today(parameters, reference, target, signals, background)
            given = {"next_rir": target.next_rir, "next_sets": target.next_sets, **asdict(signals)}
            given["bias"] = str(background.bias)
            about_sets = _reasons_for_sets(
                decided,
                planned=decided.sets[exercise.id],
                now=sets[exercise.id],
                exercise=exercise,
                missed=any(one.short for one in exercises if one.perf is not None),
            )
            tells_more = sets[exercise.id] != exercise.sets or any(one.code in SAID_FIRST for one in about_sets[:1])
            reasons = (*about_sets, *plan.reasons) if tells_more else (*plan.reasons, *about_sets)
            said = {"muscle": asdict(context), "exercise": asdict(exercise), "background": _told(background)}
            shown = self._shown(workout, reference, parameters)
            yield PlannedExercise(parameters, replace(plan, reasons=reasons), given | said | seen(reference) | shown)

    def _shown(self, workout: Workout, reference: Reference, parameters: ExerciseParameters) -> dict:
        """Returns the weight and reps that the sentences speak of, as stored in `inputs`; nothing where none count."""
        if parameters.is_hold or reference.week is None or self.history.was_ill(workout.id, reference.week):
            return {}
        what = self.judged.shown(workout.id, reference.week, parameters)
        return {"shown": [str(what.weight), progression.whole_reps(what.reps)]} if what else {}

    def _exercise(self, workout: Workout, parameters: ExerciseParameters, reference: Reference) -> Ex:
        history, judged, exercise = self.history, self.judged, parameters.slot.exercise_id
        first_prescribed = history.first_prescribed(workout.id, exercise)
        is_ill = reference.week is not None and history.was_ill(workout.id, reference.week)  # that shows nothing
        was_trained = bool(reference.done) and reference.week is not None and not is_ill
        fell_twice = was_trained and judged.fell_twice(workout.id, reference.week, parameters)
        return Ex(
            id=exercise,
            pos=parameters.slot.position,
            sets=reference.plan.sets,
            perf=judged.performance(workout.id, reference.week, parameters) if was_trained else None,
            fell_twice=fell_twice,
            fell_by=judged.reps_fallen(workout.id, reference.week, parameters) if fell_twice else None,
            short=was_trained and judged.is_short(workout.id, reference.week, parameters),
            completed=sum(not one.is_missed for one in reference.done[: reference.plan.sets]) if not is_ill else 0,
            new=reference.row is None,
            week1_sets=first_prescribed.sets if first_prescribed else None,
            asked=history.prescribed_that_day(workout.id, reference.week, exercise),
        )

    def _context(
        self, workout: Workout, muscle: str, slots: list[ExerciseParameters], references: list[Reference]
    ) -> SlotCtx:
        history, before = self.history, self.week - 1
        user = history.mesocycle.user
        efforts = [reference.plan.rir for reference in references if reference.plan.rir is not None]
        said_before = history.said(workout.id, before, muscle, "soreness_level")
        today = history.said(workout.id, self.week, muscle, "soreness_level")
        answers = said_before, history.said_at_next_session(workout.id, before, muscle), today
        return SlotCtx(
            soreness=progression.soreness_for_sets(*answers),
            prev_soreness=said_before if today == Soreness.STILL else None,
            today=today,
            waits_once=progression.waits_once(*answers),
            pump=history.said(workout.id, before, muscle, "pump_level"),
            challenge=history.said(workout.id, before, muscle, "challenge_level"),
            rir=min(efforts, default=0),
            weekly_sets=sum(self._sets_of(*slot) for slot in self._slots_of(muscle)),
            mrv=progression.landmarks(muscle, experience=user.experience).mrv,
            added_this_week=sum(self._gain_of(*slot) for slot in self._slots_of(muscle)),
            next_is_last=self.week == history.mesocycle.duration_weeks - 1,
            was_recovery=history.was_recovery(workout.id, before, slots),
            was_ill=history.was_ill(workout.id, before),
            gap_days=history.days_since(muscle, before=(workout.id, self.week)),
            room=self._room(workout),
            minutes=workout.minutes_at_most,
            muscle=str(MuscleGroup(muscle).label),
        )

    def _room(self, workout: Workout) -> int | None:
        """Returns how many more sets fit into the minutes that the workout may take; None without a limit."""
        if workout.minutes_at_most is None:
            return None
        slots = self.history.parameters[workout.id]
        planned = [(self._sets_of(workout.id, one), self.history.pace(one)) for one in slots]
        return progression.time_room(workout.minutes_at_most, planned)

    def _target_rir(self, parameters: ExerciseParameters) -> int:
        return self.history.mesocycle.target_rir(self.week, floor_rir=parameters.floor_rir)

    def _slots_of(self, muscle: str) -> Iterator[tuple[int, ExerciseParameters]]:
        """Yields (workout id, parameters) of each slot of the muscle in the week."""
        for workout in self.history.workouts_in_plan():
            for parameters in self.history.parameters[workout.id]:
                if parameters.slot.exercise.muscle_group == muscle:
                    yield workout.id, parameters

    def _sets_of(self, workout: int, parameters: ExerciseParameters) -> int:
        planned = self.sets.get((workout, parameters.slot.exercise_id))
        return self.history.base_sets(workout, self.week - 1, parameters) if planned is None else planned

    def _gain_of(self, workout: int, parameters: ExerciseParameters) -> int:
        return max(0, self._sets_of(workout, parameters) - self.history.base_sets(workout, self.week - 1, parameters))


def _next_of(
    parameters: ExerciseParameters, reference: Reference, target: Target, signals: Signals, background: Background
) -> ExercisePlan:
    """Returns the weight and reps, of a hold the seconds."""
    plan, done = reference.plan, reference.done
    if parameters.is_hold:
        return progression.plan_hold(plan, done=done, target=target, signals=signals)
    return progression.plan_load(plan, done=done, target=target, signals=signals, background=background)


def _today(
    parameters: ExerciseParameters, reference: Reference, target: Target, signals: Signals, background: Background
) -> ExercisePlan:
    """Returns the weight and reps, with the sentence for what today changed in them."""
    plan = usual = _next_of(parameters, reference, target, signals, background)
    if signals.soreness == Soreness.STILL:
        usual = _next_of(parameters, reference, target, replace(signals, soreness=None), background)
    return progression.told_today(plan, usual=usual, target=target, signals=signals)


def _reasons_for_sets(
    decided: PlannedSets, *, planned: int, now: int, exercise: Ex, missed: bool
) -> tuple[Reason, ...]:
    """Returns the reason for the sets of one exercise: the one that decided. Where other exercises of the muscle gained
    or lost a set, none is given here. `missed`: see `progression.told_here`."""
    if now < planned:
        return (progression.sore_today(now),)
    if not decided.reasons:
        return (progression.hold_sets(now),)
    reason = progression.strongest(decided.reasons)
    if progression.moves_sets(reason) and now == exercise.sets:
        return ()
    return (progression.told_here(reason, sets=now - exercise.sets, perf=exercise.perf, missed=missed),)


def _told(background: Background) -> dict:
    """Returns what the engine knew of earlier sessions, as stored in `inputs`."""
    prev = background.prev
    return {
        "prev": None if prev is None else [str(prev.weight), str(prev.capacity)],
        "refs": [[str(one.weight), one.reps, None if one.rir is None else str(one.rir)] for one in background.refs],
    }


def seen(reference: Reference) -> dict:
    """Returns what the engine saw, as stored in `inputs`: the id of the row that was asked, and [weight, reps, RIR] of
    each set; of a hold its seconds in place of reps."""
    sets = [
        [str(one.weight), one.reps if one.seconds is None else one.seconds, None if one.rir is None else str(one.rir)]
        for one in reference.done
    ]
    return {"plan": reference.row.id if reference.row else None, "done": sets}


def _by_muscle(slots: list[ExerciseParameters]) -> Iterator[tuple[str, list[ExerciseParameters]]]:
    """Groups the slots by muscle, in the order of each muscle's first exercise."""
    muscles = dict.fromkeys(parameters.slot.exercise.muscle_group for parameters in slots)
    for muscle in muscles:
        yield muscle, [parameters for parameters in slots if parameters.slot.exercise.muscle_group == muscle]
