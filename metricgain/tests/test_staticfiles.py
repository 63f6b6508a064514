"""The server sends our modules and style sheets without their comments."""

import gzip
import posixpath
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context, Template

STATIC = Path(settings.BASE_DIR, "static")
MODULES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
SHEETS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))


def served(name: str) -> str:
    return Path(settings.STATIC_ROOT, staticfiles_storage.stored_name(name)).read_text()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_no_template_within_a_template(name):
    """The tool that takes the comments out mistakes the inner one for code, and its spaces for superfluous ones."""
    assert re.findall(r"\$\{[^}`]*`", Path(STATIC, name).read_text()) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_no_expression_that_looks_like_a_comment(name):
    r"""After an arrow, the tool that takes the comments out mistakes `/x\//` for a division and a comment, and drops
    the rest."""
    assert re.findall(r"=> ?/[^/*].*\\//", Path(STATIC, name).read_text()) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_keeps_its_words(name):
    words = re.compile(r"`[^`]*`|\"[^\"\n]*\"")
    source = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", Path(STATIC, name).read_text(), flags=re.DOTALL)
    expected = [each for each in words.findall(source) if not each.endswith('.js"')]
    assert [each for each in words.findall(served(name)) if not each.endswith('.js"')] == expected


def reached(entry: str) -> set[str]:
    """Returns the module and all that it imports, according to their sources."""
    found = [entry]
    for name in found:
        named = re.findall(r'^import .*from "(.+)";$', Path(STATIC, name).read_text(), re.MULTILINE)
        inner = [posixpath.normpath(posixpath.join(posixpath.dirname(name), each)) for each in named]
        found += [each for each in dict.fromkeys(inner) if each not in found]
    return set(found)


@pytest.mark.parametrize("entry", ["js/app.js", "js/workout.js"])
def test_the_head_of_a_page_names_each_of_its_modules_once_and_no_other(entry):
    """Modules import each other by hashed names, because another address would be another module."""
    head = Template('{% load modules %}{% modules "' + entry + '" %}').render(Context())
    script, *preloaded = re.findall(r'(?:src|rel="modulepreload" href)="([^"]+)"', head)
    assert script == staticfiles_storage.url(entry)
    assert sorted(preloaded) == sorted(map(staticfiles_storage.url, reached(entry) - {entry}))
    assert len(preloaded) >= 5
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", each) for each in preloaded)


def test_what_imports_are_is_learnt_anew_with_the_files(settings):
    known = staticfiles_storage.imports("js/app.js")
    staticfiles_storage._imports["js/app.js"] = ["of the version before"]
    staticfiles_storage.reload()
    assert staticfiles_storage.imports("js/app.js") == known
    settings.DEBUG = True
    assert staticfiles_storage.imports("js/app.js") == []


def test_the_modules_of_the_workout_page_are_small():
    """The page with most modules is measured: in bytes as they go over the wire, each file by itself."""
    sizes = {name: len(gzip.compress(served(name).encode())) for name in reached("js/workout.js")}
    assert sum(sizes.values()) <= 20_000, sizes


def test_the_module_of_charts_is_small():
    assert len(gzip.compress(served("js/elements/chart-values.js").encode())) <= 1_300


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_keeps_its_rules(name):
    source, sent = Path(STATIC, name).read_text(), served(name)
    assert "/*" not in sent
    assert len(sent) <= len(source)
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    assert re.sub(r"url\([^)]*\)|\s+", " ", sent).split() == re.sub(r"url\([^)]*\)|\s+", " ", bare).split()


def test_a_process_reads_what_another_one_collected():
    known = dict(staticfiles_storage.hashed_files)
    staticfiles_storage.hashed_files.clear()
    staticfiles_storage.reload()
    assert staticfiles_storage.hashed_files == known


def test_a_hashed_file_carries_nothing_to_ask_for_a_newer_one_by(client):
    hashed = client.get(staticfiles_storage.url("js/app.js"))
    assert "immutable" in hashed.headers["Cache-Control"]
    assert not {"ETag", "Last-Modified"} & hashed.headers.keys()
    bare = client.get(settings.STATIC_URL + "js/app.js")
    assert {"ETag", "Last-Modified"} <= bare.headers.keys()
