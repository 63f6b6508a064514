from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import "./x.js"` to the hashed name too, so that a module never loads a stale neighbour."""

    support_js_module_import_aggregation = True
