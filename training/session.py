"""A session as its page shows it: what was asked, what was done, what is still to say, in the order of the plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.forms import Form
from django.urls import reverse

from exercises.models import Exercise, Loading
from metricgain.numbers import plain
from metricgain.users.models import Unit
from training.forms import BackfillForm, SetForm
from training.models import Mesocycle, MuscleGroupFeedback, Prescription, Set, Workout, WorkoutLog
from training.models.feedback import Challenge, Pump, Soreness
from training.models.log import KG_PER_LB, LEFT_OPEN_AFTER


@dataclass(slots=True)
class Row:
    """A set: done, or still to do. `number` is its address; `order` its place, which the page calls "set 3".

    A page has thirty of these, so all that it shows is at hand as text: a template that looks in vain for what is not
    there takes longer than one that prints what is."""

    key: str  # names the row on the page
    number: int
    order: int
    url: str  # where it is stored
    unit: str
    done: Set | None
    last: Set | None
    target_reps: int | None
    weight: str
    reps: str
    rir: str
    errors: dict[str, str] = field(default_factory=dict)  # by field, what is wrong with what was typed

    def take_back(self, refused: SetForm) -> None:
        """Shows what was typed and refused."""
        self.weight, self.reps, self.rir = (refused[name].value() or "" for name in ("weight", "reps", "rir"))
        self.errors = {name: " ".join(messages) for name, messages in refused.errors.items()}


@dataclass(slots=True)
class Card:
    """An exercise of the session. `asks_soreness` before it, `asks_performance` after it."""

    exercise: Exercise
    prescription: Prescription | None
    unit: str
    rows: list[Row]
    extra: Row  # one more set than was asked
    last_time: list[Set]
    place: int = 0
    feedback: MuscleGroupFeedback | None = None
    asks_soreness: bool = False
    asks_performance: bool = False
    muscle_is_done: bool = False

    @property
    def asks_performance_now(self) -> bool:
        """Whether the question stands open: the muscle's sets are done, the answer is not given."""
        return self.muscle_is_done and not (self.feedback and self.feedback.performance_recorded_at)

    @property
    def done(self) -> list[Set]:
        return [row.done for row in self.rows if row.done]

    @property
    def asks_weight(self) -> bool:
        """Whether there is a weight to type; where only the body moves it is 0, unless something else was logged."""
        return self.exercise.loading != Loading.BODYWEIGHT or any(one.weight for one in self.done)

    @property
    def weight_label(self) -> str:
        """What the number in the weight field is, for this exercise."""
        return {Loading.ADDED: "Added", Loading.ASSISTED: "Help", Loading.BODYWEIGHT: "Added"}.get(
            self.exercise.loading, "Weight"
        )


@dataclass(slots=True)
class Session:
    workout: Workout
    week: int
    log: WorkoutLog | None
    now: datetime
    cards: list[Card] = field(default_factory=list)

    backfill_form: BackfillForm | None = None

    soreness_levels = Soreness.choices
    pump_levels = Pump.choices
    challenge_levels = Challenge.choices

    @property
    def mesocycle(self) -> Mesocycle:
        return self.workout.mesocycle

    @property
    def is_deload(self) -> bool:
        return self.mesocycle.is_deload(self.week)

    @property
    def is_completed(self) -> bool:
        return bool(self.log and self.log.is_completed)

    @property
    def is_started(self) -> bool:
        return bool(self.log and self.log.is_started)

    @property
    def is_skipped(self) -> bool:
        return bool(self.log and self.log.is_skipped)

    @property
    def left_open_since(self) -> datetime | None:
        """The last set of a session that nobody finished for hours: it counts as finished then."""
        times = [one.performed_at for card in self.cards for one in card.done]
        if not times or self.log.status != WorkoutLog.Status.IN_PROGRESS or self.log.is_backfilled:
            return None
        return max(times) if max(times) < self.now - LEFT_OPEN_AFTER else None

    @property
    def is_prescribed_later(self) -> bool:
        """Whether there is nothing to show yet because the week before is still to be done."""
        if self.cards or self.week == 1 or self.workout.only_week:
            return False
        ended = [WorkoutLog.Status.COMPLETED, WorkoutLog.Status.SKIPPED]
        return not self.workout.logs.filter(week_number=self.week - 1, status__in=ended).exists()

    @property
    def plan_goes_on(self) -> bool:
        """Whether "from now on" means anything: not in the last week, nor in a session that stands for itself."""
        return not self.is_deload and self.workout.only_week is None

    @property
    def planned(self) -> int:
        return sum(card.prescription is not None for card in self.cards)

    @property
    def began_before(self) -> datetime:
        """What counts as earlier than this session."""
        return (self.log.started_at or self.log.performed_at) if self.is_started else self.now

    @property
    def sets_done(self) -> int:
        return sum(len(card.done) for card in self.cards)

    @property
    def sets_asked(self) -> int:
        return sum(len(card.rows) for card in self.cards)

    @property
    def volume(self) -> str:
        """Weight moved times reps over the sets of loaded exercises, in the lifter's unit."""
        loaded = [one for card in self.cards if card.exercise.counts_volume for one in card.done]
        kilograms = sum((one.weight_kg * one.reps for one in loaded), Decimal(0))
        unit = self.mesocycle.user.unit
        return f"{round(kilograms if unit == Unit.KG else kilograms / KG_PER_LB):,} {unit}"


