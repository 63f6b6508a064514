"""From a template to a mesocycle that can be trained."""

from datetime import date, datetime, timedelta

from django.db import transaction

from exercises.models import Exercise
from metricgain.users.models import User
from training import prescribing
from training.models import Mesocycle, Template, Workout, WorkoutExercise


@transaction.atomic
def start_mesocycle(
    user: User, template: Template, *, name: str, weeks: int, start_date: date, at: datetime
) -> Mesocycle:
    """Ends the mesocycle that runs, if one does, and starts one from `template` with its first week prescribed."""
    User.objects.select_for_update().get(id=user.id)  # two starts at once: one after the other
    for running in Mesocycle.objects.owned_by(user).active():
        running.finish(at=at)
    mesocycle = Mesocycle.objects.create(
        user=user,
        name=name,
        duration_weeks=weeks,
        days_per_week=template.config["days_per_week"],
        start_date=start_date,
        end_date=start_date + timedelta(weeks=weeks, days=-1),
    )
    _plan_workouts(mesocycle, template)
    prescribing.prescribe_first_week(mesocycle)
    template.count_use()
    return mesocycle


def _plan_workouts(mesocycle: Mesocycle, template: Template) -> None:
    plans = template.config["workouts"]
    workouts = Workout.objects.bulk_create(
        Workout(
            mesocycle=mesocycle,
            name=plan["name"],
            day_of_week=plan.get("day_of_week"),
            position_in_week=position,
        )
        for position, plan in enumerate(plans, start=1)
    )
    # An exercise that left the library since the template was written is left out, not a reason to fail.
    usable = set(Exercise.objects.usable_by(mesocycle.user).values_list("id", flat=True))
    WorkoutExercise.objects.bulk_create(
        WorkoutExercise(
            workout=workout,
            exercise_id=slot["exercise_id"],
            position=position,
            target_sets=slot.get("target_sets", 3),
            target_reps_min=slot.get("target_reps_min"),
            target_reps_max=slot.get("target_reps_max"),
            target_weight=slot.get("target_weight"),
            target_rir=slot.get("target_rir"),
            unit=mesocycle.user.unit,
        )
        for workout, plan in zip(workouts, plans, strict=True)
        for position, slot in enumerate(plan["exercises"], start=1)
        if slot["exercise_id"] in usable
    )
