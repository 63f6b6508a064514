"""Lifters made up for tests: each seed trains in its own way, through the verbs that pages use."""

import random
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from exercises.tests.factories import ExerciseFactory
from metricgain.transfer.tests.made import a_session, a_set, stored
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.catalogue import sharing
from training.models import Mesocycle, Prescription, Template, Workout
from training.models.prescription import FROM_NOW_ON, TODAY
from training.own_exercise.merging import merge
from training.plan import next_mesocycle
from training.plan.builder import PlanRefused
from training.plan.from_template import start_mesocycle
from training.schedule import deload, rescheduling
from training.session import changes, finishing, recording, shortening, supersets
from training.tests.lifting import Lifter

BEGAN = date(2026, 3, 2)
STRANGE = "=1+1 “ünïcode” 🏋 \u200f\t, line\nbreak; \\N {}"
TEMPLATES = ("push-pull-legs-6", "upper-lower-4", "full-body-3")


class MadeUp:
    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        said = {"unit": self.dice.choice(["kg", "lb"]), "experience": "beginner", "gym": {"kg": {"bars": [20, 12.5]}}}
        self.user: User = UserFactory(timezone="America/New_York", full_name=STRANGE, preferences=said)
        self.lifter = Lifter(self.user, BEGAN)
        self.own: list[Exercise] = [
            ExerciseFactory(user=self.user, name=f"Press {number} {STRANGE}"[:100], muscle_group="chest")
            for number in range(3)
        ]
        self.hold = ExerciseFactory(
            user=self.user, name="Hold", muscle_group="abs", measure="seconds", rep_min=20, rep_max=60
        )

    def live(self) -> User:
        template = Template.objects.filter(slug__in=TEMPLATES).order_by("slug").first()
        at = self.lifter.at(1)
        mesocycle = start_mesocycle(self.user, template, name="Spring", weeks=4, start_date=BEGAN, at=at)
        self.settle(mesocycle)
        for week in range(1, 4):
            for day, workout in enumerate(mesocycle.workouts.in_plan()[:3]):
                if self.dice.random() < 0.85:
                    self.change(workout, week, day)
                    self.train(workout, week, day)
        self.merge()
        self.go_on(mesocycle)
        self.import_years()
        return self.user

    def settle(self, mesocycle: Mesocycle) -> None:
        user, slot = self.user, mesocycle.workouts.first().slots.first()
        ExerciseSettings.objects.create(
            user=user, exercise=slot.exercise, unit="lb", weights=[Decimal("5"), Decimal("7.5")]
        )
        ExerciseSettings.objects.create(user=user, exercise=self.own[0], increment="1.25", note=STRANGE)
        ExerciseAlias.objects.create(user=user, exercise=slot.exercise, name="Bänkli")
        for days in range(20):
            if self.dice.random() < 0.5:
                user.body_weights.create(date=BEGAN + timedelta(days), kg=Decimal(self.dice.randint(7000, 9000)) / 100)
        config = sharing.config_of(mesocycle)
        config["workouts"][0]["exercises"].append({"exercise_id": self.own[1].id, "target_sets": 2})
        config["workouts"][0]["exercises"].append({"exercise_id": 2**40, "target_sets": 2})
        Template.objects.create(user=user, name=STRANGE, config=config, tags=["a", "chest focus"]).share()

    def change(self, workout: Workout, week: int, day: int) -> None:
        """Changes the plan of a session as its page does, where that is possible."""
        address = self.lifter.address(workout, week)
        rows = list(workout.prescriptions.current().filter(week_number=week).order_by("position"))
        if len(rows) < 2:  # nothing is asked before the week before is done
            return
        one, other = self.dice.sample(rows, 2)
        scope = self.dice.choice([TODAY, FROM_NOW_ON])
        what = self.dice.choice(["swap", "sets", "add", "pair", "move", "shorten", "hold", "nothing"])
        try:
            match what:
                case "swap":
                    changes.swap_exercise(
                        address, exercise_id=one.exercise_id, other=self.dice.choice(self.own), scope=scope
                    )
                case "sets":
                    changes.change_sets(address, exercise_id=one.exercise_id, sets=self.dice.randint(1, 6), scope=scope)
                case "add":
                    changes.add_exercise(address, exercise=self.dice.choice(self.own), scope=scope)
                case "hold":
                    changes.add_exercise(address, exercise=self.hold, scope=scope)
                case "pair":
                    supersets.pair_exercise(address, exercise_id=one.exercise_id, other=other.exercise_id, scope=scope)
                case "move":
                    changes.move_exercise(address, exercise_id=one.exercise_id, place=1)
                case "shorten":
                    shortening.shorten_session(address, minutes=25)
        except changes.ChangeRefused:
            pass

    def train(self, workout: Workout, week: int, day: int) -> None:
        address, edit = self.lifter.address(workout, week), self.lifter.edit(week, day)
        rows = workout.prescriptions.current().filter(week_number=week).select_related("exercise").order_by("position")
        if not rows:
            return
        for muscle in sorted({row.exercise.muscle_group for row in rows}):
            self.lifter.say(workout, week, muscle, day=day, soreness=self.dice.choice([None, 0, 1, 2, 3]))
        for row in rows:
            self.log(address, edit, row)
        for muscle in sorted({row.exercise.muscle_group for row in rows}):
            self.lifter.say(workout, week, muscle, day=day, pump=self.dice.choice([None, 0, 3]), challenge=2)
        if self.dice.random() < 0.3:
            recording.write_note(address, edit, text=STRANGE)
        if self.dice.random() < 0.2:
            recording.say_ill(address, edit, ill=True)
        if self.dice.random() < 0.9:
            finishing.finish_workout(address, edit, now=edit.at + timedelta(hours=1))

    def log(self, address, edit, row: Prescription) -> None:
        for number in range(1, row.sets + 1):
            weight = Decimal(self.dice.randint(0, 40_000)) / 100
            said = {"weight": weight, "unit": row.unit, "reps": self.dice.randint(1, 60), "prescription_id": row.id}
            rir = self.dice.choice([None, Decimal(1), Decimal("2.5")])
            recording.log_set(
                address, edit, recording.TypedSet(exercise_id=row.exercise_id, number=number, rir=rir, **said)
            )
        if self.dice.random() < 0.3:
            drop = said | {"set_type": self.dice.choice(["drop", "myo"]), "reps": 5}
            typed = recording.TypedSet(exercise_id=row.exercise_id, number=row.sets + 1, extends=row.sets, **drop)
            recording.log_set(address, edit, typed)
        if self.dice.random() < 0.2:
            recording.delete_set(address, edit, exercise_id=row.exercise_id, number=1)
        if self.dice.random() < 0.1:
            recording.write_exercise_note(address, edit, exercise_id=row.exercise_id, text="Elbows in\n=cmd")

    def merge(self) -> None:
        source, target = self.own[:2]
        merge(source, target)
        merge(self.own[2], Exercise.objects.get(slug="barbell-bench-press"))

    def go_on(self, mesocycle: Mesocycle) -> None:
        """Repeats a week, deloads, plans what comes next and begins it."""
        now = timezone.now()
        with suppress(PlanRefused):
            rescheduling.repeat_week(mesocycle, week=self.dice.randint(1, 3), day=self.user.today(), now=now)
        if self.dice.random() < 0.5:
            with suppress(deload.NothingToDeload):
                deload.deload_week(mesocycle, now=now)
        rescheduling.add_session(mesocycle, name="Extra", like=None, day=self.user.today())
        weeks = next_mesocycle.weeks_to_choose(mesocycle)
        if weeks:
            next_mesocycle.plan_next(mesocycle, week=weeks[0], weeks=5, name="Summer", today=self.user.today(), at=now)

    def import_years(self) -> None:
        drops = [a_set("Bench Press (Barbell)"), a_set("Bench Press (Barbell)", "60", 12)]
        stored(self.user, a_session(), a_session(timezone.datetime(2023, 5, 1, 7), "Zorb =day", *drops, a_set("Zorbs")))
