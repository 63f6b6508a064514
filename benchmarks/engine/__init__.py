"""The engine along real logs, its invariants, and whether tests notice when it is wrong."""
