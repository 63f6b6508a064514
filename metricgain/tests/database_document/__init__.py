"""The database is the document that ordered it: its tables, its statements, and what it lets nobody store."""
