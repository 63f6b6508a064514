"""A session as its page shows it: what was asked, what was done, what is still to say, in the order of the plan."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.db.models import Exists, OuterRef
from django.forms import Form
from django.urls import reverse

from exercises.models import Exercise
from metricgain.units import in_unit
from training import progression
from training.models import MergedSet, Mesocycle, Prescription, Workout, WorkoutLog
from training.models.bounds import SETS
from training.models.done_set import DoneSet
from training.models.log import LEFT_OPEN_AFTER
from training.own_exercise.merged_places import names_in
from training.prescribing import question_value
from training.prescribing.week_plan.history import History
from training.session.forms import BackfillForm, SetForm
from training.session.page import phone_words
from training.session.page.cards import Card, SetRow, card_of
from training.session.page.lasting_changes import LastingChange, changes_of
from training.session.page.sets_around import sets_of
from training.session.questions import place_questions
from training.session.running_week import Waiting, load_week
from training.session.shortening import Shortening, minutes_of, shortenings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A field of BackfillForm, in words: to render three of Django's own takes as long as ten sets."""

    name: str
    label: str
    type: str
    value: str
    error: str


@dataclass(slots=True)
class SessionPage:
    workout: Workout
    week: int
    log: WorkoutLog | None
    now: datetime
    url: str  # of its page; what is posted from it goes to addresses below (training/urls.py, `session`)
    cards: list[Card] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)  # of "Did it on another day?"
    waiting: list[Waiting] = field(default_factory=list)  # questions of earlier workouts that can still be answered
    shortenings: tuple[Shortening, ...] = ()
    changes: tuple[LastingChange, ...] = ()  # of a finished session, for that day alone
    rules: ClassVar[progression.Config] = progression.CONFIG  # what the phone repeats of them is data on the page

    @property
    def mesocycle(self) -> Mesocycle:
        return self.workout.mesocycle

    @property
    def prescriptions_to_begin(self) -> list[Prescription]:
        """What is asked of muscles that have not begun: these can still change."""
        if self.is_completed or self.is_skipped:
            return []
        begun = {card.exercise.muscle_group for card in self.cards if card.done}
        return [
            card.prescription for card in self.cards if card.prescription and card.exercise.muscle_group not in begun
        ]

    @property
    def open_performance(self) -> list[Card]:
        return [card for card in self.cards if card.performance and card.performance.is_open]

    @property
    def late_soreness(self) -> list[Card]:
        """Where soreness was not said before the muscle began."""
        begun = {card.exercise.muscle_group for card in self.cards if card.done}
        return [card for card in self.cards if card.asks_soreness_still and card.exercise.muscle_group in begun]

    def tell_what_has_no_effect(self, *, today: date) -> None:
        """Says at each open question where no answer changes anything. Most of that shows without asking the engine."""
        why = question_value.no_next_week(self.workout, self.week)
        for card in self.late_soreness:
            card.soreness_no_effect = why
        in_doubt = {card.exercise.muscle_group for card in self.open_performance}
        history = History(self.mesocycle, today=today, muscles=in_doubt) if in_doubt and not why else None
        for card in self.open_performance:
            muscle = card.exercise.muscle_group
            no_effect = why or question_value.performance_has_no_effect(history, self.workout, self.week, muscle)
            card.performance = replace(card.performance, no_effect=no_effect)

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
        if self.cards or self.week == self.workout.first_week or self.workout.only_week:
            return False
        ended = [WorkoutLog.Status.COMPLETED, WorkoutLog.Status.SKIPPED]
        return not self.workout.logs.filter(week_number=self.week - 1, status__in=ended).exists()

    @property
    def plan_goes_on(self) -> bool:
        """Whether "from now on" means anything: not in the last week, nor in a session that stands for itself."""
        return not self.is_deload and self.workout.only_week is None

    @property
    def asks_again_if_skipped(self) -> bool:
        """Whether next week asks the same where this session is skipped: a deload does not."""
        return self.plan_goes_on and not self.mesocycle.is_deload(self.week + 1)

    @property
    def began_before(self) -> datetime:
        """What counts as earlier than this session."""
        return (self.log.started_at or self.log.performed_at) if self.is_started else self.now

    @property
    def sets_done(self) -> int:
        return sum(len(card.done) for card in self.cards)

    @property
    def sets_prescribed(self) -> int:
        return sum(len(card.rows) for card in self.cards)

    @property
    def minutes(self) -> int | None:
        """About how long it takes; once it is finished how long it took, None where nobody knows."""
        if self.is_completed:
            return self.log.duration_minutes
        asked = ((len(card.rows), card.rest_seconds) for card in self.cards)
        return progression.shown_minutes(progression.session_seconds(asked))

    @property
    def shortened_to(self) -> int | None:
        """The minutes that it was cut down to; None: it is whole."""
        found = (minutes_of(card.prescription) for card in self.cards if card.prescription)
        return next((minutes for minutes in found if minutes is not None), None)

    @property
    def count(self) -> str:
        return phone_words.say("count", done=self.sets_done, asked=self.sets_prescribed)

    @property
    def record(self) -> str:
        return phone_words.say("record")

    @property
    def phone_words(self) -> str:
        """As HTML, what the phone says without a signal."""
        return phone_words.HTML

    @property
    def usual_steps(self) -> dict[str, str]:
        """By unit, a step of weights that nobody knows."""
        return phone_words.USUAL_STEPS

    @property
    def blank(self) -> Card:
        """An exercise that nobody chose yet, with three sets to do and one more."""
        unit = self.mesocycle.user.unit
        rows = [
            SetRow(
                key=f"0-{number}",
                number=number,
                sign=str(number),
                name=f"Exercise, {phone_words.say('nth', order=number)}",
                words=f"{phone_words.say('nth', order=number)} of Exercise",
                url=f"{self.url}exercises/0/sets/{number}/",
                unit=unit,
                done=None,
                set_type="",
                weight_label=f"Weight ({unit})",
                weight="",
                reps="",
                rir="",
                aim="",
                hint="",
            )
            for number in range(1, 5)
        ]
        return Card(
            exercise=Exercise(name="Exercise"),
            prescription=None,
            id="0",
            name="Exercise",
            muscle="",
            url=f"{self.url}exercises/0/",
            prescription_id="",
            rest_seconds=self.rules.rest_unknown,
            asks_weight=True,
            reps_label="Reps",
            grid="",
            rows=rows[:3],
            extra=rows[3:],
        )

    @property
    def kilograms(self) -> dict[str, Decimal]:
        """Weight moved times reps over the sets of loaded exercises, by muscle."""
        moved = defaultdict(Decimal)
        for card in self.cards:
            if card.exercise.counts_volume:
                moved[card.exercise.muscle_group] += sum((one.weight_kg * one.reps for one in card.done), Decimal(0))
        return moved

    @property
    def volume(self) -> str:
        """All of it in the lifter's unit."""
        unit = self.mesocycle.user.unit
        return f"{in_unit(sum(self.kilograms.values(), Decimal(0)), unit, places=0):,} {unit}"


