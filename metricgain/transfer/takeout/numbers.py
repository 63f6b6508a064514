"""Numbers rows in place of their ids: a temporary table has the line of each row in its file, so memory stays small."""

from collections.abc import Iterable

from django.db import connection
from psycopg import sql

from exercises.models import Exercise
from metricgain.transfer.takeout.exercise_names import NamedExercise
from metricgain.transfer.takeout.layout import MEMBERS, TakeoutMember, refers_to
from metricgain.users.models import User

TABLES = """
DROP TABLE IF EXISTS pg_temp.takeout_rows, pg_temp.takeout_exercises;
CREATE TEMPORARY TABLE takeout_exercises (id bigint PRIMARY KEY, name text COLLATE "C") ON COMMIT DROP;
CREATE TEMPORARY TABLE takeout_rows (member text, id bigint, number integer, PRIMARY KEY (member, id)) ON COMMIT DROP;
"""
# A number in JSON that may be an id.
ID_IN = "(CASE WHEN {path} ~ '^[0-9]{{1,18}}$' THEN ({path})::bigint END)"
# What the engine saw, by ids: further columns, which stand behind those of the member.
IN_JSON = {
    "prescriptions": (
        ("prescriptions", "r.inputs ->> 'plan'"),
        ("mesocycles", "r.inputs #>> '{parent,mesocycle}'"),
        ("workouts", "r.inputs #>> '{parent,workout}'"),
    )
}


def number_rows(user: User, exercises: Iterable[NamedExercise]) -> None:
    """Makes the numbers for the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        with cursor.copy("COPY takeout_exercises (id, name) FROM STDIN") as copy:
            for one in exercises:
                copy.write_row((one.id, one.name))
        cursor.execute("ANALYZE takeout_exercises")
        for member in MEMBERS:
            if member.numbered:
                number = sql.SQL("row_number() OVER (ORDER BY {order}, r.id)").format(order=sql.SQL(member.order))
                columns = [sql.Literal(member.name), sql.SQL("r.id"), number]
                statement = sql.SQL("INSERT INTO takeout_rows SELECT {} {}").format(
                    sql.SQL(", ").join(columns), rows_of(member, user)
                )
                cursor.execute(statement)
                cursor.execute("ANALYZE takeout_rows")


def rows_of(member: TakeoutMember, user: User) -> sql.Composed:
    """Returns FROM and WHERE of a member: its rows as r, its owner's numbers as o, its exercise as e."""
    parts: list[sql.Composable] = [sql.SQL("FROM {} r").format(sql.Identifier(member.model._meta.db_table))]
    above = member.owned_by()
    if above:
        parts.append(
            sql.SQL("JOIN takeout_rows o ON o.member = {} AND o.id = r.{}").format(
                sql.Literal(above.name), sql.Identifier(member.owner)
            )
        )
    if any(field.name == "exercise" for field in member.columns):
        parts.append(sql.SQL("JOIN takeout_exercises e ON e.id = r.exercise_id"))
    of_user = sql.SQL("r.{} = {}").format(sql.Identifier(member.owner), sql.Literal(user.pk))
    mine = sql.SQL("TRUE") if above else of_user
    parts.append(sql.SQL("WHERE {} AND {}").format(mine, sql.SQL(member.also)))
    return sql.SQL(" ").join(parts)


def selected(member: TakeoutMember, user: User, *, for_people: bool = False) -> sql.Composed:
    """Returns the SELECT of a member's rows in order, with numbers and names in place of ids."""
    columns = [_column(member, field) for field in member.columns]
    columns += [_number(name, sql.SQL(ID_IN.format(path=path))) for name, path in IN_JSON.get(member.name, ())]
    columns += [sql.SQL(text) for _, text in member.for_people] if for_people else []
    return sql.SQL("SELECT {} {} ORDER BY {}, r.id").format(
        sql.SQL(", ").join(columns), rows_of(member, user), sql.SQL(member.order)
    )


def _column(member: TakeoutMember, field) -> sql.Composable:
    column = sql.SQL("r.{}").format(sql.Identifier(field.column))
    model = refers_to(field)
    if model is None:
        return column
    if model is Exercise:
        return sql.SQL("(SELECT name FROM takeout_exercises WHERE id = {})").format(column)
    other = next(each for each in MEMBERS if each.model is model)
    return _number(other.name, column)


def _number(member: str, of: sql.Composable) -> sql.Composed:
    """Returns the number of the row with an id; NULL where the takeout has no such row."""
    return sql.SQL("(SELECT number FROM takeout_rows WHERE member = {} AND id = {})").format(sql.Literal(member), of)
