"""What a static file tells a browser to be careful about. Imported by the settings: nothing of Django here."""

from collections.abc import MutableMapping

POLICY = "default-src 'none'; frame-ancestors 'none'"


def guarded_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A file is what its name says and nothing else; one that can be opened as a document may do nothing there."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if not path.endswith((".css", ".js", ".woff2", ".png")):
        headers["Content-Security-Policy"] = POLICY