def load_session(workout: Workout, week: int, *, now: datetime, refused: Form | None = None) -> SessionPage:
    """The session of `workout` in `week`. A refused set returns to its row.

    In five queries whatever the history; one more for exercises that are not in the plan, one for muscles whose
    exercises here are all new, one for merged exercises."""
    has_merged = Exists(MergedSet.objects.filter(workout_log=OuterRef("id")))
    log = WorkoutLog.objects.filter(workout=workout, week_number=week).annotate(has_merged=has_merged).first()
    url = reverse("training:workout_detail", args=[workout.id, week])
    session = SessionPage(workout=workout, week=week, log=log, now=now, url=url)
    asked = workout.prescriptions.current().filter(week_number=week).with_settings_of(workout.mesocycle.user_id)
    prescriptions = {p.exercise_id: p for p in asked.with_plan_notes().order_by("position", "id")}
    around = sets_of(
        log.id if log else None,
        user_id=session.mesocycle.user_id,
        exercise_ids=list(prescriptions),
        before=session.began_before,
    )
    if log and log.has_merged:
        around.names = names_in(log.id)
    for number, exercise in _exercises(session, prescriptions, around.done).items():
        session.cards.append(card_of(session, exercise, prescriptions.get(number), around))
    _place_changes(session.cards, planned=len(prescriptions))
    place_questions(session, around.last_time)
    _look_around(session)
    if isinstance(refused, SetForm):
        _return_to_its_row(session, refused)
    session.inputs = _inputs(session, refused if isinstance(refused, BackfillForm) else None)
    return session


def _look_around(session: SessionPage) -> None:
    """What the week leaves to say and to choose before the end, and what is to be asked after it."""
    if session.is_completed:
        session.changes = changes_of(session)
    elif not session.is_skipped:
        week = load_week(session.mesocycle, session.week, workout_id=session.workout.id, now=session.now)
        begun = {card.exercise.muscle_group for card in session.cards if card.done}
        session.waiting = [one for one in week.waiting if one.muscle not in begun]
        session.shortenings = shortenings_of(session, sets_elsewhere=week.sets_elsewhere)


def _exercises(
    session: SessionPage, prescriptions: dict[int, Prescription], done: dict[int, list[DoneSet]]
) -> dict[int, Exercise]:
    """By id, in the order of the page: what was asked, then what else was done. Each with how the lifter does it."""
    for prescription in prescriptions.values():
        prescription.exercise.own = prescription.own
    exercises = {number: prescription.exercise for number, prescription in prescriptions.items()}
    others = [number for number in done if number not in prescriptions]
    found = Exercise.objects.with_settings_of(session.mesocycle.user_id).in_bulk(others) if others else {}
    return exercises | {number: found[number] for number in others}


def _inputs(session: SessionPage, refused: BackfillForm | None) -> list[Input]:
    """What says on which day the session was: as typed and refused, as stored, or today."""
    user, log = session.mesocycle.user, session.log
    day, began, ended, errors = user.today(session.now), None, None, {}
    if refused:
        day, began, ended = (refused[name].value() for name in ("day", "began", "ended"))
        errors = {name: " ".join(messages) for name, messages in refused.errors.items()}
    elif log and log.is_backfilled:
        day = log.local_date
        began, ended = (at and f"{at.astimezone(user.zone):%H:%M:%S}" for at in (log.started_at, log.completed_at))
    asked = (("day", "Day", "date", day), ("began", "From", "time", began), ("ended", "To", "time", ended))
    return [
        Input(name=name, label=label, type=kind, value=str(value or ""), error=errors.get(name, ""))
        for name, label, kind, value in asked
    ]


def _place_changes(cards: list[Card], *, planned: int) -> None:
    """What may be changed of the `planned` first ones, which stand in the plan."""
    for place, card in enumerate(cards[:planned], start=1):
        sets = card.prescription.sets
        card.fewer = str(sets - 1) if sets > 1 else ""
        card.more = str(sets + 1) if sets < SETS.most else ""
        card.up = str(place - 1) if place > 1 else ""
        card.down = str(place + 1) if place < planned else ""


def _return_to_its_row(session: SessionPage, refused: SetForm) -> None:
    called = f"{refused.exercise_id}-{refused.number}"
    rows = [row for card in session.cards for row in card.rows if row.key == called]
    rows += [card.extra[0] for card in session.cards if card.exercise.id == refused.exercise_id]
    for row in rows[:1]:
        row.take_back(refused)
