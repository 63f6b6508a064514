"""Pushes: which phones ring, what is sent to them, and when."""
