""" "How MetricGain decides": every rule, its table and its papers."""
