"""Security headers of static files. The settings import this module, so it imports nothing of Django."""

from collections.abc import MutableMapping

POLICY = "default-src 'none'; frame-ancestors 'none'"


def guarded_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Forbids a browser to guess another type than the file's name says. A file that can be opened as a document may
    load and run nothing, and tells nobody where it is. Others have no such header: it would be a kilobyte of each first
    load."""
    headers["X-Content-Type-Options"] = "nosniff"
    if not path.endswith((".css", ".js", ".woff2", ".png")):
        headers["Referrer-Policy"] = "same-origin"
        headers["Content-Security-Policy"] = POLICY
