"""Strong, of iOS and Android: five generations, in the words of five languages."""

from collections.abc import Iterator, Sequence

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left, plain_words
from metricgain.transfer.formats.dates import Dates
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import KindOfSet, NotTakenBecause

# Meaning: the headers of all generations in English, then German, French, Spanish and Chinese.
HEADERS = {
    "date": ("date", "datum", "fecha", "日期"),
    "title": ("workout name", "workout-name", "nom de l'entraînement", "nombre de entrenamiento", "锻炼名称"),
    "duration": ("duration", "workout duration", "duration (sec)", "dauer", "durée", "duración", "时长"),
    "exercise": ("exercise name", "name der übung", "nom de l'exercice", "nombre del ejercicio", "运动名称"),
    "kind": ("set order", "reihenfolge festlegen", "ordre de la série", "orden de la serie", "设置顺序"),
    "weight": ("weight", "weight (kg)", "weight (lb)", "weight (lbs)", "kg", "lb", "gewicht", "poids", "peso", "重量"),
    "unit": ("weight unit",),
    "reps": ("reps", "wiederh.", "réps", "rep.", "次"),
    "distance": ("distance", "distance (meters)", "km", "mi", "entfernung", "distancia", "距离"),
    "seconds": ("seconds", "sekunden", "secondes", "segundos", "秒"),
    "note": ("notes", "notizen", "notas", "备注"),
    "session note": (
        "workout notes", "workout-notizen", "notes d'entraînement", "notas del entrenamiento", "锻炼备注",
    ),
    "rpe": ("rpe",),
}  # fmt: skip
# The columns of the Android export, which some write without a header.
WITHOUT_HEADER = (
    "date", "title", "exercise", "kind", "weight", "unit", "reps", "rpe", "distance", "distance unit", "seconds",
    "note", "session note", "duration",
)  # fmt: skip
NOTES = {"note", "notes", "notiz", "notizen", "nota", "notas", "备注"}


class Strong(RowFormat):
    app = "Strong"
    meanings = {header: meaning for meaning, headers in HEADERS.items() for header in headers}
    needs = frozenset({"date", "title", "exercise", "kind", "weight", "reps"})

    @classmethod
    def recognises(cls, head: Sequence[Sequence[str]]) -> bool:
        return super().recognises(head) or cls._has_no_header(head)

    @classmethod
    def _has_no_header(cls, head: Sequence[Sequence[str]]) -> bool:
        first = head[0]
        if len(first) not in (len(WITHOUT_HEADER) - 1, len(WITHOUT_HEADER)):
            return False
        row = Row(1, list(first), {meaning: place for place, meaning in enumerate(WITHOUT_HEADER)})
        units = {cells.unit(each[WITHOUT_HEADER.index("unit")]) for each in head if len(each) == len(first)}
        return _is_date(row["date"]) and units <= {"kg", "lb", None} and (row["kind"].isdigit() or row["kind"] in "WDF")

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        self.has_header = not self._has_no_header(head)
        if self.has_header:
            return super().columns(head)
        return {meaning: place for place, meaning in enumerate(WITHOUT_HEADER)}

    def unit_of_header(self) -> str | None:
        return super().unit_of_header() if self.has_header else None

    def rows(self) -> Iterator[Row]:
        if self.has_header:
            yield from super().rows()
        else:
            for line, written in self.sheet.rows():
                yield Row(line, written, self.at)

    def kind(self, row: Row) -> KindOfSet:
        """A row whose set order is another word is of the rest timer, which only has seconds, or of a note."""
        kind = cells.kind(row["kind"])
        if row["kind"].isdecimal() or kind is not KindOfSet.WORKING:
            return kind
        word = plain_words(row["kind"])
        is_rest = cells.seconds(row["seconds"]) and not cells.count(row["reps"]) and word not in NOTES
        raise Left(NotTakenBecause.REST if is_rest else NotTakenBecause.NOTE)


def _is_date(written: str) -> bool:
    try:
        Dates().moment(written)
    except Left:
        return False
    return True
