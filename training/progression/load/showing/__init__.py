"""What a logged session shows: which of its sets count, how it went, and what the lifter is capable of."""
