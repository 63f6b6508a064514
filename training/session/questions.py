"""The questions of a workout page: how sore before a muscle's first exercise, pump and challenge after its last."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from exercises.models import Exercise
from training.models import Set
from training.models.done_set import DoneSet
from training.models.feedback import Challenge, Pump, Soreness

SORENESS, PUMP, CHALLENGE = (
    [(level.value, str(level.value), str(level.label)) for level in levels] for levels in (Soreness, Pump, Challenge)
)


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """An answer that a question offers."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """The question after a muscle's last exercise."""

    pump: list[AnswerOption]
    challenge: list[AnswerOption]
    is_saved: bool
    is_open: bool  # the muscle's sets are done, or one answer is given, and one is still to give
    no_effect: str = ""  # why no answer changes anything


def place_questions(session, last_time: dict[int, list[DoneSet]]) -> None:
    """Soreness before a muscle's first exercise (not before the first session ever), the rest after its last.
    A deload asks nothing."""
    if session.is_deload:
        return
    cards = defaultdict(list)
    for card in session.cards:
        cards[card.exercise.muscle_group].append(card)
    feedback = {f.muscle_group: f for f in session.log.feedback.all()} if session.log else {}
    trained = {card.exercise.muscle_group for card in session.cards if last_time[card.exercise.id]}
    if new := [muscle for muscle in cards if muscle not in trained]:
        trained.update(_trained_before(session, new))
    for muscle, of_muscle in cards.items():
        answer = feedback.get(muscle)
        if muscle in trained:
            of_muscle[0].soreness = choices(SORENESS, answer and answer.soreness_level)
        said = [answer and answer.pump_level, answer and answer.challenge_level]
        saved = None not in said
        of_muscle[-1].performance = Performance(
            pump=choices(PUMP, said[0]),
            challenge=choices(CHALLENGE, said[1]),
            is_saved=saved,
            is_open=not saved and (said != [None, None] or all(row.done for card in of_muscle for row in card.rows)),
        )


def choices(levels: list[tuple[int, str, str]], chosen: int | None) -> list[AnswerOption]:
    return [AnswerOption(value, words, level == chosen) for level, value, words in levels]


def _trained_before(session, muscles: list[str]) -> Iterable[str]:
    """The muscles that the lifter has trained before this session: one index probe per exercise of theirs."""
    sets = Set.objects.filter(
        user=session.mesocycle.user_id, exercise=OuterRef("id"), performed_at__lt=session.began_before
    )
    if session.log:
        sets = sets.exclude(workout_log=session.log)
    exercises = Exercise.objects.of_library_of(session.mesocycle.user_id).filter(Exists(sets), muscle_group__in=muscles)
    return exercises.order_by().values_list("muscle_group", flat=True).distinct()
