"""Stores the sessions of a file: all that are new, in one transaction, as archived mesocycles of the import."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import batched

from django.db import connection, transaction

from metricgain.names import clean_name
from metricgain.postgresql.limits import unlimited
from metricgain.transfer.history.blocks import WeeksInARow, blocks_of, leave_what_is_to_come, local_start
from metricgain.transfer.history.gave_way import records_of
from metricgain.transfer.history.here import key_of, new_weighings, read_here
from metricgain.transfer.history.name_meanings import NEW, NamesMeant, chosen
from metricgain.transfer.history.session_rows import Meanings, StoredSet, digest_of, notes_of, set_rows, supersets_of
from metricgain.transfer.logbook import AppLog, AppSession, NotTakenBecause
from metricgain.transfer.units import as_typed
from metricgain.users.models import BodyWeight, User
from training.models import Import, Mesocycle, Workout, WorkoutExercise, WorkoutLog
from training.models.bounds import SETS

BLOCKS_AT_ONCE = 8
COPIED = """COPY sets (workout_log_id, user_id, exercise_id, set_number, weight, unit, reps, seconds, rir, set_type,
    extends, performed_at, edited_at) FROM STDIN"""
Say = Callable[[int, str], object]


@dataclass(slots=True)
class StoredCounts:
    """What became of a file. `changed`: sessions that were here, and were brought up to the file."""

    sessions: int = 0
    changed: int = 0
    sets: int = 0
    left: Counter[NotTakenBecause] = field(default_factory=Counter)
    names_new: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """A session, the sets that are stored of it, and by exercise its superset and its notes."""

    session: AppSession
    key: str
    digest: str
    rows: list[StoredSet]
    supersets: dict[int, int]
    notes: dict[int, str]


def store(import_: Import, book: AppLog, *, now: datetime, say: Say = lambda per_cent, words: None) -> Import:
    """Stores what the lifter chose. Nothing is stored unless all is; a second call changes nothing."""
    with unlimited(), transaction.atomic():
        take_turn(import_.user)
        locked = Import.objects.select_for_update().select_related("user").get(id=import_.id)
        if locked.stored_at is None:
            before = records_of(locked.user)
            stored = _Storing(locked, book, now, say).run()
            locked.stored_at = now
            locked.sessions, locked.sets, locked.names_new = stored.sessions, stored.sets, stored.names_new
            locked.rows_not_taken = stored.left.total()
            gave_way = len(before - records_of(locked.user)) if before else 0
            locked.look = {"left": dict(stored.left), "changed": stored.changed, "gave_way": gave_way}
            locked.look |= {"unit": unit} if (unit := locked.choices.get("unit")) else {}
            locked.choices = {}
            locked.save()
    return locked


def take_turn(user: User) -> None:
    """Waits, to the end of the transaction, while another import of the lifter is being stored or undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {user.pk}"])


