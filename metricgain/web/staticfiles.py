import posixpath
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Parts that a style sheet does not need: comments, and the white space around line breaks.
IDLE = [(re.compile(r"/\*.*?\*/", re.DOTALL), ""), (re.compile(r"\s*\n\s*"), "\n")]


def lean_css(text: str) -> str:
    for pattern, instead in IDLE:
        text = pattern.sub(instead, text)
    return text


IMPORT = re.compile(r'(?:from|import)\s*"(\.[^"]+)"')
LEAN = {("js", ".js"): jsmin, ("css", ".css"): lean_css}


UNASKED = ("ETag", "Last-Modified")


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Sends hashed files without ETag and Last-Modified. Such a file never changes, so no browser needs to ask whether
    it did; on a page's forty files the two headers take 2.5 kB."""

    def get_static_file(self, path, url, stat_cache=None):
        file = super().get_static_file(path, url, stat_cache)
        if self.immutable_file_test(path, url):
            file.alternatives = [
                (encoding, place, [header for header in headers if header[0] not in UNASKED])
                for encoding, place, headers in file.alternatives
            ]
        return file


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Stores static files without comments, because a phone pays for each byte. It also puts the hashed name into
    `import "./x.js"`, so that a module never loads a stale version of another."""

    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._urls = {}
        self._imports = {}

    def _save(self, name, content):
        if lean := LEAN.get((Path(name).parts[0], Path(name).suffix)):
            content = ContentFile(lean(b"".join(content.chunks()).decode()).encode())
        return super()._save(name, content)

    def url(self, name, force=False):
        """Returns the address of a file. Each process remembers it, because a page names fifteen."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def imports(self, name) -> list[str]:
        """Returns the addresses of all modules that `name` imports, directly or not; none where files have no hash."""
        if settings.DEBUG:
            return []
        if name not in self._imports:
            found = [self.stored_name(name)]
            for here in found:  # the list grows while this loop reads it
                text = Path(self.location, here).read_text()
                named = (posixpath.normpath(f"{posixpath.dirname(here)}/{each}") for each in IMPORT.findall(text))
                found += (each for each in dict.fromkeys(named) if each not in found)
            self._imports[name] = [self.base_url + each for each in found[1:]]
        return self._imports[name]

    def reload(self):
        """Reads the manifest again, because another process may have collected the files meanwhile."""
        self.hashed_files, self.manifest_hash = self.load_manifest()
        self._forget()

    def post_process(self, *args, **kwargs):
        yield from super().post_process(*args, **kwargs)
        self._forget()

    def _forget(self):
        self._urls.clear()
        self._imports.clear()


def storage() -> HashedStaticFilesStorage:
    """As the settings have it, known for what it is."""
    assert isinstance(staticfiles_storage, HashedStaticFilesStorage)
    return staticfiles_storage
