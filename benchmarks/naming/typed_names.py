"""Measures how many logged sets have a name that the library knows, and how many of those it takes for another
exercise.

    python -m benchmarks.naming.typed_names real-sets.csv.gz [FACTS.tsv]

It asks about lifters whom nobody has seen: a fifth of the lifters at a time, without the aliases that only they write.
The log has one row per set: lifter, exercise, and other columns. LABELS has people's judgements: the digest of a name
in lower case (the name itself stays private), kind ("reps", "seconds": strength work counted in these; "other": cardio,
distance, stretches) and meaning: a slug, several with commas where each is right, or "?" where the name does not tell,
followed by the slugs that are no mistake of an answer that is not sure. FACTS (tab-separated) names exercises with
their primary muscles."""

import csv
import gzip
import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exercises.library import rows
from exercises.naming import matching
from exercises.naming.cardio import is_cardio
from exercises.naming.generic import GENERIC
from exercises.naming.guessing import guess

LABELS = Path(__file__).parent / "tests" / "names_labelled.tsv"
FOLDS = 5
Logged = dict[str, Counter[str]]  # the sets of each lifter, by name
# The muscles of other lists of exercises that belong to each of our groups.
GROUPS = {
    "chest": {"chest"},
    "back": {"lats", "middle back", "lower back", "traps"},
    "legs": {"quadriceps", "hamstrings", "glutes", "adductors", "abductors"},
    "shoulders": {"shoulders", "traps"},
    "delts": {"shoulders", "traps"},
    "bis": {"biceps", "forearms"},
    "tris": {"triceps"},
    "calfs": {"calves"},
    "abs": {"abdominals"},
}
COUNTED_IN_REPS = {"reps", "weight_reps", "weighted_bodyweight_reps", "assisted_weight_reps"}


@dataclass(slots=True)
class Score:
    """What the names of some sets came to. `unsure` and `wrong` are among the `found`."""

    sets: int = 0
    found: int = 0
    unsure: int = 0
    wrong: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)

    @property
    def coverage(self) -> float:
        return self.found / self.sets

    @property
    def wrong_share(self) -> float:
        return self.wrong / self.found

    def __str__(self) -> str:
        unsure = self.unsure / self.sets
        return f"{self.sets:7} sets  {self.coverage:.1%} found ({unsure:.1%} unsure)  {self.wrong_share:.2%} wrong"


def index(*, without: frozenset[str] = frozenset()) -> matching.Names:
    """Returns the index of the library's names. `without` leaves out aliases with exactly these spellings, whether they
    are sure or generic."""

    def kept(names: Iterable[str]) -> list[str]:
        return [name for name in names if matching.plain_text(name) not in without]

    named = (
        matching.Named(row["slug"], (row["name"], *kept(row["aliases"])), (row["equipment"], row["loading"]))
        for row in rows()
    )
    return matching.Names(named, generic={name: GENERIC[name] for name in kept(GENERIC)})


