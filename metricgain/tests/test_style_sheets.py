"""Each page loads the style sheets of the classes that it uses, and no others."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES, STATIC = Path(settings.BASE_DIR, "templates"), Path(settings.BASE_DIR, "static")
PAGES = [
    path.relative_to(TEMPLATES)
    for path in sorted(TEMPLATES.rglob("*.html"))
    if '{% extends "base.html" %}' in path.read_text()
]
COMMENT, TAG = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"{%.*?%}|{{.*?}}")


def classes_of(sheet: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", COMMENT.sub("", Path(STATIC, sheet).read_text())))


def with_what_it_includes(name: str | Path, seen: set[str]) -> str:
    path = Path(TEMPLATES, name)
    if str(name) in seen or not path.exists():
        return ""
    seen.add(str(name))
    text = path.read_text()
    return text + "".join(with_what_it_includes(each, seen) for each in re.findall(r'include "([^"]+)"', text))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_loads_the_style_of_what_it_shows(page):
    text = with_what_it_includes(page, set())
    loaded = set(re.findall(r"static[ (]'(css/[^']+)'", text + Path(TEMPLATES, "base.html").read_text()))
    styled = {name for sheet in loaded for name in classes_of(sheet)}
    sheets = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*.css")]
    elsewhere = {name for sheet in sheets for name in classes_of(sheet)} - styled
    used = {
        name
        for classes in re.findall(r'class="([^"]*)"', text)
        for name in re.findall(r"[a-z][\w-]*", TAG.sub(" ", classes))
    }
    assert used & elsewhere == set()


def test_a_browser_without_light_dark_gets_the_light_colours():
    text = COMMENT.sub("", Path(STATIC, "css/tokens.css").read_text())
    plain, both = text.split("@supports", 1)
    colours = dict(re.findall(r"(--[\w-]+): light-dark\((#\w+), #\w+\);", both))
    assert len(colours) >= 16
    assert dict(re.findall(r"(--[\w-]+): (#\w+);", plain)) == colours
    sheets = (path.read_text() for path in STATIC.rglob("*.css"))
    assert sum("light-dark" in COMMENT.sub("", sheet) for sheet in sheets) == 1
