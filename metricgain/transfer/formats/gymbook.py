"""GymBook, whose export is in the phone's language: headers, units and the kinds of sets.

Three headers name what their cells may say, with slashes between ("Set / Warm-up Set / Cool-down Set"), so these words
need no table of languages."""

import re
from datetime import datetime

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left, plain_words
from metricgain.transfer.formats.rows import Row, RowFormat
from metricgain.transfer.logbook import AppSession, AppSet, KindOfSet, NotTakenBecause

# Meaning: the headers in Italian, English, German, Spanish and French.
HEADERS = {
    "date": ("data", "date", "datum", "fecha"),
    "title": ("programma", "workout", "routine", "program", "programm", "plan", "trainingsplan", "programa", "rutina",
              "programme"),
    "time": ("orario", "ora", "time", "uhrzeit", "zeit", "hora", "heure"),
    "exercise": ("esercizio", "exercise", "übung", "ejercicio", "exercice"),
    "kind": ("set / set di riscaldamento / set di defaticamento", "set / warm-up set / cool-down set",
             "set / warmup set / cooldown set", "set / warm up set / cool down set",
             "satz / aufwärmsatz / abkühlsatz", "satz / aufwärmsatz / cool-down-satz",
             "serie / serie de calentamiento / serie de enfriamiento", "série / série d'échauffement / "
             "série de récupération", "série / série d'échauffement / série de retour au calme"),
    "reps": ("ripetizioni / tempo", "reps / time", "repetitions / time", "reps / duration", "wiederholungen / zeit",
             "wiederholungen / dauer", "repeticiones / tiempo", "répétitions / temps", "répétitions / durée"),
    "weight": ("peso / distanza", "weight / distance", "gewicht / distanz", "gewicht / strecke", "gewicht / entfernung",
               "peso / distancia", "poids / distance"),
    "note": ("appunti", "note", "notes", "notizen", "notiz", "notas"),
    "skipped": ("saltato", "skipped", "übersprungen", "ausgelassen", "omitido", "saltado", "ignoré", "sauté"),
}  # fmt: skip
AMOUNT = re.compile(r"([-0-9.,]+)\s*(.*)")
NOT = {"", "no", "nein", "non", "0", "false"}


class GymBook(RowFormat):
    app = "GymBook"
    meanings = {header: meaning for meaning, headers in HEADERS.items() for header in headers}
    needs = frozenset({"date", "exercise", "kind", "reps", "weight"})

    def unit_of_header(self) -> str | None:
        return None

    def session(self, row: Row) -> AppSession:
        """The time is that of the set; the earliest of a day and workout starts the session."""
        moment = self.dates.moment(f"{row['date']} {row['time']}".strip())
        session = self.book.session(row["date"], cells.name(row["title"]), moment)
        session.starts = min(session.starts, moment.at, key=_naive)
        return session

    def logged(self, row: Row) -> AppSet:
        if plain_words(row["skipped"]) not in NOT:
            raise Left(NotTakenBecause.NOT_DONE)
        one = AppSet(row.line, self.exercise(row), kind=self.kind(row), note=row["note"])
        many, what = _amount(row["reps"])
        if self._is_first_word("reps", what):
            one.reps = cells.count(many)
        else:
            one.seconds = cells.seconds(f"{many} {what}")
        weight, unit = _amount(row["weight"])
        if found := cells.unit(unit):
            one.weight, one.unit = cells.number(weight), found
        else:
            one.went_far = bool(unit and cells.number(weight))
        return one

    def kind(self, row: Row) -> KindOfSet:
        """Only a plain set is working: warming up and cooling down are both too light to say anything."""
        plain = plain_words(self.sheet.head[0][self.at["kind"]]).split(" / ")[0]
        return KindOfSet.WORKING if plain_words(row["kind"]) == plain else KindOfSet.WARM_UP

    def _is_first_word(self, meaning: str, word: str) -> bool:
        """Whether a unit is the one that stands first in the header: "reps" in "Reps / Time"."""
        first = plain_words(self.sheet.head[0][self.at[meaning]]).split(" / ")[0]
        return not word or plain_words(word)[:3] == first[:3]


def _amount(written: str) -> tuple[str, str]:
    found = AMOUNT.fullmatch(written)
    return (found[1], found[2].strip()) if found else (written, "")


def _naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
