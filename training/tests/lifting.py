"""Trains weeks in a few lines, through the verbs that a lifter's pages use, on days that the test chooses."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from exercises.models import Exercise
from training.models import Prescription, Workout
from training.session import finishing, recording
from training.session.recording import Edit, SessionKey

MONDAY = date(2026, 9, 7)  # long enough ago for a whole mesocycle to be over


class Lifter:
    """Trains workouts of one mesocycle; week 1 begins on `begins`."""

    def __init__(self, user, begins: date = MONDAY):
        self.user, self.begins = user, begins

    def day(self, week: int, day: int = 0) -> date:
        return self.begins + timedelta(weeks=week - 1, days=day)

    def at(self, week: int, day: int = 0) -> datetime:
        return datetime.combine(self.day(week, day), time(18), tzinfo=self.user.zone)

    def edit(self, week: int, day: int = 0) -> Edit:
        return Edit(at=self.at(week, day), local_date=self.day(week, day))

    def address(self, workout: Workout, week: int) -> SessionKey:
        return SessionKey(self.user.id, workout.id, week)

    def log(self, workout: Workout, week: int, exercise: Exercise, *reps: int, weight="100", day=0, rir=None) -> None:
        shown = workout.prescriptions.current().filter(week_number=week, exercise=exercise).first()
        for number, count in enumerate(reps, start=1):
            recording.log_set(
                self.address(workout, week),
                self.edit(week, day),
                recording.TypedSet(
                    exercise_id=exercise.id,
                    number=number,
                    weight=Decimal(weight),
                    unit=workout.slots.get(exercise=exercise).unit or self.user.unit,
                    reps=count,
                    rir=rir,
                    prescription_id=shown and shown.id,
                ),
            )

    def say(self, workout: Workout, week: int, muscle: str, *, day=0, soreness=None, pump=None, challenge=None) -> None:
        place, edit = self.address(workout, week), self.edit(week, day)
        if soreness is not None:
            recording.rate_soreness(place, edit, muscle=muscle, soreness=soreness)
        if pump is not None or challenge is not None:
            recording.rate_performance(place, edit, muscle=muscle, pump=pump, challenge=challenge)

    def finish(self, workout: Workout, week: int, *, day=0) -> None:
        edit = self.edit(week, day)
        finishing.finish_workout(self.address(workout, week), edit, now=edit.at + timedelta(hours=1))

    def skip(self, workout: Workout, week: int, *, day=0) -> None:
        edit = self.edit(week, day)
        finishing.skip_workout(self.address(workout, week), edit, now=edit.at + timedelta(hours=1))

    def train(self, workout: Workout, week: int, *reps: int, day=0, weight="100", **said) -> None:
        """Does every exercise of the workout with the same reps and answers, and finishes."""
        for muscle in {slot.exercise.muscle_group for slot in workout.slots.select_related("exercise")}:
            self.say(workout, week, muscle, day=day, soreness=said.get("soreness"))
        for slot in workout.slots.select_related("exercise"):
            self.log(workout, week, slot.exercise, *reps, weight=weight, day=day)
        for muscle in {slot.exercise.muscle_group for slot in workout.slots.select_related("exercise")}:
            self.say(workout, week, muscle, day=day, pump=said.get("pump"), challenge=said.get("challenge"))
        self.finish(workout, week, day=day)


def asked(workout: Workout, exercise: Exercise, week: int) -> Prescription:
    return workout.prescriptions.current().get(exercise=exercise, week_number=week)


def sets_prescribed(workout: Workout, week: int) -> list[int]:
    rows = workout.prescriptions.current().filter(week_number=week)
    return list(rows.order_by("position").values_list("sets", flat=True))


def codes(row: Prescription) -> list[str]:
    return [reason["code"] for reason in row.reasons]