def load_session(workout: Workout, week: int, *, now: datetime, refused: Form | None = None) -> Session:
    """The session of `workout` in `week`, in six queries whatever the history. A refused set returns to its row."""
    log = WorkoutLog.objects.filter(workout=workout, week_number=week).first()
    session = Session(workout=workout, week=week, log=log, now=now)
    asked = list(
        workout.prescriptions.current().filter(week_number=week).select_related("exercise").order_by("position", "id")
    )
    done = defaultdict(list)
    for one in log.sets.select_related("exercise").order_by("set_number") if log else []:
        done[one.exercise].append(one)
    prescriptions = {p.exercise: p for p in asked}
    exercises = [*prescriptions, *(e for e in done if e not in prescriptions)]
    last_time = _last_time(session, exercises)
    for place, exercise in enumerate(exercises, start=1):
        card = _card(session, exercise, prescriptions.get(exercise), done[exercise], last_time[exercise.id])
        card.place = place
        session.cards.append(card)
    _place_questions(session)
    if isinstance(refused, SetForm):
        _return_to_its_row(session, refused)
    session.backfill_form = refused if isinstance(refused, BackfillForm) else _backfill_form(session)
    return session


def _backfill_form(session: Session) -> BackfillForm:
    user, log = session.mesocycle.user, session.log
    initial = {"day": user.today(session.now)}
    if log and log.is_backfilled:
        began, ended = ((at and at.astimezone(user.zone).time()) for at in (log.started_at, log.completed_at))
        initial = {"day": log.local_date, "began": began, "ended": ended}
    return BackfillForm(today=user.today(session.now), initial=initial)


def _card(session, exercise, prescription, done: list[Set], last_time: list[Set]) -> Card:
    unit = prescription.unit if prescription else (done[-1].unit if done else session.mesocycle.user.unit)
    by_number = {one.set_number: one for one in done}
    asked = range(1, prescription.sets + 1) if prescription else range(0)
    last_by_number = {one.set_number: one for one in last_time}
    # Where the weight is the lifter's to choose, the set before is the best guess for the next.
    weight = prescription.weight if prescription else None
    if weight is None and exercise.loading in (Loading.ADDED, Loading.BODYWEIGHT):
        weight = Decimal(0)  # the body alone, until the lifter says otherwise
    rows, order = [], 0
    numbers = sorted({*by_number, *asked})
    # A set number is a name, never given twice; one more than was asked stands ready.
    for number in [*numbers, max([0, *numbers]) + 1]:
        one = by_number.get(number)
        order += one is None or one.counts  # a drop or myo-rep row belongs to the set before it
        if one:
            weight = one.weight if prescription is None or prescription.weight is None else weight
        target = prescription.target_reps(order) if prescription else None
        reps = one.reps if one else target
        row = Row(
            key=f"{exercise.id}-{number}",
            number=number,
            order=order,
            url=reverse("training:set_log", args=[session.workout.id, session.week, exercise.id, number]),
            unit=one.unit if one else unit,
            done=one,
            last=last_by_number.get(number),
            target_reps=target if number in by_number or number in asked else None,
            weight=plain(one.weight if one else weight),
            reps="" if reps is None else str(reps),
            rir=plain(one.rir) if one else "",
        )
        rows.append(row)
    *rows, extra = rows
    return Card(exercise=exercise, prescription=prescription, unit=unit, rows=rows, extra=extra, last_time=last_time)


def _last_time(session: Session, exercises: list[Exercise]) -> dict[int, list[Set]]:
    sets = defaultdict(list)
    ids = [exercise.id for exercise in exercises]
    own = session.log.id if session.log else None
    for one in Set.objects.last_time(session.mesocycle.user_id, ids, before=session.began_before, not_in=own):
        sets[one.exercise_id].append(one)
    return sets


def _place_questions(session: Session) -> None:
    """Soreness before a muscle's first exercise (not before the first session ever), the rest after its last."""
    feedback = {f.muscle_group: f for f in session.log.feedback.all()} if session.log else {}
    first, last = {}, {}
    for card in session.cards:
        card.feedback = feedback.get(card.exercise.muscle_group)
        first.setdefault(card.exercise.muscle_group, card)
        last[card.exercise.muscle_group] = card
    trained = set(_trained_before(session, list(first)))
    for muscle, card in first.items():
        card.asks_soreness = muscle in trained and not session.is_deload
    for muscle, card in last.items():
        card.asks_performance = not session.is_deload
        rows = [row for c in session.cards if c.exercise.muscle_group == muscle for row in c.rows]
        card.muscle_is_done = all(row.done for row in rows)


def _trained_before(session: Session, muscles: list[str]) -> Iterator[str]:
    """The muscles that the lifter has trained before this session: one index probe per exercise of theirs."""
    sets = Set.objects.filter(
        user=session.mesocycle.user_id, exercise=OuterRef("id"), performed_at__lt=session.began_before
    )
    if session.log:
        sets = sets.exclude(workout_log=session.log)
    exercises = Exercise.objects.of_library_of(session.mesocycle.user_id).filter(Exists(sets), muscle_group__in=muscles)
    return exercises.order_by().values_list("muscle_group", flat=True).distinct()


def _return_to_its_row(session: Session, refused: SetForm) -> None:
    for card in session.cards:
        if card.exercise.id == refused.exercise_id:
            row = next((row for row in card.rows if row.number == refused.number), card.extra)
            row.take_back(refused)
