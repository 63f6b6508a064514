"""The builder: what lifters change in a plan, its days and the exercises of each day, before it runs or while it runs.

A change to a running plan loses nothing. What was logged stays where it was logged. Sessions that have not begun are
prescribed anew, by new rows with their reasons; a muscle that has begun keeps its rows in that session. A workout of a
running plan is retired, never deleted. Repeating a change does nothing more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise, ExerciseSettings
from training.models import Mesocycle, Prescription, Workout, WorkoutExercise
from training.models.bounds import DAY_IS_FULL, DAYS, EXERCISES
from training.models.prescription import FROM_NOW_ON, PAIRED
from training.prescribing import writing
from training.prescribing.parameters import gather_parameters, unit_of
from training.prescribing.week_plan.history import History
from training.session import changes
from training.session.recording import SessionKey
from training.session.supersets import mark_slots

NEW_SETS = 3
SAID_OF_SLOT = ("target_reps_min", "target_reps_max", "target_weight", "unit", "target_rir", "notes")
COPIED = ("exercise_id", "position", "target_sets", "superset", *SAID_OF_SLOT)


class PlanClosed(ValueError):
    """The plan has ended, or the workout is no longer in it."""


class PlanRefused(ValueError):
    """The change makes no sense; the message says why and what to do instead."""


@contextmanager
def changing(mesocycle: Mesocycle, *, now: datetime) -> Iterator[Mesocycle]:
    """Yields the plan, locked while it changes. Afterwards the next sessions are prescribed anew. Raises PlanClosed,
    and PlanRefused where a session refuses the change."""
    try:
        with transaction.atomic():
            plan = Mesocycle.objects.locked().filter(id=mesocycle.id).first()
            if plan is None or not plan.may_be_edited:
                raise PlanClosed
            yield plan
            plan = Mesocycle.objects.select_related("user").get(id=plan.id)
            _follow(plan, now=now)
    except changes.ChangeRefused as refused:
        raise PlanRefused(str(refused)) from refused


# -- days ---------------------------------------------------------------------------------------------


def describe(mesocycle: Mesocycle, *, name: str, description: str, weeks: int | None, now: datetime) -> None:
    """Changes the name, description and weeks of a plan. `weeks`: None keeps them; a running plan keeps them in any
    case. Raises PlanClosed."""
    with changing(mesocycle, now=now) as plan:
        plan.name, plan.description = name, description or None
        if weeks and not plan.is_active:
            plan.duration_weeks = weeks
        plan.save(update_fields=["name", "description", "duration_weeks"])


def add_day(mesocycle: Mesocycle, *, name: str, now: datetime) -> Workout:
    """Adds a day without exercises at the end of the week. Raises PlanClosed, PlanRefused."""
    with changing(mesocycle, now=now) as plan:
        return _new_day(plan, name=name)


def edit_day(workout: Workout, *, day_of_week: int | None, now: datetime, **said) -> None:
    """Changes a day. `day_of_week`: 0 = Monday; None: no fixed day. `said`: its name, description, and the minutes that
    it takes at most. Raises PlanClosed."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        if day.day_of_week != day_of_week:
            day.moved_week = day.moved_to = None
        day.day_of_week, day.description = day_of_week, said.pop("description") or None
        for name, value in said.items():
            setattr(day, name, value)
        day.save(update_fields=["name", "day_of_week", "description", "minutes_at_most", "moved_week", "moved_to"])


def free_days(mesocycle: Mesocycle, *, now: datetime) -> None:
    """Takes the weekdays away: the workouts are then trained in order, on no fixed days. Raises PlanClosed."""
    with changing(mesocycle, now=now) as plan:
        plan.workouts.of_plan().update(day_of_week=None, moved_week=None, moved_to=None)


def move_day(workout: Workout, *, place: int, now: datetime) -> None:
    """Moves a day to a place (1, 2, 3...) in the week. Raises PlanClosed."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        order = [other for other in plan.workouts.of_plan() if other != day]
        order.insert(max(0, place - 1), day)
        _number(order, "position_in_week")


def duplicate_day(workout: Workout, *, now: datetime) -> Workout:
    """Adds a day with the same exercises at the end of the week. Raises PlanClosed, PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        copy = _new_day(plan, name=_name_of_copy(plan, day.name), description=day.description)
        slots = day.slots.values(*COPIED)
        WorkoutExercise.objects.bulk_create(WorkoutExercise(workout=copy, **slot) for slot in slots)
        return copy


