from django.conf import settings
from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "js/"


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Our modules without their comments, since a phone pays for each byte. `import "./x.js"` names the hashed file
    too, so that a module never loads a stale neighbour."""

    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._urls = {}

    def _save(self, name, content):
        if name.startswith(OURS) and name.endswith(".js"):
            content = ContentFile(jsmin(b"".join(content.chunks()).decode()).encode())
        return super()._save(name, content)

    def url(self, name, force=False):
        """A page names fifteen files, and the manifest is read once for as long as the process runs."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def post_process(self, *args, **kwargs):
        yield from super().post_process(*args, **kwargs)
        self._urls.clear()
