"""One number everywhere: opens every page that shows sets, volume or strength of one lifter, and compares them with
each other and with the database document's statements.

The lifter has what makes numbers differ: a deload, drop sets, a session over midnight, a phone in another time zone,
pounds and kilograms, help and body weight, a session while ill, and a mesocycle that was made from another. A statement
of the document knows neither units nor a lifter's own day, so it is asked for kilograms and for `local_date`."""

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from analytics.trends import monday_of
from exercises.models import Exercise
from exercises.tests.factories import ExerciseFactory
from metricgain.tests.database_document.questions import QUESTIONS, statements
from metricgain.tests.database_document.test_statements import OURS, ask, document
from metricgain.units import in_unit
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.models import Mesocycle, Set, Workout, WorkoutLog
from training.prescribing import writing
from training.prescribing.week_plan.history import History
from training.session import finishing, recording
from training.session.recording import Edit, SessionKey, TypedSet
from training.tests.factories import SlotFactory, WorkoutFactory, planned_workout

pytestmark = pytest.mark.django_db
HOME, AWAY = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
STATEMENTS = QUESTIONS | document()


@dataclass(frozen=True, slots=True)
class OddLifter:
    user: User
    press: Exercise  # pounds; never while ill, so its estimated strength is the same on every page
    row: Exercise  # kilograms
    chin: Exercise  # assisted
    crunch: Exercise  # the body alone
    parent: Mesocycle
    child: Mesocycle

    @property
    def mesocycles(self) -> tuple[Mesocycle, Mesocycle]:
        return self.parent, self.child

    @property
    def logs(self) -> list[WorkoutLog]:
        return list(WorkoutLog.objects.filter(user=self.user, sets__isnull=False).distinct().order_by("id"))


def plan(user: User, first: list[Exercise], second: list[Exercise]) -> list[Workout]:
    upper = planned_workout(user, *first, weeks=3, unit="lb")
    lower = WorkoutFactory(mesocycle=upper.mesocycle)
    for exercise in second:
        SlotFactory(workout=lower, exercise=exercise)
    writing.prescribe(History(upper.mesocycle, today=user.today()))
    return [upper, lower]


def train(workout: Workout, week: int, begins: datetime, *weights: str, drop: bool = False) -> None:
    """Does three sets of each exercise, one of them a drop set if `drop`, seven minutes apart, by the clock of
    `begins`."""
    address, at = SessionKey(workout.mesocycle.user_id, workout.id, week), begins
    asked = {one.exercise_id: one.id for one in workout.prescriptions.current().filter(week_number=week)}
    for slot, weight in zip(workout.slots.all(), weights, strict=True):
        for number in (1, 2, 3):
            typed = TypedSet(
                exercise_id=slot.exercise_id,
                number=number,
                weight=Decimal(weight),
                unit=slot.unit,
                reps=12 - number,
                rir=Decimal(1),
                set_type=Set.Type.DROP if drop and number == 3 else Set.Type.WORKING,
                prescription_id=asked.get(slot.exercise_id),
            )
            recording.log_set(address, Edit(at=at, local_date=at.date()), typed)
            at += timedelta(minutes=7)
    finishing.finish_workout(address, Edit(at=at, local_date=at.date()), now=at)


@pytest.fixture
def odd(client, db) -> OddLifter:
    user = UserFactory(timezone=HOME.key, preferences={"unit": "lb"})
    press, row = ExerciseFactory(name="Press"), ExerciseFactory(name="Row", muscle_group="back")
    chin = ExerciseFactory(name="Chin-up", muscle_group="bis", loading="assisted", equipment="machine")
    crunch = ExerciseFactory(name="Crunch", muscle_group="abs", loading="bodyweight", equipment="bodyweight")
    monday = monday_of(user.today()) - timedelta(weeks=12)

    def at(week: int, day: int, hour: int, minute: int = 0, zone: ZoneInfo = HOME) -> datetime:
        that = monday + timedelta(weeks=week - 1, days=day)
        return datetime(that.year, that.month, that.day, hour, minute, tzinfo=zone)

    upper, lower = plan(user, [press, chin], [row, crunch])
    train(upper, 1, at(1, 0, 23, 50), "185", "40")  # over midnight
    train(lower, 1, at(1, 3, 18), "80", "0")
    recording.say_ill(SessionKey(user.id, lower.id, 1), Edit(at=at(1, 3, 19), local_date=monday), ill=True)
    train(upper, 2, at(2, 0, 18), "190", "35", drop=True)
    train(lower, 2, at(3, 0, 1, zone=AWAY), "82.5", "0", drop=True)  # a Monday there, a Sunday at home
    train(upper, 3, at(3, 2, 18), "95", "40")
    train(lower, 3, at(3, 4, 18), "40", "0")
    again, once = plan(user, [press, chin], [row, crunch])
    train(again, 1, at(5, 0, 23, 50), "195", "30")
    train(once, 1, at(5, 3, 18), "85", "0", drop=True)
    train(again, 2, at(6, 0, 18), "200", "25")
    Mesocycle.objects.filter(id=again.mesocycle_id).update(parent_mesocycle=upper.mesocycle, copied_from_week=1)
    parent, child = Mesocycle.objects.filter(user=user).order_by("id")
    assert (parent.status, child.status, child.current_week) == ("completed", "active", 2)
    client.force_login(user)
    return OddLifter(user, press, row, chin, crunch, parent, child)


