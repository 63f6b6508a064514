"""Runs all checks that take long, one after the other: `make drill`."""
