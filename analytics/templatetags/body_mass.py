from django import template

from analytics.body_mass import MOST, BodyMass

register = template.Library()


@register.simple_tag
def body_mass_over_time(weighings, unit) -> BodyMass:
    """Returns the latest of some weighings (BodyWeight, newest first) for a chart, in the unit of their user."""
    return BodyMass([(one.date, one.in_unit) for one in reversed(weighings[:MOST])], unit)
