"""Names that people give to things. PostgreSQL compares them: `name_key` (exercises/migrations/0006_name_key.py)."""

import re
import unicodedata
from collections.abc import Iterable

from django import forms
from django.db import connection
from django.db.models import CharField, Func

BLANK = r"\x01-\x20\x7f-\xa0"
# Signs without a shape, and those that turn the direction of all that follows them. Text in both directions needs none
# of them, because pages show a name in an element with a direction of its own.
DROPPED = re.compile(
    r"[\x00\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Shapeless too, but spelling needs the joiners (Persian, Hindi), and emoji the joiners, selectors and tags.
SHAPELESS = re.compile(
    rf"[\s{BLANK}\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)


class NameKey(Func):
    """The key of a name: two names with one key are one name. In C's order, which no update of a system changes."""

    function = "name_key"
    template = '(%(function)s(%(expressions)s) COLLATE "C")'
    arity = 1
    output_field = CharField()


def keys_of(names: Iterable[str]) -> dict[str, str]:
    """Returns the key of each name, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, name_key(name) FROM unnest(%s::text[]) AS name", [list(names)])
        return dict(cursor.fetchall())


def clean_name(typed: str) -> str:
    """Returns a name as it is stored: its letters composed, single blanks between words, without signs that nobody
    sees; "" where nothing of it can be seen."""
    name = " ".join(re.split(rf"[\s{BLANK}]+", unicodedata.normalize("NFC", DROPPED.sub("", typed)))).strip()
    return name if SHAPELESS.sub("", name) else ""


class NameField(forms.CharField):
    """A name. Where nothing of it can be seen, it counts as empty."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "auto"}

    def to_python(self, value):
        return clean_name(super().to_python(value) or "") or self.empty_value
