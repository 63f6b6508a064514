"""Builds the workout page from what was read, without a query and without a clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.forms import Form

from training import progression
from training.session.finishing import NothingLogged
from training.session.forms import BackfillForm, SetForm
from training.session.page.cards import Card, blank_card, card_of, sets_of
from training.session.page.continuing import GoesOn
from training.session.page.lasting_changes import LastingChange, changes_of
from training.session.page.loading import Session
from training.session.page.phone_words import HTML, RULES, USUAL_STEPS, in_milliseconds, say
from training.session.page.reading import SessionExercise, SessionReading
from training.session.page.summary import SessionSummary, summary_of
from training.session.running_week import Waiting
from training.session.shortening import Shortening, minutes_of, shortenings_of, work_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A field of BackfillForm as text. Rendering three of Django's own fields takes as long as rendering ten sets."""

    name: str
    label: str
    type: str
    value: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage(Session):
    at: str  # when it was read, in milliseconds
    cards: tuple[Card, ...]
    units: list[list[Card]]  # the same: those of a superset together
    at_hand: str  # the id of the card that is open; the others are folded to one line
    blank: Card
    count: str  # "3 of 12 sets done."
    receipt: str  # "12 of 12 sets stored."
    sets_done: int
    sets_prescribed: int
    inputs: tuple[Input, ...]  # of "Did it on another day?"
    waiting: list[Waiting]  # questions of earlier sessions that can still be answered
    shortenings: tuple[Shortening, ...]
    shortened_to: int | None  # the minutes that it was cut down to; None: it is whole
    changes: tuple[LastingChange, ...]  # changes for that day alone, in a finished session
    summary: SessionSummary | None  # of a finished session
    left_open_since: datetime | None  # its last set, where it was left open and so counts as finished then
    is_prescribed_later: bool
    asks_rir: bool  # whether the lifter is asked for the RIR of first sets
    has_hold: bool
    rules: ClassVar[progression.Config] = progression.CONFIG
    phone_rules: ClassVar[str] = RULES  # those that the phone needs, as data
    nothing_logged: ClassVar[str] = NothingLogged.words
    record: ClassVar[str] = say("record")
    drop: ClassVar[str] = say("drop")
    myo: ClassVar[str] = say("myo")
    superset_name: ClassVar[str] = say("superset")
    leave: ClassVar[str] = say("leave")
    phone_words: ClassVar[str] = HTML  # the sentences that the phone shows without a signal
    usual_steps: ClassVar[dict[str, str]] = USUAL_STEPS  # by unit, the step where the grid is not known


def build_page(
    reading: SessionReading,
    *,
    now: datetime,
    refused: Form | None = None,
    goes_on: GoesOn | None = None,
    settled: Mapping[str, str] | None = None,
) -> SessionPage:
    """Builds the page as of `now`. `refused`: a form to show again with what was typed. `goes_on`: a drop or myo-reps
    that are to be entered. `settled`: see `reading.settled_performance`."""
    of_set = refused if isinstance(refused, SetForm) else None
    places = range(len(reading.exercises))
    cards = tuple(card_of(reading, place, refused=of_set, goes_on=goes_on, settled=settled or {}) for place in places)
    sets_done, sets_prescribed = sets_of(cards)
    stored = sum(len(one.done) for one in reading.exercises)
    cut = (minutes_of(one.prescription) for one in reading.exercises if one.prescription)
    return SessionPage(
        workout=reading.workout,
        week=reading.week,
        log=reading.log,
        url=reading.url,
        order=reading.order,
        at=in_milliseconds(now),
        cards=cards,
        units=_units(cards),
        at_hand="" if reading.has_ended and not of_set else _at_hand(reading, of_set),
        blank=blank_card(reading.url, reading.user.unit),
        count=say("count", done=sets_done, n=sets_prescribed),
        receipt=say("receipt", done=stored, n=stored),
        sets_done=sets_done,
        sets_prescribed=sets_prescribed,
        inputs=_inputs(reading, now, refused if isinstance(refused, BackfillForm) else None),
        waiting=[one for one in reading.around.waiting if one.muscle not in reading.begun],
        shortenings=() if reading.has_ended else _shortenings(reading),
        shortened_to=next((minutes for minutes in cut if minutes is not None), None),
        changes=changes_of(reading),
        summary=summary_of(reading, cards) if reading.is_completed else None,
        left_open_since=_left_open_since(reading, now),
        is_prescribed_later=reading.is_prescribed_later,
        asks_rir=reading.user.asks_rir,
        has_hold=any(card.is_hold for card in cards),
    )


