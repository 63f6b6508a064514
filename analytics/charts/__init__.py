"""Charts as geometry: turns numbers into the coordinates of an SVG, which a template draws. Standard library only.

A chart is 340 units wide, about as wide as a phone shows it in pixels, so that its text keeps its size there."""

from analytics.charts.bars import Bar, BarChart, Gauge, Mark, bar_chart, gauge
from analytics.charts.lines import LineChart, line_chart

__all__ = ["Bar", "BarChart", "Gauge", "LineChart", "Mark", "bar_chart", "gauge", "line_chart"]
