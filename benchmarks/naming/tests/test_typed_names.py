"""What the library makes of the names that lifters typed into other apps."""

from collections import Counter

import pytest
from django.conf import settings

from benchmarks.naming import typed_names
from exercises.naming.matching import Meaning

DATA = settings.BASE_DIR.parent / "shared" / "data"
LOGGED, FACTS = DATA / "real-sets.csv.gz", DATA / "exercise-facts.tsv"
needs_logs = pytest.mark.skipif(not LOGGED.exists(), reason="real logs do not lie beside this clone")


@pytest.fixture(scope="module")
def logged():
    return typed_names.logged_in(LOGGED)


@needs_logs
def test_it_finds_the_sets_of_lifters_whom_nobody_has_seen(logged):
    scores = typed_names.held_out(logged)
    assert min(score.coverage for score in scores) >= 0.95
    together = typed_names.total(scores)
    assert together.coverage >= 0.96
    assert together.unsure / together.sets <= 0.04
    assert together.wrong_share <= 0.002


@needs_logs
def test_people_judged_nearly_every_name_that_it_finds(logged):
    judged, names = typed_names.labels(), typed_names.index()
    sets = typed_names.everybodys(logged)
    unjudged = {name: n for name, n in sets.items() if names.meaning(name) and typed_names.digest(name) not in judged}
    assert sum(unjudged.values()) / sets.total() < 0.001


@needs_logs
def test_it_tells_cardio_from_strength_work(logged):
    strength, other = typed_names.taken_for_cardio(logged)
    assert strength == 0
    assert other < 0.25  # carries, sleds and holds of climbers are no cardio


@pytest.mark.skipif(not FACTS.exists(), reason="a public list of exercises does not lie beside this clone")
def test_the_muscle_is_mostly_that_of_a_public_list_of_exercises():
    listed = typed_names.listed_in(typed_names.table(FACTS))
    assert typed_names.agreement(typed_names.meant(typed_names.index(), listed), listed).share >= 0.96
    assert typed_names.agreement(typed_names.guessed(listed), listed).share >= 0.87
    assert typed_names.agreement(typed_names.guessed(listed, only_sure=True), listed).share >= 0.91


def test_only_an_unsure_answer_may_say_what_the_name_does_not_tell():
    sure, unsure = Meaning("dip", is_sure=True), Meaning("dip", is_sure=False)
    assert [typed_names.is_right(one, "dip,chest-dip") for one in (sure, unsure)] == [True, True]
    assert [typed_names.is_right(one, "?dip,chest-dip") for one in (sure, unsure)] == [False, True]
    assert [typed_names.is_right(one, "?") for one in (sure, unsure)] == [False, False]


def test_a_spelling_that_only_held_out_lifters_write_is_struck():
    logged = {f"lifter-{n}": Counter({"Boat Pose": 1, **({"L Hold": 2} if n == 3 else {})}) for n in range(5)}
    assert sorted(theirs for theirs, _ in typed_names.folds(logged)) == [set(), set(), set(), set(), {"l hold"}]
    assert typed_names.index().resolve("L Hold") == "l-sit"
    assert typed_names.index(without=frozenset({"l hold"})).resolve("L Hold") is None
    assert typed_names.index().meaning("Dip")
    assert typed_names.index(without=frozenset({"dip"})).meaning("Dip") is None
