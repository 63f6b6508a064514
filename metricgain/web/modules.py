"""The head of a page names all modules that it needs. Otherwise a browser asks for an imported module only after it has
read the one that imports it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from metricgain.web import staticfiles

register = template.Library()


@register.simple_tag
def modules(entry: str) -> SafeString:
    """Returns the script tag of a page, and a preload link for each module that the script imports."""
    script = format_html('<script type="module" src="{}"></script>', staticfiles.storage().url(entry))
    imported = ([address] for address in staticfiles.storage().imports(entry))
    return script + format_html_join("", '\n    <link rel="modulepreload" href="{}">', imported)
