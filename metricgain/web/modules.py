"""The modules of a page, all named in its head: a browser that finds one in another asks for it only then."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from metricgain.web import staticfiles

register = template.Library()


@register.simple_tag
def modules(entry: str) -> SafeString:
    """The script of a page, and what it imports."""
    script = format_html('<script type="module" src="{}"></script>', staticfiles.storage().url(entry))
    imported = ([address] for address in staticfiles.storage().imports(entry))
    return script + format_html_join("", '\n    <link rel="modulepreload" href="{}">', imported)
