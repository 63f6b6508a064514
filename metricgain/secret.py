"""The secret key of an installation whose owner set none: made once, kept beside the data."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Returns the secret in `path`, and makes the file (mode 0600) if there is none. Two processes that start at the
    same time get the same secret."""
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)  # fails where another process was first; its secret counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()
