"""The embedded PostgreSQL and the web server: starting them, watching them, and the databases inside."""
