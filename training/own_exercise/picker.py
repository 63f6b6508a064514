"""The exercises to choose from for a session or a plan, the ones done before first: when each was last done, and what
it would ask."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F

from exercises.forms import ChoiceForm
from exercises.likeness import movement_apart, unlike
from exercises.listed import Listed
from exercises.models import Exercise, ExerciseQuerySet, Loading, MuscleGroup
from metricgain.numbers import plain
from metricgain.users.models import User
from training import progression
from training.models import Workout, WorkoutExercise
from training.models.done_set import DoneSet
from training.prescribing.parameters import gather_parameters
from training.prescribing.starting_point import first_plan, past_sets
from training.progression import ExercisePlan

PAGE = 40

# For each exercise the first set of its latest session that was neither a deload nor a recovery session. That reads a
# few rows of an index for each, however long the history is.
LATEST = """
SELECT wanted.exercise_id, s.set_number, s.weight, s.unit, s.weight_kg, s.reps, s.rir, s.set_type, s.performed_at,
    s.seconds
FROM unnest(%(exercises)s::bigint[]) AS wanted (exercise_id) CROSS JOIN LATERAL (
    SELECT workout_log_id FROM sets LEFT JOIN prescriptions p ON p.id = sets.prescription_id
    WHERE user_id = %(user)s AND sets.exercise_id = wanted.exercise_id AND COALESCE(p.kind, 'normal') = 'normal'
    ORDER BY performed_at DESC LIMIT 1) AS newest