def stated(name: str, *values: object) -> list[tuple]:
    """Asks a statement of the document, for kilograms and the lifter's own day. Help is no volume, which the document
    does not know; here no other exercise trains that muscle."""
    statement = re.sub(r"\bweight\b", "weight_kg", STATEMENTS[name])
    statement = re.sub(r"date_trunc\('week', \w+\.performed_at\)", "date_trunc('week', local_date)", statement)
    return ask(statement, list(values))


def drops(odd: OddLifter, field: str) -> Counter:
    """Counts drop rows, which the document counts as sets, by a field of the log and by muscle."""
    rows = Set.objects.filter(user=odd.user).exclude(set_type__in=Set.COUNTING)
    return Counter(rows.values_list(f"workout_log__{field}", "exercise__muscle_group"))


def by_week(odd: OddLifter) -> dict[tuple[int, int], dict[str, tuple[int, Decimal]]]:
    """Returns sets and kilograms of each muscle by (mesocycle, week), as the document's statements have them."""
    found = defaultdict(dict)
    for mesocycle in odd.mesocycles:
        for week, muscle, volume in stated("Volume progression across weeks", mesocycle.id):
            logs = WorkoutLog.objects.filter(mesocycle=mesocycle, week_number=week)
            sets = Set.objects.filter(workout_log__in=logs, exercise__muscle_group=muscle).count()
            sets -= sum(drops(odd, "id")[log.id, muscle] for log in logs)
            found[mesocycle.id, week][muscle] = sets, Decimal(0) if muscle == "bis" else volume
    return found


def page(client, name: str, *ids: int, **query: object):
    answer = client.get(reverse(f"analytics:{name}", args=ids), query)
    assert answer.status_code == 200
    return answer.context


def test_the_lifter_has_what_makes_numbers_differ(odd):
    assert sum(drops(odd, "id").values()) == 6
    assert len({one.astimezone(HOME).date() for one in Set.objects.values_list("performed_at", flat=True)}) == 11
    away = odd.parent.logs.get(week_number=2, workout__slots__exercise=odd.row)
    assert away.local_date != odd.user.day_of(away.performed_at)
    assert set(odd.logs[0].sets.values_list("unit", flat=True)) == {"lb"}
    assert {log.ease for log in WorkoutLog.objects.with_ease()} == {None, "ill", "deload"}


def test_weeks_of_a_mesocycle_have_the_same_sets_and_volume_on_every_page(client, odd):
    told = by_week(odd)
    assert len(told) == 5
    for (mesocycle, number), muscles in told.items():
        sets, volume = (sum(column) for column in zip(*muscles.values(), strict=True))
        week = page(client, "progress", mesocycle=mesocycle, week=number)["week"]
        assert {one.muscle: one.done for one in week.muscles if one.done} == {one: n for one, (n, _) in muscles.items()}
        assert (week.number, week.sets_done, week.volume_kg) == (number, sets, volume)
        summary = page(client, "mesocycle_progress", mesocycle)["summary"]
        one = summary.weeks[number - 1]
        assert (one.done_sets, one.volume_kg, one.sessions_done) == (sets, volume, week.sessions_done)
        assert sum(row.cells[number - 1][0] for row in summary.muscles) == sets
        assert one.prescribed_sets == week.sets_planned
    [only] = page(client, "mesocycle_progress", odd.child.id)["summary"].compared
    now, before = (tuple(map(sum, zip(*told[one.id, 1].values(), strict=True))) for one in odd.mesocycles[::-1])
    assert (only.number, only.number_before) == (1, 1)
    assert ((only.sets, only.volume_kg), (only.sets_before, only.volume_before_kg)) == (now, before)
    assert page(client, "progress")["week"].number == 2


def test_calendar_weeks_have_the_same_sets_and_volume(client, odd):
    told = defaultdict(dict)
    extra = drops(odd, "local_date")
    for week, muscle, sessions, sets, volume, *_ in stated("Volume Trends", odd.user.id):
        monday = week.date()
        dropped = sum(count for (day, of), count in extra.items() if of == muscle and monday_of(day) == monday)
        told[muscle][monday] = sets - dropped, Decimal(0) if muscle == "bis" else volume, sessions
    assert set(told) == {"chest", "back", "bis", "abs"}
    averages = {}
    for muscle, weeks in told.items():
        context = page(client, "enough", muscle=muscle, period="all")
        felt = {one.week: (one.sets, one.volume_kg) for one in context["page"]}
        assert {week: row for week, row in felt.items() if row[0]} == {one: row[:2] for one, row in weeks.items()}
        averages = {one.muscle: one for one in context["muscles"]}
    hard, deloads = context["weeks"].hard, context["weeks"].deloads
    assert (len(hard), len(deloads)) == (4, 1)
    for muscle, weeks in told.items():
        for some, average in ((hard, averages[muscle].average), (deloads, averages[muscle].deload_average)):
            assert average == f"{Decimal(sum(weeks[one][0] for one in some if one in weeks)) / len(some):.1f}"
    every = sum(sets for weeks in told.values() for sets, *_ in weeks.values())
    assert every == sum(sets for muscles in by_week(odd).values() for sets, _ in muscles.values())


