"""Invented lifters: the demo lifter with a year of training, and thousands for measurements."""
