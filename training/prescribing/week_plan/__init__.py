"""One mesocycle read once, and what the engine makes of its next week."""
