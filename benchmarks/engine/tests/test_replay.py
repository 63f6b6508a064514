"""The engine beside real logs: what is read, what is left out, what is compared, and that a broken rule is noticed."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from benchmarks.engine import invariants, logbook, replay, set_invariants, weeks
from benchmarks.engine.agreement import Agreement, Forecast, SessionOutcome, expected_reps, gain
from benchmarks.engine.expectations import EXPECTED, LAST, LAST_AT_WEIGHT, expected
from benchmarks.engine.set_invariants import SetsAsked
from training.progression import Ex, Grid, PlannedSets, SlotCtx

D = Decimal
LOGS = settings.BASE_DIR.parent / "shared" / "data"
HEAD = "lifter,source_app,workout_no,started_at,row_no,exercise,set_type,weight,weight_unit,reps,seconds,distance,rpe"
BENCH = "Bench Press (Barbell)"


def rows(*sessions, lifter="alice", exercise=BENCH, unit="kg", days=7):
    """Sessions a week apart, each as "100x8 100x8 60x12w": weight x reps and the first letter of an odd set type."""
    types = {"w": "warmup", "d": "drop", "f": "failure"}
    lines = [HEAD]
    for number, session in enumerate(sessions):
        day = date(2026, 1, 5) + timedelta(days=days * number)
        for place, text in enumerate(session.split()):
            odd = types.get(text[-1])
            weight, reps = text.rstrip("wdf").split("x")
            kind = odd or "normal"
            lines.append(f"{lifter},any,{number},{day}T18:00:00,{place},{exercise},{kind},{weight},{unit},{reps},,,")
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def steps(*sessions, mode=weeks.OWN, **more):
    (series,) = logbook.logbook(rows(*sessions, **more)).series
    return list(weeks.replay(series, mode=mode, seconds=[]))


def shown(step):
    return f"{step.plan.weight.normalize():f}x{step.plan.reps}"


# -- reading ----------------------------------------------------------------------------------------


def test_only_working_sets_are_read_and_the_rest_is_counted():
    book = logbook.logbook(rows("50x5 100x8w 100x8 100x7 0x7 80x9d 100x", "100x8"))
    (series,) = book.series
    assert [(each.weight, each.reps) for each in series.sessions[0].done] == [(100, 8), (100, 7)]
    assert +book.left_out == {
        "warm-ups not marked (first sets under 70 % of the heaviest)": 1,
        "sets marked as warm-up": 1,
        "no weight on an exercise that has one": 1,
        "drop segments: they belong to the set that they extend": 1,
        "no reps: timed, by distance or empty": 1,
    }


def test_every_row_is_a_working_set_or_left_out():
    raw = rows("100x8 100x8f", "100x500 100x9") + rows("20x10", exercise="Once Only") + rows("30x0", exercise="Missed")
    book = logbook.logbook(raw)
    read = sum(len(session.done) for series in book.series for session in series.sessions)
    assert book.rows == read + book.left_out.total() == 6


def test_a_set_to_failure_has_nothing_in_reserve():
    (series,) = logbook.logbook(rows("100x8 100x7f", "100x8")).series
    assert [each.rir for each in series.sessions[0].done] == [None, 0]


@pytest.mark.parametrize(
    ("weight", "unit", "read_as", "read_weight"),
    [
        ("100", "kg", "kg", D("100")),
        ("20.41168", "kg", "lb", D("45")),  # 45 lb, exported as kilograms
        ("44.09245243697551", "lb?", "kg", D("20")),
        ("62.5", "ambiguous?", "kg", D("62.5")),
        ("135", "ambiguous?", "lb", D("135")),
    ],
)
def test_weights_are_read_in_the_unit_in_which_they_were_typed(weight, unit, read_as, read_weight):
    (series,) = logbook.logbook(rows(f"{weight}x8", f"{weight}x8", unit=unit)).series
    assert series.setup.grid.unit == read_as
    assert series.sessions[0].weight == read_weight


@pytest.mark.parametrize(
    ("exercise", "weights", "kind", "step", "source"),
    [
        (BENCH, "100 102.5", "load", "2.5", "library"),
        (BENCH, "101 103", "load", "1", "library, step by weights"),
        ("My Own Cable Thing", "20 25", "load", "5", "name"),
        ("Something", "7 9", "load", "1", "weights, step by weights"),
        ("Something", "0 0", "added", None, "weights"),
        ("Pull Up", "0 10", "added", "2.5", "library"),
    ],
)
def test_a_grid_is_found_by_library_by_name_or_by_weights(exercise, weights, kind, step, source):
    (series,) = logbook.logbook(rows(*(f"{each}x8" for each in weights.split()), exercise=exercise)).series
    grid = series.setup.grid
    assert (grid.kind, grid.step, series.setup.source) == (kind, step and D(step), source)


def test_body_mass_as_the_weight_is_left_out():
    book = logbook.logbook(rows("80x8", "80.5x8", exercise="Pull Up"))
    assert not book.series
    assert book.left_out["body mass logged as the weight"] == 2


# -- the chain of weeks -----------------------------------------------------------------------------


def test_repeated_work_is_asked_for_with_a_rep_more_and_no_further():
    made = steps("100x8 100x8", "100x8 100x8", "100x8 100x8")
    # The second time a rep fewer was done than was asked: that was a rep nearer to failure.
    assert [shown(step) for step in made] == ["100x9", "100x7"]


def test_falling_rir_asks_for_more_reps():
    made = steps("100x8 100x8", "100x8 100x8", mode=weeks.FALLING)
    assert [(shown(step), step.plan.rir) for step in made] == [("100x10", 2)]


def test_nothing_looks_ahead():
    past = ["100x8 100x8", "100x10 100x9", "102.5x7 102.5x7"]
    one, other = (steps(*past, last) for last in ("105x6", "80x20 80x20"))
    assert [step.plan for step in one] == [step.plan for step in other]
    assert [step.asked for step in one] == [step.asked for step in other]


def test_a_gap_counts_from_the_muscles_last_session():
    raw = rows("100x8", "100x8", days=30) + rows(*["20x12"] * 5, exercise="Dumbbell Fly", days=7)
    bench = next(each for each in logbook.logbook(raw).series if each.exercise == BENCH)
    assert [session.gap_days for session in bench.sessions] == [None, 2]


def test_double_progression_adds_a_rep_then_a_step():
    one_more, step_up = steps("100x8 100x8", "100x10 100x10", "102.5x8", mode=weeks.DEFAULT)
    assert one_more.double == Forecast(weight=D("100"), reps=9)
    assert step_up.double == Forecast(weight=D("102.5"), reps=6)


# -- agreement --------------------------------------------------------------------------------------


def test_reps_are_moved_to_the_weight_really_used():
    grid = Grid(kind="load", step=D("2.5"))
    forecast = Forecast(weight=D("100"), reps=10)
    assert expected_reps(forecast, at=D("110"), grid=grid) == 8  # ln 1.1 / 0.05 = 1.9
    assert expected_reps(replace(forecast, moves=False), at=D("110"), grid=grid) == 10


def test_errors_and_directions_are_tallied_by_person():
    grid, agreement = Grid(kind="load", step=D("2.5")), Agreement()
    for reps, did in ((8, "100"), (11, "100"), (9, "105")):
        outcome = SessionOutcome(weight=D(did), reps=reps, before=D("100"))
        agreement.add("any", "alice", Forecast(weight=D("100"), reps=9), outcome, grid=grid)
    tally = agreement.all_of("any")
    assert (tally.same, tally.changed) == ([1, -2], [-1])
    assert tally.directions == {("same", "same"): 2, ("same", "up"): 1}


# -- invariants -------------------------------------------------------------------------------------


def test_what_stands_beside_the_aim_is_told_from_the_fifth_session_on():
    sessions = ("100x8", "100x9", "110x5", "100x9", "100x10", "110x6")
    (series,) = logbook.logbook(rows(*sessions)).series
    (_, fifth, _), (forecasts, sixth, is_within) = expected(series)
    assert (fifth.weight, fifth.reps) == (100, 10)
    assert (sixth.weight, sixth.reps, sixth.before) == (110, 6, 100)
    assert (forecasts[LAST].reps, forecasts[LAST_AT_WEIGHT].reps) == (10, 5)
    assert is_within == (abs(forecasts[EXPECTED].reps - 6) <= 1)


def test_nothing_stands_beside_the_aim_four_weeks_after_the_last_session():
    (series,) = logbook.logbook(rows(*["100x8"] * 6, days=29)).series
    assert list(expected(series)) == []


def test_a_gain_is_told_in_per_cent_of_the_other_ways_error_over_people():
    agreement = Agreement()
    for method, off in (("ours", 1), ("theirs", 2)):
        for lifter in ("a", "b"):
            for _ in range(20):
                forecast = Forecast(weight=D(100), reps=8 + off, moves=False)
                outcome = SessionOutcome(weight=D(100), reps=8, before=D(100))
                agreement.add(method, lifter, forecast, outcome, grid=Grid(kind="load", step=D("2.5"), min=D(20)))
    assert gain(agreement, "ours", against="theirs") == "+50.0 % better [+50.0, +50.0]"
    assert gain(agreement, "theirs", against="ours") == "-100.0 % better [-100.0, -100.0]"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"weight": D("101")}, "I10 a weight that can be set"),
        ({"weight": D("250")}, "I10 within 60-200 % or one step"),
        ({"reps": 14}, "I11 never above what was shown, and a stretch"),
        ({"weight": D("102.5")}, "I12 the weight rises on merit, into the range"),
        ({"sets": 3}, "I2 sets 1-15"),
        ({"reasons": ()}, "I18 a reason with a sentence"),
    ],
)
def test_a_prescription_that_breaks_a_rule_is_noticed(change, name):
    (step,) = steps("100x8 100x8", "100x8")
    assert invariants.broken(step.asked, step.plan) == []
    assert name in invariants.broken(step.asked, replace(step.plan, **change))


@pytest.mark.parametrize(
    ("sets", "name"),
    [(4, "I3 sets: no growth when sore or unasked"), (2, "I15 sets: unchanged when skipped")],
)
def test_sets_that_break_a_rule_are_noticed(monkeypatch, sets, name):
    asked = SetsAsked(ctx=SlotCtx(rir=2, weekly_sets=3, mrv=20), exercise=Ex(id=0, pos=0, sets=3, perf=1, completed=3))
    assert set_invariants.broken_by_sets(asked) == ()
    kept = PlannedSets({0: sets}, False, asked.planned().reasons)
    monkeypatch.setattr(set_invariants, "plan_sets", lambda *_: kept)
    set_invariants._broken_by_case.cache_clear()
    assert name in set_invariants.broken_by_sets(asked)
    set_invariants._broken_by_case.cache_clear()


# -- the program ------------------------------------------------------------------------------------


def written(path, raw):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEAD.split(","))
        writer.writeheader()
        writer.writerows(raw)
    return str(path)


def test_it_prints_figures_and_names_nobody(tmp_path, monkeypatch, capsys):
    sessions = ["100x8 100x8 100x7", "100x8 100x8 100x8", "102.5x6 102.5x6"] * 8
    path = written(tmp_path / "real-sets.csv", rows(*sessions) + rows(*sessions, lifter="bob", exercise="Pull Up"))
    monkeypatch.setattr("sys.argv", ["replay.py", path, "--jobs", "1"])
    assert replay.main() == 0
    told = capsys.readouterr().out
    assert "0 exceptions, 0 invariants broken" in told
    assert "| same as last time |" in told and "microseconds per prescription" in told
    assert not any(name in told for name in ("alice", "bob", BENCH, "Pull Up"))


def test_it_ends_with_1_after_an_exception(tmp_path, monkeypatch, capsys):
    def fails(*_, **__):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("benchmarks.engine.weeks.performance", fails)
    path = written(tmp_path / "real-sets.csv", rows("100x8", "100x8"))
    monkeypatch.setattr("sys.argv", ["replay.py", str(tmp_path), "--jobs", "1"])
    assert path and replay.main() == 1
    assert "3 exceptions" in capsys.readouterr().out


def test_a_missing_log_is_said_plainly(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["replay.py", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        replay.main()
    assert stopped.value.code == 2
    assert "no training log" in capsys.readouterr().err


@pytest.mark.drill
@pytest.mark.skipif(not LOGS.exists(), reason="the real logs do not lie beside this clone; nobody may publish them")
def test_real_logs_raise_nothing_and_break_nothing():
    """Every 150th series; the program itself takes them all."""
    book = logbook.read(LOGS)
    findings = replay.replay_all(replace(book, series=book.series[::150]))
    assert findings.steps.total() > 300
    assert findings.exceptions == {} and findings.violations == {}
