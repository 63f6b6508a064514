"""A plan and its exercises: from a template, in the builder, or from the last mesocycle."""
