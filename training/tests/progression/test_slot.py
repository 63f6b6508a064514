import pytest

from training.progression import EngineError, SlotCtx, plan_sets

from .set_cases import chest, ctx, ex


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
        ({"perf": None, "completed": 1}, "perf must be a score where completed is 1, not None"),
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
        ((ctx(), [ex(), ex("fly"), ex()]), "id 'bench' comes 2 times"),
        ((ctx(), chest(), None), "^strict_rp must be True or False"),
    ],
)
def test_the_engine_refuses_what_it_cannot_plan(arguments, message):
    with pytest.raises(EngineError, match=message):
        plan_sets(*arguments)
