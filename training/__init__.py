"""Plan and log: a mesocycle, its sessions, and what the next week asks."""
