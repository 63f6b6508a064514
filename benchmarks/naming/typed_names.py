"""Measures how many logged sets have a name that the library knows, and how many of those it takes for another
exercise.

    python -m benchmarks.naming.typed_names NAMES.tsv [LABELS.tsv] [FACTS.tsv]

All files are tab-separated. NAMES has name and sets (and lifters). LABELS has people's judgements: the digest of a name
(the name itself stays private), kind ("reps": strength work counted in reps; "other": time, distance, stretches) and
meaning (a slug; "?" where the name does not tell; or several slugs with commas where more than one is right). FACTS
names exercises with their primary muscles."""

import csv
import hashlib
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from exercises.library import rows
from exercises.naming import matching

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


def index(*, without: frozenset[str] = frozenset()) -> matching.Names:
    """Returns the index of the library's names. `without` leaves out aliases with exactly these spellings."""
    return matching.Names(
        matching.Named(
            row["slug"],
            (row["name"], *(name for name in row["aliases"] if matching.plain_text(name) not in without)),
            (row["equipment"], row["loading"]),
        )
        for row in rows()
    )


def table(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def labels_of(path: str | Path, logged: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Returns the labels of the logged names that have one, with their `name` added."""
    by_digest = {row["digest"]: row for row in table(path)}
    named = ((row["name"], hashlib.sha256(row["name"].encode()).hexdigest()[:12]) for row in logged)
    return [by_digest[digest] | {"name": name} for name, digest in named if digest in by_digest]


def coverage(names: matching.Names, logged: Iterable[dict[str, str]]) -> float:
    """Returns the share of the sets whose name means an exercise."""
    sets = [(int(row["sets"]), names.resolve(row["name"])) for row in logged]
    return sum(count for count, meant in sets if meant) / sum(count for count, _ in sets)


def held_out(logged: list[dict[str, str]], *, folds: int = 5) -> float:
    """Returns the coverage of spellings that the aliases do not list. Takes a fifth of the spellings out of the aliases
    at a time, so that only the exercises' own names, other aliases and the rules can find them."""
    shuffled = random.Random(7).sample(logged, len(logged))
    total = sum(int(row["sets"]) for row in logged)
    found = 0.0
    for fold in range(folds):
        part = shuffled[fold::folds]
        names = index(without=frozenset(matching.plain_text(row["name"]) for row in part))
        found += coverage(names, part) * sum(int(row["sets"]) for row in part)
    return found / total


def wrong(names: matching.Names, labels: Iterable[dict[str, str]]) -> dict[str, str]:
    """Returns the names that `names` takes for another exercise than people did, or for any where people could not
    tell."""
    judged = {row["name"]: (names.resolve(row["name"]), row["meaning"].split(",")) for row in labels}
    return {name: slug for name, (slug, right) in judged.items() if slug and slug not in right}


def judge(names: matching.Names, logged: list[dict[str, str]], labels: list[dict[str, str]]) -> None:
    """Prints the coverage and the share of mistakes by people's labels, and the most frequent mistakes."""
    by_name = {row["name"]: row for row in labels}
    reps = [row for row in logged if by_name.get(row["name"], {"kind": "reps"})["kind"] == "reps"]
    print(f"strength work counted in reps: {sum(int(row['sets']) for row in reps)} sets, {coverage(names, reps):.1%}")
    labelled = {row["name"]: int(row["sets"]) for row in reps if row["name"] in by_name}
    mistakes = wrong(names, [by_name[name] for name in labelled])
    share = sum(labelled[name] for name in mistakes) / sum(n for name, n in labelled.items() if names.resolve(name))
    print(f"labelled: {len(labelled)} names; wrong: {share:.2%} of their sets")
    for name, slug in sorted(mistakes.items(), key=lambda one: -labelled[one[0]])[:15]:
        print(f"  wrong {labelled[name]:6} {name} -> {slug}")


def compare(names: matching.Names, facts: list[dict[str, str]]) -> None:
    """Prints how often the muscle of the exercise that a name means is the one in a list of exercises."""
    by_slug = {row["slug"]: row for row in rows()}
    agree, differ = 0, []
    for row in facts:
        if row["measurement"] not in COUNTED_IN_REPS:
            continue
        for name in [row["name"], *filter(None, map(str.strip, row["aliases"].split(";")))]:
            if slug := names.resolve(name):
                if set(row["primary_muscles"].split("; ")) & GROUPS[by_slug[slug]["muscle_group"]]:
                    agree += 1
                else:
                    differ.append(f"{name} -> {slug} ({row['primary_muscles']})")
    print(f"muscle as a list of exercises has it: {agree} of {agree + len(differ)} names")
    for one in differ:
        print(f"  {one}")


def main(names_path: str, labels_path: str = "", facts_path: str = "") -> None:
    names, logged = index(), table(names_path)
    print(f"{len(rows())} exercises, {sum(len(row['aliases']) for row in rows())} other names")
    print(f"all {sum(int(row['sets']) for row in logged)} sets: {coverage(names, logged):.1%}")
    print(f"with these spellings struck from the aliases, a fifth at a time: {held_out(logged):.1%}")
    if labels_path:
        judge(names, logged, labels_of(labels_path, logged))
    misses = [(int(row["sets"]), row["name"]) for row in logged if names.resolve(row["name"]) is None]
    for sets, name in sorted(misses, reverse=True)[:15]:
        print(f"  missed {sets:6} {name}")
    if facts_path:
        compare(names, table(facts_path))


if __name__ == "__main__":
    main(*sys.argv[1:])
