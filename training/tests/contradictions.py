"""Finds contradictions in what pages tell of one exercise: sentences against numbers, answers, and each other.

Each check reads the sentences as the lifter does, so it knows no codes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSet:
    """A set of the session before, beside the reps that were asked of it at its weight."""

    weight: Decimal
    reps: int
    rir: Decimal | None = None
    target: float | None = None

    @property
    def is_short(self) -> bool:
        return self.target is not None and self.reps < self.target - 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells of an exercise, and what is true.

    sentences: its reasons. of_muscle: what stands once for its muscle. changes: what Today says to differ. week_rir:
    the RIR of its week before anything eased it. sets_before: those asked the week before. done: the session that the
    sentences speak of; none: left out. muscle_done: the sets of all exercises of the muscle then. sore, pump,
    challenge: every answer given that counts."""

    where: str
    sentences: tuple[str, ...]
    of_muscle: str = ""
    changes: tuple[str, ...] = ()
    sets: int
    weight: Decimal | None
    reps: int
    rir: int | None
    week_rir: int | None
    sets_before: int | None = None
    done: tuple[DoneSet, ...] = ()
    muscle_done: tuple[DoneSet, ...] = ()
    sore: frozenset[int] = frozenset()
    sore_today: int | None = None
    pump: int | None = None
    challenge: int | None = None
    is_assisted: bool = False

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self.of_muscle, *self.sentences)))


Check = Callable[[Told], Iterator[str]]
NUMBER = r"(\d+(?:\.\d+)?)"


def sets_that_did_not_change(told: Told) -> Iterator[str]:
    """A number of sets that this exercise does not have, or a change that it did not get."""
    if told.sets_before is None:
        return
    change = told.sets - told.sets_before
    for sign, count in re.findall(r"([+-])(\d+) sets?\b", told.text):
        if int(sign + count) != change:
            yield f"{sign}{count} set, but it has {told.sets} after {told.sets_before}"
    holds = r"Same sets|No extra set|sets stay|Extra sets have to wait|No extra sets|extra set waits"
    if change > 0 and re.search(holds, told.text):
        yield f"the sets stay, but it has {told.sets} after {told.sets_before}"


def misses_that_were_none(told: Told) -> Iterator[str]:
    """A set that missed its target, where none did; every rep made, where one missed."""
    missed_here = any(one.is_short for one in told.done)
    missed = missed_here or any(one.is_short for one in told.muscle_done)
    missed_elsewhere = sum(one.is_short for one in told.muscle_done) > sum(one.is_short for one in told.done)
    if re.search(r"missed some targets", told.text) and not missed:
        yield "it says missed, but no set made fewer reps than its target"
    if re.search(r"in another exercise", told.text) and not missed_elsewhere:
        yield "it says in another exercise, but none of its sets missed its target"
    if re.search(r"some sets fell short", told.text) and not missed_here:
        yield "it says fell short, but no set of it did"
    if re.search(r"you made every rep", told.text) and missed_here:
        yield "it says every rep, but a set missed its target"
    if re.search(r"[Yy]ou made your reps", told.text) and missed:
        yield "it says that the reps were made, but a set missed its target"
    if re.search(r"you hit your targets", told.text) and missed:
        yield "it says hit, but a set missed its target"


MADE = r"hit your targets|beat your targets|made every rep|made your reps|outgrew"
MISSED = r"missed some targets(?! in another)|fell short|fell below last week(?! in another)|you fell two sessions"


def made_beside_missed(told: Told) -> Iterator[str]:
    text = " ".join(told.sentences)  # another exercise of the muscle may have missed
    made, missed = re.search(MADE, text), re.search(MISSED, text)
    if made and missed:
        yield f"{made[0]!r} beside {missed[0]!r}"


