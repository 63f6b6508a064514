from django import template

from metricgain.units import in_unit

register = template.Library()


@register.filter
def kilograms(kg, user) -> str:
    """Returns kilograms as a whole number in the user's unit: "12,345 kg"."""
    return "" if kg is None else f"{in_unit(kg, user.unit):,.0f} {user.unit}"
