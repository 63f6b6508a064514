"""The modules of a page, all named in its head: a browser that finds one in another asks for it only then."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import SafeString, format_html, format_html_join

register = template.Library()


@register.simple_tag
def modules(entry: str) -> SafeString:
    """The script of a page, and what it imports."""
    script = format_html('<script type="module" src="{}"></script>', staticfiles_storage.url(entry))
    imported = ([address] for address in staticfiles_storage.imports(entry))
    return script + format_html_join("", '\n    <link rel="modulepreload" href="{}">', imported)
