"""Finds the exercise that a name means, however another app writes it. Pure: no database."""
