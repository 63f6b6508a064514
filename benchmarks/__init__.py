"""Programs that measure: ratios to a floor of the same run, never timed tests."""
