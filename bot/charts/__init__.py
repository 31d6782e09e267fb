"""Pictures of numbers: plain values in, a PNG out. Knows neither the database nor Slack."""

from bot.charts.picture import png
from bot.charts.values import Chart, Dot, Mark

__all__ = ["Chart", "Dot", "Mark", "png"]
