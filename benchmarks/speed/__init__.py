"""Measures what pages, taps and slow clients cost, compared with the least that they could cost."""
