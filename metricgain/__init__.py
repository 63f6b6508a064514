"""The project MetricGain: code that belongs to no domain, and code that every room may use."""

__version__ = "1.1.0"  # the only place in code; the newest heading of CHANGELOG.md has the same version