def differences_of_weight(told: Told) -> Iterator[str]:
    """A difference in weight that is not that of the numbers, or two of them."""
    used = most_used(told)
    signed = re.findall(rf"([+-]){NUMBER} (?:kg|lb)\b", told.text)
    helped = re.findall(rf"{NUMBER} (?:kg|lb) (less|more) help", told.text)
    told_by = [Decimal(sign + number) for sign, number in signed]
    told_by += [Decimal(number) * (1 if change == "less" else -1) for number, change in helped]
    if told.weight is None or used is None:
        if told_by:
            yield "it names a difference in weight, but there are no two weights"
        return
    real = (used - told.weight) if told.is_assisted else (told.weight - used)
    shown = []
    for change in told.changes:
        if found := re.match(rf"([+\N{{MINUS SIGN}}]){NUMBER} (?:kg|lb)", change):
            step = Decimal(found[2]) * (1 if found[1] == "+" else -1)
            shown.append(-step if told.is_assisted else step)
    for difference in (*told_by, *shown):
        if difference != real:
            yield f"a difference of {difference}, but {told.weight} after {used} is {real}"
    for was, now in re.findall(rf"from {NUMBER} to {NUMBER} (?:kg|lb)", told.text):
        if Decimal(now) != told.weight:
            yield f"to {now}, but the weight is {told.weight}"
        if Decimal(was) != used:
            yield f"from {was}, but it was {used}"
    stays = r"[Tt]he weight stays|same weight|this weight one more|no heavier|Nothing heavier"
    if real and re.search(stays, told.text):
        yield f"the weight stays, but it is {told.weight} after {used}"


def most_used(told: Told) -> Decimal | None:
    """The weight of most sets done; None without sets. Of equals the harder."""
    weights = [one.weight for one in told.done if one.reps] or [one.weight for one in told.done]
    if not weights:
        return None
    sign = -1 if told.is_assisted else 1
    return max(weights, key=lambda one: (weights.count(one), sign * one))


def differences_of_reps(told: Told) -> Iterator[str]:
    """A number of reps more or fewer on Today, beside a sentence that says the other thing."""
    steps = [change for change in told.changes if re.search(r" reps?$", change)]
    more = r"Go for|Aim for|add reps|so add"
    fewer = r"easier than last time"
    for step in steps:
        if step.startswith("+") and re.search(fewer, told.text):
            yield f"{step!r} beside a sentence that asks less"
        if not step.startswith("+") and re.search(more, told.text):
            yield f"{step!r} beside a sentence that asks more"


def answers_that_were_not_given(told: Told) -> Iterator[str]:
    """A reason that names an answer which the lifter did not give, or none after one was given."""
    needs = (
        (r"you did not get sore", 0 in told.sore),
        (r"you recovered well in time", 1 in told.sore),
        (r"you recovered only just in time", 2 in told.sore),
        (r"you were still sore|Still sore two weeks", 3 in told.sore),
        (r"still sore today|because you are still sore", told.sore_today == 3),
        (r"found it easy|called it easy", told.challenge == 0),
        (r"harder than planned|it was harder than|it was very hard", told.challenge == 3),
        (r"pump and effort were high", None not in (told.pump, told.challenge) and told.pump + told.challenge > 4),
        (r"you did not say how sore", not told.sore),
    )
    for pattern, given in needs:
        if (found := re.search(pattern, told.text)) and not given:
            said = f"sore {sorted(told.sore)}, today {told.sore_today}, pump {told.pump}, challenge {told.challenge}"
            yield f"{found[0]!r} after {said}"


OF_SETS = (
    r"^[+-]\d+ sets? |^More sets for|^One set fewer|^Same sets|^Still sore two weeks|^Recovery for|^Back from recovery|"
    r"^No extra set|sets stay as they were|^After \d+ days off: \d+ sets?|^Extra sets|^The weekly ceiling|"
    r"^One week adds at most|^This workout already has|^No exercise here can take|"
    r"^The planned extra set|^Starts at|no set is added"
)
BESIDE = (  # neither: what corrects a score, what is said of RIR alone, hints, suggestions
    r"^It was harder than|^\d+ left, because it falls|^You found it easy, so|"
    r"one more than planned, after|plate would make the step|think about a deload|"
    r"^If your machine has|^Only an estimate|^You usually have"
)


def two_sentences_for_one_number(told: Told) -> Iterator[str]:
    about_sets = [one for one in (told.of_muscle, *told.sentences) if re.search(OF_SETS, one)]
    others = [one for one in told.sentences if one not in about_sets and not re.search(BESIDE, one)]
    for few, what in ((about_sets, "sets"), (others, "weight and reps")):
        if len(few) > 1:
            yield f"two sentences about {what}: {' | '.join(few)}"


CAPS = (
    r"Extra sets have to wait|No extra sets? for|Extra sets for the last hard week|weekly ceiling|"
    r"One week adds at most|This workout already has|would not fit into|No exercise here can take"
)


def caps_beside_growth(told: Told) -> Iterator[str]:
    grown = re.search(r"\+\d+ sets?\b|More sets for \w+ were due", told.text)
    if grown and (cap := re.search(CAPS, told.text)):
        yield f"{cap[0]!r} beside {grown[0]!r}"


