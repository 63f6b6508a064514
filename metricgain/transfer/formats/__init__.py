"""Reads the files of other apps: one module per format, each from rows to a logbook. Pure: no database."""
