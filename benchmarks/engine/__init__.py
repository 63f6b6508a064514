"""Checks of the engine: it runs along real logs, keeps its invariants, and has tests that notice faults in it."""
