"""Short words for the inputs of the rules for sets, and Hypothesis strategies for all of them."""

from dataclasses import replace

from hypothesis import strategies as st

from training.progression import Ex, SlotCtx
from training.progression.tests.cases import scores


def ex(name="bench", sets=3, perf=1, **facts):
    """Makes an exercise that was logged in full, unless said otherwise."""
    completed = 0 if perf is None else sets
    facts = {"pos": {"bench": 1, "fly": 2}.get(name, 3), "completed": completed, **facts}
    return Ex(id=name, sets=sets, perf=perf, **facts)


def chest(perf=1, *, bench=3, fly=2, **facts):
    """Makes bench and fly as in the worked examples. The facts hold for both."""
    return [ex("bench", bench, perf, **facts), ex("fly", fly, perf, **facts)]


def ctx(spc="S1 p2 c1", **facts):
    """Reads answers such as "S0 p1 c2": soreness, pump, challenge, with x for no answer. The week has 10 sets, a
    ceiling of 22, and asks 2 in reserve."""
    answers = [None if word[1] == "x" else int(word[1]) for word in spc.split()]
    soreness, pump, challenge = answers
    given = {"rir": 2, "weekly_sets": 10, "mrv": 22, "muscle": "Chest", **facts}
    return SlotCtx(soreness=soreness, pump=pump, challenge=challenge, **given)


def codes(planned):
    return [reason.code for reason in planned.reasons]


def total(planned):
    return sum(planned.sets.values())


def gains(planned, exercises):
    return {each.id: planned.sets[each.id] - each.sets for each in exercises}


# -- strategies -------------------------------------------------------------------------------------


@st.composite
def exercises(draw, min_size=1, perfs=scores):
    """Draws one to four exercises of a muscle; often all done, sometimes new, short, shortened or never logged."""
    many = draw(st.integers(min_size, 4))
    places = draw(st.lists(st.integers(0, 5), min_size=many, max_size=many))
    return [draw(exercise(id=index, pos=place, perfs=perfs)) for index, place in enumerate(places)]


@st.composite
def exercise(draw, *, id, pos, perfs):
    sets = draw(st.integers(1, 6) | st.integers(1, 15))
    perf = draw(perfs)
    completed = 0 if perf is None else sets - draw(st.sampled_from([0, 0, 0, 0, 1]))
    return Ex(
        id=id,
        pos=pos,
        sets=sets,
        perf=perf,
        fell_twice=perf == 3 and draw(st.booleans()),
        completed=completed,
        new=draw(st.integers(0, 5)) == 0,
        week1_sets=draw(st.none() | st.integers(1, 15)),
        asked=draw(st.none() | st.integers(0, 15)) if draw(st.integers(0, 4)) == 0 else None,
    )


@st.composite
def contexts(draw):
    """Draws feedback of all kinds, at all places of a mesocycle, and mostly with room to grow."""
    return SlotCtx(
        soreness=draw(scores),
        prev_soreness=draw(scores),
        pump=draw(scores),
        challenge=draw(scores),
        rir=draw(st.integers(0, 4)),
        weekly_sets=draw(st.integers(1, 30)),
        mrv=draw(st.integers(10, 30)),
        added_this_week=draw(st.sampled_from([0, 0, 0, 1, 2, 3, 4])),
        next_is_last=draw(st.booleans()),
        was_recovery=draw(st.integers(0, 7)) == 0,
        gap_days=draw(st.none() | st.integers(0, 12) | st.integers(0, 200)),
    )


def worse(exercises, index, perf):
    """Returns the same exercises with one score changed. An exercise that no longer fell did not fall twice either."""
    changed = list(exercises)
    changed[index] = replace(changed[index], perf=perf, fell_twice=changed[index].fell_twice and perf == 3)
    return changed
