"""The answers to choose from for soreness, pump and challenge."""

from dataclasses import dataclass

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


def choices(levels: list[tuple[int, str, str]], chosen: int | None) -> list[AnswerOption]:
    return [AnswerOption(value, words, level == chosen) for level, value, words in levels]