CROSS JOIN LATERAL (
    SELECT * FROM sets WHERE workout_log_id = newest.workout_log_id AND exercise_id = wanted.exercise_id
    ORDER BY set_number LIMIT 1) AS s
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    name: str
    kind: str  # "Barbell"; "Chest · Barbell" where the page does not show the muscle group
    last: str = ""  # "3 Nov: 60 kg × 8"
    start: str = ""  # what it would ask, worked out from its own sessions: "62.5 kg × 10"


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of exercises to choose from."""

    known: list[Candidate]  # done before by the lifter
    others: list[Candidate]
    page: Page
    ticked: list[Candidate] = field(default_factory=list)  # in the search before this one


@dataclass(frozen=True, slots=True)
class Replaced:
    """The place that a swap fills: that of `exercise`, with `sets` sets, in week `week` of `workout`. `slot`: its rep
    range and RIR floor stay; None: those of the new exercise count."""

    workout: Workout
    week: int
    exercise: Exercise
    sets: int = 3
    slot: WorkoutExercise | None = None


def swaps_for(
    workout: Workout, week: int, exercise: Exercise, *, now: datetime, asked: ChoiceForm, number: str | None = None
) -> Candidates:
    """Returns the exercises that can replace `exercise` in a session, without those that are in it. `number`: which
    page."""
    rows = {row.exercise_id: row for row in workout.prescriptions.current().filter(week_number=week)}
    row = rows.get(exercise.id)
    place = Replaced(workout, week, exercise, *([row.sets] if row else []))
    return swaps_at(place, taken={*rows}, now=now, asked=asked, number=number)


def swaps_at(
    place: Replaced, *, taken: set[int], now: datetime, asked: ChoiceForm, number: str | None = None
) -> Candidates:
    """Returns the exercises of the same muscle group that can fill `place`: those done before whose movement is the
    same or next to it, then the others, the most alike first. A search by name sorts the others by what it means."""
    exercise, user = place.exercise, place.workout.mesocycle.user
    alike_ones = asked.exercises(user).filter(muscle_group=exercise.muscle_group).exclude(id__in={*taken, exercise.id})
    whole = alike_ones.with_settings_of(user.id)
    found = _in_order(whole, asked.sought(alike_ones, user)) if asked.is_named else list(whole)
    latest, today = _latest(user, [one.id for one in found]), user.today(now)
    alike = {one.id for one in found if one.id in latest and movement_apart(one, exercise) <= 1}
    known, others = _parted(found, latest, first=alike)
    known.sort(key=lambda one: unlike(one, exercise)[:3])
    if not asked.is_named:
        others.sort(key=lambda one: unlike(one, exercise))
    page = Paginator([*known, *others], PAGE).get_page(number)
    starts = _starts(place, [one for one in page if one.id in latest], today=today)
    return _choices(page, user, latest, today, first=alike, starts=starts)


def additions_for(
    user: User,
    *,
    now: datetime,
    asked: ChoiceForm,
    number: str | None = None,
    taken: Collection[int] = (),
    lacking: Sequence[str] = (),
) -> Candidates:
    """Returns the exercises that can be added to a session or a day, without those in `taken`. Those done before come
    first, the latest first; then the staples of the muscle groups `lacking`, and the others by how usual they are; in a
    search by what it means. Only the page itself is read whole: a lifter may have thousands of their own."""
    found = asked.exercises(user)
    ticked = [one for one in asked.ticked(user) if one.id not in taken]
    taken = {*taken, *(one.id for one in ticked)}
    if asked.is_named:
        exercises = {one.id: one for one in asked.sought(found, user) if one.id not in taken}
        done = {one.id: one.last_done for one in exercises.values()}
    else:
        exercises = {}
        listed = found.exclude(id__in=taken).likely_first(user, lacking=lacking)
        done = dict(listed.values_list("id", F("last_done")))
    latest = _latest(user, [one for one, at in done.items() if at])
    known = sorted(latest, key=lambda one: latest[one].performed_at, reverse=True)
    page: Page = Paginator([*known, *(one for one in done if one not in latest)], PAGE).get_page(number)
    whole = exercises or found.in_bulk(list(page.object_list))
    shown = Page([whole[one] for one in page.object_list], page.number, page.paginator)
    choices = _choices(shown, user, latest, user.today(now), first=set(latest), with_muscle=not asked.of_muscle)
    return replace(choices, ticked=[_candidate(one, with_muscle=True) for one in ticked])


def lacking_groups(planned: Iterable[tuple[str, int]], has: Collection[str], user: User) -> list[str]:
    """Returns the muscle groups that are not in `has`, first those whose weekly sets are furthest below the least that
    makes them grow. `planned`: muscle groups with sets, of the whole week."""
    weekly = Counter[str]()
    for muscle, sets in planned:
        weekly[muscle] += sets
    lacking = [one for one in MuscleGroup.values if one not in has]
    return sorted(lacking, key=lambda one: weekly[one] - progression.landmarks(one, experience=user.experience).mev)


def _in_order(exercises: ExerciseQuerySet, named: Iterable[Listed | Exercise]) -> list[Exercise]:
    """Reads exercises whole, in the order of a search."""
    ids = [one.id for one in named]
    found = exercises.in_bulk(ids)
    return [found[one] for one in ids if one in found]


def _parted(
    found: list[Exercise], latest: dict[int, DoneSet], *, first: set[int]
) -> tuple[list[Exercise], list[Exercise]]:
    """Returns those of `first`, the latest done first, and the others in their order."""
    known = [one for one in found if one.id in first]
    known.sort(key=lambda one: latest[one.id].performed_at, reverse=True)
    return known, [one for one in found if one.id not in first]


def _choices(
    page: Page,
    user: User,
    latest: dict[int, DoneSet],
    today: date,
    *,
    first: set[int],
    with_muscle: bool = False,
    starts=None,
) -> Candidates:
    known: list[Candidate] = []
    others: list[Candidate] = []
    for one in page:
        choice = _candidate(one, with_muscle=with_muscle)
        if one.id in latest:
            last = _last_words(latest[one.id], user, today)
            choice = replace(choice, last=last, start=(starts or {}).get(one.id, ""))
        (known if one.id in first else others).append(choice)
    return Candidates(known, others, page)


def _candidate(one: Exercise | Listed, *, with_muscle: bool) -> Candidate:
    kind = one.get_equipment_display()
    return Candidate(one.id, one.name, f"{one.get_muscle_group_display()} · {kind}" if with_muscle else kind)


def _latest(user: User, exercises: list[int]) -> dict[int, DoneSet]:
    with connection.cursor() as cursor:
        cursor.execute(LATEST, {"user": user.id, "exercises": exercises})
        return {row[0]: DoneSet(*row) for row in cursor}


def _starts(place: Replaced, exercises: list[Exercise], *, today: date) -> dict[int, str]:
    """Returns what each exercise would ask there, by id. Those without an earlier session to go by are left out."""
    workout, week = place.workout, place.week
    user, weeks = workout.mesocycle.user, workout.mesocycle.duration_weeks
    if not exercises or workout.mesocycle.is_deload(week):
        return {}
    past = past_sets(user.id, [one.id for one in exercises], today=today)
    slots = []
    for one in exercises:
        slot = WorkoutExercise(workout=workout, exercise=one, position=1, target_sets=place.sets)
        if place.slot and place.slot.exercise.measure == one.measure:
            slot.target_reps_min, slot.target_reps_max = place.slot.target_reps_min, place.slot.target_reps_max
            slot.target_rir = place.slot.target_rir
        slot.own = one.own
        slots.append(slot)
    starts = {}
    for parameters in gather_parameters(user, slots):
        rir = workout.mesocycle.target_rir(min(week, weeks - 1), floor_rir=parameters.floor_rir)
        assert rir is not None, "it is no deload"
        exercise = parameters.slot.exercise
        plan = first_plan(parameters, past[exercise.id], rir=progression.swap_rir(rir), today=today)
        if past[exercise.id] and plan.weight is not None:
            starts[exercise.id] = _asks(plan, exercise, parameters.unit)
    return starts


def _asks(plan: ExercisePlan, exercise: Exercise, unit: str) -> str:
    counted = str(plan.reps) if plan.seconds is None else f"{plan.seconds} s"
    if not plan.weight:
        return f"{counted} reps" if plan.seconds is None else counted
    load = f"{plain(plan.weight)} {unit}"
    return f"{load} help × {counted}" if exercise.loading == Loading.ASSISTED else f"{load} × {counted}"


def _last_words(done: DoneSet, user: User, today: date) -> str:
    day = user.day_of(done.performed_at)
    when = f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"
    return f"{when}: {done.words}"