def table(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def logged_in(path: str | Path) -> Logged:
    logged: Logged = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            logged.setdefault(row["lifter"], Counter())[row["exercise"]] += 1
    return logged


def everybodys(logged: Logged) -> Counter[str]:
    return sum(logged.values(), Counter())


def digest(name: str) -> str:
    return hashlib.sha256(name.lower().encode()).hexdigest()[:12]


def labels() -> dict[str, dict[str, str]]:
    return {row["digest"]: row for row in table(LABELS)}


def scored(names: matching.Names, sets: Mapping[str, int], judged: dict[str, dict[str, str]]) -> Score:
    """Returns the score of the strength work among the sets, by people's labels. A name without a label counts as
    strength work, and its meaning as right."""
    score = Score()
    for name, count in sets.items():
        label = judged.get(digest(name), {"kind": "reps", "meaning": ""})
        if label["kind"] == "other":
            continue
        found = names.meaning(name)
        score.sets += count
        if not found:
            score.missed[name] += count
            continue
        score.found += count
        score.unsure += 0 if found.is_sure else count
        if not is_right(found, label["meaning"]):
            score.wrong += count
            score.mistakes[f"{name} -> {found.means}"] += count
    return score


def is_right(found: matching.Meaning, meaning: str) -> bool:
    """Returns whether people agree with an answer. Only an unsure one may say what the name does not tell."""
    right = meaning.removeprefix("?").split(",")
    return not meaning or (found.means in right and not (found.is_sure and meaning.startswith("?")))


def folds(logged: Logged) -> list[tuple[frozenset[str], Counter[str]]]:
    """Returns a part of the lifters at a time: the spellings that only these lifters write, and their sets."""
    lifters = random.Random(7).sample(sorted(logged), len(logged))
    parts = [lifters[fold::FOLDS] for fold in range(FOLDS)]
    spellings = {lifter: {matching.plain_text(name) for name in sets} for lifter, sets in logged.items()}
    found = []
    for part in parts:
        others = set().union(*(spellings[lifter] for lifter in lifters if lifter not in part))
        theirs = set().union(*(spellings[lifter] for lifter in part))
        found.append((frozenset(theirs - others), everybodys({lifter: logged[lifter] for lifter in part})))
    return found


def held_out(logged: Logged) -> list[Score]:
    """Returns the score of each part of the lifters, without the aliases that only they write."""
    judged = labels()
    return [scored(index(without=theirs), sets, judged) for theirs, sets in folds(logged)]


def total(scores: Iterable[Score]) -> Score:
    found = Score()
    for one in scores:
        for name in ("sets", "found", "unsure", "wrong", "missed", "mistakes"):
            setattr(found, name, getattr(found, name) + getattr(one, name))
    return found


def taken_for_cardio(logged: Logged) -> tuple[float, float]:
    """Returns the share of sets of strength work that are taken for cardio, and that of other sets that are not."""
    judged, strength, other = labels(), Counter(), Counter()
    for name, count in everybodys(logged).items():
        if label := judged.get(digest(name)):
            (other if label["kind"] == "other" else strength)[is_cardio(name)] += count
    return strength[True] / strength.total(), other[False] / other.total()


def listed_in(facts: list[dict[str, str]]) -> dict[str, set[str]]:
    """Returns the primary muscles of each name in a list of exercises that counts reps, for a muscle of ours."""
    ours = set().union(*GROUPS.values())
    return {
        name: muscles
        for row in facts
        if row["measurement"] in COUNTED_IN_REPS and (muscles := set(row["primary_muscles"].split("; "))) & ours
        for name in [row["name"], *filter(None, map(str.strip, row["aliases"].split(";")))]
    }


@dataclass(slots=True)
class MusclesAsListed:
    """How often a muscle group has a primary muscle that a list of exercises names, and the names where it has none."""

    names: int
    differ: list[str]

    @property
    def share(self) -> float:
        return 1 - len(self.differ) / self.names

    def __str__(self) -> str:
        return "\n".join([f"{self.share:.1%} of {self.names} names", *(f"  {one}" for one in self.differ)])


def agreement(group_of: Mapping[str, str], listed: Mapping[str, set[str]]) -> MusclesAsListed:
    differ = [name for name, group in group_of.items() if not listed[name] & GROUPS[group]]
    return MusclesAsListed(
        len(group_of), [f"{name}: {group_of[name]}, {', '.join(sorted(listed[name]))}" for name in differ]
    )


def meant(names: matching.Names, listed: Iterable[str]) -> dict[str, str]:
    """Returns the muscle group of the exercise that each name means."""
    group_of = {row["slug"]: row["muscle_group"] for row in rows()}
    return {name: group_of[str(found.means)] for name in listed if (found := names.meaning(name))}


def guessed(listed: Iterable[str], *, only_sure: bool = False) -> dict[str, str]:
    """Returns the muscle group that is guessed from each name alone."""
    guesses = {name: guess(name) for name in listed}
    return {name: one.muscle_group for name, one in guesses.items() if one.is_sure or not only_sure}


def main(log_path: str, facts_path: str = "") -> None:
    names, logged = index(), logged_in(log_path)
    print(f"{len(rows())} exercises, {sum(len(row['aliases']) for row in rows())} other names")
    print(f"all lifters   {scored(names, everybodys(logged), labels())}")
    scores = held_out(logged)
    for fold, score in enumerate(scores, start=1):
        print(f"fold {fold}        {score}")
    together = total(scores)
    print(f"unseen        {together}")
    for what, counted in (("missed", together.missed), ("wrong", together.mistakes)):
        for name, sets in counted.most_common(15):
            print(f"  {what} {sets:6} {name}")
    strength, other = taken_for_cardio(logged)
    print(f"strength work taken for cardio: {strength:.2%}; other sets not taken for it: {other:.1%}")
    if facts_path:
        listed = listed_in(table(facts_path))
        print(f"muscle as a list of exercises has it: {agreement(meant(names, listed), listed)}")
        print(f"muscle guessed: {agreement(guessed(listed), listed).share:.1%} of {len(listed)} names")
        print(f"muscle guessed and sure: {agreement(guessed(listed, only_sure=True), listed)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
