"""Numbers in addresses, no longer than PostgreSQL can hold. An address with a longer number answers 404."""

from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    """A bigint key."""

    regex = "[0-9]{1,18}"


class SmallConverter(IntConverter):
    """A week, or the number of a set."""

    regex = "[0-9]{1,2}"
