"""Lifters who are made up: the demo with a year of training, and thousands for measuring."""