def test_a_finished_session_has_the_sets_and_volume_of_its_week(client, odd):
    sums = defaultdict(Counter)
    for log in odd.logs:
        summary = (
            client.get(reverse("training:workout_detail", args=[log.workout_id, log.week_number]))
            .context["session"]
            .summary
        )
        for one in summary.muscles:
            sums[log.mesocycle_id, log.week_number][one.muscle] += one.sets
            [(volume,)] = stated("Total volume for a muscle group in a workout", log.id, one.muscle)
            assert one.volume == (0 if one.muscle == "bis" else round(in_unit(volume, "lb")))
    assert sums == {place: {one: sets for one, (sets, _) in told.items()} for place, told in by_week(odd).items()}


def test_the_history_of_exercises_and_the_download_have_every_set(client, odd):
    answer = client.get(reverse("analytics:sets_download"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    for (mesocycle, week), muscles in by_week(odd).items():
        here = [one for one in rows if (int(one["mesocycle_id"]), int(one["week_number"])) == (mesocycle, week)]
        counted = Counter(one["muscle_group"] for one in here if one["set_type"] in Set.COUNTING)
        assert counted == {one: sets for one, (sets, _) in muscles.items()}
        volume = sum(Decimal(one["volume"] or 0) for one in here)
        assert volume == sum(kilograms for _, kilograms in muscles.values())
    for exercise in (odd.press, odd.row, odd.chin, odd.crunch):
        sessions = page(client, "exercise_history", exercise.id, period="all")["page"].object_list
        of_it = [one for one in rows if int(one["exercise_id"]) == exercise.id]
        assert sorted((one.date.isoformat(), len(one.sets)) for one in sessions) == sorted(
            Counter(one["session_date"] for one in of_it).items()
        )


def test_the_lineage_counts_the_same_sets_as_the_weeks(client, odd):
    told = by_week(odd)
    for step in page(client, "mesocycle_lineage", odd.child.id)["steps"]:
        done = [sets for (of, _), muscles in told.items() if of == step.mesocycle.id for sets, _ in muscles.values()]
        assert step.done_sets == sum(done)


def test_estimated_strength_is_the_same_on_every_page(client, odd):
    [shown] = [one for one in page(client, "stronger", period="all")["strengths"] if one.exercise == odd.press]
    points = page(client, "exercise_history", odd.press.id, period="all")["strength"].points
    assert shown.points == points
    days = [day for day, _ in points]
    assert len(points) == len(set(days)) == 4  # the deload tests none
    steps = page(client, "mesocycle_lineage", odd.child.id)["steps"]
    ends = [(one.first, one.last) for step in steps for one in step.strength if one.exercise == odd.press]
    values = [value for _, value in points]
    assert ends == [tuple(values[2:]), tuple(values[:2])]
    [one] = [
        one
        for one in page(client, "mesocycle_progress", odd.child.id)["summary"].strengths
        if one.exercise_id == odd.press.id
    ]
    assert (one.before, one.now) == (values[0], values[2])  # the first week of both


def test_bests_are_those_of_our_statement_and_records_are_among_them(client, odd):
    statement = statements(OURS.read_text())["Bests of an exercise"]
    bests = {}
    for exercise in (odd.press, odd.row, odd.chin, odd.crunch):
        told = {weight: reps for weight, reps, _ in ask(statement, [exercise.id, odd.user.id])}
        shown = page(client, "exercise_history", exercise.id, period="all")["records"]
        kilograms = dict(Set.objects.filter(exercise=exercise).values_list("weight", "weight_kg"))
        assert {kilograms[one.weight]: one.reps for one in shown} == told
        bests[exercise.id] = {f"{one.weight.normalize():f} {one.unit}" for one in shown}
    easy = {log.local_date for log in WorkoutLog.objects.with_ease() if log.ease}
    first = {
        exercise: min(log.local_date for log in odd.logs if log.sets.filter(exercise=exercise)) for exercise in bests
    }
    feed = page(client, "records")["records"]
    assert {one.exercise for one in feed} == {odd.press, odd.row, odd.chin}  # the body alone never did more
    for one in feed:
        assert one.day not in easy and one.day > first[one.exercise.id]
        for record in one.records:
            assert any(weight in record.words for weight in bests[one.exercise.id])


def test_today_asks_the_sets_that_progress_plans(client, odd):
    upcoming = client.get(reverse("training:today")).context["upcoming"]
    week = page(client, "progress")["week"]
    assert upcoming.occurrence.week == week.number
    asked = Counter()
    for one in upcoming.prescriptions:
        asked[one.exercise.muscle_group] += one.sets
    assert asked == {one.muscle: one.planned for one in week.muscles if one.muscle in asked}
