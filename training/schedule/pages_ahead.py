"""The pages that a phone saves ahead, and since when each shows something else than before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.core.paginator import Paginator
from django.db.models import Max
from django.urls import reverse

from exercises.models import Exercise, ExerciseSettings, MuscleGroup
from training.models import DeletedSet, Mesocycle, Prescription, Set
from training.schedule.weeks import Occurrence, next_occurrence, weeks_of

LIBRARY_PAGE = 40  # as the library itself has it


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    changed: datetime


def pages_ahead(user, *, now: datetime, deployed: datetime) -> list[Page]:
    """Most important first: Today, the workouts of the week, what can be done from the current one, its exercises, what
    the training did, the library. `deployed`: when pages began to look as they do."""
    midnight = datetime.combine(user.today(now), time.min, tzinfo=user.zone)  # days off are counted by days
    planned = max([deployed, midnight, *_changes_of_plans(user)])
    library = max([deployed, *_changes_of_library(user)])
    done = _changes_of_exercises(user)
    trained = max([planned, *_changes_of_sessions(user)])
    mesocycle = Mesocycle.objects.owned_by(user).running_first().first()
    occurrences = _occurrences(mesocycle, now=now) if mesocycle and mesocycle.is_active else []
    exercises = _exercises(occurrences)

    pages = [Page(reverse("training:today"), trained)]
    for occurrence in occurrences:
        # Its own facts, and what was last done of its exercises.
        facts = [occurrence.log.updated_at] if occurrence.log else []
        facts += [done[one] for one in exercises[occurrence] if one in done]
        pages += [Page(_of(occurrence, "workout_detail"), max([planned, library, *facts]))]
    for occurrence in occurrences[:1]:
        # They say when each was last done; what is done today is in the workout already.
        choices = max([library, planned, *(at for one, at in done.items() if one not in exercises[occurrence])])
        pages += [Page(_of(occurrence, "exercise_add"), choices)]
        pages += [Page(_of(occurrence, "exercise_swap", one), choices) for one in exercises[occurrence]]
        # The first page has the best choices only, so those of each muscle group are there too.
        add = _of(occurrence, "exercise_add")
        pages += [Page(f"{add}?muscle={muscle}", choices) for muscle in MuscleGroup.values]
    for one in dict.fromkeys(one for occurrence in occurrences for one in exercises[occurrence]):
        changed = max(library, done.get(one, library))
        pages += [Page(reverse("analytics:exercise_history", args=[one]), changed)]
        pages += [Page(reverse("training:exercise_settings", args=[one]), max(library, planned))]
    pages += [Page(url, max(trained, library)) for url in _progress(mesocycle)]
    if mesocycle:
        pages += [Page(reverse("training:mesocycle_detail", args=[mesocycle.id]), trained)]
    pages += [Page(url, library) for url in _library(user)]
    pages += [Page(reverse("training:mesocycle_list"), trained)]
    return pages


def _changes_of_plans(user) -> Iterator[datetime]:
    """When what is asked of the user changed last, and how they want to be asked."""
    yield user.updated_at
    prescribed = Prescription.objects.filter(workout__mesocycle__user=user)
    latest = prescribed.aggregate(made=Max("created_at"), superseded=Max("superseded_at")).values()
    own = ExerciseSettings.objects.filter(user=user).aggregate(latest=Max("updated_at")).values()
    plans = user.mesocycles.aggregate(latest=Max("updated_at")).values()
    yield from filter(None, (*latest, *own, *plans))


def _changes_of_sessions(user) -> Iterator[datetime]:
    """Each fact touches the log of its session."""
    yield from filter(None, user.logs.aggregate(latest=Max("updated_at")).values())


def _changes_of_exercises(user) -> dict[int, datetime]:
    """When a set of each was stored or taken back last, at the latest: its session was touched. Not when it was made:
    from a phone without a signal it comes later.

    By the logs of the user, though a set names its user too: from there the planner walks everybody's logs."""
    latest: dict[int, datetime] = {}
    for facts in (Set.objects, DeletedSet.objects):
        sets = facts.filter(workout_log__user=user)
        for exercise, at in sets.values("exercise").values_list("exercise", Max("workout_log__updated_at")):
            latest[exercise] = max(at, latest.get(exercise, at))
    return latest


def _changes_of_library(user) -> Iterator[datetime]:
    yield user.created_at
    yield Exercise.objects.usable_by(user).aggregate(latest=Max("updated_at"))["latest"] or user.created_at


def _occurrences(mesocycle: Mesocycle, *, now: datetime) -> list[Occurrence]:
    """What is left of the week, what to do now before all."""
    weeks = weeks_of(mesocycle, now=now)
    week = weeks[mesocycle.current_week - 1]
    left = [occurrence for occurrence in week if occurrence.state not in ("done", "skipped")]
    first = next_occurrence(week)
    return sorted(left, key=lambda occurrence: occurrence != first)


def _exercises(occurrences: list[Occurrence]) -> dict[Occurrence, list[int]]:
    """The exercises that each asks for, in the plan's order."""
    workouts = {occurrence.workout.id for occurrence in occurrences}
    rows = Prescription.objects.current().filter(workout__in=workouts).order_by("position", "id")
    found = list(rows.values_list("workout_id", "week_number", "exercise_id"))
    return {
        each: [exercise for workout, week, exercise in found if (workout, week) == (each.workout.id, each.week)]
        for each in occurrences
    }


def _progress(mesocycle: Mesocycle | None) -> Iterator[str]:
    """Its pages in their own order; that of the mesocycle by both of its addresses."""
    yield from map(reverse, ("analytics:progress", "analytics:stronger", "analytics:enough"))
    yield reverse("analytics:mesocycle_latest")
    if mesocycle:
        yield reverse("analytics:mesocycle_progress", args=[mesocycle.id])
    yield reverse("analytics:records")


def _library(user) -> Iterator[str]:
    """The library page by page, then by muscle group."""
    here = reverse("exercises:exercise_list")
    exercises = Exercise.objects.usable_by(user)
    yield here
    for number in range(2, Paginator(exercises.order_by("name"), LIBRARY_PAGE).num_pages + 1):
        yield f"{here}?page={number}"
    for muscle in MuscleGroup.values:
        yield f"{here}?muscle={muscle}"


def _of(occurrence: Occurrence, name: str, *more: int) -> str:
    return reverse(f"training:{name}", args=[occurrence.workout.id, occurrence.week, *more])
