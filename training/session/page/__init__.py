"""The workout page's contents: exercises, set rows, targets, changes to keep, summary."""
