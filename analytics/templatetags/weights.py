from django import template

from metricgain.units import in_unit

register = template.Library()


@register.filter
def kilograms(kg, user) -> str:
    """Kilograms in the user's unit, whole: 12,345 kg."""
    return "" if kg is None else f"{in_unit(kg, user.unit):,.0f} {user.unit}"
