"""Which sets go when a session has to fit into fewer minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progression import EngineError, Work, in_turn, session_seconds, shorten, supersets

MUSCLES = ("chest", "back", "bis")


def work(muscle="chest", mechanic="compound", sets=3, done=0, rest=120, superset=None):
    return Work(muscle=muscle, mechanic=mechanic, sets=sets, done=done, rest=rest, superset=superset)


def left(*session, minutes, elsewhere=None, minimum=None):
    return shorten(session, minutes=minutes, elsewhere=elsewhere or {}, minimum=minimum or {"chest": 6, "back": 6})


def test_a_session_that_fits_stays_whole():
    assert left(work(), work("back"), minutes=60) == (3, 3)


def test_further_exercises_of_a_muscle_go_before_its_first_and_isolations_before_others():
    session = work(), work(mechanic="compound"), work(mechanic="isolation"), work("back")
    assert left(*session, minutes=30) == (3, 3, 0, 3)
    assert left(*session, minutes=27) == (3, 1, 0, 3)
    assert left(*session, minutes=21) == (3, 0, 0, 3)
    assert left(*session, minutes=18) == (3, 0, 0, 2)


def test_the_muscle_with_most_above_its_minimum_gives_first():
    session = work("back"), work("chest")
    assert left(*session, minutes=18, elsewhere={"back": 10}) == (2, 3)
    assert left(*session, minutes=18, elsewhere={"chest": 10}) == (3, 2)


def test_the_last_set_of_a_muscle_short_of_its_minimum_stays():
    session = work("back"), work("chest")
    assert left(*session, minutes=5) == (1, 1)
    assert left(*session, minutes=5, elsewhere={"back": 6}) == (0, 1)


def test_what_was_done_never_goes():
    assert left(work(done=2), work("chest", done=1), minutes=5) == (2, 1)


def test_a_superset_is_cut_alike_and_goes_whole():
    session = work(), work("back"), work("chest", "isolation", superset=1), work("bis", "isolation", superset=1)
    elsewhere = {"bis": 20}
    found = {left(*session, minutes=minutes, elsewhere=elsewhere) for minutes in range(10, 60)}
    assert {(3, 3, 3, 3), (3, 3, 2, 2), (3, 3, 1, 1), (1, 1, 0, 0)} <= found
    assert all(abs(one[2] - one[3]) <= 1 and bool(one[2]) == bool(one[3]) for one in found)


def test_a_superset_with_a_set_that_may_not_go_stays():
    pair = work("chest", "isolation", superset=1), work("bis", "isolation", superset=1)
    assert left(work(), *pair, minutes=5, minimum={"bis": 4})[1:] == (1, 1)
    begun = work("chest", "isolation", superset=1, done=1), work("bis", "isolation", superset=1)
    assert left(work(), *begun, minutes=5, elsewhere={"bis": 20})[1:] == (1, 1)


def test_it_refuses_more_done_than_asked():
    with pytest.raises(EngineError):
        work(sets=2, done=3)
    with pytest.raises(EngineError):
        left(work(), minutes=0)


@st.composite
def sessions(draw):
    session = []
    for _ in range(draw(st.integers(1, 6))):
        sets = draw(st.integers(1, 6))
        session.append(
            work(
                draw(st.sampled_from(MUSCLES)),
                draw(st.sampled_from(("compound", "isolation"))),
                sets,
                draw(st.integers(0, sets)),
                draw(st.integers(30, 240)),
                draw(st.none() | st.integers(1, 2)),
            )
        )
    return session


WEEK = st.dictionaries(st.sampled_from(MUSCLES), st.integers(0, 20))


@given(sessions(), WEEK, WEEK, st.integers(1, 90), st.integers(0, 60))
def test_less_time_takes_sets_away_and_never_what_was_done(session, elsewhere, minimum, minutes, more):
    short = shorten(session, minutes=minutes, elsewhere=elsewhere, minimum=minimum)
    long = shorten(session, minutes=minutes + more, elsewhere=elsewhere, minimum=minimum)
    assert short == shorten(session, minutes=minutes, elsewhere=elsewhere, minimum=minimum, start=long)
    for one, fewer, count in zip(session, short, long, strict=True):
        assert one.done <= fewer <= count <= one.sets
    for muscle in {one.muscle for one in session}:
        if elsewhere.get(muscle, 0) < minimum.get(muscle, 0):
            assert sum(count for one, count in zip(session, short, strict=True) if one.muscle == muscle) >= 1


@given(sessions(), WEEK, WEEK, st.integers(1, 90))
def test_it_stops_as_soon_as_the_session_fits(session, elsewhere, minimum, minutes):
    sets = shorten(session, minutes=minutes, elsewhere=elsewhere, minimum=minimum)
    again = [
        work(one.muscle, one.mechanic, count, one.done, one.rest, one.superset)
        for one, count in zip(session, sets, strict=True)
        if count
    ]
    timed = in_turn((one.superset, one.sets, one.rest) for one in again)
    if again and session_seconds(timed) <= minutes * 60:
        assert shorten(again, minutes=minutes, elsewhere=elsewhere, minimum=minimum) == tuple(
            count for count in sets if count
        )


@given(sessions(), WEEK, WEEK, st.integers(1, 90))
def test_none_of_a_superset_is_left_out_without_the_others(session, elsewhere, minimum, minutes):
    sets = shorten(session, minutes=minutes, elsewhere=elsewhere, minimum=minimum)
    for places in supersets([one.superset for one in session]):
        assert len({bool(sets[place]) for place in places}) == 1
