import pytest

from training.progression import EngineError, Ex, SlotCtx, plan_sets
from training.progression.tests.set_cases import chest, ctx, ex


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"name": 1.0}, "id"),
        ({"name": True}, "id"),
        ({"pos": -1}, "pos"),
        ({"sets": 0}, "sets"),
        ({"sets": 16}, "sets"),
        ({"perf": 4}, "perf"),
        ({"perf": -1}, "perf"),
        ({"fell_twice": 1, "perf": 3}, "fell_twice"),
        ({"fell_twice": True, "perf": 2}, "perf must be 3 where fell_twice is True, not 2"),
        ({"completed": -1}, "completed"),
        ({"new": None}, "new"),
        ({"week1_sets": 0}, "week1_sets"),
        ({"week1_sets": 16}, "week1_sets"),
        ({"fell_by": -1}, "fell_by"),
        ({"asked": -1}, "asked"),
        ({"asked": 16}, "asked"),
    ],
)
def test_an_exercise_refuses_nonsense(facts, name):
    with pytest.raises(EngineError, match=f"^{name}"):
        ex(**facts)


def test_an_exercise_takes_what_lies_on_the_border():
    ex(0, 15, 3, pos=0, completed=0, week1_sets=1, fell_by=0, asked=0)
    ex("", 1, None, week1_sets=15, asked=15)


def test_of_an_exercise_nothing_is_known_that_was_not_said():
    unsaid = Ex(id="bench", pos=0, sets=3)
    assert (unsaid.perf, unsaid.fell_twice, unsaid.completed, unsaid.new) == (None, False, 0, False)
    assert (unsaid.week1_sets, unsaid.fell_by, unsaid.asked) == (None, None, None)


@pytest.mark.parametrize(("asked", "planned"), [(None, 3), (0, 0), (2, 2), (3, 3), (5, 3)])
def test_a_shortened_day_asks_for_fewer_sets_and_never_for_more(asked, planned):
    assert ex(sets=3, asked=asked).planned == planned


def test_exercises_come_in_the_order_of_the_workout_and_then_of_their_ids():
    mixed = [ex("b", pos=1), ex(10, pos=1), ex("a", pos=1), ex(9, pos=1), ex("z", pos=0)]
    assert [each.id for each in sorted(mixed, key=lambda each: each.order)] == ["z", 9, 10, "a", "b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name in ("soreness", "prev_soreness", "pump", "challenge") for value in (-1, 4, "1")]
    + [("rir", value) for value in (-1, 6, None)]
    + [(name, value) for name in ("weekly_sets", "mrv", "added_this_week") for value in (-1, None)]
    + [("next_is_last", None), ("was_recovery", 0), ("gap_days", -1), ("muscle", ""), ("muscle", None)],
)
def test_a_context_refuses_nonsense(name, value):
    given = {"rir": 2, "weekly_sets": 0, "mrv": 0, name: value}
    with pytest.raises(EngineError, match=f"^{name} must be"):
        SlotCtx(**given)


def test_of_a_context_nothing_is_known_that_was_not_said():
    unsaid = SlotCtx(rir=2, weekly_sets=10, mrv=22)
    assert (unsaid.soreness, unsaid.prev_soreness, unsaid.pump, unsaid.challenge) == (None, None, None, None)
    assert (unsaid.added_this_week, unsaid.next_is_last, unsaid.was_recovery) == (0, False, False)
    assert (unsaid.gap_days, unsaid.muscle) == (None, "this muscle")


def test_a_context_takes_what_lies_on_the_border():
    assert SlotCtx(rir=0, weekly_sets=0, mrv=0, gap_days=0).added_this_week == 0
    assert SlotCtx(rir=5, weekly_sets=0, mrv=0, soreness=0, prev_soreness=3, pump=0, challenge=3).rir == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, chest()), "^ctx must be a SlotCtx"),
        ((ctx(), []), "^exercises must be a sequence of at least one Ex"),
        ((ctx(), None), "^exercises must be"),
        ((ctx(), ["bench"]), "^exercises must be"),
        ((ctx(), [ex(), "fly"]), "^exercises must be"),
        ((ctx(), [ex(), ex("fly"), ex()]), "id 'bench' comes 2 times"),
        ((ctx(), chest(), None), "^strict_rp must be True or False"),
    ],
)
def test_the_engine_refuses_what_it_cannot_plan(arguments, message):
    with pytest.raises(EngineError, match=message):
        plan_sets(*arguments)
