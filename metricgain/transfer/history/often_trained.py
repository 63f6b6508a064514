"""The workouts that a lifter trained most in what they brought along, as a plan to keep."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from training.models import Import, Template, Workout
from training.models.bounds import DAYS, EXERCISES

LATELY = timedelta(weeks=12)  # before the last session
OFTEN = 3  # sessions: a title that comes less often is no workout of a plan
USUAL_WEEKS = 5  # of a mesocycle


@dataclass(frozen=True, slots=True)
class OftenTrained:
    """A workout: its name and its latest session."""

    name: str
    workout: Workout
    times: int


def often_trained(import_: Import) -> list[OftenTrained]:
    """Returns the workouts done at least three times in the last twelve weeks of the import, at most a week full of
    them, in the order of the week."""
    workouts = Workout.objects.filter(mesocycle__imported_by=import_)
    last = workouts.aggregate(last=Max("logs__local_date"))["last"]
    if last is None:
        return []
    lately = workouts.filter(logs__local_date__gt=last - LATELY).order_by("-logs__local_date", "-id")
    by_name: dict[str, list[Workout]] = defaultdict(list)
    for workout in lately:
        by_name[workout.name].append(workout)
    often = sorted((of for of in by_name.values() if len(of) >= OFTEN), key=len, reverse=True)[: DAYS.most]
    often.sort(key=lambda of: Counter(one.day_of_week or 0 for one in of).most_common(1)[0][0])
    return [OftenTrained(of[0].name, of[0], len(of)) for of in often]


def keep_as_template(import_: Import, name: str) -> Template | None:
    """Stores the workouts that were trained most as the lifter's own template; None where there are none."""
    usual = often_trained(import_)
    if not usual:
        return None
    config = {
        "duration_weeks": USUAL_WEEKS,
        "days_per_week": len(usual),
        "workouts": [
            {
                "name": one.name,
                "day_of_week": None,
                "exercises": [
                    {"exercise_id": slot.exercise_id, "target_sets": slot.target_sets}
                    for slot in one.workout.slots.order_by("position")[: EXERCISES.most]
                ],
            }
            for one in usual
        ],
    }
    return Template.objects.create(user=import_.user, name=name[:255], config=config)
