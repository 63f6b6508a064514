from django.contrib import admin

from metricgain.admin_site import ReadOnly
from metricgain.push.models import PushSubscription


@admin.register(PushSubscription)
class PushSubscriptionAdmin(ReadOnly, admin.ModelAdmin):
    """Which devices ring. Their addresses and keys are not shown: whoever has them can send to the device."""

    list_display = ("user", "device", "created_at", "used_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "device")
    fields = list_display
    readonly_fields = fields
