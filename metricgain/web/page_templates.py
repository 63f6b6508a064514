"""Templates: of two engines, and both without their indentation, which is a tenth of a page and only for authors.

Jinja2 prints the templates in `templates/training/session/page/`, the rows of lists of exercises, the fields of forms
and the main links of every page: it takes a third of the time that Django's own engine takes. Unlike that it raises an
error for a name that is not there."""

import re
from functools import lru_cache

from django import template
from django.forms.renderers import TemplatesSetting
from django.template import defaultfilters
from django.template.loader import get_template, render_to_string
from django.template.loaders import filesystem
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
FILTERS = ("date", "floatformat", "pluralize", "truncatechars")  # of Django, which Jinja2 lacks

register = template.Library()


class Loader(filesystem.Loader):
    def get_contents(self, origin) -> str:
        """Returns the source without indentation. Its number of lines stays, so that error messages are right."""
        source = super().get_contents(origin)
        return INDENTATION.sub("", source) if origin.name.endswith(".html") else source


class FormRenderer(TemplatesSetting):
    """Prints the layout of fields by Jinja2, and all else of a form as Django does."""

    def get_template(self, template_name: str):
        return get_template(template_name, using="jinja2" if template_name == self.field_template_name else None)


class WithoutIndentation(Extension):
    """The same for Jinja2."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENTATION.sub("", source)


def environment(**options) -> Environment:
    """Returns the settings of Jinja2, with the functions `url` and `static`."""
    options |= {"undefined": StrictUndefined, "extensions": [WithoutIndentation], "finalize": _nothing_for_none}
    made = Environment(**options)
    made.globals |= {"url": _address, "static": static}
    made.filters |= {name: getattr(defaultfilters, name) for name in FILTERS}
    return made


@register.simple_tag(takes_context=True)
def jinja_include(context, name: str, **more) -> SafeString:
    """Includes a template of Jinja2 in one of Django, with all its names and `more`."""
    return mark_safe(render_to_string(name, context.flatten() | more, using="jinja2"))  # it has escaped


@lru_cache(maxsize=5_000)
def _address(name: str, *args: object) -> str:
    return reverse(name, args=args)  # a third of the time of a row that has an address


def _nothing_for_none(value: object) -> object:
    return "" if value is None else value
