"""The workout page: one reading of rows, one pure building of what it shows, one template."""
