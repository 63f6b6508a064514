from dataclasses import FrozenInstanceError

import pytest

from training.progression import Done, EngineError, ExercisePlan, Grid, Reason, shown_lo
from training.progression.load.plan import check_done
from training.progression.tests.cases import ASSISTED, KG, D, log, plan


def test_each_set_has_the_target_that_the_lifter_was_shown():
    planned = plan("4x100x8-11 @2", drop="1.5")
    assert [planned.target(index) for index in range(4)] == [11, 9, 8, 8]


@pytest.mark.parametrize(
    ("reps", "drop", "sets", "lo", "expected"),
    [
        (11, "1", 3, 8, 9),
        (9, "1", 3, 8, 8),  # not below the range
        (5, "0.5", 3, 6, 5),  # below it already: no lower
        (10, "0.66", 4, 1, 8),  # thirds add up
        (10, "2", 15, 1, 1),
        (10, "0", 3, 8, 10),
    ],
)
def test_the_range_shown_ends_at_the_last_set(reps, drop, sets, lo, expected):
    assert shown_lo(reps, drop=D(drop), sets=sets, lo=lo) == expected


GOOD = {"sets": 3, "weight": D("100"), "reps": 10, "reps_lo": 8, "rir": 2}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"sets": 0}, "sets"),
        ({"sets": 16}, "sets"),
        ({"sets": True}, "sets"),
        ({"weight": 100.0}, "weight"),
        ({"weight": 100}, "weight"),
        ({"weight": D("-2.5")}, "weight"),
        ({"weight": D("NaN")}, "weight"),
        ({"weight": D("Infinity")}, "weight"),
        ({"weight": D("1E+9")}, "weight"),
        ({"reps": 0}, "planned reps"),
        ({"reps": 9.5}, "reps"),
        ({"reps_lo": 11}, "reps_lo"),
        ({"reps_lo": 0}, "reps_lo"),
        ({"rir": 6}, "RIR"),
        ({"rir": -1}, "RIR"),
        ({"drop": D("2.1")}, "drop"),
        ({"drop": 1}, "drop"),
        ({"recovery": None}, "recovery"),
        ({"reasons": ["LOAD_UP"]}, "reasons"),
        ({"reasons": ("LOAD_UP",)}, "reasons"),
        ({"reasons": [Reason("LOAD_UP")]}, "reasons"),
    ],
)
def test_it_refuses_a_plan_outside_the_border_and_names_the_value(change, named):  # I20
    ExercisePlan(**GOOD)
    with pytest.raises(EngineError, match=named) as refused:
        ExercisePlan(**(GOOD | change))
    assert repr(next(iter(change.values()))) in str(refused.value)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"weight": 60.0}, "weight"),
        ({"weight": None}, "weight"),
        ({"reps": -1}, "reps"),
        ({"reps": 8.5}, "reps"),
        ({"reps": D("8")}, "reps"),
        ({"rir": -1}, "RIR"),
        ({"rir": 11}, "RIR"),
        ({"rir": 1.5}, "RIR"),
        ({"rir": D("10.5")}, "RIR"),
    ],
)
def test_it_refuses_a_logged_set_outside_the_border(change, named):  # I20
    with pytest.raises(EngineError, match=named):
        Done(**({"weight": D("60"), "reps": 8, "rir": D("1.5")} | change))


@pytest.mark.parametrize(("sets", "reps"), [(1, 1), (15, 100)])
def test_the_border_itself_is_inside(sets, reps):
    for rir, drop in ((0, D("0")), (5, D("2")), (None, D("0.5"))):
        ExercisePlan(sets=sets, weight=None, reps=reps, reps_lo=1, rir=rir, drop=drop, recovery=True)
        ExercisePlan(sets=sets, weight=D("0"), reps=reps, reps_lo=reps, rir=rir)
    for rir in (0, 10, D("0"), D("10"), D("0.5"), None):
        Done(weight=D("0"), reps=0, rir=rir)


def test_what_is_not_said_is_nothing_out_of_the_ordinary():
    planned = ExercisePlan(**GOOD)
    assert (planned.drop, planned.recovery, planned.reasons) == (0, False, ())
    assert Done(weight=D("60"), reps=8).rir is None


@pytest.mark.parametrize(
    ("reps", "rir", "credited"),
    [(8, None, None), (8, 2, 2), (8, D("1.5"), D("1.5")), (8, 5, 5), (8, 9, 5), (1, 0, 0), (0, 2, None)],
)
def test_reserve_is_believed_up_to_five_and_never_on_a_missed_set(reps, rir, credited):
    done = Done(weight=D("60"), reps=reps, rir=rir)
    assert done.credited_rir() == credited
    assert done.is_missed == (reps == 0)


@pytest.mark.parametrize(
    ("done", "grid", "message"),
    [
        (log("60", 8), None, "^grid must be a Grid"),
        (None, KG, "^done must be a sequence of Done"),
        (["60x8"], KG, "^done must be a sequence of Done"),
        ([*log("60", 8), "60x8"], KG, "^done must be a sequence of Done"),
        (log("0", 8), KG, "^weight in done must be a Decimal above 0"),
        ([*log("60", 8), *log("0", 8)], KG, "^weight in done must be a Decimal above 0"),
    ],
)
def test_a_log_belongs_to_a_grid(done, grid, message):
    check_done(log("60", 8), grid=KG)
    check_done(log("0", 8), grid=ASSISTED)
    check_done([], grid=Grid(kind="load", step=D("1")))
    with pytest.raises(EngineError, match=message):
        check_done(done, grid=grid)


def test_the_error_is_a_value_error():
    assert issubclass(EngineError, ValueError)


def test_plans_and_sets_do_not_change():
    with pytest.raises(FrozenInstanceError):
        plan("3x100x10 @2").sets = 4
    with pytest.raises(FrozenInstanceError):
        Done(weight=D("60"), reps=8).reps = 9
