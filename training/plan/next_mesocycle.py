"""Makes the next mesocycle from a week of the last one: each number of its first week comes with its reason.

Nothing is stored before the lifter has seen it. A plan that was made weeks ago is worked out anew on the day it
begins."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import transaction

from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Prescription, Workout, WorkoutExercise
from training.models.bounds import RIR
from training.models.feedback import Soreness
from training.models.prescription import PARENT
from training.plan.from_template import SENT_AGAIN_WITHIN, AnotherRuns, in_week_from
from training.prescribing import writing
from training.prescribing.parameters import ExerciseParameters
from training.prescribing.starting_point import first_plan
from training.prescribing.week_plan.history import History, Reference
from training.prescribing.week_plan.judging import Judgement
from training.prescribing.week_plan.planning import PlannedExercise, seen
from training.prescribing.week_plan.reading import Prescribed
from training.progression import Ex, ExercisePlan, Reason, Target


@dataclass(frozen=True, slots=True)
class NextSlot:
    """What the first week of the next mesocycle asks of one exercise. `week`: the week that it is made from; None: the
    exercise was not trained in the last mesocycle."""

    row: Prescription  # unsaved
    slot: WorkoutExercise
    week: int | None
    opened: Prescribed | None = None  # what the first week of the last mesocycle asked

    @property
    def above(self) -> str:
        """By what it opens above the last mesocycle; "" where it does not, or the two cannot be compared."""
        row, first = self.row, self.opened
        if first is None or first.weight is None or row.weight is None or row.unit != first.unit:
            return ""
        heavier, more = row.weight - first.weight, row.target_reps(1) - (first.seconds or first.reps)
        if self.exercise.loading == Loading.ASSISTED and heavier < 0:
            return f"{plain(-heavier)} {row.unit} less help than at the start of the last mesocycle."
        if self.exercise.loading != Loading.ASSISTED and heavier > 0:
            return f"+{plain(heavier)} {row.unit} on the start of the last mesocycle."
        is_more = heavier == 0 and more > 0
        counted = f"{more} s" if self.exercise.is_hold else f"{more} rep{'' if more == 1 else 's'}"
        return f"+{counted} on the start of the last mesocycle." if is_more else ""

    @property
    def exercise(self) -> Exercise:
        return self.slot.exercise


class NextMesocycle:
    """The next mesocycle, of `weeks` weeks, made from week `week` of the mesocycle in `history`."""

    def __init__(self, history: History, *, week: int, weeks: int):
        self.history, self.week, self.weeks = history, week, weeks
        self.parent = history.mesocycle

    @property
    def rows(self) -> list[Prescription]:
        return [ahead.row for _, prescribed in self.workouts for ahead in prescribed]

    @property
    def left_out(self) -> list[Exercise]:
        """The exercises of the last plan that are archived by now, and so are not planned again."""
        every = (
            parameters.slot.exercise
            for one in self.history.workouts_in_plan()
            for parameters in self.history.parameters[one.id]
        )
        return list({one.id: one for one in every if one.archived_at}.values())

    @cached_property
    def workouts(self) -> list[tuple[Workout, list[NextSlot]]]:
        """Each workout of the last mesocycle in order, with what the next one asks in it."""
        return [(workout, list(self._of(workout))) for workout in self.history.workouts_in_plan()]

    def _of(self, workout: Workout) -> Iterator[NextSlot]:
        for parameters in self.history.parameters[workout.id]:
            if parameters.slot.exercise.archived_at is None:
                week = self._source(workout, parameters)
                planned = self._seeded(parameters) if week is None else self._carried(workout, parameters, week)
                opened = self.history.first_prescribed(workout.id, parameters.slot.exercise_id)
                yield NextSlot(writing.first_week_row(planned), parameters.slot, week, opened)

    def _source(self, workout: Workout, parameters: ExerciseParameters) -> int | None:
        weeks = self.history.trained_weeks(workout.id, parameters.slot.exercise_id, before=self.parent.duration_weeks)
        return progression.source_week(
            self.week, [week for week in weeks if self.history.done(workout.id, week, parameters)]
        )

    def _carried(self, workout: Workout, parameters: ExerciseParameters, week: int) -> PlannedExercise:
        """Plans from a week that was trained: from the last hard weeks where the first week was chosen, which is
        advised, else from that week itself."""
        rir = self.parent.target_rir(week, floor_rir=parameters.floor_rir)
        assert rir is not None, "sets are carried from no deload"
        sets, about_sets = self._sets[workout.id, parameters.slot.exercise_id]
        target = parameters.target(rir=self._target_rir(parameters), sets=sets)
        kept = {"floor_rir": parameters.floor_rir, "about_sets": about_sets}
        if parameters.is_hold:
            return self._held(workout, parameters, target, week, kept)
        if self.is_advised and (opened := self._opened(workout, parameters, target)):
            plan, came_from, given = opened
            if sets != about_sets["week1"]:
                why = {"sets": sets, "week": about_sets["n"], "chosen": about_sets["week1"]}
                plan = replace(plan, reasons=(*plan.reasons, Reason("NEXT_MESO_SETS", why)))
            return PlannedExercise(parameters, plan, given | kept | self._parent(workout, came_from))
        plan, history = self.judged.plan_of(workout.id, week, parameters), self.history
        done, days_off = history.done(workout.id, week, parameters), self._days_off
        following = progression.plan_next_meso(plan, done=done, target=target, week=week, days_since_last=days_off)
        given = {"rir": target.next_rir, "sets": target.next_sets, "week": week, "days_since_last": days_off}
        prescribed = history.was_prescribed(workout.id, week, parameters.slot.exercise_id)
        was = seen(Reference(plan, done, week, prescribed))
        return PlannedExercise(parameters, following, given | kept | was | self._parent(workout, week))

    def _held(
        self, workout: Workout, parameters: ExerciseParameters, target: Target, week: int, kept: dict
    ) -> PlannedExercise:
        """Plans a hold below what it would be asked next: after its last hard session where the first week was chosen,
        which is advised, else after that week."""
        if self.is_advised:
            weeks = self.history.trained_weeks(
                workout.id, parameters.slot.exercise_id, before=self.parent.duration_weeks
            )
            week = max(weeks, default=week)
        plan, done = self.judged.plan_of(workout.id, week, parameters), self.history.done(workout.id, week, parameters)
        gap_days = self._gap_days(parameters.slot.exercise_id)
        due = progression.plan_hold(plan, done=done, target=target)
        opened = progression.open_hold(due, rir=target.next_rir, sets=target.next_sets, gap_days=gap_days)
        given = {"rir": target.next_rir, "sets": target.next_sets, "gap_days": gap_days, "weeks": [week]}
        return PlannedExercise(parameters, opened, given | kept | self._parent(workout, week))

    def _opened(
        self, workout: Workout, parameters: ExerciseParameters, target: Target
    ) -> tuple[ExercisePlan, int, dict] | None:
        """Returns (plan, newest week, inputs) from the last hard weeks; None where they show nothing."""
        sessions = self.judged.hard_sessions(workout.id, parameters)
        gap_days, bias = self._gap_days(parameters.slot.exercise_id), self.judged.bias(parameters)
        plan = progression.open_meso([one for _, one in sessions], target=target, gap_days=gap_days, bias=bias)
        if plan is None:
            return None
        assert plan.rir is not None, "an opening is no deload"
        if gap_days is not None and plan.rir > target.next_rir:
            told = Reason("RIR_BREAK", {"rir": plan.rir, "days": gap_days})
            plan = replace(plan, reasons=(*plan.reasons, told))
        weeks = [week for week, _ in sessions]
        given = {"rir": target.next_rir, "sets": target.next_sets, "gap_days": gap_days, "weeks": weeks}
        return plan, weeks[0], given | {"bias": str(bias)}

    def _parent(self, workout: Workout, week: int) -> dict:
        return {PARENT: {"mesocycle": self.parent.id, "workout": workout.id, "week": week}}

    @cached_property
    def judged(self) -> Judgement:
        return Judgement(self.history)

    @cached_property
    def is_advised(self) -> bool:
        """Whether the week is the first one that can be chosen."""
        history = self.history
        places = (place for place in history.logs if history.muscles_trained[place])
        return self.week == min((week for _, week in places), default=self.week)

    @cached_property
    def _sets(self) -> dict[tuple[int, int], tuple[int, dict]]:
        """The sets of each row by (workout, exercise), with what they were worked out from."""
        by_muscle: dict[str, list[tuple[tuple[int, int], int, int, int]]] = defaultdict(list)
        for workout in self.history.workouts_in_plan():
            for parameters in self.history.parameters[workout.id]:
                exercise, week = parameters.slot.exercise, self._source(workout, parameters)
                if week is not None and exercise.archived_at is None:
                    chosen = self.judged.plan_of(workout.id, week, parameters).sets
                    first = self.history.first_prescribed(workout.id, exercise.id)
                    row = (workout.id, exercise.id), first.sets if first else chosen, chosen, week
                    by_muscle[exercise.muscle_group].append(row)
        found: dict[tuple[int, int], tuple[int, dict]] = {}
        for muscle, rows in by_muscle.items():
            found |= self._sets_of(muscle, rows)
        return found

    def _sets_of(
        self, muscle: str, rows: list[tuple[tuple[int, int], int, int, int]]
    ) -> dict[tuple[int, int], tuple[int, dict]]:
        overreached, easy = muscle in self._overreached, self._was_easy(muscle)
        mrv = progression.landmarks(muscle, experience=self.parent.user.experience).mrv
        felt = {"overreached": overreached, "easy": easy}
        weeks = [self.parent.week_of_plan(week) for *_, week in rows]
        # Rows that come from different weeks are rare: an exercise that joined later. Each goes by its own week.
        by_week = {
            n: progression.opening_sets(
                [(week1, chosen) for _, week1, chosen, _ in rows], n, overreached=overreached, easy=easy, mrv=mrv
            )
            for n in set(weeks)
        }
        return {
            key: (by_week[n][place], {"week1": week1, "chosen": chosen, "n": n, **felt})
            for place, ((key, week1, chosen, _), n) in enumerate(zip(rows, weeks, strict=True))
        }

    def _seeded(self, parameters: ExerciseParameters) -> PlannedExercise:
        """Plans an exercise that was not trained in the last mesocycle as in any first week: from earlier sessions,
        else with a question."""
        past = self.history.past.get(parameters.slot.exercise_id, [])
        plan = first_plan(parameters, past, rir=self._target_rir(parameters), today=self.history.today)
        return PlannedExercise(parameters, plan, {"floor_rir": parameters.floor_rir})

    def _target_rir(self, parameters: ExerciseParameters) -> int:
        return progression.hard_rir(self.weeks, week=1, floor_rir=parameters.floor_rir)

    @cached_property
    def _days_off(self) -> int | None:
        """The days since the last session before the deload; None without one."""
        history = self.history
        places = [place for place in history.logs if history.muscles_trained[place]]
        hard = [history.day_of(place) for place in places if place[1] < self.parent.duration_weeks]
        return max(0, (history.today - max(hard)).days) if hard else None

    def _gap_days(self, exercise: int) -> int | None:
        """The days since the exercise was last trained in the mesocycle before, its deload included."""
        days = [self.history.day_of((workout, week)) for workout, week, of in self.history.sets if of == exercise]
        return max(0, (self.history.today - max(days)).days) if days else None

    @cached_property
    def _overreached(self) -> set[str]:
        """The muscles for which the engine asked a recovery session."""
        rows = self.history.prescribed.values()
        return {row.muscle for row in rows if row.kind == Prescription.Kind.RECOVERY and not row.is_by_lifter}

    def _was_easy(self, muscle: str) -> bool:
        """Returns whether the muscle had an easy mesocycle: hardly sore, and few sessions that fell short."""
        sessions = [score for place, score in self._scores(muscle) if score is not None]
        sore = [said.soreness_level for (_, _, of), said in self.history.feedback.items() if of == muscle]
        return progression.was_easy(
            recoveries=int(muscle in self._overreached),
            sore3=sore.count(Soreness.STILL),
            p23=sum(score >= progression.CONFIG.hard_from for score in sessions),
            sessions=len(sessions),
        )

    def _scores(self, muscle: str) -> Iterator[tuple[tuple[int, int], int | None]]:
        """Yields (workout, week) and the muscle's performance of each of its hard sessions."""
        history = self.history
        for workout in history.workouts_in_plan():
            slots = [one for one in history.parameters[workout.id] if one.slot.exercise.muscle_group == muscle]
            for week in range(1, self.parent.duration_weeks):
                scored = [
                    Ex(id=one.slot.exercise_id, pos=one.slot.position, sets=plan.sets, perf=perf, completed=plan.sets)
                    for one in slots
                    if week in history.trained_weeks(workout.id, one.slot.exercise_id, before=week + 1)
                    and (perf := self.judged.performance(workout.id, week, one)) is not None
                    and (plan := self.judged.plan_of(workout.id, week, one))
                ]
                if scored:
                    challenge = history.said(workout.id, week, muscle, "challenge_level")
                    rir = self.parent.target_rir(week) or 0
                    yield (workout.id, week), progression.muscle_score(scored, challenge=challenge, rir=rir)


