"""The project: settings, addresses, what every room needs and none of them owns."""

__version__ = "1.1.0"  # stands once; CHANGELOG.md's newest heading says the same
