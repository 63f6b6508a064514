"""How many sets each exercise of a muscle gets next week."""
