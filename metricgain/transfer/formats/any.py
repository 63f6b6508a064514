"""Any table with a date, an exercise and what was done. Its columns are guessed from the words of its header, or the
lifter points them out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Self
from zoneinfo import ZoneInfo

from metricgain.transfer.files.sheet import Sheet
from metricgain.transfer.files.unreadable import Unrecognised, shown
from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left, plain_words
from metricgain.transfer.formats.dates import DAY_FIRST, MONTH_FIRST, Dates
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppLog

# Meaning: the words of a header, in several languages. What stands in brackets in a header is left out before.
WORDS = {
    "date": "date day datum tag fecha día dia data giorno jour dato datetime timestamp start started beginn "
    "tarih дата 日期 日付 날짜 dag",
    "time": "time uhrzeit hora ora heure orario saat время 时间 時刻",
    "exercise": "exercise movement lift name übung ejercicio exercício exercicio esercizio exercice oefening övning "
    "ćwiczenie egzersiz упражнение 动作 運動 種目 운동",
    "weight": "weight load kg kgs lb lbs gewicht peso poids carga charge gewicht vikt ciężar ağırlık вес 重量 무게",
    "unit": "unit units einheit unidad unidade unità unité enhet jednostka birim",
    "reps": "reps rep repetitions wiederholungen wdh repeticiones repetições repeticoes ripetizioni répétitions "
    "herhalingen repetitioner powtórzenia tekrar повторения 次数 回数 횟수",
    "sets": "sets series sätze séries serie",
    "kind": "kind type satztyp tipo",
    "rpe": "rpe",
    "rir": "rir",
    "seconds": "seconds secs sec duration sekunden dauer segundos secondi secondes durée duración sekunder",
    "note": "note notes comment comments notiz notizen kommentar nota notas appunti commentaire notatki",
    "title": "workout session routine title training entrenamiento treino allenamento séance seance program",
}
ORDERS = {"date d/m/y": DAY_FIRST, "date m/d/y": MONTH_FIRST}  # a date of which the lifter said how to read it
LONGER = {
    "exercise name": "exercise", "exercise title": "exercise", "workout name": "title", "workout date": "date",
    "start time": "date", "weight kg": "weight", "weight lbs": "weight", "weight unit": "unit", "set type": "kind",
}  # fmt: skip
UNITS = ("kg", "kgs", "kilos", "lb", "lbs", "pounds")  # behind a word of a header: "Load kg"
POINT_OUT = (
    "Nobody here knows this file. Say which column has the date, which the exercise, and which the reps or seconds."
)


def guessed(header: Sequence[str]) -> dict[str, int]:
    """Returns the place of each meaning that a header has a word for."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        words = plain_words(name.partition("(")[0].replace("_", " "))
        alone = " ".join(word for word in words.split() if word not in UNITS) or words
        if meaning := AnyTable.meanings.get(words) or AnyTable.meanings.get(alone):
            found.setdefault(meaning, place)
    return found


def columns_by_place(header: Sequence[str]) -> dict[int, str]:
    return {place: meaning for meaning, place in guessed(header).items()}


def is_enough(at: Mapping[str, int]) -> bool:
    return AnyTable.needs <= at.keys() and not {"reps", "seconds"}.isdisjoint(at)


class AnyTable(RowFormat):
    app = "a table"
    meanings = {word: meaning for meaning, words in WORDS.items() for word in words.split()} | LONGER
    needs = frozenset({"date", "exercise"})

    def __init__(self, sheet: Sheet, zone: ZoneInfo) -> None:
        self.order: str | None = None
        super().__init__(sheet, zone)
        self.has_header = self._has_header()

    @classmethod
    def pointed_out(cls, sheet: Sheet, zone: ZoneInfo, columns: Mapping[int, str]) -> Self:
        """Reads the columns as a lifter named them."""
        found = cls(sheet, zone)
        found.at = {"date" if meaning in ORDERS else meaning: place for place, meaning in columns.items()}
        if not is_enough(found.at):
            raise Unrecognised(POINT_OUT, sheet.head)
        found.order = next((ORDERS[meaning] for meaning in columns.values() if meaning in ORDERS), None)
        found.has_header = found._has_header()
        found.weight_unit = found.unit_of_header() if found.has_header else None
        return found

    @classmethod
    def recognises(cls, head: Sequence[Sequence[str]]) -> bool:
        return is_enough(guessed(head[0]))

    def read(self) -> AppLog:
        if self.numbers_sets():
            del self.at["sets"]
        logbook = super().read()
        logbook.head, logbook.columns = shown(self.sheet.head), {place: meaning for meaning, place in self.at.items()}
        return logbook

    def numbers_sets(self) -> bool:
        """Whether the column of sets says which set it is, 1, 2, 3, and not how many there were."""
        if "sets" not in self.at:
            return False
        before, steps = ("", "", 0), Counter[bool]()
        for row in self.rows():
            this = (row["date"], row["exercise"], cells.count(row["sets"]) or 0)
            if this[:2] == before[:2]:
                steps[this[2] == before[2] + 1] += 1
            before = this
        return steps[True] > steps[False]

    def columns(self, head: Sequence[Sequence[str]]) -> dict[str, int]:
        return guessed(head[0])

    def unit_of_header(self) -> str | None:
        place = self.at.get("weight", -1)
        header = self.sheet.head[0]
        return cells.unit_in(header[place]) if 0 <= place < len(header) else None

    def _has_header(self) -> bool:
        first = Row(1, self.sheet.head[0], self.at)
        try:
            Dates.of([first["date"]]).moment(first["date"])
        except Left:
            return True
        return False

    def rows(self) -> Iterator[Row]:
        rows = self.sheet.rows()
        if self.has_header:
            next(rows)
        for line, written in rows:
            yield Row(line, written, self.at)

    def dates_of_file(self) -> Dates:
        return Dates.of((row["date"] for row in self.rows()), self.order)