def _units(cards: tuple[Card, ...]) -> list[list[Card]]:
    """`cards`: first those of the plan, in its order."""
    marks = [card.superset for card in cards]
    return [[cards[place] for place in unit] for unit in progression.units(marks)]


def _at_hand(reading: SessionReading, refused: SetForm | None) -> str:
    """Returns the id of the exercise at hand: where a set was refused, else the one that was trained last, while it has
    sets to do, else the next one that has some."""
    ids = [one.exercise.id for one in reading.exercises]
    if refused and refused.exercise_id in ids:
        return str(refused.exercise_id)
    done = [each for one in reading.exercises for each in one.done]
    trained = ids.index(max(done, key=lambda each: each.performed_at).exercise_id) if done else 0
    in_turn = (*reading.exercises[trained:], *reading.exercises[:trained])
    if done and (paired := _next_in_superset(reading, in_turn[0])):
        return str(paired.exercise.id)
    return next((str(one.exercise.id) for one in in_turn if not one.is_done), "")


def _next_in_superset(reading: SessionReading, trained: SessionExercise) -> SessionExercise | None:
    """Returns the exercise whose turn it is in the superset of the one that was trained last; None where none has a set
    left. An exercise that is alone goes on as it is."""
    ids = [one.exercise_id for one in reading.superset_of(trained.exercise.id)]
    found = {one.exercise.id: one for one in reading.exercises}
    place = progression.turn([found[each].round for each in ids], ids.index(trained.exercise.id)) if ids else None
    return None if place is None else found[ids[place]]


def _shortenings(reading: SessionReading) -> tuple[Shortening, ...]:
    planned = [
        (one.prescription, [each.set_number for each in one.done if each.counts], one.rest_seconds)
        for one in reading.exercises
        if one.prescription
    ]
    works = [(row, work_of(row, rest=rest, done=done, superset=row.superset)) for row, done, rest in planned]
    return shortenings_of(reading.user, works, sets_elsewhere=reading.around.sets_elsewhere)


def _left_open_since(reading: SessionReading, now: datetime) -> datetime | None:
    last = max((each.performed_at for one in reading.exercises for each in one.done), default=None)
    return last if reading.log and reading.log.was_left_open(now, last_set_at=last) else None


def _inputs(reading: SessionReading, now: datetime, refused: BackfillForm | None) -> tuple[Input, ...]:
    """Returns the fields for the day of the session: as typed where that was refused, else as stored, else today."""
    user, log = reading.user, reading.log
    day: date | None = user.today(now)
    began, ended, errors, is_long = None, None, {}, False
    if refused:
        day, began, ended = (refused[name].value() for name in ("day", "began", "ended"))
        errors = {name: " ".join(map(str, messages)) for name, messages in refused.errors.items()}
        is_long = refused.has_error("ended", "long")
    elif log and log.is_backfilled:
        day = log.local_date
        began, ended = (at and f"{at.astimezone(user.here):%H:%M:%S}" for at in (log.started_at, log.completed_at))
    asked = [("day", "Day", "date", day), ("began", "From", "time", began), ("ended", "To", "time", ended)]
    if is_long:
        asked.append(("is_long", "It took that long", "checkbox", "on"))
    return tuple(
        Input(name=name, label=label, type=kind, value=str(value or ""), error=errors.get(name, ""))
        for name, label, kind, value in asked
    )
