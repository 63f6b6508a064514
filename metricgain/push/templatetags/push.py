"""For the settings page, which stands in a room below this one."""

from django import template

from metricgain.push.models import PushSubscription
from metricgain.users.models import User

register = template.Library()


@register.simple_tag
def devices_of(user: User) -> list[PushSubscription]:
    """Returns the devices of a lifter that ring, the newest first: `{% devices_of user as devices %}`."""
    return list(PushSubscription.objects.filter(user=user).order_by("-created_at", "-id"))
