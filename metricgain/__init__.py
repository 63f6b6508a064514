"""MetricGain, the project: what belongs to no domain, and what every room may use."""
