"""The parts of the workout page that a fact changes: the answer to an outbox brings them, so that the phone need not
fetch the page after each set."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from metricgain.users.models import User
from training.session.page.cards import Card, card_of
from training.session.page.changed import Changed, read_changed
from training.session.page.loading import Session
from training.session.page.muscle_questions import performance_question
from training.session.page.phone_words import say
from training.session.page.reading import settled_performance
from training.session.recording import SessionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionParts(Session):
    """`cards`: of the changed exercises. `performance`: a card of the muscle, where the question after it changed."""

    cards: tuple[Card, ...]
    performance: Card | None
    at_hand: ClassVar[str] = ""  # the phone knows which cards are open
    record: ClassVar[str] = say("record")
    drop: ClassVar[str] = say("drop")
    myo: ClassVar[str] = say("myo")


def parts_of(user: User, key: SessionKey, changed: Changed, *, now: datetime, today: date) -> SessionParts | None:
    """Returns what `changed` looks like now; None where the phone has to fetch the page."""
    found = read_changed(user, key, changed, now=now)
    if found is None:
        return None
    reading = found.session
    settled = settled_performance(reading, today=today) if found.performance else {}
    cards = {
        place: card_of(reading, place, settled=settled)
        for place, one in enumerate(reading.exercises)
        if one.exercise.id in found.shown or (place == 0 and not found.shown)
    }
    some = next(iter(cards.values()))
    muscle = reading.exercises[0].muscle
    question = performance_question(reading, muscle, no_effect=settled.get(muscle, "")) if found.performance else None
    return SessionParts(
        workout=reading.workout,
        week=reading.week,
        log=reading.log,
        url=reading.url,
        order=reading.order,
        cards=tuple(card for card in cards.values() if int(card.id) in found.shown),
        performance=replace(some, performance=question) if question else None,
    )
