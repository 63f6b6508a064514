"""What holds for each address: its path stays, because phones know it, and the view that answers has the name of the
URL. Each room lists its own addresses in `tests/test_addresses.py`, with the URL's name, its arguments and the path."""

import pytest
from django.urls import resolve, reverse

# Their views answer at addresses of ours.
LIBRARIES = ("allauth.", "pwa.")
# django-allauth reverses these names itself, and its views are classes.
CLASSES = "account_"


def each_of(table: list[tuple[str, list, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "args", "path"), table, ids=[name for name, *_ in table])


def check(room: str, name: str, args: list, path: str) -> None:
    """An address of ours. `room` is the package in which its view lies."""
    assert reverse(name, args=args) == path, f"{name} had the path {path}, and phones keep that"
    match = resolve(path)
    assert match.view_name == name, f"{path} leads to {match.view_name}, not to {name}"
    assert list(match.kwargs.values()) == args, f"{path} is read as {match.kwargs}"
    view = getattr(match.func, "view_class", match.func)
    assert f"{view.__module__}.".startswith((f"{room}.", *LIBRARIES)), f"{name} lies in {view.__module__}"
    called = view.__name__.removesuffix("_")  # a word of Python, such as "try", needs it
    assert name.startswith(CLASSES) or called == match.url_name, f"{name} has a view called {view.__name__}"
