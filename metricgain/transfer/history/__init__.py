"""Turns a logbook into the history of a lifter: what its names mean, which sessions are new, storing, taking back."""
