"""Everything that the engine looks at in one mesocycle: what was planned, asked, done and felt, session by session.

It is read once, in seven queries however long the mesocycle is. After that, every question is answered from memory."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from exercises.models import Exercise, ExerciseSettings
from training import progression
from training.models import Mesocycle, Prescription, Workout, WorkoutExercise, WorkoutLog
from training.models.done_set import DoneSet
from training.models.prescription import PARENT
from training.prescribing.parameters import ExerciseParameters, gather_parameters
from training.prescribing.starting_point import PastSet, as_done, last_day, past_sets, start
from training.prescribing.week_plan import reading
from training.prescribing.week_plan.bias import biases_of
from training.prescribing.week_plan.first_sets import SessionSets, sessions_of
from training.prescribing.week_plan.reading import Answers, Prescribed, as_plan
from training.progression import CONFIG, Done, ExercisePlan

WorkoutWeek = tuple[int, int]  # a session: (workout, week)
PrescriptionKey = tuple[int, int, int]  # an exercise in a session: (workout, week, exercise)


@dataclass(frozen=True, slots=True)
class Reference:
    """What the next session of an exercise builds on: a plan, the sets done of it, its week, and the row that asked
    for it."""

    plan: ExercisePlan
    done: list[Done]
    week: int | None = None
    row: Prescribed | None = None


class History:
    """The mesocycle as it stands on `today`, the lifter's calendar day. With `muscles`, only the exercises of those."""

    def __init__(self, mesocycle: Mesocycle, *, today: date, muscles: Collection[str] | None = None):
        self.mesocycle, self.today = mesocycle, today
        self._muscles = muscles
        self.workouts: list[Workout] = sorted(mesocycle.workouts.all(), key=lambda one: one.place)
        by_time = sorted(mesocycle.logs.all(), key=lambda log: (log.performed_at, log.id))
        self.logs: dict[WorkoutWeek, WorkoutLog] = {(log.workout_id, log.week_number): log for log in by_time}
        self._places = {log.id: place for place, log in self.logs.items()}
        self._read_slots()
        self._read_prescriptions()
        self._read_sets()
        self._read_feedback()

    def _read_slots(self) -> None:
        user = self.mesocycle.user
        slots = WorkoutExercise.objects.filter(workout__mesocycle=self.mesocycle).with_settings_of(user)
        if self._muscles is not None:
            slots = slots.filter(exercise__muscle_group__in=self._muscles)
        self.parameters: dict[int, list[ExerciseParameters]] = defaultdict(list)
        for parameters in gather_parameters(user, list(slots.order_by("position", "id"))):
            self.parameters[parameters.slot.workout_id].append(parameters)

    def _read_prescriptions(self) -> None:
        # What the next week builds on: the latest row that was not for today alone.
        self.prescribed: dict[PrescriptionKey, Prescribed] = {}
        self.prescribed_in_full: dict[PrescriptionKey, Prescribed] = {}  # before a deload or a recovery session
        self.standing: dict[PrescriptionKey, Prescribed] = {}
        self._standing_in: dict[WorkoutWeek, list[Prescribed]] = defaultdict(list)
        # Addresses where the lifter chose something, or took the exercise out: the engine leaves them alone.
        self.chosen: set[PrescriptionKey] = set()
        addresses = set()
        for row in reading.prescriptions_of(self.mesocycle.id, self._muscles):
            address = row.address
            addresses.add(address)
            if not row.is_for_today:
                self.prescribed[address] = row
                if row.kind == Prescription.Kind.NORMAL:
                    self.prescribed_in_full[address] = row
            if row.is_standing:
                self.standing[address] = row
                self._standing_in[address[:2]].append(row)
            if row.is_by_lifter:
                self.chosen.add(address)
        self.chosen |= addresses - set(self.standing)

    def _read_sets(self) -> None:
        self.sets: dict[PrescriptionKey, list[DoneSet]] = defaultdict(list)
        self.muscles_trained: dict[WorkoutWeek, set[str]] = defaultdict(set)
        self.last_set_at: dict[WorkoutWeek, datetime] = {}
        self.says_rir = False
        # Only sets of the logs that were read: a log that was made since then is not known here, nor are its facts.
        for log, muscle, one in reading.sets_of(self._places, self._muscles):
            place = self._places[log]
            self.last_set_at[place] = max(one.performed_at, self.last_set_at.get(place, one.performed_at))
            self.muscles_trained[place].add(muscle)
            self.says_rir |= one.rir is not None
            if one.counts:
                self.sets[*place, one.exercise_id].append(one)
        self._done: dict[tuple[int, int, int, str], list[Done]] = {}  # by unit too

    def _read_feedback(self) -> None:
        self.feedback: dict[tuple[int, int, str], Answers] = {
            (*self._places[log], muscle): said for log, muscle, said in reading.answers_of(self._places, self._muscles)
        }

    def prescribed_today(self, workout: Workout, week: int) -> list[ExerciseParameters]:
        """Returns the parameters of each exercise that the session now asks for, including the lifter's changes for
        today, in order. Exercises of the plan come with their slot; for others one is made."""
        slots = {parameters.slot.exercise_id: parameters for parameters in self.parameters_in(workout.id, week)}
        rows = self._standing_in[workout.id, week]
        joined = [row for row in rows if row.exercise_id not in slots]
        exercises = Exercise.objects.in_bulk([row.exercise_id for row in joined])
        here = {row.exercise_id: row.as_slot(workout, exercises[row.exercise_id]) for row in joined}
        for own in ExerciseSettings.objects.filter(user=self.mesocycle.user, exercise__in=here):
            here[own.exercise_id].own = own
        joining = gather_parameters(self.mesocycle.user, [*here.values()])
        slots |= {one.slot.exercise_id: self._in_session(one, workout.id, week) for one in joining}
        return [slots[row.exercise_id] for row in sorted(rows, key=lambda row: row.position)]

    def parameters_in(self, workout: int, week: int) -> list[ExerciseParameters]:
        """Returns the parameters of the workout's slots in a session. Once it has begun, it keeps its units."""
        return [self._in_session(one, workout, week) for one in self.parameters[workout]]

    def _in_session(self, parameters: ExerciseParameters, workout: int, week: int) -> ExerciseParameters:
        log, row = self.logs.get((workout, week)), self.standing.get((workout, week, parameters.slot.exercise_id))
        return parameters.kept_in(row.unit) if row and log and log.is_started else parameters

    # -- sessions -------------------------------------------------------------------------------

    def workouts_in_plan(self) -> list[Workout]:
        """Returns the workouts that are trained every week, in the order of the week."""
        return [one for one in self.workouts if one.is_of_plan]

    def next_places(self) -> Iterator[tuple[Workout, int]]:
        """Yields (workout, week) of each session to prescribe, week by week in order: the first week of each workout,
        and each week after one in which it has ended."""
        for week in range(1, self.mesocycle.duration_weeks + 1):
            for workout in self.workouts_in_plan():
                has_ended = self._ended(workout.id, week) or not workout.occurs_in(week)
                if not has_ended and (week == workout.first_week or self._ended(workout.id, week - 1)):
                    yield workout, week

    def _ended(self, workout: int, week: int) -> bool:
        log = self.logs.get((workout, week))
        return log is not None and log.has_ended

    def last_day(self, muscle: str, *, before: WorkoutWeek) -> date | None:
        """Returns the day on which the muscle was last trained in this mesocycle, leaving out the session `before`."""
        days = (self.day_of(place) for place in self.logs if place != before and muscle in self.muscles_trained[place])
        return max(days, default=None)

    def last_day_before(self, exercise: int) -> date | None:
        """Returns the day on which the exercise was last trained in any mesocycle; None where that is too long ago to
        count."""
        return last_day(self.past.get(exercise, []))

    def days_since(self, muscle: str, *, before: WorkoutWeek) -> int | None:
        """Returns the days from the muscle's last session in this mesocycle to the session `before`; None without one.

        A session that was begun, or typed in afterwards, counts by its own day; one to come by today."""
        until = self.day_of(before) if before in self.logs else self.today
        places = (place for place in self.logs if place != before and muscle in self.muscles_trained[place])
        days = [(until - day).days for place in places if (day := self.day_of(place)) <= until]
        return min(days, default=None)

    def days_since_recovery(self) -> dict[str, int]:
        """Returns the days since the last recovery session that the engine asked for, by muscle."""
        days: dict[str, int] = {}
        for row in self.prescribed.values():
            place = row.address[:2]
            if row.kind == Prescription.Kind.RECOVERY and not row.is_by_lifter and place in self.logs:
                since = max(0, (self.today - self.day_of(place)).days)
                days[row.muscle] = min(since, days.get(row.muscle, since))
        return days

    def day_of(self, place: WorkoutWeek) -> date:
        log = self.logs[place]
        return log.local_date or self.mesocycle.user.day_of(log.performed_at)

    def muscles_in_plan(self) -> set[str]:
        return {
            parameters.slot.exercise.muscle_group
            for workout in self.workouts_in_plan()
            for parameters in self.parameters[workout.id]
        }

    def standing_next(self) -> dict[PrescriptionKey, Prescribed]:
        """Returns the rows that stand in the sessions that are prescribed next."""
        return {row.address: row for workout, week in self.next_places() for row in self._standing_in[workout.id, week]}

    def gone(self) -> list[Prescribed]:
        """Returns the rows that still stand in the next sessions for exercises that are no longer in the plan."""
        in_plan = {
            (workout, parameters.slot.exercise_id) for workout, slots in self.parameters.items() for parameters in slots
        }
        return [
            row
            for address, row in self.standing_next().items()
            if address not in self.chosen
            and (row.workout_id, row.exercise_id) not in in_plan
            and not self.is_settled(row.workout_id, row.week_number, row.muscle)
        ]

    def said(self, workout: int, week: int, muscle: str, question: str) -> int | None:
        """Returns an answer given in a session; None where it was not answered."""
        return getattr(self.feedback.get((workout, week, muscle)), question, None)

    def said_at_next_session(self, workout: int, week: int, muscle: str) -> int | None:
        """Returns the soreness said at the muscle's next session after this one; None where it was not said."""
        places = list(self.logs)  # in the order in which they were trained
        if (workout, week) not in self.logs:
            return None
        for place in places[places.index((workout, week)) + 1 :]:
            soreness = self.said(*place, muscle, "soreness_level")
            if soreness is not None or muscle in self.muscles_trained[place]:
                return soreness
        return None

    def has_begun(self, workout: int, week: int) -> bool:
        return self._ended(workout, week) or bool(self.muscles_trained[workout, week])

    def is_settled(self, workout: int, week: int, muscle: str) -> bool:
        """Returns whether the engine no longer changes what it asked of the muscle: the session has ended, or the
        muscle has begun in it."""
        return self._ended(workout, week) or muscle in self.muscles_trained[workout, week]

    def was_ill(self, workout: int, week: int) -> bool:
        """Returns whether the lifter noted that they were ill in a session."""
        log = self.logs.get((workout, week))
        return log is not None and log.ill

    def ill_days(self) -> int:
        """Returns on how many of the last seven days the lifter was ill."""
        days = {self.day_of(place) for place, log in self.logs.items() if log.ill}
        return sum(0 <= (self.today - day).days < 7 for day in days)

    def was_recovery(self, workout: int, week: int, slots: list[ExerciseParameters]) -> bool:
        return self._was_any(Prescription.Kind.RECOVERY, workout, week, slots)

    def was_deloaded(self, workout: int, week: int, slots: list[ExerciseParameters]) -> bool:
        return self._was_any(Prescription.Kind.DELOAD, workout, week, slots)

    def _was_any(self, kind: str, workout: int, week: int, slots: list[ExerciseParameters]) -> bool:
        rows = (self.prescribed.get((workout, week, parameters.slot.exercise_id)) for parameters in slots)
        return any(row and row.kind == kind for row in rows)

    def sets_prescribed_before(self, workout: Workout, week: int) -> dict[tuple[int, int], int]:
        """Returns the sets, by (workout, exercise), that stand in the workouts of the week before this one."""
        earlier = {one.id for one in self.workouts_in_plan() if one.place < workout.place}
        return {
            (of, exercise): row.sets
            for (of, of_week, exercise), row in self.standing.items()
            if of in earlier and of_week == week
        }

    # -- exercises ------------------------------------------------------------------------------

    def done(self, workout: int, week: int | None, parameters: ExerciseParameters) -> list[Done]:
        """Returns the working sets of an exercise in a week as the engine reads them; none for week None."""
        if week is None:
            return []
        address = (workout, week, parameters.slot.exercise_id)
        if (*address, parameters.unit) not in self._done:
            self._done[*address, parameters.unit] = as_done(self.sets.get(address, []), parameters)
        return self._done[*address, parameters.unit]

    def trained_weeks(self, workout: int, exercise: int, *, before: int) -> list[int]:
        """Returns the weeks before `before` in which the exercise was trained in this workout, latest first. Deloads,
        recovery sessions and days while ill are left out: nothing is learned from them."""
        return [week for week in self._normal_weeks.get((workout, exercise), ()) if week < before]

    @cached_property
    def _normal_weeks(self) -> dict[tuple[int, int], list[int]]:
        weeks = defaultdict(list)
        for workout, week, exercise in sorted(self.sets, key=lambda address: -address[1]):
            prescribed = self.prescribed.get((workout, week, exercise))
            is_normal = prescribed is None or prescribed.kind == Prescription.Kind.NORMAL
            if is_normal and not self.was_ill(workout, week):
                weeks[workout, exercise].append(week)
        return weeks

    def pace(self, parameters: ExerciseParameters) -> int:
        """Returns about how many seconds a set of the exercise takes, from its last five sessions."""
        sessions = sorted(
            (
                sets
                for (*place, one), sets in self.sets.items()
                if one == parameters.slot.exercise_id and self._was_timed(*place)
            ),
            key=lambda sets: sets[-1].performed_at,
        )
        between = [
            int((later.performed_at - earlier.performed_at).total_seconds())
            for sets in sessions[-5:]
            for earlier, later in pairwise(sorted(sets, key=lambda one: one.performed_at))
        ]
        return progression.set_pace(between, mechanic=parameters.slot.exercise.mechanic)

    def _was_timed(self, workout: int, week: int) -> bool:
        """Returns whether the sets of a session have the times at which they were done."""
        return not self.logs[workout, week].is_backfilled

    def was_prescribed(self, workout: int, week: int, exercise: int) -> Prescribed | None:
        return self.prescribed.get((workout, week, exercise))

    def first_prescribed(self, workout: int, exercise: int) -> Prescribed | None:
        """Returns the first row of the exercise in this workout: of week 1, or of the week in which it joined."""
        weeks = range(1, self.mesocycle.duration_weeks + 1)
        return next((row for week in weeks if (row := self.prescribed_in_full.get((workout, week, exercise)))), None)

    def prescribed_that_day(self, workout: int, week: int | None, exercise: int) -> int | None:
        """Returns the sets that were asked in a session where the lifter changed them, 0 where they took the exercise
        out; None: as planned."""
        if (workout, week, exercise) not in self.chosen:
            return None
        row = self.standing.get((workout, week, exercise))
        return row.sets if row else 0

    def base_sets(self, workout: int, week: int, parameters: ExerciseParameters) -> int:
        """Returns the sets of the slot that the week after `week` builds on: those asked last up to `week`, in full,
        else those that the lifter planned."""
        for one in range(week, 0, -1):
            row = self.prescribed_in_full.get((workout, one, parameters.slot.exercise_id))
            if row:
                return row.sets
        return parameters.slot.target_sets

    def reference(self, workout: int, week: int, parameters: ExerciseParameters) -> Reference:
        """Returns what the session after `week` builds on: the session of that week, or, where it was a recovery
        session or a deload, the last one before it that was neither."""
        exercise = parameters.slot.exercise_id
        prescribed = self.was_prescribed(workout, week, exercise)
        if prescribed is None and (earlier := self.last_reference(workout, week, parameters)):
            return earlier  # the exercise was swapped out and is back
        if prescribed is None:
            # The exercise joined the plan later: it begins with the numbers of its slot, or with what was done first.
            rir = self.mesocycle.target_rir(week)
            return Reference(plan=start(parameters, rir or 0), done=self.done(workout, week, parameters), week=week)
        if prescribed.kind == Prescription.Kind.NORMAL:
            return Reference(
                plan=as_plan(prescribed, parameters),
                done=self.done(workout, week, parameters),
                week=week,
                row=prescribed,
            )
        in_full = self.prescribed_in_full.get((workout, week, exercise), prescribed)
        return self.last_reference(workout, week, parameters) or Reference(
            plan=as_plan(in_full, parameters), done=[], row=in_full
        )

    def last_reference(self, workout: int, before: int, parameters: ExerciseParameters) -> Reference | None:
        """Returns the exercise's last session in this workout, before week `before`, that was neither a deload nor a
        recovery session."""
        for week in self.trained_weeks(workout, parameters.slot.exercise_id, before=before):
            prescribed = self.was_prescribed(workout, week, parameters.slot.exercise_id)
            plan = as_plan(prescribed, parameters) if prescribed else start(parameters, 0)
            return Reference(plan=plan, done=self.done(workout, week, parameters), week=week, row=prescribed)
        return None

    def prescribed_first(self, workout: int, week: int, parameters: ExerciseParameters) -> Reference:
        """Returns what to build on where the exercise was never trained in this workout: the row that asked for it
        last, else the plan."""
        for one in range(week, 0, -1):
            row = self.prescribed_in_full.get((workout, one, parameters.slot.exercise_id))
            if row:
                return Reference(plan=as_plan(row, parameters), done=[], row=row)
        return Reference(plan=start(parameters, 0), done=[])

    @cached_property
    def biases(self) -> tuple[dict[int, Decimal], Decimal]:
        """By how many reps the lifter says too much RIR: by exercise, and in any other."""
        return biases_of(self.mesocycle.user_id)

    @cached_property
    def sessions(self) -> dict[int, list[SessionSets]]:
        """The last sessions of each exercise of the plan, in any mesocycle, oldest first."""
        exercises = {parameters.slot.exercise_id for slots in self.parameters.values() for parameters in slots}
        since = self.today - timedelta(days=CONFIG.slope_days)
        return sessions_of(self.mesocycle.user_id, exercises, since=since)

    @cached_property
    def carried(self) -> dict[PrescriptionKey, Prescription]:
        """The rows of week 1 that were made from the mesocycle before, the latest at each address."""
        if self.mesocycle.parent_mesocycle_id is None:
            return {}
        rows = Prescription.objects.filter(workout__mesocycle=self.mesocycle, inputs__has_key=PARENT)
        return {row.address: row for row in rows.order_by("id")}

    @cached_property
    def past(self) -> dict[int, list[PastSet]]:
        """The working sets of the last sessions of each exercise of the plan, in any mesocycle."""
        exercises = {parameters.slot.exercise_id for slots in self.parameters.values() for parameters in slots}
        return past_sets(self.mesocycle.user_id, exercises, today=self.today)
