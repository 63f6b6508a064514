"""The database is what the document orders: its tables, its statements, and the rows that it refuses."""
