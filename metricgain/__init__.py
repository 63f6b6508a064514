"""MetricGain, the project: what belongs to no domain, and what every room may use."""

__version__ = "1.1.0"  # stands once; CHANGELOG.md's newest heading says the same
