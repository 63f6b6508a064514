"""When one trains: Today, the weeks of a mesocycle, moving and repeating, deload now, pages for the phone."""
