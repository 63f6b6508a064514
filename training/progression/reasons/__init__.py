"""Why: the codes of the engine and their sentences."""
