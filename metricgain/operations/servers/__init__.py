"""The embedded PostgreSQL and the web server: starts and watches them, and manages the databases inside."""