def weeks_to_choose(mesocycle: Mesocycle) -> list[int]:
    """Returns the weeks that the next mesocycle can be made from: those before the deload with a started session."""
    logs = mesocycle.logs.filter(started_at__isnull=False, week_number__lt=mesocycle.duration_weeks)
    return sorted(logs.filter(workout__only_week=None).values_list("week_number", flat=True).distinct())


def planned_before(parent: Mesocycle, *, week: int, name: str, at: datetime) -> Mesocycle | None:
    """Returns the mesocycle that the same form planned a moment ago: a double tap, or a lost response."""
    same = parent.children.filter(status=Mesocycle.Status.PLANNED, copied_from_week=week, name=name)
    return same.filter(created_at__gte=at - SENT_AGAIN_WITHIN).first()


@transaction.atomic
def plan_next(parent: Mesocycle, *, week: int, weeks: int, name: str, today: date, at: datetime) -> Mesocycle:
    """Plans the next mesocycle with its first week. It begins when the lifter starts it."""
    User.objects.select_for_update(no_key=True).get(id=parent.user_id)  # two taps at once run one after the other
    if before := planned_before(parent, week=week, name=name, at=at):
        return before
    ahead = NextMesocycle(History(parent, today=today), week=week, weeks=weeks)
    mesocycle = Mesocycle.objects.create(
        user=parent.user,
        name=name,
        duration_weeks=weeks,
        days_per_week=len(ahead.workouts),
        status=Mesocycle.Status.PLANNED,
        parent_mesocycle=parent,
        copied_from_week=week,
    )
    workouts = Workout.objects.bulk_create(
        Workout(
            mesocycle=mesocycle,
            name=workout.name,
            description=workout.description,
            day_of_week=workout.day_of_week,
            position_in_week=position,
        )
        for position, (workout, _) in enumerate(ahead.workouts, start=1)
    )
    slots, rows = [], []
    for workout, (_, prescribed) in zip(workouts, ahead.workouts, strict=True):
        for position, one in enumerate(prescribed, start=1):
            slots.append(_slot(one, workout, position))
            if one.week is not None:
                one.row.workout, one.row.position = workout, position
                rows.append(one.row)
    WorkoutExercise.objects.bulk_create(slots)
    writing.put_in_place(History(mesocycle, today=today), rows)
    writing.prescribe(History(mesocycle, today=today))
    return mesocycle


