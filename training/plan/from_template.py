"""Suggests a template for a few answers, and makes a mesocycle from a template."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from exercises.models import Exercise, ExerciseSettings
from metricgain.users.models import Experience, User
from training import progression
from training.models import Mesocycle, Template, Workout, WorkoutExercise
from training.models.template_plan import TemplatePlan
from training.prescribing import writing
from training.prescribing.week_plan.history import History

# A form that arrives again within this time was sent twice, not filled in twice.
SENT_AGAIN_WITHIN = timedelta(minutes=1)
WRITTEN_FOR: dict[str, str] = {
    Experience.BEGINNER: "beginners",
    Experience.INTERMEDIATE: "intermediate lifters",
    Experience.ADVANCED: "advanced lifters",
}


class AnotherRuns(ValueError):
    """Another mesocycle runs, and the lifter has not agreed to end it."""


def suggest_template(templates: Iterable[Template], *, days: int, experience: str | None) -> Template | None:
    """Returns the template that uses most of `days`, but never more. Among equals it prefers one for every muscle and a
    whole gym, then one for the lifter's experience, then the most used.

    Days come before experience, because a plan with one day too many fails every week."""
    fitting = [one for one in templates if 0 < one.days <= days]
    return min(
        fitting,
        key=lambda one: (
            -one.days,
            one.is_special,
            experience not in (one.tags or []),
            -one.times_used,
            one.name,
        ),
        default=None,
    )


def reason_for(template: Template, *, days: int, experience: str | None) -> str:
    """Returns the sentence that says why `template` is suggested."""
    uses = template.days
    levels = [level for level in WRITTEN_FOR if level in (template.tags or [])]
    why = f"It trains {uses} days a week, "
    why += "as many as you can" if uses == days else f"the most that fit in your {days}"
    if not levels:
        return f"{why}."
    if experience in levels or experience not in WRITTEN_FOR:
        return f"{why}, and is written for {WRITTEN_FOR[experience if experience in levels else levels[0]]}."
    return (
        f"{why}; it is written for {WRITTEN_FOR[levels[0]]}, because none of that size is for "
        f"{WRITTEN_FOR[experience]}."
    )


def was_just_started(
    running: Mesocycle,
    template: Template,
    *,
    name: str | None,
    weeks: int | None,
    start_date: date | None,
    days: list[int] | None,
    at: datetime,
) -> bool:
    """Returns whether `running` was started by the same form a moment ago: a double tap, or a lost response."""
    said = (running.name, running.duration_weeks, running.start_date)
    if said != (name, weeks, start_date) or at - running.created_at > SENT_AGAIN_WITHIN:
        return False
    names = [plan["name"] for plan in template.plan.workouts]
    planned = list(running.workouts.in_plan().values_list("name", "day_of_week"))
    chosen = {day for _, day in planned} - {None}
    return [workout for workout, _ in planned] == names and chosen == set(days or [])


@transaction.atomic
def start_mesocycle(
    user: User,
    template: Template,
    *,
    name: str,
    weeks: int,
    start_date: date,
    at: datetime,
    days: list[int] | None = None,
    ends: Mesocycle | None = None,
) -> Mesocycle:
    """Starts a mesocycle from `template` with its first week prescribed, and ends `ends`.

    `days`: the weekdays to train on, one for each workout; None: in order, on no fixed days.
    Raises AnotherRuns where a mesocycle other than `ends` runs."""
    User.objects.select_for_update(no_key=True).get(id=user.id)  # two starts at once run one after the other
    for running in Mesocycle.objects.planned_by(user).active():
        if running != ends:
            raise AnotherRuns
        running.finish(at=at)
    plan = template.plan
    mesocycle = Mesocycle.objects.create(
        user=user,
        name=name,
        duration_weeks=weeks,
        days_per_week=len(plan.workouts),
        start_date=start_date,
        end_date=start_date + timedelta(weeks=weeks, days=-1),
    )
    _plan_workouts(mesocycle, plan, days)
    writing.prescribe(History(mesocycle, today=user.today(at)))
    template.count_use()
    return mesocycle


@transaction.atomic
def plan_from_template(user: User, template: Template) -> Mesocycle:
    """Makes a planned mesocycle from `template`, to be changed in the builder. It starts when the lifter starts it."""
    plan = template.plan
    mesocycle = _planned(user, name=template.name, weeks=plan.weeks, days=len(plan.workouts))
    _plan_workouts(mesocycle, plan, None)
    for workout, weekday in zip(mesocycle.workouts.order_by("position_in_week"), plan.weekdays, strict=True):
        workout.day_of_week = weekday
        workout.save(update_fields=["day_of_week"])
    writing.prescribe(History(mesocycle, today=user.today()))
    template.count_use()
    return mesocycle


@transaction.atomic
def plan_of_days(user: User, *, name: str, weeks: int, days: int) -> Mesocycle:
    """Makes a plan with `days` days (1-7) without exercises."""
    plan = _planned(user, name=name, weeks=weeks, days=days)
    Workout.objects.bulk_create(
        Workout(mesocycle=plan, name=f"Day {place}", position_in_week=place) for place in range(1, days + 1)
    )
    return plan


def _planned(user: User, *, name: str, weeks: int, days: int) -> Mesocycle:
    return Mesocycle.objects.create(
        user=user, name=name, duration_weeks=weeks, days_per_week=days, status=Mesocycle.Status.PLANNED
    )


def in_week_from(start: date, days: Iterable[int]) -> list[int]:
    """Returns weekdays in the order in which they come from `start` on.

    A week of the mesocycle is seven days from its first day, and a lifter expects to begin with the first workout. So a
    lifter who begins on a Wednesday and trains on Monday, Wednesday and Friday does the first workout on that
    Wednesday, the second on Friday and the third on Monday. The rest days between them stay the same."""
    return sorted(days, key=lambda day: (day - start.weekday()) % 7)


def _plan_workouts(mesocycle: Mesocycle, plan: TemplatePlan, days: list[int] | None) -> None:
    plans = plan.workouts
    begins = mesocycle.start_date
    on = [None] * len(plans) if days is None or begins is None else in_week_from(begins, days)
    workouts = Workout.objects.bulk_create(
        Workout(mesocycle=mesocycle, name=one["name"], day_of_week=day, position_in_week=position)
        for position, (one, day) in enumerate(zip(plans, on, strict=True), start=1)
    )
    # An exercise that left the library after the template was written is left out; starting must not fail on it.
    named = plan.exercises()
    usable = Exercise.objects.usable_by(mesocycle.user).in_bulk(named)
    own = ExerciseSettings.objects.filter(user=mesocycle.user, exercise__in=named, unit__isnull=False)
    units = dict(own.values_list("exercise", "unit"))
    sets = sets_to_start_with(plans, usable, mesocycle.user.experience)
    WorkoutExercise.objects.bulk_create(
        WorkoutExercise(
            workout=workout,
            exercise_id=slot["exercise_id"],
            position=position,
            target_sets=slot.get("target_sets") or sets[place, slot["exercise_id"]],
            target_reps_min=slot.get("target_reps_min"),
            target_reps_max=slot.get("target_reps_max"),
            target_weight=slot.get("target_weight"),
            target_rir=slot.get("target_rir"),
            superset=slot.get("superset"),
            unit=units.get(slot["exercise_id"], mesocycle.user.unit),
        )
        for place, (workout, one) in enumerate(zip(workouts, plans, strict=True), start=1)
        for position, slot in enumerate(one["exercises"], start=1)
        if slot["exercise_id"] in usable
    )


def sets_to_start_with(
    plans: list[dict], exercises: dict[int, Exercise], experience: str | None
) -> dict[tuple[int, int], int]:
    """Returns the sets to start with, by (place of the workout, exercise id), for slots where the template gives none:
    the weekly sets that a muscle needs, shared among its exercises."""
    slots = [
        (place, slot["exercise_id"], exercises[slot["exercise_id"]].muscle_group)
        for place, plan in enumerate(plans, start=1)
        for slot in plan["exercises"]
        if slot["exercise_id"] in exercises
    ]
    sets: dict[tuple[int, int], int] = {}
    for place, muscle in {(place, muscle) for place, _, muscle in slots}:
        here = [exercise for of, exercise, what in slots if (of, what) == (place, muscle)]
        workouts = len({of for of, _, what in slots if what == muscle})
        shared = progression.start_sets(muscle, slots=workouts, exercises=len(here), experience=experience)
        sets |= {(place, exercise): count for exercise, count in zip(here, shared, strict=True)}
    return sets
