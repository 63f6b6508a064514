"""Simulated lifters whose true strength is known: what a coach asks of them, beside what they can really do."""