def _slot(one: NextSlot, workout: Workout, position: int) -> WorkoutExercise:
    slot = one.slot
    return WorkoutExercise(
        workout=workout,
        exercise=slot.exercise,
        position=position,
        target_sets=one.row.sets,
        target_reps_min=slot.target_reps_min,
        target_reps_max=slot.target_reps_max,
        target_weight=one.row.weight,
        target_rir=None if slot.target_rir is None else RIR.nearest(slot.target_rir),
        unit=one.row.unit,
        superset=slot.superset,
        notes=slot.notes,
    )


@transaction.atomic
def begin(
    mesocycle: Mesocycle, *, start_date: date, days: list[int] | None, at: datetime, ends: Mesocycle | None
) -> None:
    """Starts a planned mesocycle, and ends `ends`. `days`: as in `from_template.start_mesocycle`. Nothing happens where
    it has already begun.

    Raises AnotherRuns where a mesocycle other than `ends` runs."""
    user = User.objects.select_for_update(no_key=True).get(id=mesocycle.user_id)
    locked = Mesocycle.objects.select_for_update(of=("self",), no_key=True).filter(id=mesocycle.id).first()
    if locked is None or not locked.is_planned:
        return
    mesocycle = locked
    mesocycle.user = user
    for running in Mesocycle.objects.planned_by(user).active():
        if running != ends:
            raise AnotherRuns
        running.finish(at=at)
    mesocycle.status, mesocycle.start_date = Mesocycle.Status.ACTIVE, start_date
    mesocycle.end_date = start_date + timedelta(weeks=mesocycle.duration_weeks, days=-1)
    mesocycle.save(update_fields=["status", "start_date", "end_date"])
    workouts = list(mesocycle.workouts.in_plan())
    on = [None] * len(workouts) if days is None else in_week_from(start_date, days)
    for workout, day in zip(workouts, on, strict=True):
        workout.day_of_week = day
    Workout.objects.bulk_update(workouts, ["day_of_week"])
    today = user.today(at)
    _bring_up_to_date(mesocycle, today=today)
    writing.prescribe(History(mesocycle, today=today))


