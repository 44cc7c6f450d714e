"""What other contexts may use of the shared look (giao diện chung) from Python."""

from congtam.ui.chart_theme import number_locale, vega_config
from congtam.ui.drawing.dot_map import Dot
from congtam.ui.formatting import MISSING, day, instant, number, rate, signed

__all__ = ["MISSING", "Dot", "day", "instant", "number", "number_locale", "rate", "signed", "vega_config"]
