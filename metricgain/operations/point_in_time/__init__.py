"""Archives PostgreSQL's log, and brings the database back to any moment in it."""
