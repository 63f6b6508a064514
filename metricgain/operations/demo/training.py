"""Plans and trains the demo's year week by week, through the same verbs as a lifter's taps.

The engine prescribes and `lifter` responds. Nothing here writes what the app works out by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from django.db import connection

from exercises.models import Exercise
from metricgain.operations.demo.demo_year import Block, blocks_of, template_of
from metricgain.operations.demo.lifter import DemoLifter, body_mass
from metricgain.operations.demo.session import DemoSession, grid_of, moment
from metricgain.users.models import User
from training import progression
from training.models import Mesocycle, Template
from training.plan import from_template
from training.session import finishing

GROWING = ("prescriptions", "workout_logs", "sets", "muscle_group_feedback", "workout_exercises", "workouts")
OUT_OF_PLAN = 0.12  # share of sessions done a day late


class NoTemplate(LookupError):
    """A template of the year is not in the database."""


@dataclass(slots=True)
class Training:
    """Trains from the first block up to yesterday. Today's workout is left for the visitor."""

    user: User
    seed: int
    weeks: int
    today: date
    tell: Callable[[int], object]  # called with the number of each week that begins
    lifter: DemoLifter = field(init=False)
    library: dict[int, Exercise] = field(init=False)
    begins: date = field(init=False)

    def run(self) -> None:
        self.lifter = DemoLifter(self.seed)
        self.library = Exercise.objects.filter(is_system=True).in_bulk()
        blocks = blocks_of(self.weeks, today=self.today)
        self.begins = blocks[0][1]
        mesocycle = None
        for block, monday in blocks:
            self._weigh(monday)
            mesocycle = self._start(block, monday, after=mesocycle)
            self._train(block, mesocycle, monday)

    def _start(self, block: Block, monday: date, *, after: Mesocycle | None) -> Mesocycle:
        slug = template_of(block)
        template = Template.objects.filter(slug=slug, is_system=True).first()
        if template is None:
            raise NoTemplate(f"The template {slug} is missing. Load it: manage.py seed")
        copied = after if block.template is None else None
        config = _as_it_became(copied) if copied else template.config
        at = moment(self.user, monday, time(7, 30))
        mesocycle = from_template.start_mesocycle(
            self.user,
            # An unsaved copy, so that the demo's use of a template does not count for suggestions to others.
            Template(name=template.name, config=self._with_weights(config, block)),
            name=block.name,
            weeks=block.weeks,
            start_date=monday,
            days=[workout["day_of_week"] for workout in template.config["workouts"]],
            at=at,
        )
        mesocycle.created_at = at
        if copied:
            mesocycle.parent_mesocycle, mesocycle.copied_from_week = copied, copied.duration_weeks - 1
        mesocycle.save(update_fields=["created_at", "parent_mesocycle", "copied_from_week"])
        return mesocycle

    def _with_weights(self, config: dict, block: Block) -> dict:
        """Returns the plan with the weights that the lifter would write into it."""

        def weighed(slots: list[dict]) -> list[dict]:
            return [slot | {"target_weight": self._weight(slot, block)} for slot in slots]

        workouts = [one | {"exercises": self._paired(weighed(one["exercises"]))} for one in config["workouts"]]
        return config | {"workouts": workouts}

    def _paired(self, slots: list[dict]) -> list[dict]:
        """Makes a superset of the first two neighbours for biceps and triceps."""
        for place, both in enumerate(pairwise(slots)):
            trained = [self.library.get(slot["exercise_id"]) for slot in both]
            if {exercise.muscle_group for exercise in trained if exercise} == {"bis", "tris"}:
                return [*slots[:place], *(slot | {"superset": 1} for slot in both), *slots[place + 2 :]]
        return slots

    def _weight(self, slot: dict, block: Block) -> Decimal | None:
        exercise = self.library.get(slot["exercise_id"])
        lo, hi = slot.get("target_reps_min"), slot.get("target_reps_max")
        if exercise is None or not (lo and hi):
            return None
        rir = progression.hard_rir(block.weeks, week=1, floor_rir=int(exercise.unsafe_to_fail))
        body = self.user.body_weights.latest_on(self.today)
        assert body is not None, "he weighs himself on the first day of all"
        return self.lifter.plans(exercise, grid_of(exercise, self.user.unit), reps=(lo + hi) // 2, rir=rir, body=body)

    def _train(self, block: Block, mesocycle: Mesocycle, monday: date) -> None:
        workouts = list(mesocycle.workouts.in_plan())
        for week in range(1, block.weeks + 1):
            monday += timedelta(weeks=week in block.missed)
            if monday >= self.today:
                return
            self.tell(1 + (monday - self.begins).days // 7)
            self._weigh(monday)
            _analyze()
            if week in block.left_out:
                sunday = monday + timedelta(days=6)
                finishing.skip_week(mesocycle, week=week, day=sunday, now=moment(self.user, sunday, time(20)))
            else:
                weekdays = [workout.day_of_week or 0 for workout in workouts]
                for place, (workout, weekday) in enumerate(zip(workouts, weekdays, strict=True), start=1):
                    chance = Random(f"{self.seed}:{block.name}:{week}:{place}")
                    next_weekday = [*weekdays, 7][place]
                    late = weekday + 1 < next_weekday and chance.random() < OUT_OF_PLAN
                    day = monday + timedelta(days=weekday + late)
                    if day >= self.today:
                        return
                    DemoSession(self.user, self.lifter, block, workout, (week, place), day, chance).take_place()
            monday += timedelta(weeks=1)

    def _weigh(self, day: date) -> None:
        """Stores a weighing of this day. The engine takes the latest one, so none may lie ahead of the simulated
        day."""
        since = (day - self.begins).days
        kg = body_mass(since, Random(f"{self.seed}:scale:{since}"))
        self.user.body_weights.get_or_create(date=day, defaults={"kg": kg})


def _analyze() -> None:
    """Refreshes the planner's statistics. In a new database the planner takes these tables for empty, and its choices
    would make the year take minutes."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(GROWING)}")


def _as_it_became(mesocycle: Mesocycle) -> dict:
    """Returns the plan of a mesocycle as the lifter left it, for the start of the next one."""
    columns = ("exercise_id", "target_sets", "target_reps_min", "target_reps_max")
    return {
        "days_per_week": mesocycle.days_per_week,
        "workouts": [
            {
                "name": workout.name,
                "exercises": [{name: getattr(slot, name) for name in columns} for slot in workout.slots.all()],
            }
            for workout in mesocycle.workouts.in_plan().prefetch_related("slots")
        ],
    }
