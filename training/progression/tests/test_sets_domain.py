"""Every answer a lifter can give, at every place of a mesocycle, against the table written out once more."""

from itertools import product

import pytest

from training.progression import plan_sets, sentence, strongest
from training.progression.reasons.reasons import TEMPLATES
from training.progression.tests.set_cases import chest, codes, ctx, total

ANSWERS = (0, 1, 2, 3, None)
# Two exercises of 3 and 2 sets; week by week: effort asked, and what stands in the way of growth.
PLACES = {
    "first weeks": {"rir": 3},
    "middle": {"rir": 1, "added_this_week": 2},
    "before the last hard week": {"rir": 1, "next_is_last": True},
    "last hard week": {"rir": 0},
    "near the ceiling": {"rir": 2, "weekly_sets": 21},
    "after a gap": {"rir": 2, "gap_days": 12},
}
ROOM = {"first weeks": 2, "middle": 1, "before the last hard week": 1, "last hard week": 2}
ROOM |= {"near the ceiling": 1, "after a gap": 0}
CAP = {"middle": "CAP_WEEK_RATE", "before the last hard week": "CAP_LAST_WEEK"}
CAP |= {"near the ceiling": "CAP_MRV", "after a gap": "CAP_GAP"}
SETS = {
    2: {"bench": 4, "fly": 3},
    1: {"bench": 3, "fly": 3},
    0: {"bench": 3, "fly": 2},
    -1: {"bench": 2, "fly": 2},
}

# Low, middle, high stimulus; one line for each performance 0, 1, 2, 3.
NO_SORENESS = ["+2 +2 +1", "+2 +1 0", "0 0 0", "0 0 0"]
EARLY = ["+2 +1 +1", "+1 +1 0", "0 0 0", "0 0 0"]
JUST_IN_TIME = ["0 0 0", "0 0 0", "0 0 0", "0 0 0"]
STILL_SORE = ["0 0 0", "0 0 -1", "-1 -1 -1", "-1 -1 -1"]
TABLE = {0: NO_SORENESS, 1: EARLY, 2: JUST_IN_TIME, 3: STILL_SORE, None: JUST_IN_TIME}


def stimulus(pump, challenge):
    felt = {None: 2}.get(pump, pump) + {None: 1}.get(challenge, challenge)
    return "LLLMMHH"[felt]


def expected(soreness, prev, pump, challenge, perf, fell_twice, rir):
    """Returns the sets gained before any cap, or "recovery" for half of them, and the codes."""
    said = []
    if perf == 3 and (fell_twice or (soreness == 3 and challenge == 3)):
        return "recovery", ["RECOVERY"]
    if challenge == 3 and rir > 0 and perf < 2:
        perf = 2
        said.append("PERF_HARD")
    if challenge == 0 and perf == 1:
        perf = 0
        said.append("PERF_EASY")
    felt = stimulus(pump, challenge)
    change = int(TABLE[soreness][perf].split()["LMH".index(felt)])
    if change == 0 and (soreness, prev) == (3, 3):
        change = -1
        said.append("SORE_TWICE")
    direction = {-1: "DOWN", 0: "HOLD"}.get(change, "UP")
    row = "x" if soreness is None else soreness
    return change, [*said, f"SETS_{direction}_S{row}P{perf}{felt}"]


DOMAIN = list(product(ANSWERS, ANSWERS, ANSWERS, ANSWERS, (0, 1, 2, 3, "fell twice", None)))


@pytest.mark.parametrize("place", PLACES)
def test_the_whole_domain(place):
    facts = PLACES[place]
    for soreness, prev, pump, challenge, score in DOMAIN:
        answers = f"S{mark(soreness)} p{mark(pump)} c{mark(challenge)}"
        fell_twice = score == "fell twice"
        perf = 3 if fell_twice else score
        planned = plan_sets(ctx(answers, prev_soreness=prev, **facts), chest(perf, fell_twice=fell_twice))
        where = (place, answers, prev, score, planned)

        assert all(reason.code in TEMPLATES and sentence(reason) for reason in planned.reasons), where
        assert strongest(planned.reasons) in planned.reasons, where
        if perf is None:
            assert (total(planned), planned.recovery, codes(planned)) == (5, False, ["SETS_SKIPPED"]), where
            continue
        change, said = expected(soreness, prev, pump, challenge, perf, fell_twice, facts["rir"])
        assert planned.recovery == (change == "recovery"), where
        if change == "recovery":
            assert (planned.sets, codes(planned)) == ({"bench": 2, "fly": 1}, said), where
            continue
        left = min(change, ROOM[place])
        assert planned.sets == SETS[left], where
        assert codes(planned) == said + ([CAP[place]] if left < change else []), where
        assert left <= 0 or soreness in (0, 1), where


def mark(answer):
    return "x" if answer is None else answer


@pytest.mark.parametrize("place", PLACES)
def test_the_domain_is_monotone(place):
    """A worse answer, or a worse score, never gives more sets; answers in order, everything else equal."""
    facts, sets = PLACES[place], {}
    scores = (0, 1, 2, 3, "fell twice")
    for soreness, pump, challenge, score in product(range(4), range(4), range(4), scores):
        perf = 3 if score == "fell twice" else score
        context = ctx(f"S{soreness} p{pump} c{challenge}", prev_soreness=3, **facts)
        planned = plan_sets(context, chest(perf, fell_twice=score == "fell twice"))
        sets[soreness, pump, challenge, scores.index(score)] = total(planned)
    for point, here in sets.items():
        for axis in range(4):
            further = tuple(each + (index == axis) for index, each in enumerate(point))
            assert sets.get(further, 0) <= here, (place, point, axis)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("fell_twice", list(product([False, True], repeat=2)))
def test_two_exercises_with_scores_of_their_own_are_monotone(fell_twice, strict):
    sets = {}
    for sizes, soreness, challenge in product([(3, 2), (3, 3), (4, 1), (1, 1), (1, 4)], range(4), (0, 2, 3)):
        for scores in product(range(4), repeat=2):
            exercises = [
                chest(perf, bench=size, fly=size, fell_twice=fell and perf == 3)[index]
                for index, (perf, size, fell) in enumerate(zip(scores, sizes, fell_twice, strict=True))
            ]
            planned = plan_sets(ctx(f"S{soreness} p2 c{challenge}"), exercises, strict)
            sets[sizes, soreness, challenge, scores] = total(planned)
    for (sizes, soreness, challenge, (bench, fly)), here in sets.items():
        for scores in ((bench + 1, fly), (bench, fly + 1)):
            if 3 in scores and any(fell_twice) and not all(fell_twice):
                continue  # a first fall beside a second one stops the recovery: it is noise until it happens again
            assert sets.get((sizes, soreness, challenge, scores), 0) <= here, (sizes, soreness, challenge, scores)
