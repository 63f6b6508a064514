"""Reads only: what Progress answers, and the dataset."""
