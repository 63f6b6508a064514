"""What the sessions of a mesocycle show, as the engine judges them: by their plan, and by the sessions before."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from training import progression
from training.prescribing.parameters import ExerciseParameters
from training.prescribing.starting_point import start
from training.prescribing.week_plan.history import History, Reference, WorkoutWeek
from training.prescribing.week_plan.reading import as_plan
from training.progression import CONFIG, Background, Done, ExercisePlan, HardSession, Shown

Judged = tuple[int, int, int, str]  # an exercise in a session, in a unit: (workout, week, exercise, unit)


class Judgement:
    """Judges the sessions of `history`. Each answer is worked out once. Holds are judged in steps of seconds (see
    `progression.in_steps`)."""

    def __init__(self, history: History):
        self.history = history
        self._scores: dict[Judged, int | None] = {}
        self._shown: dict[Judged, Shown | None] = {}

    def plan_of(self, workout: int, week: int, parameters: ExerciseParameters) -> ExercisePlan:
        """Returns what was asked in that session; without a row the numbers of the slot."""
        prescribed = self.history.was_prescribed(workout, week, parameters.slot.exercise_id)
        return as_plan(prescribed, parameters) if prescribed else start(parameters, 0)

    def refs(self, workout: int, week: int, parameters: ExerciseParameters) -> tuple[Done, ...]:
        """Returns the working sets of the last three sessions of the exercise in this workout before `week`."""
        weeks = self._weeks_before(workout, week, parameters)[: CONFIG.odd_sessions]
        return tuple(one for each in weeks for one in self._done(workout, each, parameters))

    def _asked(self, workout: int, week: int, parameters: ExerciseParameters) -> ExercisePlan:
        plan = self.plan_of(workout, week, parameters)
        return progression.in_steps(plan) if parameters.is_hold else plan

    def _done(self, workout: int, week: int, parameters: ExerciseParameters) -> list[Done]:
        done = self.history.done(workout, week, parameters)
        return [progression.done_in_steps(one) for one in done] if parameters.is_hold else done

    def counted(self, workout: int, week: int | None, parameters: ExerciseParameters) -> list[Done | None]:
        """Returns the sets of a session in order, with None in place of odd ones; none for week None."""
        if week is None:
            return []
        done = self._done(workout, week, parameters)
        plan, refs = self._asked(workout, week, parameters), self.refs(workout, week, parameters)
        places = {index for index, _ in progression.kept(plan, done=done, refs=refs, grid=parameters.grid)}
        return [one if index in places or index >= plan.sets else None for index, one in enumerate(done)]

    def shown(self, workout: int, week: int, parameters: ExerciseParameters) -> Shown | None:
        """Returns what the session showed; None where nothing in it counts."""
        address = (workout, week, parameters.slot.exercise_id, parameters.unit)
        if address not in self._shown:
            self._shown[address] = progression.shown(
                self._asked(workout, week, parameters),
                done=self._done(workout, week, parameters),
                grid=parameters.grid,
                bias=self.bias(parameters),
                refs=self.refs(workout, week, parameters),
            )
        return self._shown[address]

    def is_short(self, workout: int, week: int | None, parameters: ExerciseParameters) -> bool:
        """Returns whether a set made fewer reps than its target."""
        what = None if week is None else self.shown(workout, week, parameters)
        return what is not None and what.short

    def bias(self, parameters: ExerciseParameters) -> Decimal:
        """Returns by how many reps the lifter says too much RIR in the exercise. Read only where any is said."""
        if not self.history.says_rir:
            return Decimal(0)
        by_exercise, elsewhere = self.history.biases
        return by_exercise.get(parameters.slot.exercise_id, elsewhere)

    def background(
        self, workout: int, reference: Reference, parameters: ExerciseParameters, *, week: int
    ) -> Background:
        """Returns what sessions before the reference say, for the plan of the session in `week`."""
        bias = self.bias(parameters)
        if reference.week is None or not reference.done:
            return Background(bias=bias)
        return Background(
            prev=self._prev(workout, reference.week, parameters),
            refs=self.refs(workout, reference.week, parameters),
            bias=bias,
            is_last=reference.week == week - 1,
        )

    def days_off(self, parameters: ExerciseParameters, *, since: int | None, before: WorkoutWeek) -> int | None:
        """Returns the days off that count for the weight and reps in the session `before`: those of the muscle; None
        where it was not trained yet.

        `since`: the week of the session in this workout that the exercise builds on. The longest break since then
        counts, even where the muscle has been trained again: another workout brings back no strength that this exercise
        has shown."""
        history, muscle = self.history, parameters.slot.exercise.muscle_group
        since_last = history.days_since(muscle, before=before)
        if since is None:
            return since_last
        until = history.day_of(before) if before in history.logs else history.today
        began = history.day_of((before[0], since))
        days = {history.day_of(at) for at in history.logs if at != before and muscle in history.muscles_trained[at]}
        trained = sorted({began} | {day for day in days if began < day < until})
        longest = max((later - earlier).days for earlier, later in pairwise([*trained, until]))
        return longest if longest > CONFIG.break_days else since_last

    def _prev(self, workout: int, week: int, parameters: ExerciseParameters) -> Shown | None:
        """Returns what the hard session before showed; None where more than 14 days lie between."""
        before = next(iter(self._weeks_before(workout, week, parameters)), None)
        if before is None:
            return None
        apart = self.history.day_of((workout, week)) - self.history.day_of((workout, before))
        return None if apart > timedelta(days=CONFIG.break_days) else self.shown(workout, before, parameters)

    def _weeks_before(self, workout: int, week: int, parameters: ExerciseParameters) -> list[int]:
        return self.history.trained_weeks(workout, parameters.slot.exercise_id, before=week)

    # -- scores ---------------------------------------------------------------------------------

    def performance(self, workout: int, week: int | None, parameters: ExerciseParameters) -> int | None:
        """Returns the score of the exercise in a week, against its plan and its session before; None where nothing
        counts."""
        if week is None:
            return None
        address = (workout, week, parameters.slot.exercise_id, parameters.unit)
        if address not in self._scores:
            self._scores[address] = self._score(workout, week, parameters)
        return self._scores[address]

    def _score(self, workout: int, week: int, parameters: ExerciseParameters) -> int | None:
        if not (done := self._done(workout, week, parameters)):
            return None
        before = next(iter(self._weeks_before(workout, week, parameters)), None)
        prescribed_before = (
            self.history.was_prescribed(workout, before, parameters.slot.exercise_id) if before else None
        )
        return progression.performance(
            self._asked(workout, week, parameters),
            done=done,
            prev_done=self.counted(workout, before, parameters),
            grid=parameters.grid,
            prev_rir=prescribed_before.rir if prescribed_before else None,
            bias=self.bias(parameters),
            refs=self.refs(workout, week, parameters),
        )

    def fell_twice(self, workout: int, week: int | None, parameters: ExerciseParameters) -> bool:
        """Returns whether the exercise clearly fell in two sessions in a row."""
        if week is None:
            return False
        last, one_before = self._two_before(workout, week, parameters)
        return progression.fell_twice(
            self.performance(workout, week, parameters),
            prev_perf=self.performance(workout, last, parameters),
            done=self.counted(workout, week, parameters),
            prev_done=self.counted(workout, last, parameters),
            prev2_done=self.counted(workout, one_before, parameters),
            grid=parameters.grid,
        )

    def reps_fallen(self, workout: int, week: int | None, parameters: ExerciseParameters) -> int | None:
        """Returns the reps per set by which the exercise fell over the two sessions."""
        if week is None:
            return None
        _, one_before = self._two_before(workout, week, parameters)
        done, then = self.counted(workout, week, parameters), self.counted(workout, one_before, parameters)
        return progression.reps_fallen(done, prev2_done=then, grid=parameters.grid)

    def _two_before(self, workout: int, week: int, parameters: ExerciseParameters) -> tuple[int | None, int | None]:
        last, one_before, *_ = (*self._weeks_before(workout, week, parameters), None, None)
        return last, one_before

    # -- for the next mesocycle -----------------------------------------------------------------

    def hard_sessions(self, workout: int, parameters: ExerciseParameters) -> list[tuple[int, HardSession]]:
        """Returns (week, session) of the last hard sessions of the exercise in this workout, newest first."""
        weeks = self._weeks_before(workout, self.history.mesocycle.duration_weeks, parameters)
        return [
            (
                week,
                HardSession(
                    plan=self.plan_of(workout, week, parameters),
                    done=tuple(self.history.done(workout, week, parameters)),
                    gap_before=self.days_off(
                        parameters, since=next(iter(weeks[place + 1 :]), None), before=(workout, week)
                    ),
                ),
            )
            for place, week in enumerate(weeks[: CONFIG.opening_sessions])
        ]
