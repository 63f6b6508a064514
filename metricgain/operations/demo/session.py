"""One session of the demo, from the first question to the finish. Each fact has the time at which a lifter enters
it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from exercises.models import Equipment, Exercise, Loading, Mechanic
from metricgain.operations.demo.demo_year import Block
from metricgain.operations.demo.lifter import DemoLifter, on_grid
from metricgain.users.models import User
from training import progression
from training.models import Prescription, Set, Workout
from training.models.prescription import FROM_NOW_ON, TODAY
from training.progression import Grid
from training.session import changes, finishing, recording

WARMING_UP = timedelta(minutes=4)
SECONDS_PER_SET = 40
REST_SECONDS = 120
LEFT_OUT = 0.02  # share of sessions skipped, besides those that the year names
TIRED_PER_WEEK = 0.12  # reps lost each week to fatigue, until the deload
DROP_SETS = 0.35  # share of isolation exercises on cables and machines with a drop set, in the last hard week


def moment(user: User, day: date, clock: time) -> datetime:
    """Returns the moment in UTC, where adding minutes is right even in the night when the clocks change."""
    return datetime.combine(day, clock, user.zone).astimezone(UTC)


def grid_of(exercise: Exercise, unit: str) -> Grid:
    return progression.default_grid(
        equipment=exercise.equipment, loading=exercise.loading, mechanic=exercise.mechanic, unit=unit
    )


@dataclass(slots=True)
class DemoSession:
    user: User
    lifter: DemoLifter
    block: Block
    workout: Workout
    place: tuple[int, int]  # (week, which workout of the week)
    day: date
    chance: Random
    address: recording.SessionKey = field(init=False)
    at: datetime = field(init=False)  # the current time of the simulated session
    body: Decimal = field(init=False)
    deload: bool = field(init=False)
    form: float = field(init=False)  # reps above or below an average day

    def __post_init__(self):
        week = self.place[0]
        self.address = recording.SessionKey(self.user.id, self.workout.id, week)
        weekend = self.day.weekday() > 4
        opens = moment(self.user, self.day, time(9, 45) if weekend else time(17, 30))
        self.at = opens + timedelta(minutes=self.chance.randrange(80), seconds=self.chance.randrange(60))
        body = self.user.body_weights.latest_on(self.day)
        assert body is not None, "he weighs himself on the first day of all"
        self.body = body
        self.deload = week == self.block.weeks
        self.form = self.chance.gauss(0.3 if self.deload else -TIRED_PER_WEEK * (week - 1), 0.4)

    def take_place(self) -> None:
        ordinary = 1 < self.place[0] < self.block.weeks
        if self.place in self.block.skipped or (ordinary and self.chance.random() < LEFT_OUT):
            finishing.skip_workout(self.address, self._edit(), now=self.at)
            return
        self._change_the_plan()
        if self.place in self.block.backfilled:
            self._say_when_it_was()
        self.at += WARMING_UP
        rows = list(self._rows())
        muscles = [row.exercise.muscle_group for row in rows]
        done: dict[str, list[float]] = {muscle: [] for muscle in muscles}  # reps in reserve of each set, by muscle
        for index, row in enumerate(rows):
            muscle = muscles[index]
            if muscle not in muscles[:index]:
                self._rate_soreness(muscle)
            done[muscle] += self._exercise(row)
            if muscle not in muscles[index + 1 :]:
                self._rate_performance(muscle, done[muscle])
        if note := self.block.notes.get(self.place):
            recording.write_note(self.address, self._edit(30), text=note)
        if self.place not in self.block.left_open:
            edit = self._edit(60 + self.chance.randrange(120))
            finishing.finish_workout(self.address, edit, now=self.at)

    def _rows(self):
        rows = self.workout.prescriptions.current().filter(week_number=self.address.week)
        return rows.select_related("exercise").order_by("position", "id")

    def _edit(self, seconds: int = 0) -> recording.Edit:
        self.at += timedelta(seconds=seconds)
        return recording.Edit(at=self.at, local_date=self.day)

    # -- the plan -------------------------------------------------------------------------------

    def _change_the_plan(self) -> None:
        if swap := self.block.swapped.get(self.place):
            old, new = map(_system, swap)
            changes.swap_exercise(self.address, exercise_id=old.id, other=new, scope=FROM_NOW_ON)
        if slug := self.block.shortened.get(self.place):
            row = self._rows().get(exercise__slug=slug)
            sets = max(1, row.sets - 1)
            changes.change_sets(self.address, exercise_id=row.exercise_id, sets=sets, scope=TODAY)
        if slug := self.block.added.get(self.place):
            changes.add_exercise(self.address, exercise=_system(slug), scope=FROM_NOW_ON, sets=2)

    def _say_when_it_was(self) -> None:
        """Back-fills the session the next morning, as if the phone had stayed at home."""
        began, ended = self.at, self.at + timedelta(minutes=62)
        self.at = moment(self.user, self.day + timedelta(days=1), time(7, 10))
        recording.backfill(self.address, self._edit(), day=self.day, began=began, ended=ended)

    # -- the sets -------------------------------------------------------------------------------

    def _exercise(self, row: Prescription) -> list[float]:
        """Logs all sets of one exercise. Returns the reps in reserve of each set."""
        exercise, grid = row.exercise, grid_of(row.exercise, row.unit)
        self.lifter.meets(exercise, self.day)
        if exercise.is_hold:
            return self._hold(row)
        weight = row.weight
        if weight is None:
            weight = self.lifter.chooses(exercise, row, grid, body=self.body, chance=self.chance)
        today = self.form + self.chance.gauss(0, 0.25)
        left = []
        for order in range(1, row.sets + 1):
            tired = self.lifter.lost_per_set(exercise) * (order - 1)
            able = self.lifter.most_reps(exercise, weight, body=self.body) + today - tired + self.chance.gauss(0, 0.25)
            reps, rir = self.lifter.lifts(row, order, able, chance=self.chance)
            to_failure = rir == 0 and row.rir == 0 and able - reps < 1
            kind = Set.Type.FAILURE if to_failure and not exercise.unsafe_to_fail else Set.Type.WORKING
            self._log(row, order, weight, reps, rir, kind)
            left.append(max(0.0, able - reps))
            if order == 1 and row.rir is not None:
                self.lifter.remembers(exercise, weight, reps, row.rir if rir is None else rir)
            if reps < row.reps_lo - 2 and not self.deload:
                weight = grid.easier(weight) or weight
        if self._adds_a_drop_set(row):
            lighter = on_grid(grid, float(weight) * 0.7)
            if lighter < weight:
                self._log(row, row.sets + 1, lighter, self.chance.randint(6, 10), 0, Set.Type.DROP)
        self.lifter.grows(exercise, self.day, sets=0 if self.deload else row.sets)
        return left

    def _hold(self, row: Prescription) -> list[float]:
        """Logs all sets of a hold of the body alone. Returns how many steps of seconds were left after each."""
        left, able = [], self.lifter.most_seconds(row.exercise) + self.chance.gauss(0, 2)
        for order in range(1, row.sets + 1):
            most = able - 3 * (order - 1)
            held = max(1, min(round(most), row.target_reps(order) + self.chance.choice((0, 0, 1, 3))))
            self._log(row, order, Decimal(0), 1, None, Set.Type.WORKING, seconds=held)
            left.append(max(0.0, (most - held) / progression.CONFIG.hold_step))
        self.lifter.grows(row.exercise, self.day, sets=0 if self.deload else row.sets)
        return left

    def _log(
        self,
        row: Prescription,
        number: int,
        weight: Decimal,
        reps: int,
        rir: int | None,
        kind: str,
        *,
        seconds: int | None = None,
    ) -> None:
        rest = (row.exercise.rest_seconds or REST_SECONDS) * self.chance.uniform(0.8, 1.3)
        if kind == Set.Type.DROP:
            rest = 5
        recording.log_set(
            self.address,
            self._edit(round(SECONDS_PER_SET + rest)),
            recording.TypedSet(
                exercise_id=row.exercise_id,
                number=number,
                weight=weight,
                unit=row.unit,
                reps=reps,
                seconds=seconds,
                rir=None if rir is None else Decimal(rir),
                set_type=kind,
                prescription_id=row.id,
            ),
        )

    def _adds_a_drop_set(self, row: Prescription) -> bool:
        exercise = row.exercise
        return (
            self.place[0] == self.block.weeks - 1
            and exercise.mechanic == Mechanic.ISOLATION
            and exercise.loading == Loading.WEIGHT
            and exercise.equipment in (Equipment.CABLE, Equipment.MACHINE)
            and self.chance.random() < DROP_SETS
        )

    # -- feedback, which a deload does not ask for ----------------------------------------------

    def _rate_soreness(self, muscle: str) -> None:
        if self.deload:
            return
        felt = self.lifter.soreness(muscle, self.day, new_stimulus=self.place[0] == 1, chance=self.chance)
        if felt is not None:
            recording.rate_soreness(self.address, self._edit(15), muscle=muscle, soreness=felt)

    def _rate_performance(self, muscle: str, left: list[float]) -> None:
        if self.deload:
            return
        mean = sum(left) / len(left)
        pump, challenge = self.lifter.pump_and_challenge(muscle, sets=len(left), left=mean, chance=self.chance)
        recording.rate_performance(self.address, self._edit(15), muscle=muscle, pump=pump, challenge=challenge)


def _system(slug: str) -> Exercise:
    return Exercise.objects.get(slug=slug, is_system=True)
