"""The page that explains the rules: open to all, and its tables are the engine's own."""

import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from training.progression import CONFIG, ENGINE_VERSION, break_sets, config_hash, eased_rir, target_rir
from training.progression.load.gap import break_factor
from training.rulebook.papers import TOPICS
from training.rulebook.tables import rulebook

URL = "/how-it-decides/"


class Anchors(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a" and attrs.get("href", "").startswith("#"):
            self.links.append(attrs["href"][1:])


def test_a_visitor_reads_it_without_a_query(client, db):
    with assertNumQueries(0):
        answer = client.get(URL)
    assert answer.status_code == 200
    assertNotContains(answer, "rules__own")
    assertNotContains(answer, "Yours:")
    assertContains(answer, f"Rules version {ENGINE_VERSION}, numbers {config_hash(CONFIG)}:")


def test_it_is_read_only(client, db):
    assert client.post(URL).status_code == 405


def test_every_link_inside_the_page_leads_somewhere(client, db):
    anchors = Anchors(client.get(URL).text)
    assert len(anchors.ids) == len(set(anchors.ids))
    assert set(anchors.links) <= set(anchors.ids)
    assert len(anchors.links) >= 12


def test_the_chapter_of_holds_has_the_numbers_of_the_engine(client, db):
    page = client.get(URL)
    for words in ("the next time asks 5&nbsp;s more", "20–60&nbsp;s", "More than 10&nbsp;s short", "to 1.5 times"):
        assertContains(page, words)
    assertContains(page, "15&nbsp;% shorter")
    assertContains(page, "opens 10&nbsp;s below")


@pytest.mark.parametrize(
    ("preferences", "marked"),
    [({"experience": "beginner"}, "Beginner"), ({}, "Intermediate"), ({"experience": "advanced"}, "Advanced")],
)
def test_a_lifter_finds_their_own_column(signed_in, alice, preferences, marked):
    alice.preferences = preferences
    alice.save()
    with assertNumQueries(3):  # the session, the lifter, their rows
        answer = signed_in.get(URL)
    header = next(cell for cell in answer.text.split("<th ") if "yours" in cell and 'scope="col"' in cell)
    assert marked in header
    assertContains(answer, "settings</a> how long you have trained", count=0 if preferences else 1)


def test_a_lifter_of_pounds_reads_pounds_first(signed_in, alice):
    assertContains(signed_in.get(URL), "<td>2.5 kg, from 20<")
    alice.preferences = {"unit": "lb"}
    alice.save()
    assertContains(signed_in.get(URL), "<td>5 lb, from 45<")


def test_it_is_linked_from_where_questions_arise(client, signed_in, workout):
    for name, args in (("training:mesocycle_detail", [workout.mesocycle_id]), ("users:settings", [])):
        assertContains(signed_in.get(reverse(name, args=args)), f'href="{URL}')
    assertContains(signed_in.get(reverse("training:today")), f'href="{URL}')
    client.logout()
    assertContains(client.get(reverse("training:today")), f'href="{URL}')


# -- the tables are the engine's --------------------------------------------------------------------


def test_effort_by_week():
    for row in rulebook().effort:
        assert row.targets == [target_rir(row.weeks, week=week) for week in range(1, row.weeks)]
        assert row.weeks + row.unused == len(rulebook().weeks)


def test_sets_by_soreness_and_performance():
    rows = {row.name: row.changes for row in rulebook().soreness}
    assert rows["Didn't get sore"] == ["+2/+2/+1", "+2/+1/0", "0", "0"]
    assert rows["Still sore"] == ["0", "0/0/−1", "−1", "−1"]
    assert rows["Not answered"] == rows["Recovered just in time"]


def test_breaks():
    for row in rulebook().breaks[1:]:
        days = int(row.days.split("–")[0]) if "–" in row.days else int(row.days.split()[1]) + 1
        factor = break_factor(days)
        is_same = days <= CONFIG.break_hold_days  # up to there the reps take it
        assert row.lighter == ("" if is_same else f"{(1 - factor) * 100:.1f}".removesuffix(".0"))
        assert row.rir == eased_rir(0, soreness=None, gap_days=days)
        assert ("75" in row.sets) == (break_sets(4, gap_days=days, week1_sets=4) == 3)


def test_the_deload():
    asked = [(row.mode, row.sets, row.reps, row.weight) for row in rulebook().deload]
    assert asked == [("", 4, 10, "100"), ("rp", 2, 5, "100"), ("rp", 2, 5, "50"), ("simple", 2, 10, "50")]


def test_another_configuration_makes_other_tables():
    rows = list(CONFIG.set_changes)
    rows[2] = ((1, 0, 0), *rows[2][1:])
    other = rulebook(
        replace(
            CONFIG,
            rir_by_weeks=((3, (4, 2)), *CONFIG.rir_by_weeks[1:]),
            set_changes=tuple(rows),
            gap_days=9,
            experience_percent=(("beginner", 50), *CONFIG.experience_percent[1:]),
        )
    )
    assert other.effort[0].targets == [4, 2]
    assert other.soreness[2].changes[0] == other.soreness[4].changes[0] == "+1/0/0"
    assert [row.days for row in other.breaks[:2]] == ["Up to 9", "10–14"]
    assert other.landmarks[0].by_experience[0][1].mrv == 11
    assert other.hash != rulebook().hash


def test_every_row_of_the_configuration_is_on_the_page(client, db):
    text = client.get(URL).text
    for name in [row.name for row in (*rulebook().landmarks, *rulebook().steps)]:
        assert f'<th scope="row">{name}</th>' in text
    for paper in (paper for topic in TOPICS.values() for paper in topic.papers):
        assert paper.name in text
        assert paper.link in text


def test_the_document_of_the_rules_names_numbers_and_modules_that_exist():
    text = Path("docs/progression.md").read_text()
    rules = text[text.index("## The rules") : text.index("## From a tap to a row")]
    names = set(re.findall(r"`([a-z0-9_]+)`", rules)) - {"drop", "was_easy"}  # a field of a plan, a function
    assert len(names) >= 40
    assert names <= {field.name for field in fields(CONFIG)}
    modules = re.findall(
        r"`((?:load|sets|reasons)/[a-z_/]*(?:\.py)?|[a-z_]+\.py)`", text[: text.index("## From a tap")]
    )
    assert len(modules) >= 30
    assert [one for one in modules if not Path("training/progression", one).exists()] == []


def test_links_to_papers_are_addresses_of_papers():
    links = [paper.link for topic in TOPICS.values() for paper in topic.papers if paper.link]
    assert len(links) == len(set(links)) >= 10
    assert all(link.startswith(("https://doi.org/10.", "https://pmc.ncbi.nlm.nih.gov/articles/PMC")) for link in links)
