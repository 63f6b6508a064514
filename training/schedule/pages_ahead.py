"""The pages that a phone saves ahead, and when each of them last changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Max
from django.urls import reverse

from exercises.models import Exercise, ExerciseSettings, MuscleGroup
from training.models import DeletedSet, Mesocycle, Prescription, Set
from training.schedule.weeks import Occurrence, next_occurrence, weeks_of

MOST = 40  # each costs the phone a page of data, again after every set


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    changed: datetime


def pages_ahead(user, *, now: datetime, deployed: datetime) -> list[Page]:
    """Returns the pages to save, `MOST` at most, the most important first: Today, the workouts of the week, changes to
    the next one, its exercises, Progress, the library, the other exercises. `deployed`: when the running version was
    deployed, which changes all pages."""
    midnight = datetime.combine(user.today(now), time.min, tzinfo=user.here)  # days off change the plan at midnight
    planned = max([deployed, midnight, *_changes_of_plans(user)])
    library = max([deployed, *_changes_of_library(user)])
    done = _changes_of_exercises(user)
    trained = max([planned, *_changes_of_sessions(user)])
    mesocycle = Mesocycle.objects.planned_by(user).running_first().first()
    occurrences = _occurrences(mesocycle, now=now) if mesocycle and mesocycle.is_active else []
    exercises = _exercises(occurrences)

    pages = [Page(reverse("training:today"), trained)]
    for occurrence in occurrences:
        # A workout page shows its own facts, and the last session of its exercises.
        facts = [occurrence.log.updated_at] if occurrence.log else []
        facts += [done[one] for one in exercises[occurrence] if one in done]
        pages += [Page(_of(occurrence, "workout_detail"), max([planned, library, *facts]))]
    for occurrence in occurrences[:1]:
        # These pages show when each exercise was last done. Exercises of the workout itself are not offered there.
        choices = max([library, planned, *(at for one, at in done.items() if one not in exercises[occurrence])])
        pages += [Page(_of(occurrence, "exercise_add"), choices)]
        pages += [Page(_of(occurrence, "exercise_swap", one), choices) for one in exercises[occurrence]]
        # The first page has the best choices only, so the page of each muscle group is saved too.
        add = _of(occurrence, "exercise_add")
        pages += [Page(f"{add}?muscle={muscle}", choices) for muscle in MuscleGroup.values]
    of_next = exercises[occurrences[0]] if occurrences else []
    of_week = list(dict.fromkeys(one for occurrence in occurrences for one in exercises[occurrence]))
    pages += [Page(_history(one), max(library, done.get(one, library))) for one in of_next]
    pages += [Page(url, max(trained, library)) for url in _progress(mesocycle)]
    if mesocycle:
        pages += [Page(reverse("training:mesocycle_detail", args=[mesocycle.id]), trained)]
    here = reverse("exercises:exercise_list")
    pages += [Page(here, library)]
    pages += [Page(reverse("training:exercise_settings", args=[one]), max(library, planned)) for one in of_week]
    pages += [Page(_history(one), max(library, done.get(one, library))) for one in of_week if one not in of_next]
    pages += [Page(f"{here}?muscle={muscle}", library) for muscle in MuscleGroup.values]
    return [*pages[: MOST - 1], Page(reverse("training:mesocycle_list"), trained)]


def _history(exercise: int) -> str:
    return reverse("analytics:exercise_history", args=[exercise])


def _changes_of_plans(user) -> Iterator[datetime]:
    """Yields the times of the last changes to what is asked of the user, and to their preferences and settings."""
    yield user.updated_at
    prescribed = Prescription.objects.filter(workout__mesocycle__user=user)
    latest = prescribed.aggregate(made=Max("created_at"), superseded=Max("superseded_at")).values()
    own = ExerciseSettings.objects.filter(user=user).aggregate(latest=Max("updated_at")).values()
    plans = user.mesocycles.aggregate(latest=Max("updated_at")).values()
    yield from filter(None, (*latest, *own, *plans))


def _changes_of_sessions(user) -> Iterator[datetime]:
    """Yields the time of the user's latest fact: each fact updates the log of its session."""
    yield from filter(None, user.logs.aggregate(latest=Max("updated_at")).values())


def _changes_of_exercises(user) -> dict[int, datetime]:
    """Returns, by exercise id, the latest time at which a set of it can have been stored or deleted: the last update of
    its sessions. The edit time of a set does not serve: from a phone without a signal the set arrives later.

    It filters by the user of the log, though a set has its user too: with that, PostgreSQL's planner would walk the
    logs of all users."""
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
    """Returns the sessions of the running week that are still to do, the next one first."""
    weeks = weeks_of(mesocycle, now=now)
    week = weeks[mesocycle.current_week - 1]
    left = [occurrence for occurrence in week if occurrence.state not in ("done", "skipped")]
    first = next_occurrence(week)
    return sorted(left, key=lambda occurrence: occurrence != first)


def _exercises(occurrences: list[Occurrence]) -> dict[Occurrence, list[int]]:
    """Returns the exercise ids that each session asks for, in its order."""
    workouts = {occurrence.workout.id for occurrence in occurrences}
    rows = Prescription.objects.current().filter(workout__in=workouts).order_by("position", "id")
    found = list(rows.values_list("workout_id", "week_number", "exercise_id"))
    return {
        each: [exercise for workout, week, exercise in found if (workout, week) == (each.workout.id, each.week)]
        for each in occurrences
    }


def _progress(mesocycle: Mesocycle | None) -> Iterator[str]:
    """Yields the addresses of the Progress pages in their order; both addresses of the page of the mesocycle."""
    yield from map(reverse, ("analytics:progress", "analytics:stronger", "analytics:enough"))
    yield reverse("analytics:mesocycle_latest")
    if mesocycle:
        yield reverse("analytics:mesocycle_progress", args=[mesocycle.id])
    yield reverse("analytics:records")


def _of(occurrence: Occurrence, name: str, *more: int) -> str:
    return reverse(f"training:{name}", args=[occurrence.workout.id, occurrence.week, *more])