class _Storing:
    def __init__(self, import_: Import, book: AppLog, now: datetime, say: Say):
        self.import_, self.book, self.now, self.say = import_, book, now, say
        self.user, self.zone = import_.user, import_.user.zone
        self.stored = StoredCounts()

    def run(self) -> StoredCounts:
        self.say(1, "Reading what you have")
        leave_what_is_to_come(self.book, self.user, now=self.now)
        digests = list(map(digest_of, self.book.sessions))
        choices = self.import_.choices
        as_typed(self.book, choices.get("unit"))
        names = chosen((self.import_.look or {})["names"], choices.get("names", {}))
        library = NamesMeant(self.user)
        meanings = library.meanings(names, choices.get("names", {}))
        self.import_.new_exercises, self.import_.new_aliases = library.new_exercises, library.new_aliases
        self.stored.names_new = sum(one["how"] == NEW for one in names)
        fresh, changed = self.parted(digests, meanings, with_changed=bool(choices.get("changed")))
        self.stored.sessions = len(fresh)
        done = 0
        by_session = {id(one.session): one for one in fresh}
        blocks = blocks_of((one.session for one in fresh), self.zone)
        for some in batched(blocks, BLOCKS_AT_ONCE):
            self.write(some, by_session)
            done += sum(len(week) for block in some for week in block.weeks)
            self.say(5 + 90 * done // max(1, len(fresh)), f"{done:,} of {len(fresh):,} sessions")
        for log, one in changed:
            self.replace(log, one)
        self.stored.changed = len(changed)
        self.stored.left.update(self.book.left)
        weighings = new_weighings(self.user, self.book).items()
        BodyWeight.objects.bulk_create(BodyWeight(user=self.user, date=day, kg=kg) for day, kg in weighings)
        return self.stored

    def parted(
        self, digests: Iterable[str], meanings: Meanings, *, with_changed: bool
    ) -> tuple[list[Filled], list[tuple[int, Filled]]]:
        """Returns the sessions that are new, and with the ids of their logs those that the file has otherwise."""
        here = read_here(self.user)
        fresh, changed = list[Filled](), list[tuple[int, Filled]]()
        for session, digest in zip(self.book.sessions, digests, strict=True):
            rows, left = set_rows(session, meanings)
            self.stored.left.update(reason for _, reason in left)
            kept = supersets_of(session, meanings), notes_of(session, meanings)
            one = Filled(session, key_of(self.book.app, session), digest, rows, *kept)
            known = here.by_key.get(one.key)
            if known and known.digest != digest and with_changed:
                changed.append((known.log, one))
            elif rows and not known and not here.has_done(session, rows):
                fresh.append(one)
        return fresh, changed

    def write(self, blocks: Iterable[WeeksInARow], filled: Mapping[int, Filled]) -> None:
        """Writes the mesocycles of some blocks, and all that they have."""
        mesocycles = Mesocycle.objects.bulk_create(self.mesocycle(block) for block in blocks)
        placed = [
            (mesocycle, week, place, filled[id(session)])
            for mesocycle, block in zip(mesocycles, blocks, strict=True)
            for week, sessions in enumerate(block.weeks, start=1)
            for place, session in enumerate(sessions, start=1)
        ]
        workouts = Workout.objects.bulk_create(self.workout(*one) for one in placed)
        slots = (slot for workout, (*_, one) in zip(workouts, placed, strict=True) for slot in slots_of(workout, one))
        WorkoutExercise.objects.bulk_create(slots, batch_size=1000)
        logs = WorkoutLog.objects.bulk_create(
            self.log(workout, *one) for workout, one in zip(workouts, placed, strict=True)
        )
        self.copy((log.id, one) for log, (*_, one) in zip(logs, placed, strict=True))

    def mesocycle(self, block: WeeksInARow) -> Mesocycle:
        last = self.starts(block.weeks[-1][-1])
        return Mesocycle(
            user=self.user,
            imported_by=self.import_,
            name=f"{self.book.app}, {months_of(block)}",
            status=Mesocycle.Status.ARCHIVED,
            duration_weeks=block.duration,
            current_week=len(block.weeks),
            days_per_week=block.days_per_week,
            start_date=block.first,
            end_date=block.last,
            completed_at=last,
        )

    def workout(self, mesocycle: Mesocycle, week: int, place: int, one: Filled) -> Workout:
        day = local_start(one.session, self.zone).date()
        return Workout(
            mesocycle=mesocycle,
            name=clean_name(one.session.title)[:255] or f"{day:%A}, {day.day} {day:%B}",
            only_week=week,
            day_of_week=day.weekday(),
            position_in_week=place,
        )

    def log(self, workout: Workout, mesocycle: Mesocycle, week: int, place: int, one: Filled) -> WorkoutLog:
        return WorkoutLog(
            workout=workout,
            mesocycle=mesocycle,
            user=self.user,
            week_number=week,
            status=WorkoutLog.Status.COMPLETED,
            import_key=one.key,
            **self.said_of(one),
        )

    def said_of(self, one: Filled) -> dict[str, object]:
        """Returns the columns of a log that the file says."""
        starts = self.starts(one.session)
        began = starts if one.session.has_time else None
        return {
            "performed_at": starts,
            "local_date": local_start(one.session, self.zone).date(),
            "started_at": began,
            "completed_at": began and one.session.seconds and began + timedelta(seconds=one.session.seconds),
            "performed_edited_at": self.now,  # the times are the file's, not those of storing
            "notes": one.session.note or None,
            "import_digest": one.digest,
        }

    def starts(self, session: AppSession) -> datetime:
        return local_start(session, self.zone).astimezone(UTC)

    def replace(self, log_id: int, one: Filled) -> None:
        """Brings a session up to the file. It stays where it is."""
        log = WorkoutLog.objects.select_related("workout").get(id=log_id)
        log.sets.all().delete()
        log.deleted_sets.all().delete()
        log.workout.slots.all().delete()
        WorkoutExercise.objects.bulk_create(slots_of(log.workout, one))
        WorkoutLog.objects.filter(id=log_id).update(**self.said_of(one))
        self.copy([(log_id, one)])

    def copy(self, filled: Iterable[tuple[int, Filled]]) -> None:
        with connection.cursor() as cursor, cursor.copy(COPIED) as copy:
            for log, one in filled:
                starts = self.starts(one.session)
                for row in one.rows:
                    copy.write_row(self.columns(log, row, starts + timedelta(seconds=row.place)))
                self.stored.sets += len(one.rows)

    def columns(self, log: int, row: StoredSet, at: datetime) -> tuple:
        what = (row.exercise, row.number, row.weight, row.unit, row.reps, row.seconds, row.rir, row.set_type)
        return (log, self.user.pk, *what, row.extends, at, self.now)


def slots_of(workout: Workout, one: Filled) -> Iterator[WorkoutExercise]:
    """Yields the slots of a session: an exercise each, in the order of the file."""
    done = Counter(row.exercise for row in one.rows)
    for position, (exercise, sets) in enumerate(done.items()):
        yield WorkoutExercise(
            workout=workout,
            exercise_id=exercise,
            position=position,
            target_sets=SETS.nearest(sets),
            superset=one.supersets.get(exercise),
            notes=one.notes.get(exercise),
        )


def months_of(block: WeeksInARow) -> str:
    """Returns "February 2021", or "February to March 2021", or with both years."""
    first, last = block.first, block.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B} {last.year}"
