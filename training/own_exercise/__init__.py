"""An exercise as a lifter has it: settings, merging, picking one, and what a curator sees of it."""
