"""PostgreSQL's log, archived, and going back to any moment of it."""
