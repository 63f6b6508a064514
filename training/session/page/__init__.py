"""The workout page's contents: exercises, set rows, questions, targets, summary."""
