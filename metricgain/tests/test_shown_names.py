"""A name in a right-to-left script, or with signs that turn the text, stays in its place on every page."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
# The library's muscle groups are called `row.name`, `one.name` and the like; these are what people name.
THINGS = "exercise|mesocycle|workout|day|parent|source|target|choice|made|running|template|shared|slot|best|card"
NAMED = re.compile(r"\{\{ ((?:[a-z_]+\.)*(?:" + THINGS + r")\.name) \}\}")
PAGES = [path for path in sorted(ROOT.rglob("*.html")) if "admin" not in path.parts]
TITLE = re.compile(r"\{% block (title|description) %\}.*?\{% endblock")


def bare(page: str) -> list[str]:
    """Returns the names that a template shows as text without an element of their own. What is no text has no place:
    attributes, titles, options, and words for screen readers alone."""
    text = TITLE.sub("", page)
    found = []
    for name in NAMED.finditer(text):
        before = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text[: name.start()], flags=re.DOTALL)
        is_attribute = before.rfind("<") > before.rfind(">")
        element = re.search(r"<([^<>]*)>[^<]*$", before)
        is_apart = element and re.search(r'^(bdi|option|title)|dir="auto"|unseen', element[1])
        if not is_attribute and not is_apart:
            found.append(name[1])
    return found


def test_bare_names_are_found():
    assert bare("<p>{{ exercise.name }} is done</p><p>{{ muscle.name }}</p>") == ["exercise.name"]
    assert bare('<p title="{{ day.name }}"><bdi>{{ day.name }}</bdi></p><h1 dir="auto">{{ day.name }}</h1>') == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_no_bare_name(page):
    assert bare(page.read_text()) == []