def remove_day(workout: Workout, *, now: datetime) -> None:
    """Takes a day out of the plan. It is retired: what was logged on it stays, and it can be put back.

    Raises PlanClosed, PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        if plan.workouts.of_plan().count() == 1:
            raise PlanRefused("A plan has one day at least. Add another day first, or delete the mesocycle.")
        to_come = day.prescriptions.current().filter(week_number__in=plan.next_weeks(day))
        begun = set(to_come.begun().values_list("week_number", flat=True))
        to_come.exclude(week_number__in=begun).update(superseded_at=now)
        Workout.objects.filter(id=day.id).update(retired_at=now)
        _count_days(plan)


def put_day_back(workout: Workout, *, now: datetime) -> None:
    """Takes a removal back. Raises PlanClosed, PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = plan.workouts.filter(id=workout.id, only_week=None).exclude(retired_at=None).first()
        if day is None:
            return
        _check_room(plan)
        # Without these rows its exercises would count as left out by the lifter.
        day.prescriptions.filter(superseded_at=day.retired_at).update(superseded_at=None)
        Workout.objects.filter(id=day.id).update(retired_at=None)
        _count_days(plan)


def _day(plan: Mesocycle, workout: Workout) -> Workout:
    day = plan.workouts.of_plan().filter(id=workout.id).first()
    if day is None:
        raise PlanClosed
    return day


def _check_room(plan: Mesocycle) -> list[Workout]:
    days = list(plan.workouts.of_plan())
    if len(days) >= DAYS.most:
        raise PlanRefused(f"A week has {DAYS.most} days at most. Remove one first.")
    return days


def _new_day(plan: Mesocycle, *, name: str, description: str | None = None) -> Workout:
    days = _check_room(plan)
    day = Workout.objects.create(
        mesocycle=plan,
        name=name,
        description=description,
        position_in_week=max((one.position_in_week or 0 for one in days), default=0) + 1,
        from_week=plan.current_week if plan.is_active and plan.current_week > 1 else None,
    )
    _count_days(plan)
    return day


def _count_days(plan: Mesocycle) -> None:
    plan.days_per_week = plan.workouts.of_plan().count()
    plan.save(update_fields=["days_per_week"])


def _name_of_copy(plan: Mesocycle, name: str) -> str:
    """Returns the first name with a number that no day has: "Push 2" for "Push", "Day 4" for "Day 1"."""
    taken = set(plan.workouts.values_list("name", flat=True))
    stem = name.rstrip("0123456789 ")[:240] or "Day"
    return next(copy for number in range(2, len(taken) + 3) if (copy := f"{stem} {number}") not in taken)


# -- exercises ----------------------------------------------------------------------------------------


def add_slot(workout: Workout, *, exercise: Exercise, now: datetime) -> None:
    """Adds an exercise at the end of a day. Raises PlanClosed, PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        slots = list(day.slots.all())
        if any(slot.exercise_id == exercise.id for slot in slots):
            return
        if len(slots) >= EXERCISES.most:
            raise PlanRefused(DAY_IS_FULL)
        own = ExerciseSettings.objects.filter(user=plan.user, exercise=exercise).first()
        WorkoutExercise.objects.create(
            workout=day,
            exercise=exercise,
            position=max((slot.position for slot in slots), default=0) + 1,
            target_sets=NEW_SETS,
            unit=unit_of(plan.user, own),
        )
        for week in plan.next_weeks(day):
            was_prescribed = day.prescriptions.filter(week_number=week, exercise=exercise).exists()
            if week > day.first_week or was_prescribed:
                # Where the day already runs, the exercise joins its session as from the workout page.
                address = SessionKey(plan.user_id, day.id, week)
                changes.add_exercise(address, exercise=exercise, scope=FROM_NOW_ON, sets=NEW_SETS)


@transaction.atomic
def add_slots(workout: Workout, *, exercises: list[Exercise], now: datetime) -> None:
    """Adds all of them, or none. Raises PlanClosed, PlanRefused."""
    for one in exercises:
        add_slot(workout, exercise=one, now=now)


def edit_slot(workout: Workout, exercise_id: int, *, sets: int, said: dict, now: datetime) -> None:
    """Changes a slot. `said`: new values of fields in SAID_OF_SLOT; missing fields stay. Raises PlanClosed."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        slot = day.slots.select_related("exercise").filter(exercise=exercise_id).first()
        if slot is None:
            raise PlanClosed
        names = [name for name in SAID_OF_SLOT if name in said]
        asks_anew = any(getattr(slot, name) != said[name] for name in names if name != "notes")
        for name in names:
            setattr(slot, name, said[name])
        slot.target_sets = sets
        slot.save(update_fields=["target_sets", *names])
        for week in plan.next_weeks(day):
            if asks_anew:
                _prescribe_joined_anew(day, week, slot)
            row = day.prescriptions.current().filter(week_number=week, exercise=exercise_id).first()
            # Before the plan runs, the slot itself sets the number. In a deload it is half of what stood before.
            says_how_many = plan.is_active and row and row.kind == Prescription.Kind.NORMAL
            if row and says_how_many and (row.sets != sets or row.is_for_today):
                address = SessionKey(plan.user_id, day.id, week)
                changes.change_sets(address, exercise_id=exercise_id, sets=sets, scope=FROM_NOW_ON)


