"""Programs that measure. They print ratios to a floor of the same run, and are no tests with time limits."""
