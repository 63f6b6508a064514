"""Templates: finding, previewing, starting, keeping, sharing them; the first run."""
