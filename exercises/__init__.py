"""The library: exercises, their other names, and each lifter's settings of an exercise."""
