"""What is chosen from: groups of boxes, and the fields that offer it."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class FirstItemLinked(forms.widgets.ChoiceWidget):
    """Gives a group the id of its first box, so that an error summary can link to it."""

    def id_for_label(self, id_, index="0"):
        return super().id_for_label(id_, index)


def choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A field of a form, known to offer `choices`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


def row_choice(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """A field of a form, known to offer the rows of a `queryset`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


class OneOf(FirstItemLinked, forms.RadioSelect):
    pass


class SomeOf(FirstItemLinked, forms.CheckboxSelectMultiple):
    pass


class PrintedSelect(forms.Select):
    """A list of choices without groups, which are the same for everybody. Django draws each option by a template, which
    takes a third of a short page."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        given = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        options = _printed(tuple(self.choices), frozenset(self.format_value(value)))
        return format_html("<select{}>{}</select>", flatatt(given), options)


@lru_cache(maxsize=500)
def _printed(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    options = ((value, mark_safe(" selected" if value in chosen else ""), words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)