def swap_slot(workout: Workout, exercise_id: int, *, other: Exercise, now: datetime) -> None:
    """Swaps `other` in for an exercise of the plan, with the same sets. A rep range that the lifter set for the plan
    stays; otherwise it is the range of `other`. The weight comes from earlier sessions of `other`, else it is asked.
    Where the muscle has begun, its session stays as it is. Repeating it changes nothing. Raises PlanClosed,
    PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        slots = {slot.exercise_id: slot for slot in day.slots.with_settings_of(plan.user)}
        slot = slots.get(exercise_id)
        if slot is None:
            if other.id in slots:
                return
            raise PlanClosed
        if other.id in slots:
            raise PlanRefused(f"{other} is on this day already. Choose another exercise.")
        said = {name: getattr(slot, name) for name in ("target_reps_min", "target_reps_max", "target_rir")}
        is_of_other = slot.exercise.measure != other.measure
        if is_of_other or (said["target_reps_min"], said["target_reps_max"]) == _usual_range(plan, slot):
            said |= {"target_reps_min": None, "target_reps_max": None}
        swapped, added = _swap_to_come(plan, day, exercise_id, other)
        own = ExerciseSettings.objects.filter(user=plan.user, exercise=other).first()
        slot.exercise, slot.target_weight, slot.unit = other, None, unit_of(plan.user, own)
        for name, value in said.items():
            setattr(slot, name, value)
        slot.save(update_fields=["exercise", "target_weight", "unit", *said])
        for week in added:
            address = SessionKey(plan.user_id, day.id, week)
            changes.add_exercise(address, exercise=other, scope=FROM_NOW_ON, sets=slot.target_sets)
        for week in (*swapped, *added):
            _prescribe_joined_anew(day, week, slot, keeps_sets=True)


def _swap_to_come(plan: Mesocycle, day: Workout, exercise_id: int, other: Exercise) -> tuple[list[int], list[int]]:
    """Swaps in the next sessions as from the workout page, where the day already runs or `other` was there before.
    Returns the weeks in which it swapped, and the weeks in which there is nothing to swap and `other` is to be
    added."""
    swapped: list[int] = []
    added: list[int] = []
    for week in plan.next_weeks(day):
        row = day.prescriptions.current().filter(week_number=week, exercise=exercise_id)
        was_prescribed = day.prescriptions.filter(week_number=week, exercise=other).exists()
        if row.begun().exists():
            continue
        if week > day.first_week or was_prescribed:
            (swapped if row.exists() else added).append(week)
        if week in swapped:
            address = SessionKey(plan.user_id, day.id, week)
            changes.swap_exercise(address, exercise_id=exercise_id, other=other, scope=FROM_NOW_ON)
        row.update(superseded_at=timezone.now())
    return swapped, added


def _usual_range(plan: Mesocycle, slot: WorkoutExercise) -> tuple[int, int]:
    """Returns the rep range (lo, hi) that the slot would have if the plan did not set one."""
    bare = WorkoutExercise(workout=slot.workout, exercise=slot.exercise)
    bare.own = slot.own
    (parameters,) = gather_parameters(plan.user, [bare])
    return parameters.lo, parameters.hi


def move_slot(workout: Workout, exercise_id: int, *, place: int, now: datetime) -> None:
    """Moves an exercise to a place (1, 2, 3...) in its day. Raises PlanClosed."""
    with changing(workout.mesocycle, now=now) as plan:
        slots = list(_day(plan, workout).slots.all())
        moved = next((slot for slot in slots if slot.exercise_id == exercise_id), None)
        if moved is None:
            raise PlanClosed
        slots.remove(moved)
        slots.insert(max(0, place - 1), moved)
        _number(slots, "position")


def pair_slot(workout: Workout, exercise_id: int, *, other: int | None, now: datetime) -> None:
    """Pairs an exercise with its neighbour `other` (its id); None: it is alone. Raises PlanClosed, PlanRefused."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        slots = list(day.slots.select_related("exercise"))
        asked = day.prescriptions.current().filter(superset__isnull=False)
        mark_slots(slots, exercise_id, other, taken=set(asked.values_list("superset", flat=True)))


