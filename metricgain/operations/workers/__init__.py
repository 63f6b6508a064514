"""Runs jobs: the worker, and the process of it beside `serve`."""
