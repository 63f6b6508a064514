from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.decorators import method_decorator

from metricgain.postgresql import patience


class AdminSite(admin.AdminSite):
    # One door: whoever wants into the admin signs in at our page, whose limits on attempts then count for both.
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def admin_view(self, view, cacheable=False):
        """The few who may be here ask for much: a merge moves all sets of an exercise, a list counts them."""

        @wraps(view)
        def unhurried(request, *args, **kwargs):
            with patience.unhurried():
                answer = view(request, *args, **kwargs)
                return answer.render() if hasattr(answer, "render") else answer

        return super().admin_view(unhurried, cacheable)


class ReadOnly:
    """For pages of the admin: rows are looked at, neither added nor changed; they may be deleted."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class WrittenByLifters(ReadOnly):
    """What lifters wrote is looked at here, and changed only by them: an edit that left `edited_at` alone would be
    undone by a phone's older one, and the next targets would not know of it."""

    def has_delete_permission(self, request, obj=None):
        return False
