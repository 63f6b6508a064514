"""Work beside requests: what enqueues it. Who runs it and who sends stand on top of the house."""
