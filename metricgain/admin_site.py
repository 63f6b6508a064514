from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import path
from django.utils.decorators import method_decorator

from metricgain.postgresql import patience

_pages: list[tuple[str, Callable]] = []


def add_page(route: str, view: Callable) -> None:
    """Adds a page for owners that is no list of rows: `admin:<name of the view>`. The start page leads to it."""
    _pages.append((route, view))


class AdminSite(admin.AdminSite):
    # Staff sign in at the app's own page, so one limit on attempts counts for the app and the admin.
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def get_urls(self):
        own = [path(route, self.admin_view(view), name=view.__name__) for route, view in _pages]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        pages = [(f"admin:{view.__name__}", view.__name__.capitalize()) for _, view in _pages]
        return super().index(request, {"pages": pages} | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """Lifts the time limit of pages. Only staff come here, and they ask for much: a merge moves all sets of an
        exercise, a list counts them."""

        @wraps(view)
        def unhurried(request, *args, **kwargs):
            with patience.unhurried():
                answer = view(request, *args, **kwargs)
                return answer.render() if hasattr(answer, "render") else answer

        return super().admin_view(unhurried, cacheable)


class ReadOnly:
    """An admin page whose rows can be viewed and deleted, but neither added nor changed."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class WrittenByLifters(ReadOnly):
    """An admin page for rows that lifters wrote: view only. An edit here would not move `edited_at`, so an older edit
    from a phone would undo it, and the next targets would not know of it."""

    def has_delete_permission(self, request, obj=None):
        return False
