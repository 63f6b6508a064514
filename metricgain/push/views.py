"""What phones ask of the pushes. They know these addresses, fields and answers, so those stay."""

from datetime import timedelta

from allauth.decorators import rate_limit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from metricgain.push.envelope import Message
from metricgain.push.forms import RingForm, SubscribeForm, TryForm
from metricgain.push.models import PushKey, PushSubscription
from metricgain.push.ringing import ring_at, take_back_ring
from metricgain.push.sending import push_to
from metricgain.web.http import SeeOther

TRIED = Message("MetricGain", "This is how it rings.", "/", tag="try")
SHARED = "This account is shared, so it lets no device ring."


@require_safe
def key(request):
    return JsonResponse({"key": PushKey.objects.pair().public})


@require_POST
@rate_limit(action="subscribe_push")
def subscribe(request):
    form = SubscribeForm(request.POST, loopback=settings.PUSH_LOOPBACK)
    if not form.is_valid():
        return refused(form)
    if not request.user.has_usable_password():  # the demo's: a visitor would write on the screens of others
        return JsonResponse({"words": SHARED}, status=422)
    return JsonResponse({"devices": PushSubscription.objects.subscribe(request.user, **form.cleaned_data)})


@require_POST
def remove(request, subscription_id):
    phone = get_object_or_404(PushSubscription.objects.filter(user=request.user), id=subscription_id)
    phone.delete()
    messages.success(request, "That device rings no more.")
    return SeeOther("users:settings")


@require_POST
@rate_limit(action="try_push")
def try_(request):
    """Rings now: on all devices, or on one."""
    form = TryForm(request.POST)
    if not form.is_valid():
        return refused(form)
    return JsonResponse({"sent": push_to(request.user, TRIED, endpoint=form.cleaned_data["endpoint"])})


@require_POST
def ring(request):
    """Takes when the rest ends, or takes that back."""
    form = RingForm(request.POST)
    if not form.is_valid():
        return refused(form)
    said = form.cleaned_data
    if said["seconds"] is None:
        take_back_ring(request.user)
    else:
        ring_at(request.user, timezone.now() + timedelta(seconds=said["seconds"]), said["words"], said["url"])
    return HttpResponse(status=204)


@require_POST
def morning(request):
    """Turns the morning note on or off."""
    user = request.user
    user.preferences = user.preferences | {"morning_note": request.POST.get("on") == "1"}
    user.save(update_fields=["preferences"])
    messages.success(request, "Saved.")
    return SeeOther("users:settings")


def refused(form: forms.Form) -> JsonResponse:
    words = dict.fromkeys(str(message) for said in form.errors.values() for message in said)
    return JsonResponse({"words": " ".join(words)}, status=422)
