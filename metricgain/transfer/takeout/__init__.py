"""Takeout: all that a lifter has, as one ZIP, and back from it into an empty account; docs/takeout.md."""