def _bring_up_to_date(mesocycle: Mesocycle, *, today: date) -> None:
    """Works out anew what comes from the mesocycle before, where the lifter has not changed it since. Days have passed,
    and the lifter may have trained on in the mesocycle before."""
    parent = mesocycle.parent_mesocycle
    if parent is None or mesocycle.copied_from_week is None:
        return
    parent.user = mesocycle.user
    history = History(mesocycle, today=today)
    ahead = NextMesocycle(History(parent, today=today), week=mesocycle.copied_from_week, weeks=mesocycle.duration_weeks)
    fresh = {(row.workout_id, row.exercise_id): row for row in ahead.rows if PARENT in row.inputs}
    slots, rows = [], []
    for (workout, _, exercise), row in history.carried.items():
        parameters = next((one for one in history.parameters[workout] if one.slot.exercise_id == exercise), None)
        new = fresh.get((row.inputs[PARENT]["workout"], exercise))
        if parameters is None or new is None or not row.is_planned_in(parameters.slot):
            continue
        says = ("sets", "weight", "unit", "reps", "seconds", "rir")
        if any(getattr(row, name) != getattr(new, name) for name in says):
            new.workout_id, new.position = workout, parameters.slot.position
            parameters.slot.target_sets, parameters.slot.target_weight = new.sets, new.weight
            parameters.slot.unit = new.unit
            slots.append(parameters.slot)
            rows.append(new)
    WorkoutExercise.objects.bulk_update(slots, ["target_sets", "target_weight", "unit"])
    writing.put_in_place(history, rows)
