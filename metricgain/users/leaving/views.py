from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from metricgain.users.forms import PasswordAgainForm
from metricgain.users.leaving.deletion import delete_account, what_goes
from metricgain.users.leaving.ledger import in_backups_until
from metricgain.web.http import SeeOther


@rate_limit(action="reauthenticate")
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request):
    """Shows what goes, and deletes the account upon its password. The answer is a page and no redirect: it alone may
    tell the phone whose entries to forget."""
    user = request.user
    if not user.has_usable_password():  # the demo's account, for example
        messages.info(request, "This account has no password, so it cannot be deleted here.")
        return SeeOther("users:settings")
    form = PasswordAgainForm(request.POST if request.method == "POST" else None, user=user)
    until = in_backups_until(user.today())
    if form.is_valid():
        delete_account(user)
        logout(request)
        return render(request, "users/account_deleted.html", {"gone": user.pk, "until": until})
    context = {"form": form, "what_goes": what_goes(user), "until": until}
    return render(request, "users/account_delete.html", context, status=422 if form.is_bound else 200)
