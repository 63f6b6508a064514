"""Removes the indentation of templates before they are sent. It is a tenth of a page, and only authors read it."""

import re

from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    def get_contents(self, origin) -> str:
        """Returns the source without indentation. Its number of lines stays, so that error messages are right."""
        source = super().get_contents(origin)
        return INDENTATION.sub("", source) if origin.name.endswith(".html") else source