def raised_rir_without_a_cause(told: Told) -> Iterator[str]:
    """More in reserve than the week asks, where no sentence says why."""
    if None in (told.rir, told.week_rir):
        return
    if told.rir > told.week_rir and not re.search(
        r"one more than planned|more left in reserve|falls by at most one|Recovery", told.text
    ):
        yield f"{told.rir} RIR in a week of {told.week_rir}, without a cause"
    if re.search(r"one more than planned", told.text) and told.rir != told.week_rir + 1:
        yield f"one more than planned, but it is {told.rir} in a week of {told.week_rir}"


def ranges_that_do_not_hold(told: Told) -> Iterator[str]:
    for lo, hi in re.findall(r"the (\d+)-(\d+) range", told.text):
        if not int(lo) <= told.reps <= int(hi):
            yield f"the {lo}-{hi} range, but {told.reps} reps"


def numbers_that_are_not_asked(told: Told) -> Iterator[str]:
    """Reps or RIR in a sentence that are not those of the target."""
    reps = (
        r"(?:Go for|Aim for|Match or beat|Start at|aim for) (\d+)",
        r"^(\d+) reps",
        r": (\d+) reps here",
        r"so (\d+) reps are enough",
    )
    rirs = (
        r"(?:now|and) leave (\d+)",
        r"with (\d+) left",
        r"reps with (\d+) in reserve",
        r"leave (\d+) in reserve",
        r"^(\d+) left",
    )
    for patterns, asked, what in ((reps, told.reps, "reps"), (rirs, told.rir, "left")):
        for one in told.sentences:
            named = {int(number) for pattern in patterns for number in re.findall(pattern, one)}
            yield from (f"{number} {what} in {one!r}, but {asked} asked" for number in named if number != asked)


def reps_that_were_not_done(told: Told) -> Iterator[str]:
    """Reps or RIR of last time that no set had."""
    if len({one.weight for one in told.done}) != 1:
        return  # reps were moved to one weight
    for reps, rir, planned in re.findall(
        rf"in this workout you last did (\d+) with {NUMBER} (planned )?in reserve", told.text
    ):
        sets = [one for one in told.done if one.reps == int(reps)]
        if not sets:
            yield f"last time {reps} reps, but no set had them"
        if not planned and not any(one.rir is not None and one.rir == Decimal(rir) for one in sets):
            yield f"{rir} in reserve was said of no set of {reps}"


CHECKS: tuple[Check, ...] = (
    sets_that_did_not_change,
    misses_that_were_none,
    made_beside_missed,
    differences_of_weight,
    differences_of_reps,
    answers_that_were_not_given,
    two_sentences_for_one_number,
    caps_beside_growth,
    raised_rir_without_a_cause,
    ranges_that_do_not_hold,
    numbers_that_are_not_asked,
    reps_that_were_not_done,
)


def contradictions(told: Told) -> list[str]:
    """Returns every contradiction in what is told, in words."""
    return [f"{told.where}: {check.__name__}: {found}" for check in CHECKS for found in check(told)]


def rest_that_is_not_shown(words: str, *, weights: list[str], reps: list[str]) -> Iterator[str]:
    """After the first set: other numbers in the sentence than in the rows still to do."""
    for said in re.findall(r"go for (\d+) reps", words):
        if reps and said != reps[0]:
            yield f"{words!r} beside {reps}"
    for said in re.findall(rf"take {NUMBER} (?:kg|lb)", words):
        if weights and set(weights) != {said}:
            yield f"{words!r} beside {weights}"


def told_of_a_muscle_twice(cards: list[tuple[str, ...]]) -> Iterator[str]:
    """On a page, whose cards have these sentences: one about a muscle's sets that stands at more than one of them."""
    found = [one for sentences in cards for one in sentences if re.search(OF_SETS, one) and one[0] not in "+-"]
    yield from (f"{one!r} stands {found.count(one)} times" for one in dict.fromkeys(found) if found.count(one) > 1)


def sets_next_that_are_not_asked(sets_next: dict[str, int | None], *, asked: dict[str, int]) -> Iterator[str]:
    """In the summary: other sets by muscle than next week asks."""
    for muscle, sets in sets_next.items():
        if sets is not None and sets != asked.get(muscle, 0):
            yield f"{sets} sets for {muscle} next week, but {asked.get(muscle, 0)} are asked"
