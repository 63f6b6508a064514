"""What the server sends of our modules and style sheets: all of it but the comments."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

STATIC = Path(settings.BASE_DIR, "static")
MODULES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
SHEETS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))


def served(name: str) -> str:
    return Path(settings.STATIC_ROOT, staticfiles_storage.stored_name(name)).read_text()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_no_template_within_a_template(name):
    """What takes the comments out takes the inner one for code, and its spaces for idle."""
    assert re.findall(r"\$\{[^}`]*`", Path(STATIC, name).read_text()) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_keeps_its_words(name):
    words = re.compile(r"`[^`]*`|\"[^\"\n]*\"")
    source = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", Path(STATIC, name).read_text(), flags=re.DOTALL)
    expected = [each for each in words.findall(source) if not each.endswith('.js"')]
    assert [each for each in words.findall(served(name)) if not each.endswith('.js"')] == expected


def test_the_modules_of_all_pages_are_small():
    """In bytes, as they go over the wire, each by itself; without the worker, which no page waits for."""
    sizes = {name: len(gzip.compress(served(name).encode())) for name in MODULES if "worker" not in name}
    assert sum(sizes.values()) <= 20_000, sizes


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
