"""The questions about a muscle: soreness before its first exercise, pump and challenge after its last one. A deload
and a session of another app ask none."""

from dataclasses import dataclass

from training.prescribing.question_value import no_next_week
from training.session.page.reading import SessionReading
from training.session.questions import CHALLENGE, PUMP, SORENESS, AnswerOption, choices


@dataclass(frozen=True, slots=True, kw_only=True)
class SorenessQuestion:
    levels: list[AnswerOption]
    no_effect: str  # why no answer can change anything any more; empty where one can, or one is given


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceQuestion:
    pump: list[AnswerOption]
    challenge: list[AnswerOption]
    is_begun: bool  # the muscle has a set or an answer in this session
    is_saved: bool
    is_open: bool
    no_effect: str


def soreness_question(reading: SessionReading, muscle: str) -> SorenessQuestion | None:
    """Returns the question; None where nothing is asked, and before the muscle's first session ever."""
    if not reading.asks_feedback or muscle not in reading.trained:
        return None
    answer = reading.feedback.get(muscle)
    level = answer.soreness_level if answer else None
    is_late = level is None and muscle in reading.begun
    no_effect = no_next_week(reading.workout, reading.week) if is_late else ""
    return SorenessQuestion(levels=choices(SORENESS, level), no_effect=no_effect)


def performance_question(reading: SessionReading, muscle: str, *, no_effect: str) -> PerformanceQuestion | None:
    if not reading.asks_feedback:
        return None
    pump, challenge = said = reading.performance_said(muscle)
    return PerformanceQuestion(
        pump=choices(PUMP, pump),
        challenge=choices(CHALLENGE, challenge),
        is_begun=muscle in reading.begun or said != [None, None],
        is_saved=None not in said,
        is_open=reading.asks_performance(muscle),
        no_effect=no_effect,
    )
