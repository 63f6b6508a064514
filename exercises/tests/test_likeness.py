"""What is offered in place of an exercise is what a coach would say: a table of exercises, each with three answers."""

import csv
from pathlib import Path

import pytest

from exercises.kinds import Movement
from exercises.library import rows
from exercises.likeness import unlike
from exercises.models import Exercise

CASES = Path(__file__).with_name("swap_cases.tsv")
FIRST_IN_THREE, AMONG_FIVE = 0.9, 0.75  # of the first answers, and of all, at least


@pytest.fixture(scope="module")
def library() -> dict[str, Exercise]:
    columns = {field.name for field in Exercise._meta.fields}
    return {
        row["slug"]: Exercise(**{name: said for name, said in row.items() if name in columns}, is_system=True)
        for row in rows()
    }


@pytest.fixture(scope="module")
def offered(library):
    """Returns a function from a slug to those that can replace it, the most alike first."""

    def of(slug: str) -> list[str]:
        exercise = library[slug]
        others = [one for one in library.values() if one.muscle_group == exercise.muscle_group and one is not exercise]
        return [one.slug for one in sorted(others, key=lambda one: unlike(one, exercise))]

    return of


def test_a_coachs_answers_come_first(library, offered):
    with CASES.open(encoding="utf-8") as file:
        cases = list(csv.reader(file, delimiter="\t"))
    assert len({case[0] for case in cases}) == len(cases) == 62
    for slug, *answers in cases:
        assert len({slug, *answers}) == 4
        assert {library[one].muscle_group for one in answers} == {library[slug].muscle_group}, slug
    late = [(slug, first, offered(slug)[:3]) for slug, first, *_ in cases if first not in offered(slug)[:3]]
    among = sum(len(set(answers) & set(offered(slug)[:5])) for slug, *answers in cases)
    print(f"\nfirst answer in the first three: {62 - len(late)} of 62; of 186 answers among the first five: {among}")
    assert len(late) <= (1 - FIRST_IN_THREE) * 62, late
    assert among >= AMONG_FIVE * 186


def test_nothing_harder_on_the_back_is_offered_for_a_row(library, offered):
    hard = {slug for slug, one in library.items() if one.movement in (Movement.HINGE, Movement.POWER)}
    for slug, exercise in library.items():
        if exercise.movement == Movement.HORIZONTAL_PULL:
            answers = offered(slug)
            assert hard.isdisjoint(answers[: len(answers) - len(hard & set(answers))]), slug


def test_a_press_on_a_machine_is_no_dip(library, offered):
    machines = [
        slug
        for slug, one in library.items()
        if one.equipment in ("machine", "plate_loaded") and one.muscle_group == "chest" and "press" in slug
    ]
    assert len(machines) >= 8
    for slug in machines:
        assert [one for one in offered(slug)[:3] if library[one].movement == Movement.DIP] == []
