"""Measures how many typed names the library knows, and how many of them it takes for another exercise."""
