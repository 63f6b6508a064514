"""Templates as they are sent: without the indentation, which is a tenth of a page and only their authors read it."""

import re

from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    def get_contents(self, origin) -> str:
        """The source, with as many lines as before."""
        source = super().get_contents(origin)
        return INDENTATION.sub("", source) if origin.name.endswith(".html") else source
