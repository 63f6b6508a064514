"""Django's PostgreSQL, with pages that wait for seconds and commands that wait as long as it takes."""
