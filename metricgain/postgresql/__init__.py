"""Django's PostgreSQL backend with limits: a page waits a few seconds, a command as long as it takes."""
