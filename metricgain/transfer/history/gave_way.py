"""Records of before that are none any more, now that older sessions are known."""

from datetime import date

from analytics.records import records_feed
from metricgain.users.models import User

PAGES = 10  # of records, the latest first

Known = tuple[int, date, str]  # exercise, day, words


def records_of(user: User) -> set[Known]:
    """Returns the records of the sessions logged here."""
    found: set[Known] = set()
    own = {day for day in user.logs.filter(import_key=None).values_list("local_date", flat=True) if day}
    if not own:
        return found
    for number in range(1, PAGES + 1):
        days, has_more = records_feed(user, page=number)
        found |= {(one.exercise.id, one.day, record.words) for one in days if one.day in own for record in one.records}
        if not has_more or all(one.day < min(own) for one in days):
            break
    return found
