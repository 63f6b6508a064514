"""FitNotes, its CSV: older, newer, and of iOS. Its text is not quoted, so a comma in a name moves the row."""

from collections.abc import Iterator

from metricgain.transfer.formats import cells
from metricgain.transfer.formats.cells import Left
from metricgain.transfer.formats.rows import Row, RowFormat

MOST_COMMAS = 6  # that a row may have beyond its columns


class FitNotes(RowFormat):
    app = "FitNotes"
    meanings = {
        "date": "date",
        "exercise": "exercise",
        "category": "category",
        "weight": "weight",
        "weight (kg)": "weight",
        "weight (kgs)": "weight",
        "weight (lb)": "weight",
        "weight (lbs)": "weight",
        "weight unit": "unit",
        "reps": "reps",
        "distance": "distance",
        "distance unit": "distance unit",
        "time": "seconds",
        "comment": "note",
        "notes": "note",
        "kind": "kind",
    }
    needs = frozenset({"date", "exercise", "category", "weight", "reps", "distance unit", "seconds"})

    def rows(self) -> Iterator[Row]:
        columns = len(self.sheet.head[0])
        for row in super().rows():
            if columns < len(row.cells) <= columns + MOST_COMMAS:
                row.cells = self._repaired(row, columns)
            yield row

    def _repaired(self, row: Row, columns: int) -> list[str]:
        """Returns the row with the cells of its name joined again, and those of its last note."""
        extra = len(row.cells) - columns
        for of_name in range(extra, -1, -1):
            of_note = extra - of_name
            name = [", ".join(cell.strip() for cell in row.cells[1 : 2 + of_name])]
            middle = row.cells[2 + of_name : len(row.cells) - of_note - 1]
            tried = [row.cells[0], *name, *middle, ", ".join(row.cells[len(row.cells) - of_note - 1 :])]
            if self._fits(Row(row.line, tried, row.at)):
                return tried
        return row.cells

    def _fits(self, row: Row) -> bool:
        try:
            for meaning in ("weight", "reps", "distance"):
                cells.number(row[meaning])
            cells.seconds(row["seconds"])
        except Left:
            return False
        return not row["unit"] or cells.unit(row["unit"]) is not None
