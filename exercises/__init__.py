"""The library: exercises, their other names, and how a lifter has set one."""
