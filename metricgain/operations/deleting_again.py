"""Deletes accounts again that a restored or recovered database has, although their lifters deleted them since."""

from collections.abc import Callable
from pathlib import Path

import psycopg

from metricgain.operations.servers import databases
from metricgain.users.leaving import ledger
from metricgain.users.leaving.deletion import delete_again
from metricgain.users.leaving.ledger import Line

Say = Callable[[str], object]


def known(*more: Path) -> set[Line]:
    """Returns the lines of all ledgers: in our database, in the files, and in the files of other folders. Raises
    OSError for a file that cannot be read."""
    lines = ledger.in_files([*ledger.folders(), *more])
    try:
        with databases.session() as opened, opened.cursor() as cursor:
            return lines | ledger.in_table(cursor)
    except (psycopg.Error, databases.DatabaseRefused):  # it may be broken, and be replaced for that
        return lines


def delete_known(opened: psycopg.Connection, lines: set[Line], say: Say) -> None:
    """Deletes in the database of this session the accounts of these lines, and says how many."""
    with opened.transaction(), opened.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        count = delete_again(cursor, lines)
    if count:
        accounts = "1 account that was" if count == 1 else f"{count} accounts that were"
        say(f"Deleted again: {accounts} deleted since")


def write_up(*more: Path) -> None:
    """Appends to each file what it lacks. Raises OSError."""
    ledger.write_up(known(*more), [*ledger.folders(), *more])


def settle(say: Say) -> None:
    """Applies the ledger to our own database, which its owner may have recovered by other means, and writes the files
    up."""
    try:
        with databases.session() as opened:
            delete_known(opened, known(), say)
        write_up()
    except OSError as error:
        say(f"THE LEDGER OF DELETED ACCOUNTS CANNOT BE READ OR WRITTEN in BACKUP_DIR: {error}")