def remove_slot(workout: Workout, exercise_id: int, *, now: datetime) -> None:
    """Takes an exercise out of the plan. Where its muscle has begun, that session still asks for it.

    Raises PlanClosed."""
    with changing(workout.mesocycle, now=now) as plan:
        day = _day(plan, workout)
        day.slots.filter(exercise=exercise_id).delete()
        prescribed = day.prescriptions.current().filter(exercise=exercise_id, week_number__in=plan.next_weeks(day))
        begun = set(prescribed.begun().values_list("id", flat=True))
        prescribed.exclude(id__in=begun).update(superseded_at=now)


def _number(rows: list, field: str) -> None:
    for number, row in enumerate(rows, start=1):
        if getattr(row, field) != number:
            setattr(row, field, number)
            row.save(update_fields=[field])


# -- what is to come ------------------------------------------------------------------------------------


def _prescribe_joined_anew(day: Workout, week: int, slot: WorkoutExercise, *, keeps_sets: bool = False) -> None:
    """Replaces the row of an exercise that the lifter put into a session, which the engine leaves alone, so that the
    new rep range and weight of its slot reach it. `keeps_sets`: its sets stay; otherwise they are those of the slot."""
    rows = day.prescriptions.current().filter(week_number=week, exercise=slot.exercise_id)
    row = rows.select_related("exercise").first()
    first = row.reasons[0]["code"] if row and row.reasons else ""
    if row is None or first not in ("LIFTER_ADDED", "LIFTER_SWAPPED") or rows.begun().exists():
        return
    said = (slot.target_reps_min, slot.target_reps_max, slot.target_weight, slot.target_rir)
    if keeps_sets and said == (None, None, None, None):
        return
    plan = changes.locked_plan(SessionKey(day.mesocycle.user_id, day.id, week))
    joining = WorkoutExercise(
        workout=plan.workout,
        exercise=slot.exercise,
        position=row.position,
        target_sets=row.sets if keeps_sets or row.kind == Prescription.Kind.DELOAD else slot.target_sets,
        **{name: getattr(slot, name) for name in SAID_OF_SLOT},
    )
    new = writing.joining_row(joining, week, kind=row.kind, today=plan.today)
    new.reasons = [row.reasons[0], *new.reasons, *(one for one in row.reasons if one["code"] == "SWAP_NEW")]
    new.take_place_of(row)
    plan.close(row)
    plan.append(new, inputs=changes.by_lifter(FROM_NOW_ON, row), replaces=Prescription(id=row.id))


def _follow(plan: Mesocycle, *, now: datetime) -> None:
    """Prescribes anew what has not begun, in the order of the plan, and moves the mesocycle on where its week has
    nothing left to do."""
    history = History(plan, today=plan.user.today(now))
    writing.prescribe(history)
    _follow_order(history)
    plan.move_on(at=now)


def _follow_order(history: History) -> None:
    """Gives the rows that the lifter chose the positions and supersets of the plan. All else in them stays."""
    places = {
        (workout.id, week, parameters.slot.exercise_id): parameters.slot
        for workout, week in history.next_places()
        for parameters in history.parameters[workout.id]
        if not history.is_settled(workout.id, week, parameters.slot.exercise.muscle_group)
    }
    moved = []
    for row in Prescription.objects.current().filter(workout__mesocycle=history.mesocycle):
        stood, slot = (row.position, row.superset), places.get(row.address)
        if slot:
            row.position, row.superset = slot.position, row.superset if PAIRED in row.inputs else slot.superset
        if (row.position, row.superset) != stood:
            moved.append(row)
    Prescription.objects.filter(id__in=[row.id for row in moved]).update(superseded_at=timezone.now())
    for row in moved:
        row.replaces_id, row.pk, row._state.adding = row.id, None, True
    Prescription.objects.bulk_create(moved)
